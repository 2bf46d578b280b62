export { EventStreamParser, LONGEST_DELAY };

/** The longest time of a timer in a browser; one with a longer time goes off at once. */
const LONGEST_DELAY = 2_147_483_647;

/** Reads text/event-stream as WHATWG specifies it, from bytes in pieces of any size. */
class EventStreamParser {
	#decoder = new TextDecoder();
	#handler;
	#rest = "";
	#afterReturn = false;
	#name = "";
	#data = [];
	#id;

	/** What comes goes to event({ name, data, id }) and retry(milliseconds). */
	constructor({ lastEventId = "", ...handler }) {
		this.#id = lastEventId;
		this.#handler = handler;
	}

	feed(bytes) {
		let text = this.#decoder.decode(bytes, { stream: true });
		if (!text) {
			return; // a part of a character
		}
		if (this.#afterReturn && text[0] === "\n") {
			text = text.slice(1);
		}
		this.#afterReturn = text ? text.endsWith("\r") : false;
		const lines = text.split(/\r\n|\r|\n/);
		lines[0] = this.#rest + lines[0];
		this.#rest = lines.pop();
		lines.forEach((line) => this.#line(line));
	}

	#line(line) {
		if (!line) {
			this.#dispatch();
			return;
		}
		const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
		if (name === "data") {
			this.#data.push(value);
		}
		else if (name === "event") {
			this.#name = value;
		}
		else if (name === "id" && !value.includes("\0")) {
			this.#id = value;
		}
		else if (name === "retry" && /^\d+$/.test(value)) {
			this.#handler.retry(Math.min(value, LONGEST_DELAY));
		}
	}

	/** A block without data is no event, but its id counts, and it is a sign of life. Its data is undefined. */
	#dispatch() {
		const data = this.#data.length ? this.#data.join("\n") : undefined;
		this.#handler.event({ name: this.#name || "message", data, id: this.#id });
		this.#name = "";
		this.#data = [];
	}
}
