export { SourceLink };

/**
 * The browser's own client, for where a response cannot be read while it comes. It sends no headers, waits as it likes,
 * and does not say why it was refused.
 */
class SourceLink {
	#source;
	#post;
	#names = new Set();

	constructor(url, { credentials, disconnectEvent }, lastEventId, post, names) {
		const address = new URL(url);
		if (lastEventId) {
			address.searchParams.set("lastEventId", lastEventId);
		}
		const source = new EventSource(address, { withCredentials: credentials === "include" });
		source.onopen = () => post({ kind: "state", state: "open" });
		source.onerror = () => post(source.readyState === EventSource.CLOSED
			? { kind: "stop", reason: "refused" }
			: { kind: "state", state: "waiting" });
		this.#source = source;
		this.#post = post;
		["message", "stream-reset", "channel-revoked", disconnectEvent, ...names].forEach((name) => this.listen(name));
		source.addEventListener(disconnectEvent, () => post({ kind: "stop", reason: "disconnect" }));
	}

	/** An EventSource hands over only the events whose names it was told. */
	listen(name) {
		if (this.#names.has(name)) {
			return;
		}
		this.#names.add(name);
		this.#source.addEventListener(name, ({ data, lastEventId }) => {
			if (data !== undefined) { // not an error or opening of its own
				this.#post({ kind: "event", name, data, id: lastEventId });
			}
		});
	}

	close() {
		this.#source.close();
	}
}
