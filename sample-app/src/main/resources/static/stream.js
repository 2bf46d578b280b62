import { connect } from "./better-sse/client.js";

const shown = new WeakMap();

/** Open a stream, and show in a badge whether it is connecting, open, reconnecting or closed. */
export function openStream(url, badge, options = {}) {
	let word = "connecting";
	const stream = connect(url, {
		keepAlive: 1000,
		missedKeepAlives: 5,
		minDelay: 200,
		maxDelay: 5000,
		...options,
		onState(state) {
			if (shown.get(badge) !== stream) {
				return; // there is another one now
			}
			if (state === "open" || state === "waiting") {
				word = "reconnecting"; // from now on
			}
			show(state === "connecting" || state === "waiting" ? word : state);
			options.onState?.(state);
		},
	});
	const show = (text) => badge.dataset.state = badge.textContent = text;
	shown.set(badge, stream);
	show(word);
	return stream;
}
