import { openStream } from "./stream.js";

const panel = document.querySelector("#notifications");
const badge = panel.querySelector(".state");
const login = panel.querySelector(".login");
const inbox = panel.querySelector(".inbox");
const people = panel.querySelector(".people");
const send = panel.querySelector(".send");
const received = panel.querySelector(".received");
const logoutButton = panel.querySelector(".logout");
let stream;

/** The token that keeps other sites from sending requests in the user's name stands in a cookie. */
function post(path, body) {
	const token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? "";
	return fetch(path, { method: "POST", headers: { "X-XSRF-TOKEN": token }, body });
}

function show(user) {
	login.hidden = Boolean(user);
	inbox.hidden = logoutButton.hidden = !user;
	panel.querySelector("h2").textContent = user ? `Notifications for ${user}` : "Notifications";
}

/** Open the stream of whoever is logged in, in this tab or another. */
async function open() {
	if (stream && stream.state !== "closed") {
		return;
	}
	const response = await fetch("notifications/user");
	if (!response.ok) {
		show();
		return;
	}
	show(await response.text());
	received.replaceChildren();
	stream = openStream("notifications", badge, {
		latest: { notification: 20, users: 1 },
		onStop() { // the server has refused a stream without a login
			show();
			login.querySelector(".error").textContent = "You are logged out.";
		},
	});
	stream.on("users", showUsers);
	stream.on("notification", ({ from, text, time }) => {
		const clock = new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
		const item = document.createElement("li");
		item.append(element("b", from), element("time", clock), element("p", text));
		received.prepend(item);
	});
}

function showUsers(users) {
	people.replaceChildren(...users.map(({ name, online }) => {
		const item = element("li", name);
		item.dataset.online = online;
		item.title = online ? "online" : "offline";
		return item;
	}));
	if (!send.to.options.length) {
		send.to.append(...users.map(({ name }) => new Option(name)));
	}
}

function element(tag, text) {
	const created = document.createElement(tag);
	created.textContent = text;
	return created;
}

login.addEventListener("submit", async (event) => {
	event.preventDefault();
	const response = await post("login", new URLSearchParams(new FormData(login)));
	login.querySelector(".error").textContent = response.ok ? "" : "That is not the password of a user.";
	if (response.ok) {
		login.reset();
		await open();
	}
});

send.addEventListener("submit", async (event) => {
	event.preventDefault();
	const response = await post(`notifications/${send.to.value}`, send.text.value);
	const online = response.ok && await response.json();
	send.querySelector(".error").textContent = !response.ok ? "The server has refused."
		: online ? "" : `${send.to.value} is offline, and gets it later.`;
	if (response.ok) {
		send.text.value = "";
	}
});

logoutButton.addEventListener("click", () => post("logout"));

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && open());

open();
