package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;

/**
 * The data of the one event in a frame, decoded whenever it is asked for: an event that
 * came from elsewhere is mostly passed on as it is.
 */
record FrameText(Frame frame) {

	private static final String FIELD = "data: ";

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		new String(this.frame.toByteArray(), StandardCharsets.UTF_8).lines()
			.filter((line) -> line.startsWith(FIELD))
			.forEach((line) -> text.append(line, FIELD.length(), line.length()).append('\n'));
		text.setLength(Math.max(0, text.length() - 1));
		return text.toString();
	}

}
