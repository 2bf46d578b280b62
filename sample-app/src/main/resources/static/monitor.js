import { stream } from "./ticker.js";

const SECONDS = 60;
const MEGABYTE = 1024 * 1024;

const panel = document.querySelector("#monitor");
const percent = (value) => `${value.toLocaleString([], { maximumFractionDigits: 1 })} %`;
const megabytes = (value) => `${value.toLocaleString([], { maximumFractionDigits: 0 })} MB`;
let usages = [];

Chart.defaults.font.family = getComputedStyle(panel).fontFamily;

const chart = new Chart(panel.querySelector("canvas"), {
	type: "line",
	data: {
		datasets: [
			{ yAxisID: "cpu", fill: "origin" },
			{ yAxisID: "memory", borderDash: [4, 3] },
		],
	},
	options: {
		animation: false,
		events: [], // the values that matter stand above as text
		maintainAspectRatio: false,
		parsing: false,
		borderWidth: 2,
		pointRadius: 0,
		spanGaps: 2.5, // seconds: where the connection was lost there is a hole
		scales: {
			x: {
				type: "linear",
				min: -SECONDS,
				max: 0,
				border: { display: false },
				grid: { display: false },
				ticks: { stepSize: 20, maxRotation: 0, callback: (seconds) => seconds ? `${-seconds} s ago` : "now" },
			},
			cpu: axis("left", 10, percent, true),
			memory: axis("right", 64, megabytes, false),
		},
		plugins: { legend: { display: false }, tooltip: { enabled: false } },
	},
});

function axis(position, suggestedMax, callback, display) {
	const ticks = { maxTicksLimit: 5, callback: (value) => callback(value) };
	return { position, min: 0, suggestedMax, ticks, grid: { display }, border: { display: false } };
}

/** Take the colours of the page, which has a dark and a light scheme. */
function paint() {
	const style = getComputedStyle(panel);
	const color = (name) => style.getPropertyValue(name);
	const [cpu, memory] = chart.data.datasets;
	cpu.borderColor = color("--accent");
	cpu.backgroundColor = `color-mix(in srgb, ${color("--accent")} 15%, transparent)`;
	memory.borderColor = color("--memory");
	for (const scale of Object.values(chart.options.scales)) {
		scale.ticks.color = color("--muted");
		scale.grid.color = color("--line");
	}
	chart.update();
}

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

stream.addEventListener("usages", (event) => {
	const added = JSON.parse(event.data).map((usage) => ({ ...usage, time: Date.parse(usage.time) }));
	if (added.length) {
		add(added);
		show();
	}
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
paint();
