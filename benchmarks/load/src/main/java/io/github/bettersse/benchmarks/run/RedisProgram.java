package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.Command;
import io.github.bettersse.benchmarks.run.ServerSpec.Program;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Redis, where it is installed: empty, and without a file unless the options say so. As a
 * cluster it is one of a single server, which has all slots.
 *
 * @param cluster whether it is a cluster
 * @param options as on its command line
 */
record RedisProgram(boolean cluster, List<String> options) implements Program {

	/**
	 * Tells the port when it is ready. Ends with its standard input, as the others do.
	 */
	private static final String SCRIPT = """
			directory=$0 port=$1
			shift
			rm -rf "$directory" && mkdir -p "$directory"
			redis-server --port $port --bind 127.0.0.1 --dir "$directory" --save '' "$@" >"$directory/log" &
			redis=$!
			until redis-cli -p $port ping 2>&1 | grep -q PONG; do sleep 0.1; done
			if redis-cli -p $port info cluster | grep -q cluster_enabled:1; then
				redis-cli -p $port cluster addslots $(seq 0 16383) >"$directory/slots"
				until redis-cli -p $port cluster info | grep -q cluster_state:ok; do sleep 0.1; done
			fi
			echo "port $port"
			cat >"$directory/input"
			kill $redis
			wait $redis
			""";

	@Override
	public Command command(Path home) throws UnavailableException {
		Tool.require("redis-server");
		Tool.require("redis-cli");
		List<String> words = new ArrayList<>(List.of("sh", "-c", SCRIPT, home.resolve("target/redis").toString(),
				Integer.toString(Tool.freePort()), "--cluster-enabled", this.cluster ? "yes" : "no"));
		words.addAll(this.options);
		return Command.of(words);
	}

}
