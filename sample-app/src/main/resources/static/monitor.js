import { drawLines, paintAs, SECONDS, timeScale, valueScale } from "./chart.js";
import { stream } from "./ticker.js";

const MEGABYTE = 1024 * 1024;

const panel = document.querySelector("#monitor");
const percent = (value) => `${value.toLocaleString([], { maximumFractionDigits: 1 })} %`;
const megabytes = (value) => `${value.toLocaleString([], { maximumFractionDigits: 0 })} MB`;
let usages = [];

const chart = drawLines(panel.querySelector("canvas"), [
	{ yAxisID: "cpu", fill: "origin" },
	{ yAxisID: "memory", borderDash: [4, 3] },
], {
	x: timeScale,
	cpu: valueScale("left", 10, percent, true),
	memory: valueScale("right", 64, megabytes, false),
});

/** Add what is new, in order and within the last minute. What is measured while a stream opens comes twice. */
function add(added) {
	const byTime = new Map([...usages, ...added].map((usage) => [usage.time, usage]));
	const newest = Math.max(...byTime.keys());
	usages = [...byTime.values()]
		.filter(({ time }) => time >= newest - SECONDS * 1000)
		.sort((one, other) => one.time - other.time);
}

function show() {
	const newest = usages.at(-1);
	const points = (value) => usages.map((usage) => ({ x: (usage.time - newest.time) / 1000, y: value(usage) }));
	const [cpu, memory] = chart.data.datasets;
	cpu.data = points((usage) => usage.cpu * 100);
	memory.data = points((usage) => usage.memory / MEGABYTE);
	chart.update();
	panel.querySelector(".cpu dd").textContent = percent(newest.cpu * 100);
	panel.querySelector(".memory dd").textContent =
		`${megabytes(newest.memory / MEGABYTE)} of ${megabytes(newest.maxMemory / MEGABYTE)}`;
}

stream.on("usages", (measured) => {
	const added = measured.map((usage) => ({ ...usage, time: Date.parse(usage.time) }));
	if (added.length) {
		add(added);
		show();
	}
});

paintAs(chart, panel, "--accent", "--memory");
