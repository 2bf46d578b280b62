/**
 * Runs a script as a page of a server would: node page.mjs <server> <script> <lines>. Ends when so many lines are printed,
 * or when nothing keeps the script alive.
 */
import { EventSource } from "eventsource";

const [server, script, lines] = process.argv.slice(2);
const { fetch } = globalThis;
const { log } = console;
let left = Number(lines);

globalThis.window = globalThis;
globalThis.document = { addEventListener() {}, removeEventListener() {} };
globalThis.fetch = (address, options) => fetch(new URL(address, server), options);
globalThis.EventSource = class extends EventSource {

	constructor(address) {
		super(new URL(address, server));
	}

};
console.log = (line) => {
	log(line);
	if (--left === 0) {
		process.exit();
	}
};
await import(script);
