/**
 * Event streams of Better SSE for Spring Boot in the browser: one connection for all tabs, which comes back by itself.
 * Described in docs/browser-client.md, typed in client.d.ts.
 */
import { Link } from "./link.js";
import { SourceLink } from "./source-link.js";
import { Alone, Tabs } from "./tabs.js";

/** The options, and their values where none is given. Times are in milliseconds. */
export const DEFAULTS = Object.freeze({
	method: "GET",
	headers: undefined,
	body: undefined,
	credentials: "same-origin",
	lastEventId: "",
	raw: false,
	binary: [],
	share: true,
	latest: {},
	disconnectEvent: "disconnect",
	keepAlive: 10_000,
	missedKeepAlives: 3,
	minDelay: 1_000,
	maxDelay: 30_000,
	transport: "fetch",
	onState: undefined,
	onReset: undefined,
	onRevoked: undefined,
	onUnauthorized: undefined,
	onStop: undefined,
});

/** Open a stream. */
export function connect(url, options) {
	return new EventStream(new URL(url, globalThis.document?.baseURI).href, { ...DEFAULTS, ...options });
}

class EventStream extends EventTarget {
	#url;
	#options;
	#state = "connecting";
	#lastEventId;
	#latest = new Map(); // by name, for tabs that come later
	#names = new Set();
	#link;
	#tabs;
	#closed = new AbortController();

	constructor(url, options) {
		super();
		this.#url = url;
		this.#options = options;
		this.#lastEventId = options.lastEventId;
		this.#open(this.#sharedName());
		this.#followPage();
	}

	get url() {
		return this.#url;
	}

	get state() {
		return this.#state;
	}

	get lastEventId() {
		return this.#lastEventId;
	}

	/** Call handler(data, event) for each event of that name. Returns a function that ends this. */
	on(name, handler) {
		const listener = (event) => handler(event.data, event);
		this.addEventListener(name, listener);
		return () => this.removeEventListener(name, listener);
	}

	addEventListener(name, ...rest) {
		super.addEventListener(name, ...rest);
		this.#names.add(name);
		this.#link?.listen?.(name);
	}

	close() {
		this.#closed.abort();
		this.#tabs.close();
		this.#show("closed");
	}

	#open(sharedName) {
		const member = {
			lead: () => this.#lead(),
			receive: (message) => this.#receive(message),
			welcome: () => ({ id: this.#lastEventId, state: this.#state, events: [...this.#latest.values()].flat() }),
		};
		const { keepAlive, missedKeepAlives } = this.#options;
		this.#tabs = sharedName ? new Tabs(sharedName, keepAlive * missedKeepAlives, member) : new Alone(member);
	}

	/** Headers may say who the user is, and tabs may differ in that: then they share only if they are told to. */
	#sharedName() {
		const { share, method, headers, body, lastEventId } = this.#options;
		const able = globalThis.navigator?.locks && globalThis.BroadcastChannel && !this.#needsSource();
		const same = method === "GET" && !headers && !body && !lastEventId;
		return able && (typeof share === "string" || share && same) && `better-sse 1 ${method} ${this.#url} ${share}`;
	}

	#needsSource() {
		return this.#options.transport === "eventsource" || !("body" in Response.prototype);
	}

	#lead() {
		const LinkType = this.#needsSource() ? SourceLink : Link;
		const post = (message) => this.#tabs.post(message);
		return this.#link = new LinkType(this.#url, this.#options, this.#lastEventId, post, this.#names);
	}

	#followPage() {
		const { document } = globalThis;
		const follow = (target, type, task) => target?.addEventListener?.(type, task, { signal: this.#closed.signal });
		follow(globalThis, "online", () => this.#tabs.wake());
		follow(document, "visibilitychange", () => document.visibilityState === "visible" && this.#tabs.wake());
		// A browser keeps a page that one may go back to, with its connection. When it is back it has missed what others saw.
		follow(globalThis, "pagehide", () => this.#tabs.close());
		follow(globalThis, "pageshow", ({ persisted }) => persisted && this.#open());
	}

	#receive(message) {
		const { kind, state, why, id, reason, status } = message;
		if (this.#closed.signal.aborted) {
			return;
		}
		if (kind === "state") {
			this.#show(state, why);
		}
		else if (kind === "event") {
			this.#lastEventId = id;
			this.#dispatch(message);
		}
		else if (kind === "welcome") {
			this.#lastEventId = id;
			this.#show(state);
			message.events.forEach((event) => this.#dispatch(event));
		}
		else if (kind === "stop") {
			this.close();
			this.#call("onStop", { reason, status });
		}
	}

	#show(state, why) {
		if (state !== this.#state) {
			this.#state = state;
			this.#call("onState", state, why);
		}
	}

	#dispatch({ name, data, id }) {
		if (data === undefined) {
			return; // only an id
		}
		const { latest } = this.#options;
		if (Object.hasOwn(latest, name)) {
			this.#latest.set(name, [...this.#latest.get(name) ?? [], { name, data, id }].slice(-latest[name]));
		}
		this.dispatchEvent(new MessageEvent(name, { data: this.#decode(name, data), lastEventId: id }));
		if (name === "stream-reset") {
			this.#call("onReset", JSON.parse(data));
		}
		if (name === "channel-revoked") {
			this.#call("onRevoked", JSON.parse(data));
		}
	}

	#decode(name, text) {
		const { raw, binary } = this.#options;
		if (binary.includes(name)) {
			return Uint8Array.from(atob(text.replaceAll('"', "")), (char) => char.charCodeAt(0));
		}
		if (raw === true || raw && raw.includes(name)) {
			return text;
		}
		try {
			return JSON.parse(text);
		}
		catch {
			return text; // not all that a server sends is JSON
		}
	}

	/** Later, so that what a callback throws does no harm here. */
	#call(callback, ...args) {
		queueMicrotask(() => this.#options[callback]?.(...args));
	}
}
