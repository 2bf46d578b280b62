/** The parser of the browser client, against the table that the encoder on the server is tested with. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { EventStreamParser } from "../../main/client/parser.js";

const table = JSON.parse(readFileSync(new URL("../resources/wire-table.json", import.meta.url)));
const bytesOf = (text) => new TextEncoder().encode(text);

/** Feed pieces, and return all that was read. */
function read(...pieces) {
	const events = [];
	const retries = [];
	let lastEventId = "";
	const parser = new EventStreamParser({
		event({ name, data, id }) {
			lastEventId = id;
			if (data !== undefined) {
				events.push({ name, data, id });
			}
		},
		retry: (delay) => retries.push(delay),
	});
	pieces.forEach((piece) => parser.feed(piece));
	return { events, retries, lastEventId };
}

const readText = (text) => read(bytesOf(text));

/** Read in one piece, in every two pieces, and byte by byte: always the same. */
function readInAllPieces(text) {
	const bytes = bytesOf(text);
	const whole = read(bytes);
	for (let cut = 0; cut <= bytes.length; cut++) {
		assert.deepEqual(read(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut at byte ${cut} of ${JSON.stringify(text)}`);
	}
	assert.deepEqual(read(...Array.from(bytes, (byte) => Uint8Array.of(byte))), whole, "byte by byte");
	return whole;
}

test("reads what the server writes", () => {
	assert.ok(table.length > 40);
	for (const { wire, reads } of table) {
		const { event, retries = [], lastEventId = "" } = reads;
		assert.deepEqual(readInAllPieces(wire), { events: event ? [event] : [], retries, lastEventId }, wire);
	}
});

test("reads a whole stream, cut at every byte, with each kind of line end", () => {
	const stream = table.map(({ wire }) => wire).join("");
	const expected = readInAllPieces(stream);
	assert.equal(expected.events.length, table.filter(({ reads }) => reads.event).length);
	for (const end of ["\r", "\r\n"]) {
		assert.deepEqual(readInAllPieces(stream.replaceAll("\n", end)), expected);
	}
});

test("reads the examples of the specification", () => {
	assert.deepEqual(readInAllPieces("data: YHOO\ndata: +2\ndata: 10\n\n").events, [{ name: "message", data: "YHOO\n+2\n10", id: "" }]);
	assert.deepEqual(readInAllPieces(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"), {
		events: [
			{ name: "message", data: "first event", id: "1" },
			{ name: "message", data: "second event", id: "" },
			{ name: "message", data: " third event", id: "" },
		],
		retries: [],
		lastEventId: "",
	});
	assert.deepEqual(readInAllPieces("data\n\ndata\ndata\n\ndata:").events, [
		{ name: "message", data: "", id: "" },
		{ name: "message", data: "\n", id: "" },
	]);
	assert.deepEqual(readInAllPieces("data:test\n\ndata: test\n\n").events.map(({ data }) => data), ["test", "test"]);
});

test("drops one byte order mark, and only in front", () => {
	assert.deepEqual(readInAllPieces("\uFEFFdata: a\n\n\uFEFFdata: b\n\n").events.map(({ data }) => data), ["a"]);
});

test("an id counts when its block ends, and lasts", () => {
	assert.equal(readText("id: 7\ndata: a\n").lastEventId, "");
	assert.deepEqual(readText("id: 7\ndata: a\n\ndata: b\n\nid: 8\n\n"), {
		events: [{ name: "message", data: "a", id: "7" }, { name: "message", data: "b", id: "7" }],
		retries: [],
		lastEventId: "8",
	});
	assert.equal(readText("id: 7\n\nid: 8\0\n\n").lastEventId, "7");
});

test("starts with the id that it is given", () => {
	const ids = [];
	new EventStreamParser({ lastEventId: "5", event: ({ id }) => ids.push(id) }).feed(bytesOf("data: a\n\nid: 6\ndata: b\n\n"));
	assert.deepEqual(ids, ["5", "6"]);
});

test("takes digits for a time, at most the longest of a timer", () => {
	assert.deepEqual(readText("retry: 10\nretry:0\nretry: +1\nretry: 1s\nretry: \nretry\nretry:  5\nretry: 99999999999\n").retries,
		[10, 0, 2_147_483_647]);
});

test("ignores other fields, and fields in another case", () => {
	assert.deepEqual(readInAllPieces("Data: a\n data: b\ndata : c\nfoo: d\n\n").events, []);
});

test("replaces what is no UTF-8", () => {
	assert.equal(read(Uint8Array.of(...bytesOf("data: "), 0xC3, 0x0A, 0x0A)).events[0].data, "\uFFFD");
});

test("takes time in proportion to a line's length", () => {
	const piece = new Uint8Array(1024).fill(120);
	const { events } = read(bytesOf("data: "), ...Array(20_000).fill(piece), bytesOf("\n\n"));
	assert.equal(events[0].data.length, 20_000 * 1024);
});
