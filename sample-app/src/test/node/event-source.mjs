/** Listen with an EventSource, whosever it is, and return what came when it has stopped for good. */
export function listen(EventSource, uri) {
	return new Promise((resolve) => {
		const received = [];
		const source = new EventSource(uri);
		const stop = () => {
			source.close();
			resolve(received);
		};
		for (const name of ["greeting", "message"]) {
			source.addEventListener(name, ({ type, lastEventId, data }) => received.push({ name: type, id: lastEventId, data }));
		}
		source.addEventListener("disconnect", stop);
		source.addEventListener("error", () => {
			if (source.readyState === source.CLOSED) {
				stop();
			}
		});
	});
}
