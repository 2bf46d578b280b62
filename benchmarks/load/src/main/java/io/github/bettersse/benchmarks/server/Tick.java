package io.github.bettersse.benchmarks.server;

/**
 * The data of an event: its number, a comma, when it was made, a comma, and the letter x
 * up to a size. No JSON, so that the smallest has 16 bytes and no server spends time on
 * more than sending.
 */
public final class Tick {

	/** The name of the events. */
	public static final String NAME = "tick";

	/** Times are microseconds of the monotonic clock, modulo this. */
	public static final long CLOCK_MODULUS = 10_000_000_000L;

	private Tick() {
	}

	/**
	 * Return the time. On Linux all processes share this clock.
	 * @return microseconds of ten decimal digits
	 */
	public static long now() {
		return Math.floorMod(System.nanoTime() / 1000, CLOCK_MODULUS);
	}

	/**
	 * Return the time between two readings of the clock.
	 * @param from the earlier
	 * @param to the later
	 * @return microseconds, across the wrap of the clock
	 */
	public static long between(long from, long to) {
		return Math.floorMod(to - from, CLOCK_MODULUS);
	}

	/**
	 * Make the data of an event that is sent now.
	 * @param sequence its number
	 * @param size its length, if it is not shorter than number and time
	 * @return ASCII text
	 */
	public static String data(int sequence, int size) {
		return data(sequence, now(), size);
	}

	/**
	 * Make the data of an event.
	 * @param sequence its number
	 * @param time when it was to be sent, as {@link #now()} tells it
	 * @param size its length, if it is not shorter than number and time
	 * @return ASCII text
	 */
	public static String data(int sequence, long time, int size) {
		StringBuilder data = new StringBuilder(Math.max(size, 32));
		data.append(sequence).append(',');
		int begin = data.length();
		data.append(CLOCK_MODULUS + time).deleteCharAt(begin);
		data.append(',');
		while (data.length() < size) {
			data.append('x');
		}
		return data.toString();
	}

	/**
	 * Return which stream gets an event that goes to one only.
	 * @param sequence the number of the event
	 * @param streams how many streams there are
	 * @return an index, another one each time for as many events as there are streams
	 */
	public static int scatter(int sequence, int streams) {
		return (int) (sequence * 7919L % streams);
	}

}
