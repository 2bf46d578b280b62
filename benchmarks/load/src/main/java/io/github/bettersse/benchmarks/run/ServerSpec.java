package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that can be measured. Immutable.
 *
 * @param label how it is called in tables and on the command line
 * @param ours whether it is this library, which the others are compared with
 * @param program how it is started
 * @param rounds of how many rounds its medians are, 0 for as many as those of the others
 */
record ServerSpec(String label, boolean ours, Program program, int rounds) {

	ServerSpec(String label, boolean ours, Program program) {
		this(label, ours, program, 0);
	}

	/**
	 * Return a variant of a server that is a Java program.
	 */
	ServerSpec variant(String suffix, List<String> args) {
		return new ServerSpec(this.label + suffix, this.ours, java().withArgs(args), this.rounds);
	}

	/** Return it under another label. */
	ServerSpec labelled(String suffix) {
		return new ServerSpec(this.label + suffix, this.ours, this.program, this.rounds);
	}

	ServerSpec onJdk(String suffix, Path javaHome) {
		return new ServerSpec(this.label + suffix, this.ours, java().withJavaHome(javaHome), this.rounds);
	}

	/**
	 * Return it with options of its JVM, or this one if it is no Java program.
	 */
	ServerSpec withJvmOptions(List<String> options) {
		return (this.program instanceof JavaProgram program)
				? new ServerSpec(this.label, this.ours, program.withJvmOptions(options), this.rounds) : this;
	}

	ServerSpec withRounds(int rounds) {
		return new ServerSpec(this.label, this.ours, this.program, rounds);
	}

	ServerSpec withHeap(String heap) {
		return (this.program instanceof JavaProgram program)
				? new ServerSpec(this.label, this.ours, program.withHeap(heap), this.rounds) : this;
	}

	private JavaProgram java() {
		if (this.program instanceof JavaProgram program) {
			return program;
		}
		throw new IllegalArgumentException(this.label + " is no Java program");
	}

	/** How a server is started. */
	interface Program {

		/**
		 * Return the command, having built what it needs.
		 * @param home the directory of the benchmarks
		 * @throws UnavailableException if it cannot be had on this machine
		 */
		Command command(Path home) throws UnavailableException;

	}

	/**
	 * A command that starts a server.
	 *
	 * @param words the program and its arguments
	 * @param port where the server will listen, 0 if it tells
	 * @param publishPath where events are published to it, {@code ""} if it makes them
	 */
	record Command(List<String> words, int port, String publishPath) {

		static Command of(List<String> words) {
			return new Command(words, 0, "");
		}

	}

	/**
	 * A Java program of one of the modules, on the class path of that module.
	 *
	 * @param module the module's directory
	 * @param mainClass its class
	 * @param javaHome the JDK
	 * @param heap the greatest size of the heap
	 * @param jvmOptions further options of the JVM
	 * @param args its arguments
	 */
	record JavaProgram(String module, String mainClass, Path javaHome, String heap, List<String> jvmOptions,
			List<String> args) implements Program {

		JavaProgram(String module, String mainClass, String... args) {
			this(module, mainClass, Path.of(System.getProperty("java.home")), "2g", List.of(), List.of(args));
		}

		JavaProgram withArgs(List<String> more) {
			List<String> all = new ArrayList<>(this.args);
			all.addAll(more);
			return new JavaProgram(this.module, this.mainClass, this.javaHome, this.heap, this.jvmOptions, all);
		}

		JavaProgram withJavaHome(Path javaHome) {
			return new JavaProgram(this.module, this.mainClass, javaHome, this.heap, this.jvmOptions, this.args);
		}

		JavaProgram withHeap(String heap) {
			return new JavaProgram(this.module, this.mainClass, this.javaHome, heap, this.jvmOptions, this.args);
		}

		JavaProgram withJvmOptions(List<String> options) {
			return new JavaProgram(this.module, this.mainClass, this.javaHome, this.heap, options, this.args);
		}

		@Override
		public Command command(Path home) {
			Path target = home.resolve(this.module).resolve("target");
			List<String> words = new ArrayList<>(
					List.of(this.javaHome.resolve("bin/java").toString(), "-Xmx" + this.heap, "-XX:+UseG1GC"));
			words.addAll(this.jvmOptions);
			words.addAll(List.of("-cp", target.resolve("classes") + ":" + Files.read(target.resolve("class-path")),
					this.mainClass));
			words.addAll(this.args);
			return Command.of(words);
		}

	}

	/** Tells why a server cannot be measured here. */
	static final class UnavailableException extends Exception {

		private static final long serialVersionUID = 1L;

		UnavailableException(String reason) {
			super(reason);
		}

	}

}
