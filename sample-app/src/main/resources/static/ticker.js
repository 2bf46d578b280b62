import { openStream } from "./stream.js";

const panel = document.querySelector("#ticker");

/** Carries the monitor's events too: a browser has few connections to spare. */
export const stream = openStream("ticker", panel.querySelector(".state"));

stream.addEventListener("tick", (event) => {
	const { count, online } = JSON.parse(event.data);
	panel.querySelector(".count").textContent = count.toLocaleString();
	panel.querySelector(".online strong").textContent = online;
	panel.querySelector(".hand").style.strokeDashoffset = 60 - count % 60;
});
