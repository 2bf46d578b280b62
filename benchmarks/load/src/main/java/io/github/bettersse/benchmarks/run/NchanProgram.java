package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.Command;
import io.github.bettersse.benchmarks.run.ServerSpec.Program;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * nginx with the module nchan, where both are installed. The load client publishes the
 * events, one after the other.
 */
record NchanProgram() implements Program {

	private static final String MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so";

	@Override
	public Command command(Path home) throws UnavailableException {
		Tool.require("nginx");
		if (!Path.of(MODULE).toFile().exists()) {
			throw new UnavailableException("no module nchan for nginx on this machine");
		}
		Path directory = home.resolve("target/nchan");
		int port = Tool.freePort();
		String configuration = Files.read(home.resolve("peers/nchan/nginx.conf"))
			.replace("@MODULE@", MODULE)
			.replace("@DIRECTORY@", directory.toString())
			.replace("@WORKERS@", Integer.toString(Runtime.getRuntime().availableProcessors()))
			.replace("@PORT@", Integer.toString(port));
		Path file = directory.resolve("nginx.conf");
		Files.write(file, configuration);
		// Ends with its standard input, as the others do
		String script = "nginx -c \"$0\" & nginx=$!; cat >/dev/null; kill $nginx; wait $nginx";
		return new Command(List.of("sh", "-c", script, file.toString()), port, "/publish");
	}

}
