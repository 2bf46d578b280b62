import { EventStreamParser, LONGEST_DELAY } from "./parser.js";

export { backOff, Link };

/** Return how long to wait: at least as the server says, and a random part of a time that doubles with each failure. */
function backOff(failures, serverDelay, { minDelay, maxDelay }) {
	const window = Math.min(maxDelay, minDelay * 2 ** failures);
	return Math.min(LONGEST_DELAY, serverDelay + Math.random() * window);
}

/**
 * A connection that is made again and again, until it is closed or the server has said that it is enough.
 *
 *   connecting --200--> open --end, error, silence--> waiting --time, wake()--> connecting
 *       |                 +--event disconnect--> stopped
 *       +--408, 425, 429, 5xx, no answer--> waiting
 *       +--204, 401, 403, any other--> stopped
 */
class Link {
	#url;
	#options;
	#post;
	#lastEventId;
	#failures = 0;
	#retry = 0; // what the server has asked for in a stream
	#closed = false;
	#request;
	#timer;
	wake = () => {};

	/** What happens is posted: states, events, and why it has stopped. */
	constructor(url, options, lastEventId, post) {
		this.#url = url;
		this.#options = options;
		this.#lastEventId = lastEventId;
		this.#post = post;
		this.#run();
	}

	close() {
		this.#closed = true;
		this.#end();
	}

	#end() {
		clearTimeout(this.#timer);
		this.#request.abort();
	}

	async #run() {
		while (!this.#closed) {
			this.#post({ kind: "state", state: "connecting" });
			this.#request = new AbortController();
			const end = await this.#attempt().catch(({ message }) => ({ why: message }));
			this.#end();
			if (this.#closed) {
				return;
			}
			if (end.stop) {
				this.#post({ kind: "stop", reason: end.stop, status: end.status });
				return;
			}
			this.#post({ kind: "state", state: "waiting", why: end.why });
			await this.#wait(backOff(this.#failures++, end.retryAfter ?? this.#retry, this.#options));
		}
	}

	async #wait(delay) {
		await new Promise((resolve) => {
			this.wake = resolve;
			this.#timer = setTimeout(resolve, delay);
		});
		clearTimeout(this.#timer);
	}

	/** Make one request, and read to the end of its response. Rejected where there is none, or it breaks. */
	async #attempt() {
		this.#watch();
		const { method, credentials } = this.#options;
		const headers = new Headers(await valueOf(this.#options.headers));
		headers.set("Accept", "text/event-stream");
		if (this.#lastEventId) { // UTF-8, which a header takes as one character per byte
			headers.set("Last-Event-ID", String.fromCharCode(...new TextEncoder().encode(this.#lastEventId)));
		}
		const body = await valueOf(this.#options.body);
		const { signal } = this.#request;
		const response = await fetch(this.#url, { method, headers, body, credentials, signal, cache: "no-store" });
		const type = response.headers.get("Content-Type") ?? "";
		return response.status === 200 && type.startsWith("text/event-stream")
			? this.#read(response.body.getReader())
			: this.#refused(response);
	}

	async #refused({ status, headers }) {
		const why = `status ${status}`;
		if (status === 401 || status === 403) {
			clearTimeout(this.#timer); // whoever logs in may take their time
			return await this.#options.onUnauthorized?.(status) ? { why } : { stop: "unauthorized", status };
		}
		if (status >= 500 || [408, 425, 429].includes(status)) {
			const seconds = Number(headers.get("Retry-After"));
			return { why, retryAfter: seconds ? seconds * 1000 : undefined };
		}
		return { stop: status === 204 ? "no-content" : "refused", status };
	}

	async #read(reader) {
		this.#post({ kind: "state", state: "open" });
		let stop;
		const parser = new EventStreamParser({
			lastEventId: this.#lastEventId,
			event: ({ name, data, id }) => {
				this.#failures = 0;
				this.#lastEventId = id;
				this.#post({ kind: "event", name, data, id });
				stop ||= name === this.#options.disconnectEvent && data !== undefined;
			},
			retry: (delay) => this.#retry = delay,
		});
		for (;;) {
			const { done, value } = await reader.read();
			if (done || this.#closed) {
				return { why: "end of stream" };
			}
			this.#watch();
			parser.feed(value);
			if (stop) {
				return { stop: "disconnect" };
			}
		}
	}

	/** Give up on a connection on which nothing comes any more. */
	#watch() {
		const { keepAlive, missedKeepAlives } = this.#options;
		clearTimeout(this.#timer);
		if (keepAlive) {
			this.#timer = setTimeout(() => this.#request.abort(new Error("silence")), keepAlive * missedKeepAlives);
		}
	}
}

/** Return an option that may be a function, which is called before each request. */
function valueOf(option) {
	return typeof option === "function" ? option() : option;
}
