package io.github.bettersse.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.bettersse.benchmarks.load.Http2Client;
import io.github.bettersse.benchmarks.load.LoadOptions;

/**
 * Many streams in few connections, with the client of the JDK.
 *
 * @param sessions how many streams are opened
 */
record Http2Scenario(int sessions) implements Scenario {

	@Override
	public String name() {
		return "http2";
	}

	@Override
	public String title() {
		return String.format(Locale.ROOT, "%,d streams over HTTP/2 without TLS, 100 in a connection.", this.sessions);
	}

	@Override
	public List<String> servers() {
		return List.of("tomcat", "jetty", "sse-emitter");
	}

	@Override
	public List<ServerSpec> variants(List<ServerSpec> servers, List<Path> jdks) {
		return servers.stream().map((server) -> server.variant("", List.of("--server.http2.enabled=true"))).toList();
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.warmUp();
		add(results, server, trial, "100 events at once", trial.broadcast(this.sessions, 100, 100, 0));
		add(results, server, trial, "100 events, 20 a second", trial.broadcast(this.sessions, 100, 100, 20));
	}

	private void add(Results results, ServerProcess server, Trial trial, String name, LoadOptions options) {
		results.add(String.format(Locale.ROOT, "%,d sessions, %s", this.sessions, name), server.spec(),
				measure(trial, options));
	}

	private static Sample measure(Trial trial, LoadOptions options) {
		try (Http2Client client = new Http2Client(options.withTimeout(Duration.ofSeconds(30)))) {
			client.connect();
			return trial.measure(client::run);
		}
		catch (IOException ex) {
			return new Sample(ex.toString());
		}
	}

}
