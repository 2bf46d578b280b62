// Better SSE for Node.js as a server under test.
import http from "node:http";
import { createChannel, createSession } from "better-sse";

const CLOCK_MODULUS = 10_000_000_000n;
const channel = createChannel();
const text = (data) => data;

const data = (sequence, size) => {
	const time = String((process.hrtime.bigint() / 1000n) % CLOCK_MODULUS).padStart(10, "0");
	return `${sequence},${time},`.padEnd(size, "x");
};

const send = (count, size, rate) => {
	const one = (i) => channel.broadcast(data(i, size), "tick", { eventId: String(i) });
	const start = performance.now();
	const due = (i) => start + (i * 1000) / rate;
	let i = 0;
	const turn = () => {
		if (rate > 0) {
			while (i < count && performance.now() >= due(i)) {
				one(i++);
			}
			if (i < count) {
				setTimeout(turn, Math.max(0, due(i) - performance.now()));
			}
		} else if (i < count) {
			// One turn of the event loop per event: a loop over all of them would write nothing before its end.
			one(i++);
			setImmediate(turn);
		}
	};
	turn();
};

const server = http.createServer(async (request, response) => {
	const url = new URL(request.url, "http://localhost");
	if (url.pathname === "/sse") {
		channel.register(await createSession(request, response, { serializer: text }));
		return;
	}
	const number = (name) => Number(url.searchParams.get(name));
	response.writeHead(202, { "Content-Length": 0 }).end();
	send(number("count"), number("size"), number("rate"));
});

server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => console.log(`port ${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
