/** Open a stream, and show in a badge whether it is connecting, open, reconnecting or closed. */
export function openStream(url, badge) {
	const show = (state) => showState(badge, state);
	const source = new EventSource(url);
	show("connecting");
	source.addEventListener("open", () => show("open"));
	source.addEventListener("error", () => show(source.readyState === EventSource.CLOSED ? "closed" : "reconnecting"));
	addEventListener("pagehide", () => source.close()); // else it stays open for those who may go back to the page
	addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
	source.addEventListener("disconnect", () => { // the server asks us not to come back
		source.close();
		show("closed");
	});
	return source;
}

/** Show the state of a stream in a badge. */
export function showState(badge, state) {
	badge.dataset.state = state;
	badge.textContent = state;
}
