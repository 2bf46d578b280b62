const panel = document.querySelector("#chat");
const people = panel.querySelector(".people");
const log = panel.querySelector(".log");

/** Say who came or went. */
export function addNote(text) {
	append("note", element("p", text));
}

/** Say that something is lost here. */
export function addGap(text) {
	append("note gap", element("p", text));
}

/** Show a message. What people write is text, never HTML. */
export function addMessage({ from, text, time, node }, me, missed) {
	const clock = new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
	const kinds = ["message", from === me && "mine", missed && "missed"].filter(Boolean);
	const origin = node ? [element("small", `via ${node}`)] : [];
	append(kinds.join(" "), element("b", from), element("time", clock), ...origin, element("p", text));
}

/** Return a function that says above the messages that follow how many of them were missed. */
export function startMissed() {
	let count = 0;
	let heading;
	return () => {
		if (++count === 1) {
			heading = element("p", "");
			append("note missed-count", heading);
		}
		heading.textContent = count === 1 ? "1 message you missed" : `${count} messages you missed`;
	};
}

export function clear() {
	log.replaceChildren();
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
