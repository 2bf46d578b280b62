package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.Command;
import io.github.bettersse.benchmarks.run.ServerSpec.Program;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Better SSE for Node.js, from npm.
 */
record NodeProgram() implements Program {

	@Override
	public Command command(Path home) throws UnavailableException {
		Tool.require("node");
		Tool.require("npm");
		Path directory = home.resolve("target/node");
		for (String file : List.of("package.json", "server.mjs")) {
			Files.copy(home.resolve("peers/node").resolve(file), directory.resolve(file));
		}
		if (!directory.resolve("node_modules/better-sse").toFile().exists()) {
			Tool.run(directory, "npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock");
		}
		return Command.of(List.of("node", directory.resolve("server.mjs").toString()));
	}

}
