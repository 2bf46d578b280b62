import { at, here } from "./nodes.js";
import { openStream } from "./stream.js";
import { addGap, addMessage, addNote, clear, showPeople, startMissed } from "./chat-log.js";

const GAPS = {
	"trimmed": "More was said while you were away than the server keeps.",
	"foreign-epoch": "The server has started anew. What was said meanwhile is lost.",
};

const panel = document.querySelector("#chat");
const badge = panel.querySelector(".state");
const lobby = panel.querySelector(".lobby");
const room = panel.querySelector(".room");
const composer = panel.querySelector(".composer");
const leaveButton = panel.querySelector(".leave");
const cutButton = panel.querySelector(".cut");

// The key tells the server that a tab which reconnects or is reloaded is who it was. It is stored only
// while the page reloads: a duplicated tab is someone else.
const saved = JSON.parse(sessionStorage.getItem("chat") ?? "{}");
sessionStorage.removeItem("chat");
const key = saved.key ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
let name = saved.name;
let stream;
let node; // where it is

function join() {
	let admitted = false;
	let countMissed;
	clear(); // newcomers are told what was said last
	stream = openStream(here(`chat?${new URLSearchParams({ username: name, key })}`), badge, {
		share: false, // the key is this tab's own
		onState(state) {
			enable(state === "open");
			if (state === "open") {
				if (admitted) { // the tab has come back by itself, with the last event id
					countMissed = startMissed();
				}
				admitted = true;
				showRoom(true);
			}
		},
		onReset({ channel, reason }) {
			if (channel === "chat") {
				addGap(GAPS[reason] ?? "What was said while you were away is lost.");
			}
		},
		onStop({ reason, status }) {
			leave(reason === "disconnect" ? "The server has ended your chat."
				: status === 409 ? "That name is taken." : "The server has refused.");
		},
	});
	stream.on("node", (served) => node = served);
	stream.on("caught-up", () => countMissed = undefined);
	stream.on("joined", (who) => addNote(`${who} joined`));
	stream.on("left", (who) => addNote(`${who} left`));
	stream.on("people", (names) => showPeople(names, name));
	stream.on("message", (message) => {
		countMissed?.();
		addMessage(message, name, Boolean(countMissed));
	});
	lobby.querySelector("button").disabled = true;
	lobby.querySelector(".error").textContent = "";
}

function leave(reason) {
	stream.close();
	showRoom(false);
	lobby.querySelector("button").disabled = false;
	lobby.querySelector(".error").textContent = reason;
}

function post(path, body) {
	return fetch(at(node, path), {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(5000), // over HTTP/1.1 a browser opens six connections, streams included
	});
}

async function say(text) {
	const error = composer.querySelector(".error");
	try {
		const response = await post("chat/messages", { key, text });
		error.textContent = response.ok ? "" : "The server refused the message.";
		return response.ok;
	}
	catch {
		error.textContent = "The message could not be sent. Is the server there? Are many tabs open?";
		return false;
	}
}

function showRoom(visible) {
	const moved = room.hidden === visible;
	lobby.hidden = visible;
	room.hidden = leaveButton.hidden = cutButton.hidden = !visible;
	if (moved) {
		(visible ? composer.text : lobby.username).focus();
	}
}

/** Whoever has no connection is not in the room, and cannot speak. */
function enable(connected) {
	composer.querySelector("button").disabled = cutButton.disabled = !connected;
}

lobby.addEventListener("submit", (event) => {
	event.preventDefault();
	name = lobby.username.value.trim();
	join();
});

composer.addEventListener("submit", async (event) => {
	event.preventDefault();
	const text = composer.text.value.trim();
	if (text && await say(text)) {
		composer.reset();
	}
});

cutButton.addEventListener("click", () => post("chat/cut", { key }).catch(() => enable(true)));

leaveButton.addEventListener("click", () => {
	name = undefined;
	leave("");
});

addEventListener("pagehide", () => sessionStorage.setItem("chat", JSON.stringify({ name, key })));

if (name) {
	lobby.username.value = name;
	showRoom(true);
	join();
}
