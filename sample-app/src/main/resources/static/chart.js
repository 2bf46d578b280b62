/** How charts of the last minute look on these pages. */
export const SECONDS = 60;

export const timeScale = {
	type: "linear",
	min: -SECONDS,
	max: 0,
	border: { display: false },
	grid: { display: false },
	ticks: { stepSize: 20, maxRotation: 0, callback: (seconds) => seconds ? `${-seconds} s ago` : "now" },
};

export function valueScale(position, suggestedMax, callback, display) {
	const ticks = { maxTicksLimit: 5, callback: (value) => callback(value) };
	return { position, min: 0, suggestedMax, ticks, grid: { display }, border: { display: false } };
}

/** Draw lines, without what costs time or has no use where the values stand above as text. */
export function drawLines(canvas, datasets, scales) {
	Chart.defaults.font.family = getComputedStyle(canvas).fontFamily;
	return new Chart(canvas, {
		type: "line",
		data: { datasets },
		options: {
			animation: false,
			events: [],
			maintainAspectRatio: false,
			parsing: false,
			borderWidth: 2,
			pointRadius: 0,
			spanGaps: 2.5, // seconds: where the connection was lost there is a hole
			scales,
			plugins: { legend: { display: false }, tooltip: { enabled: false } },
		},
	});
}

/** Take the colours of the page, which has a dark and a light scheme: one for each line, the first of them filled. */
export function paintAs(chart, element, ...names) {
	const paint = () => {
		const style = getComputedStyle(element);
		const color = (name) => style.getPropertyValue(name);
		chart.data.datasets.forEach((dataset, index) => dataset.borderColor = color(names[index]));
		chart.data.datasets[0].backgroundColor = `color-mix(in srgb, ${color(names[0])} 15%, transparent)`;
		for (const scale of Object.values(chart.options.scales)) {
			scale.ticks.color = color("--muted");
			scale.grid.color = color("--line");
		}
		chart.update();
	};
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
	paint();
}
