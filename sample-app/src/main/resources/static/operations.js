import { drawLines, paintAs, SECONDS, timeScale, valueScale } from "./chart.js";
import { at, markNode, senderOf } from "./nodes.js";

const page = document.querySelector("#operations");
const error = page.querySelector(".error");
const whole = (value) => value.toLocaleString([], { maximumFractionDigits: 0 });
const short = (value) => value.toLocaleString([], { maximumFractionDigits: 2 });

/** What the charts show of two readings, the earlier of them undefined at first. */
const METERS = {
	sessions: { suggestedMax: 4, text: whole, of: (now) => now.sessions },
	events: { suggestedMax: 10, text: (value) => `${whole(value)} / s`, of: (now, before) => perSecond(now, before, "sent") },
	lag: { suggestedMax: 1, text: (value) => `${short(value)} ms`, of: lagOf },
	queued: { suggestedMax: 1024, text: (value) => `${whole(value)} B`, of: (now) => now.queued },
};

const charts = Object.entries(METERS).map(([name, meter]) => {
	const panel = page.querySelector(`[data-meter="${name}"]`);
	const chart = drawLines(panel.querySelector("canvas"), [{ yAxisID: "value", fill: "origin" }], {
		x: { ...timeScale, ticks: { ...timeScale.ticks } },
		value: valueScale("left", meter.suggestedMax, meter.text, true),
	});
	paintAs(chart, panel, "--accent");
	return { ...meter, chart, output: panel.querySelector(".value"), points: [] };
});
let last;
let node; // of which the figures are, and go on to be as long as it is there

function perSecond(now, before, counter) {
	return before && (now[counter] - before[counter]) / ((now.time - before.time) / 1000);
}

/** The mean of what was written since the reading before, in milliseconds. */
function lagOf(now, before) {
	const writes = before && now.writes - before.writes;
	return writes ? (now.lag - before.lag) / writes * 1000 : before && 0;
}

async function read(path) {
	const response = await fetch(at(node, `actuator/${path}`), { signal: AbortSignal.timeout(5000) });
	if (!response.ok) {
		throw new Error(`Actuator answers ${response.status} for ${path}.`);
	}
	const sender = senderOf(response);
	if (sender !== node) {
		last = undefined;
		markNode(node = sender);
	}
	return response.json();
}

/** Return the values of a meter by what they are. */
async function meter(name) {
	const { measurements } = await read(`metrics/better.sse.${name}`);
	return Object.fromEntries(measurements.map(({ statistic, value }) => [statistic, value]));
}

async function readAll() {
	const streams = await read("sse");
	const [sent, lag, queue] = await Promise.all([meter("sent.events"), meter("delivery.lag"), meter("queue.size")]);
	return {
		time: performance.now(),
		sessions: streams.sessionCount,
		channels: streams.channels,
		sent: sent.COUNT,
		writes: lag.COUNT,
		lag: lag.TOTAL_TIME,
		queued: queue.VALUE,
	};
}

function show(now) {
	for (const one of charts) {
		const value = one.of(now, last);
		if (value !== undefined) {
			one.points.push({ time: now.time, value });
			one.output.textContent = one.text(value);
		}
		one.points = one.points.filter(({ time }) => time > now.time - SECONDS * 1000);
		one.chart.data.datasets[0].data = one.points.map(({ time, value }) => ({ x: (time - now.time) / 1000, y: value }));
		one.chart.update();
	}
	page.querySelector("tbody").replaceChildren(...now.channels.map(({ name, sessionCount }) => {
		const row = document.createElement("tr");
		row.insertCell().textContent = name;
		row.insertCell().textContent = whole(sessionCount);
		return row;
	}));
	last = now;
}

async function measure() {
	try {
		show(await readAll());
		error.textContent = "";
	}
	catch (failure) {
		error.textContent = `No figures: ${failure.message}`;
		last = undefined;
	}
	setTimeout(measure, 1000);
}

measure();
