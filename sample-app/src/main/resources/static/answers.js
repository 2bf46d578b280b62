import { at, markNode } from "./nodes.js";
import { openStream } from "./stream.js";

const panel = document.querySelector("#answer");
const form = panel.querySelector(".question");
const text = panel.querySelector(".text");
const cutButton = panel.querySelector(".cut");
const stopButton = panel.querySelector(".stop");
const figures = { tokens: 0, connections: 0, position: "–" };
let stream;
let node;

function show(changed) {
	Object.assign(figures, changed);
	for (const [name, value] of Object.entries(figures)) {
		panel.querySelector(`.${name}`).textContent = value;
	}
}

function ask(question) {
	stream?.close();
	text.replaceChildren();
	show({ tokens: 0, connections: 0, position: "–" });
	const asked = stream = openStream("answers", panel.querySelector(".state"), {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ text: question }),
		disconnectEvent: "done",
		onState(state) {
			cutButton.disabled = stopButton.disabled = state !== "open";
			if (state === "open") {
				show({ connections: figures.connections + 1 });
			}
		},
		onStop({ reason }) {
			if (reason !== "disconnect") {
				form.querySelector(".error").textContent = "The server has refused.";
			}
		},
	});
	asked.on("node", (name) => markNode(node = name));
	asked.on("token", (token, { lastEventId }) => {
		text.append(token);
		show({ tokens: figures.tokens + 1, position: lastEventId.replace(/^.*\./, "…") });
	});
	asked.on("done", ({ tokens, stopped }) => {
		const end = document.createElement("small");
		end.textContent = stopped ? `Stopped after ${tokens} tokens.` : `${tokens} tokens.`;
		text.append(end);
	});
}

/** The id of a token begins with that of the answer. */
async function post(path, method) {
	const answer = stream.lastEventId.replace(/\.\d+$/, "");
	const response = await fetch(at(node, `answers/${answer}${path}`), { method });
	form.querySelector(".error").textContent = response.ok ? "" : "The server has refused.";
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	form.querySelector(".error").textContent = "";
	ask(form.text.value.trim());
});
cutButton.addEventListener("click", () => post("/cut", "POST"));
stopButton.addEventListener("click", () => post("", "DELETE"));
