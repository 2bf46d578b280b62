package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.Command;
import io.github.bettersse.benchmarks.run.ServerSpec.Program;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * The lower bound without a JVM, where there is a compiler.
 */
record RawCProgram() implements Program {

	@Override
	public Command command(Path home) throws UnavailableException {
		Tool.require("gcc");
		Path program = home.resolve("target/raw");
		program.getParent().toFile().mkdirs();
		Tool.run(home, "gcc", "-O2", "-o", program.toString(), home.resolve("peers/raw/raw.c").toString());
		return Command.of(List.of(program.toString()));
	}

}
