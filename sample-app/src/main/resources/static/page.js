/** What the pages have in common: the name, the way to the other pages, and the nodes if there are several. */
import { showNodes } from "./nodes.js";

const PAGES = { "./": "Live", "answers.html": "Answers", "notifications.html": "Notifications", "operations.html": "Operations" };

const head = document.querySelector(".top");

const title = document.createElement("h1");
const icon = Object.assign(new Image(36, 36), { src: "icon.svg", alt: "" });
const kind = document.createElement("span");
kind.textContent = "for Spring Boot";
title.append(icon, "Better SSE ", kind);

const pages = document.createElement("nav");
pages.className = "pages";
pages.ariaLabel = "Pages";
const here = location.pathname.split("/").at(-1) || "./";
for (const [address, name] of Object.entries(PAGES)) {
	const link = Object.assign(document.createElement("a"), { href: address, textContent: name });
	link.ariaCurrent = address === here || address === "./" && here === "index.html" ? "page" : null;
	pages.append(link);
}

head.prepend(title, pages);
showNodes(head);
