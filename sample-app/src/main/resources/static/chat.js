import { openStream } from "./stream.js";
import { addMessage, addNote, showPeople } from "./chat-log.js";

const panel = document.querySelector("#chat");
const badge = panel.querySelector(".state");
const lobby = panel.querySelector(".lobby");
const room = panel.querySelector(".room");
const composer = panel.querySelector(".composer");
const leaveButton = panel.querySelector(".leave");

// The key tells the server that a tab which reconnects or is reloaded is who it was. It is stored only
// while the page reloads: a duplicated tab is someone else.
const saved = JSON.parse(sessionStorage.getItem("chat") ?? "{}");
sessionStorage.removeItem("chat");
const key = saved.key ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
let name = saved.name;
let stream;

function join() {
	let admitted = false;
	stream = openStream(`chat?${new URLSearchParams({ username: name, key })}`, badge);
	stream.addEventListener("open", () => {
		admitted = true;
		showRoom(true);
	});
	stream.addEventListener("error", () => {
		if (stream.readyState !== EventSource.CLOSED) {
			return;
		}
		if (admitted) {
			composer.querySelector(".error").textContent = "The connection is closed. Reload the page to join again.";
		}
		else {
			leave("That name is taken."); // an EventSource does not see the 409, only that it was refused
		}
	});
	stream.addEventListener("disconnect", () => leave("The server has ended your chat."));
	stream.addEventListener("joined", (event) => addNote(`${JSON.parse(event.data)} joined`));
	stream.addEventListener("left", (event) => addNote(`${JSON.parse(event.data)} left`));
	stream.addEventListener("people", (event) => showPeople(JSON.parse(event.data), name));
	stream.addEventListener("message", (event) => addMessage(JSON.parse(event.data), name));
	lobby.querySelector("button").disabled = true;
	lobby.querySelector(".error").textContent = "";
}

function leave(reason) {
	stream.close();
	badge.dataset.state = badge.textContent = "closed";
	showRoom(false);
	lobby.querySelector("button").disabled = false;
	lobby.querySelector(".error").textContent = reason;
}

async function say(text) {
	const error = composer.querySelector(".error");
	try {
		const response = await fetch("chat/messages", {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ key, text }),
			signal: AbortSignal.timeout(5000), // over HTTP/1.1 a browser opens six connections, streams included
		});
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
	room.hidden = leaveButton.hidden = !visible;
	if (moved) {
		(visible ? composer.text : lobby.username).focus();
	}
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
