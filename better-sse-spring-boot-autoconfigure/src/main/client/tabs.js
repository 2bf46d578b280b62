export { Alone, Tabs };

const PATIENCE = 3_000;

/**
 * The tabs that share a stream. One of them leads: it has the connection, and posts what comes. All of them, the leader
 * included, receive what is posted, in the same order; so all have the same cursor at the same point of it.
 *
 *   following --lock granted--> posts "lead" --receives it--> leading --close(), tab is gone--> lock goes to the next
 *       ^                                                        |
 *       +--------------- lock was taken, since it did not answer-+
 *
 * Who is granted the lock connects only when its own "lead" has come back to it: by then it has received all that the
 * leader before it posted. What that one posts later is of an older term, and no tab listens to it. So the new leader
 * goes on from the cursor that every tab has.
 */
class Tabs {
	#name;
	#silence;
	#member;
	#in;
	#out;
	#tab = crypto.randomUUID();
	#term = 0;
	#queued;
	#release;
	#link;
	#timer;
	#knows = false; // what came before
	#held; // what has come since this tab has asked that

	/** A member can lead() with a link, receive(message), and tell a tab that comes later what it knows: welcome(). */
	constructor(name, silence, member) {
		this.#name = name;
		this.#silence = silence;
		this.#member = member;
		this.#in = new BroadcastChannel(name);
		this.#out = new BroadcastChannel(name); // a channel does not receive what it posts itself
		this.#in.onmessage = ({ data }) => this.#receive(data);
		this.#queue();
		this.#ask();
	}

	post(message) {
		this.#out.postMessage({ ...message, term: this.#term });
	}

	/** Let the leader not wait any longer, and see whether it is still there. */
	wake() {
		this.#out.postMessage({ kind: "wake" });
		this.#ask();
	}

	close() {
		clearTimeout(this.#timer);
		this.#in.onmessage = undefined;
		this.#link?.close();
		this.#queued.abort();
		this.#release?.();
		this.#in.close();
		this.#out.close();
	}

	#queue() {
		this.#queued = new AbortController();
		this.#elect({ signal: this.#queued.signal });
	}

	async #elect(how) {
		const lead = () => this.#in.onmessage && new Promise((release) => { // not if it was closed just now
			this.#release = release;
			this.#out.postMessage({ kind: "lead", tab: this.#tab, term: Date.now() + Math.random() });
		});
		try {
			await navigator.locks.request(this.#name, how, lead);
		}
		catch (error) {
			if (error.name !== "AbortError") {
				throw error;
			}
			if (this.#release && this.#in.onmessage) { // another tab has taken the lock
				this.#release = undefined;
				this.#link?.close();
				this.#link = undefined;
				this.#queue();
				this.#ask();
			}
		}
	}

	#receive(message) {
		const { kind, tab, term } = message;
		if (kind === "wake") {
			this.#link?.wake();
		}
		else if (kind === "ask") {
			if (this.#link) {
				this.post({ kind: "welcome", tab, ...this.#member.welcome() });
			}
			else if (tab === this.#tab) {
				this.#held = [];
			}
		}
		else if (term >= this.#term) { // else of a leader that is none any more
			this.#term = term;
			this.#watch(this.#silence, () => this.#ask());
			if (kind === "lead") {
				this.#link?.close();
				this.#link = tab === this.#tab ? this.#member.lead() : undefined;
				this.#knows ||= tab === this.#tab;
				if (!this.#knows) {
					this.#ask(); // the leader before has not answered
				}
			}
			else if (kind === "welcome") {
				if (tab === this.#tab && !this.#knows) {
					this.#knows = true;
					[message, ...this.#held].forEach((held) => this.#member.receive(held));
				}
			}
			else if (this.#knows) {
				this.#member.receive(message);
			}
			else {
				this.#held?.push(message);
			}
		}
	}

	/** A tab that hangs, or is suspended, keeps the lock but does not answer. Then it is taken from it. */
	#ask() {
		this.#out.postMessage({ kind: "ask", tab: this.#tab });
		this.#watch(PATIENCE, () => {
			if (!this.#release) {
				this.#queued.abort();
				this.#elect({ steal: true });
			}
		});
	}

	#watch(time, task) {
		clearTimeout(this.#timer);
		this.#timer = time ? setTimeout(task, time) : undefined;
	}
}

/** A tab that shares with nobody. */
class Alone {
	#member;
	#link;

	constructor(member) {
		this.#member = member;
		queueMicrotask(() => this.#link ??= member.lead()); // not before there are listeners
	}

	/** Later, so that what a listener throws does not hurt the link. */
	post(message) {
		queueMicrotask(() => this.#member.receive(message));
	}

	wake() {
		this.#link?.wake?.();
	}

	close() {
		this.#link?.close?.();
		this.#link = {};
	}
}
