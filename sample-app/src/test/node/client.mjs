/** Listens with the package that is named, and prints what came when it has stopped for good. */
import { EventSource } from "eventsource";
import { EventSourcePlus } from "event-source-plus";
import { fetchEventSource } from "@microsoft/fetch-event-source";
import { listen } from "./event-source.mjs";

const clients = {
	"eventsource": (uri) => listen(EventSource, uri),

	"event-source-plus": (uri) => new Promise((resolve) => {
		const received = [];
		const controller = new EventSourcePlus(uri).listen({
			onMessage({ event, id, data }) {
				if (event === "disconnect") {
					controller.abort();
				}
				else {
					received.push({ name: event, id, data });
				}
			},
			onResponse({ response }) { // it takes a 204 for an error, and would try again
				if (response.status === 204) {
					controller.abort();
				}
			},
		});
		controller.onAbort(() => resolve(received));
	}),

	"fetch-event-source": async (uri) => {
		// It is made for browsers and refers to these two, even if it is told to stay open in the background.
		globalThis.window = globalThis;
		globalThis.document = { addEventListener() {}, removeEventListener() {} };
		const received = [];
		const stop = new AbortController();
		await fetchEventSource(uri, {
			fetch,
			signal: stop.signal,
			openWhenHidden: true,
			async onopen(response) {
				if (response.status === 204) {
					stop.abort();
				}
			},
			onmessage({ event, id, data }) {
				if (event === "disconnect") {
					stop.abort();
				}
				else if (data) { // it reports blocks without data too
					received.push({ name: event || "message", id, data });
				}
			},
			onclose() { // it takes the end of a stream for the last, unless this throws
				throw new Error("The stream has ended.");
			},
			onerror() {}, // try again
		});
		return received;
	},
};

const [name, uri] = process.argv.slice(2);
console.log(JSON.stringify(await clients[name](uri)));
process.exit();
