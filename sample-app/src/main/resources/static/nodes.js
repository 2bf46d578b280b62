/** The nodes of a cluster: which of them are there, and which this page is at. */
/** Each response of a node says in a header from where it is; without a cluster there is no such header. */
const first = performance.getEntriesByType("navigation")[0]?.serverTiming
	?.find(({ name }) => name === "node")?.description;
let current = first;
let list;

/** Return which node has sent a response. */
export function senderOf(response) {
	return /^node;desc="(.*)"$/.exec(response.headers.get("Server-Timing"))?.[1];
}

/** Return an address at a node, or at the one after it when it is gone. */
export function at(node, path) {
	return node ? `${path}${path.includes("?") ? "&" : "?"}node=${node}` : path;
}

/** Return an address at the node that has sent this page: so its streams are at one node together. */
export function here(path) {
	return at(first, path);
}

/** Say which node this page is at. */
export function markNode(name) {
	current = name;
	for (const item of list?.children ?? []) {
		item.ariaCurrent = item.dataset.name === name ? "true" : null;
	}
}

/** Show them under the head of the page, if there are any. */
export function showNodes(head) {
	if (current) {
		list = document.createElement("ul");
		list.className = "nodes";
		list.ariaLabel = "Nodes";
		head.append(list);
		follow();
	}
}

async function follow() {
	const response = await fetch("cluster/nodes").catch(() => undefined);
	if (response?.ok) {
		(await response.json()).forEach(show);
		markNode(current);
	}
	setTimeout(follow, 500);
}

function show({ name, process, serves }) {
	const item = [...list.children].find((known) => known.dataset.name === name) ?? add(name);
	const button = item.querySelector("button");
	item.dataset.serves = serves;
	item.title = `Process ${process}`;
	button.textContent = serves ? "Kill" : "Start";
	button.ariaLabel = `${button.textContent} ${name}`;
}

function add(name) {
	const item = document.createElement("li");
	const button = document.createElement("button");
	item.dataset.name = name;
	button.type = "button";
	button.className = "quiet";
	button.addEventListener("click", () => fetch(`cluster/nodes/${name}/${button.textContent.toLowerCase()}`,
		{ method: "POST", headers: { "X-Requested-By": "page" } }));
	item.append(name, button);
	list.append(item);
	return item;
}
