/** What compiles with the declarations of the browser client, and what must not. */
import { connect, DEFAULTS, type EventStream, type Options, type Reset, type State, type Stop } from "./client.js";

interface Events {
	article: { title: string };
	message: string;
	thumbnail: Uint8Array;
}

const resets: Reset[] = [];
const stops: Stop[] = [];
const states: State[] = [];
const options: Options = {
	method: "POST",
	headers: async () => ({ Authorization: "Bearer token" }),
	body: () => new URLSearchParams({ question: "to be" }),
	credentials: "include",
	raw: ["token"],
	binary: ["thumbnail"],
	share: "ada",
	onState: (state, why) => states.push(state) && why?.trim(),
	onReset: (reset) => void resets.push(reset),
	onRevoked: ({ channel }) => channel.trim(),
	onUnauthorized: async (status) => status === 401,
	onStop: (stop) => void stops.push(stop),
};
const stream: EventStream<Events> = connect<Events>(new URL("https://example.org/sse"), options);

const off: () => void = stream.on("article", ({ title }, event) => title + event.data.title + event.lastEventId);
off();
stream.on("thumbnail", (bytes) => bytes.byteLength);
stream.addEventListener("message", (event) => event.type);
stream.close();
const target: EventTarget = stream;
const text: string = stream.url + stream.lastEventId + stream.state + DEFAULTS.keepAlive;

connect("/sse").on("anything", (data) => data.anything);
connect("/sse", {});

// @ts-expect-error There is no such event.
stream.on("artcle", () => {});
// @ts-expect-error An article has no author.
stream.on("article", ({ author }) => author);
// @ts-expect-error There is no such state.
const state: State = "reconnecting";
// @ts-expect-error There is no such option.
connect("/sse", { keepalive: 1000 });
// @ts-expect-error The state cannot be set.
stream.state = "open";

export { state, target, text };
