package io.github.bettersse.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

import com.sun.management.ThreadMXBean;

/**
 * The line between a server under test and the command that started it. On its standard
 * output the server says {@code port <number>} when it listens, and
 * {@code unavailable <reason>} if it never will. On its standard input it is asked for
 * {@code memory}, {@code collect} and {@code allocated}, and for what else it knows. It
 * ends when its standard input does, so that none outlives the command.
 */
public final class ServerControl {

	/** By thread. Of the one thread that answers. */
	private static final Map<Long, Long> ALLOCATED = new HashMap<>();

	/** Of memory that the JDK does not know of. */
	private static volatile LongSupplier outside = () -> 0;

	private ServerControl() {
	}

	/**
	 * Tell the port, and answer from now on.
	 * @param port where the server listens
	 */
	public static void listening(int port) {
		listening(port, (question) -> {
			throw new IllegalArgumentException(question);
		});
	}

	/**
	 * Tell the port, and answer more than usual from now on.
	 * @param port where the server listens, 0 if it need not
	 * @param more answers all other questions, one after the other
	 */
	public static void listening(int port, ToLongFunction<String> more) {
		Thread thread = new Thread(() -> answer(more), "control");
		thread.setDaemon(true);
		thread.start();
		say("port " + port);
	}

	/**
	 * Count memory that is neither of the heap nor a direct buffer of the JDK.
	 * @param bytes how much of it is in use
	 */
	public static void countOutside(LongSupplier bytes) {
		outside = bytes;
	}

	/**
	 * Tell that this server cannot be measured, and end.
	 * @param reason why not
	 */
	public static void unavailable(String reason) {
		say("unavailable " + reason);
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Tell what went wrong.
	 * @param text one line
	 */
	public static void report(String text) {
		System.err.println(text);
	}

	private static void answer(ToLongFunction<String> more) {
		try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
			for (String question = in.readLine(); question != null; question = in.readLine()) {
				say(question + " " + answer(question, more));
			}
		}
		catch (IOException ex) {
			report("No more questions: " + ex);
		}
		Runtime.getRuntime().halt(0);
	}

	private static long answer(String question, ToLongFunction<String> more) {
		return switch (question) {
			case "collect" -> {
				// Once for what is garbage, once for what its cleaners leave
				System.gc();
				System.gc();
				yield memory();
			}
			case "memory" -> memory();
			case "allocated" -> allocated();
			default -> more.applyAsLong(question);
		};
	}

	/** Heap and direct buffers. */
	private static long memory() {
		long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct + outside.getAsLong();
	}

	/**
	 * What all threads have allocated; of one that has ended, up to the last question.
	 */
	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long[] ids = threads.getAllThreadIds();
		long[] bytes = threads.getThreadAllocatedBytes(ids);
		for (int i = 0; i < ids.length; i++) {
			ALLOCATED.merge(ids[i], bytes[i], Math::max);
		}
		return ALLOCATED.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void say(String text) {
		System.out.println(text);
		System.out.flush();
	}

}
