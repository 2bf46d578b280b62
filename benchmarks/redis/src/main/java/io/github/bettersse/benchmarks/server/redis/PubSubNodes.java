package io.github.bettersse.benchmarks.server.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.api.async.BaseRedisAsyncCommands;

import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/**
 * Nodes with plain pub/sub: a message that nobody keeps, in no order of all nodes. At its
 * best: whoever sends does not wait for the answer, and who gets it does so on the thread
 * that has read it.
 */
final class PubSubNodes implements Nodes {

	private static final String CHANNEL = "ticks";

	private static final byte[] CHANNEL_NAME = CHANNEL.getBytes(StandardCharsets.UTF_8);

	private final List<BaseRedisAsyncCommands<byte[], byte[]>> connections = new ArrayList<>();

	/**
	 * Create nodes.
	 * @param contexts one for each of them
	 * @param receiver takes what they get
	 */
	PubSubNodes(List<ApplicationContext> contexts, Receiver receiver) {
		for (int i = 0; i < contexts.size(); i++) {
			int node = i;
			RedisConnectionFactory factory = contexts.get(i).getBean(RedisConnectionFactory.class);
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(factory);
			container.setTaskExecutor(Runnable::run);
			container.setSubscriptionExecutor((task) -> new Thread(task).start());
			container.addMessageListener((message, pattern) -> receiver.received(node,
					new String(message.getBody(), StandardCharsets.UTF_8)), ChannelTopic.of(CHANNEL));
			container.afterPropertiesSet();
			container.start();
			this.connections.add(((LettuceConnection) factory.getConnection()).getNativeConnection());
		}
	}

	@Override
	public void broadcast(int node, String data) {
		this.connections.get(node).publish(CHANNEL_NAME, data.getBytes(StandardCharsets.UTF_8));
	}

}
