/** How the browser client connects, waits and stops, with a clock and a server of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { DEFAULTS } from "../../main/client/client.js";
import { backOff, Link } from "../../main/client/link.js";

let answers;
let requests;
let posted;
let link;

/** Answer with a stream that stays open until it is ended, or broken with an error. */
function stream(text = "") {
	let controller;
	const body = new ReadableStream({ start: (created) => controller = created });
	const write = (more) => controller.enqueue(new TextEncoder().encode(more));
	if (text) {
		write(text);
	}
	answers.push((signal) => {
		signal.addEventListener("abort", () => controller.error(signal.reason));
		return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
	});
	return { write, end: () => controller.close(), fail: () => controller.error(new TypeError("network error")) };
}

const refuse = (status, headers) => answers.push(() => new Response(null, { status, headers }));

/** Let promises settle; timers stand still. */
const settle = async () => {
	for (let i = 0; i < 10; i++) {
		await new Promise(setImmediate);
	}
};

const tick = async (time) => {
	mock.timers.tick(time);
	await settle();
};

async function open(options, lastEventId = "") {
	link = new Link("http://test/sse", { ...DEFAULTS, ...options }, lastEventId, (message) => posted.push(message));
	await settle();
	return link;
}

const states = () => posted.filter(({ kind }) => kind === "state").map(({ state }) => state);
const events = () => posted.filter(({ kind }) => kind === "event").map(({ data }) => data);
const stops = () => posted.filter(({ kind }) => kind === "stop").map(({ reason, status }) => [reason, status]);

beforeEach(() => {
	answers = [];
	requests = [];
	posted = [];
	mock.timers.enable({ apis: ["setTimeout"] });
	mock.method(Math, "random", () => 0.5);
	mock.method(globalThis, "fetch", (url, { signal, ...options }) => new Promise((resolve, reject) => {
		requests.push({ url, ...options });
		signal.addEventListener("abort", () => reject(signal.reason));
		const answer = answers.shift();
		if (answer instanceof Error) {
			reject(answer);
		}
		else if (answer) { // else it lets the client wait
			resolve(answer(signal));
		}
	}));
});

afterEach(() => {
	link?.close();
	mock.timers.reset();
	mock.restoreAll();
});

test("back-off doubles up to its limit, is random throughout, and keeps to what the server says", () => {
	const limits = { minDelay: 1000, maxDelay: 30_000 };
	const at = (random, failures, serverDelay = 0) => {
		Math.random.mock.mockImplementation(() => random);
		return backOff(failures, serverDelay, limits);
	};
	assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 2000].map((failures) => at(1, failures)),
		[1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
	assert.deepEqual([0, 3, 9].map((failures) => at(0, failures)), [0, 0, 0]);
	assert.equal(at(0.25, 3), 2000);
	assert.deepEqual([at(0, 0, 5000), at(1, 0, 5000)], [5000, 6000]);
	assert.equal(at(1, 5, 2_147_483_647), 2_147_483_647);
});

test("asks for an event stream, with the method, the headers and the body that are given", async () => {
	let token = 0;
	stream().end();
	stream();
	await open({ method: "POST", headers: async () => ({ Authorization: `Bearer ${++token}` }), body: () => `body ${token}` });
	await tick(500);
	assert.deepEqual(requests.map(({ headers, ...rest }) => ({ ...rest, headers: Object.fromEntries(headers) })), [1, 2].map((n) => ({
		url: "http://test/sse",
		method: "POST",
		body: `body ${n}`,
		credentials: "same-origin",
		cache: "no-store",
		headers: { accept: "text/event-stream", authorization: `Bearer ${n}` },
	})));
});

test("comes back with the last id, in UTF-8, after the time that the server has said", async () => {
	stream("retry: 2000\n\nid: 語\ndata: 1\n\n").end();
	stream("data: 2\n\n");
	await open();
	assert.deepEqual(states(), ["connecting", "open", "waiting"]);
	await tick(2499);
	assert.equal(requests.length, 1);
	await tick(1);
	assert.equal(Buffer.from(requests[1].headers.get("Last-Event-ID"), "latin1").toString(), "語");
	assert.deepEqual(states(), ["connecting", "open", "waiting", "connecting", "open"]);
	assert.deepEqual(posted.filter(({ kind }) => kind === "event"), [
		{ kind: "event", name: "message", data: undefined, id: "" }, // the block with the time
		{ kind: "event", name: "message", data: "1", id: "語" },
		{ kind: "event", name: "message", data: "2", id: "語" },
	]);
});

test("starts with the id that it is given", async () => {
	stream();
	await open({}, "k3-17");
	assert.equal(requests[0].headers.get("Last-Event-ID"), "k3-17");
});

test("waits longer with each failure, and no longer after an event", async () => {
	answers.push(new TypeError("offline"), new TypeError("offline"), new TypeError("offline"));
	stream("data: 1\n\n").end();
	stream();
	await open();
	for (const [index, delay] of [500, 1000, 2000, 500].entries()) {
		await tick(delay - 1);
		assert.equal(requests.length, index + 1);
		await tick(1);
		assert.equal(requests.length, index + 2);
	}
	assert.deepEqual(posted.filter(({ state }) => state === "waiting").map(({ why }) => why),
		["offline", "offline", "offline", "end of stream"]);
});

for (const status of [408, 425, 429, 500, 502, 503, 504]) {
	test(`comes back after ${status}`, async () => {
		refuse(status);
		stream();
		await open();
		assert.deepEqual(states(), ["connecting", "waiting"]);
		assert.equal(posted.at(-1).why, `status ${status}`);
		await tick(500);
		assert.deepEqual(states(), ["connecting", "waiting", "connecting", "open"]);
	});
}

test("keeps to Retry-After", async () => {
	refuse(503, { "Retry-After": "7" });
	stream();
	await open();
	await tick(7499);
	assert.equal(requests.length, 1);
	await tick(1);
	assert.equal(requests.length, 2);
});

for (const [status, reason] of [[204, "no-content"], [401, "unauthorized"], [403, "unauthorized"], [400, "refused"], [404, "refused"]]) {
	test(`stops at ${status}`, async () => {
		refuse(status);
		await open();
		assert.deepEqual(stops(), [[reason, status]]);
		await tick(100_000);
		assert.equal(requests.length, 1);
	});
}

test("stops at what is no event stream", async () => {
	answers.push(() => new Response("<h1>Log in</h1>", { headers: { "Content-Type": "text/html" } }));
	await open();
	assert.deepEqual(stops(), [["refused", 200]]);
});

test("stops at the event disconnect, whatever its name, after it was handed over", async () => {
	const { write } = stream("event: disconnect\nid: 1\n\nevent: disconnect\ndata: 1\n\n");
	await open({ disconnectEvent: "bye" });
	assert.deepEqual(stops(), []);
	write("event: bye\ndata: null\n\n");
	await settle();
	assert.deepEqual(stops(), [["disconnect", undefined]]);
	assert.deepEqual(events(), [undefined, "1", "null"]);
	await tick(100_000);
	assert.equal(requests.length, 1);
});

test("goes on after 401 if the callback has seen to it", async () => {
	refuse(401);
	refuse(403);
	stream();
	const seen = [];
	let token = "old";
	await open({
		headers: () => ({ Authorization: token }),
		onUnauthorized: async (status) => {
			seen.push(status);
			token = "new";
			return true;
		},
	});
	await tick(500);
	await tick(1000);
	assert.deepEqual(seen, [401, 403]);
	assert.deepEqual(requests.map(({ headers }) => headers.get("Authorization")), ["old", "new", "new"]);
	assert.deepEqual(stops(), []);
	assert.equal(states().at(-1), "open");
});

test("stops at 401 if the callback says no", async () => {
	refuse(401);
	await open({ onUnauthorized: () => false });
	assert.deepEqual(stops(), [["unauthorized", 401]]);
});

test("gives up on a stream on which nothing comes for three keep-alives", async () => {
	const { write } = stream();
	stream();
	await open();
	await tick(29_999);
	write(":\n\n");
	await settle();
	assert.deepEqual(posted.at(-1), { kind: "event", name: "message", data: undefined, id: "" });
	await tick(29_999);
	assert.deepEqual(states(), ["connecting", "open"]);
	await tick(1);
	assert.deepEqual(states(), ["connecting", "open", "waiting"]);
	assert.equal(posted.at(-1).why, "silence");
	await tick(500);
	assert.deepEqual(states(), ["connecting", "open", "waiting", "connecting", "open"]);
});

test("gives up on a request that is not answered, and not on whoever logs in", async () => {
	await open({ keepAlive: 1000, missedKeepAlives: 2, onUnauthorized: () => new Promise(() => {}) });
	refuse(401);
	await tick(2000);
	assert.deepEqual(states(), ["connecting", "waiting"]);
	await tick(500);
	await tick(100_000);
	assert.deepEqual(states(), ["connecting", "waiting", "connecting"]);
});

test("watches for no silence if there is no keep-alive", async () => {
	stream();
	await open({ keepAlive: 0 });
	await tick(1_000_000);
	assert.deepEqual(states(), ["connecting", "open"]);
});

test("is woken while it waits, and only then", async () => {
	refuse(503);
	stream();
	await open();
	link.wake();
	await settle();
	assert.equal(requests.length, 2);
	link.wake();
	await tick(5000);
	assert.equal(requests.length, 2);
});

test("posts nothing any more when it is closed", async () => {
	for (const prepare of [() => stream("data: 1\n\n"), () => refuse(503), () => {}]) {
		prepare();
		await open();
		const before = posted.length;
		link.close();
		await tick(100_000);
		assert.equal(posted.length, before);
	}
	assert.equal(requests.length, 3);
});
