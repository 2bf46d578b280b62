const panel = document.querySelector("#chat");
const people = panel.querySelector(".people");
const log = panel.querySelector(".log");

/** Say who came or went. */
export function addNote(text) {
	append("note", element("p", text));
}

/** Show a message. What people write is text, never HTML. */
export function addMessage({ from, text, time }, me) {
	const clock = new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
	append(from === me ? "message mine" : "message", element("b", from), element("time", clock), element("p", text));
}

/** Show who is in the chat. */
export function showPeople(names, me) {
	people.replaceChildren(...names.map((name) => element("li", name === me ? `${name} (you)` : name)));
}

function append(kind, ...content) {
	const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
	const item = element("li", "");
	item.className = kind;
	item.append(...content);
	log.append(item);
	if (atEnd) {
		log.scrollTop = log.scrollHeight;
	}
}

function element(tag, text) {
	const created = document.createElement(tag);
	created.textContent = text;
	return created;
}
