package io.github.bettersse.clients;

import java.net.URI;
import java.util.List;

import io.github.bettersse.tools.Node;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A package of npm.
 */
final class NodeClient implements StreamClient {

	private final String name;

	NodeClient(String name) {
		this.name = name;
	}

	/**
	 * {@code event-source-plus} keeps but the last line, without white space around it;
	 * JSON is not affected.
	 */
	@Override
	public String understands(String data) {
		return this.name.equals("event-source-plus") ? data.substring(data.lastIndexOf('\n')).strip() : data;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public List<Received> listen(URI uri) throws Exception {
		String printed = Node.install().run("client.mjs", this.name, uri.toString());
		return JsonMapper.shared().readValue(printed, new TypeReference<>() {
		});
	}

}
