/** Open a stream, and show in a badge whether it is connecting, open, reconnecting or closed. */
export function openStream(url, badge) {
	const show = (state) => {
		badge.dataset.state = state;
		badge.textContent = state;
	};
	const source = new EventSource(url);
	show("connecting");
	source.addEventListener("open", () => show("open"));
	source.addEventListener("error", () => show(source.readyState === EventSource.CLOSED ? "closed" : "reconnecting"));
	source.addEventListener("disconnect", () => { // the server asks us not to come back
		source.close();
		show("closed");
	});
	return source;
}
