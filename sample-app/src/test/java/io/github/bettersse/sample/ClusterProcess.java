package io.github.bettersse.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole cluster, started as the README says but for Maven.
 */
final class ClusterProcess implements AutoCloseable {

	private static final Pattern READY = Pattern.compile("Open http://localhost:(\\d+) ");

	private final Process process;

	private final int port;

	private ClusterProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static ClusterProcess start(Path directory) throws IOException {
		Path output = directory.resolve("output.txt");
		Process process = new ProcessBuilder(
				System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx64m", "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(),
				"--spring.profiles.active=cluster", "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		await().atMost(Duration.ofMinutes(2))
			.until(() -> !process.isAlive() || READY.matcher(Files.readString(output)).find());
		Matcher ready = READY.matcher(Files.readString(output));
		assertThat(ready.find()).as(Files.readString(output)).isTrue();
		return new ClusterProcess(process, Integer.parseInt(ready.group(1)));
	}

	int port() {
		return this.port;
	}

	/** Return the processes of the nodes that serve, by name. */
	Map<String, Long> nodes() throws IOException {
		JsonNode nodes = JsonMapper.shared()
			.readTree(new String(new SampleClient(this.port).get("/cluster/nodes").body().readAllBytes()));
		return nodes.valueStream()
			.filter((node) -> node.get("serves").asBoolean())
			.collect(Collectors.toMap((node) -> node.get("name").asString(), (node) -> node.get("process").asLong()));
	}

	/** Kill a node as an operator would. */
	void kill(String node) throws IOException {
		ProcessHandle.of(nodes().get(node)).orElseThrow().destroyForcibly();
	}

	void awaitNode(String node) {
		await().atMost(Duration.ofMinutes(1)).until(() -> nodes().containsKey(node));
	}

	/** End it as Ctrl+C does, and return what is left of it. */
	Stream<ProcessHandle> stop() throws InterruptedException {
		List<ProcessHandle> parts = this.process.descendants().toList();
		assertThat(parts).hasSize(4);
		this.process.destroy();
		this.process.waitFor();
		return parts.stream().filter(ProcessHandle::isAlive);
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}
