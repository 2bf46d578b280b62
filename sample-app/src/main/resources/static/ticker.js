import { here, markNode } from "./nodes.js";
import { openStream } from "./stream.js";

const panel = document.querySelector("#ticker");

/** Carries the monitor's events too. Each tab has its own, to see in two of them that both get the same. */
export const stream = openStream(here("ticker"), panel.querySelector(".state"), { share: false });

stream.on("tick", ({ count, online }) => {
	panel.querySelector(".count").textContent = count.toLocaleString();
	panel.querySelector(".online strong").textContent = online;
	panel.querySelector(".hand").style.strokeDashoffset = 60 - count % 60;
});
stream.on("node", markNode);
