package io.github.bettersse.autoconfigure;

import io.github.bettersse.Channel;
import io.github.bettersse.Session;
import io.github.bettersse.event.DataSerializer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Says what to do where a bean is asked for that is none, or that nothing makes.
 */
final class MissingBeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		String where = (description != null) ? description : "Something";
		if (type == Session.class) {
			return new FailureAnalysis(where + " asked for a Session, which is no bean: each request has its own.",
					"Take the Session as a parameter of a method annotated with @SseEndpoint; or, to reach all "
							+ "sessions, take the ChannelRegistry and get a channel from it.",
					cause);
		}
		if (type == Channel.class) {
			return new FailureAnalysis(where + " asked for a Channel, which is no bean: it is made by its name.",
					"Take the ChannelRegistry and call channel(..) of it; or declare the channel as a bean, in a "
							+ "@Bean method that takes the ChannelRegistry.",
					cause);
		}
		return (type == DataSerializer.class) ? missingSerializer(cause) : null;
	}

	private static FailureAnalysis missingSerializer(NoSuchBeanDefinitionException cause) {
		boolean jackson = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", null);
		return new FailureAnalysis(
				"Event streams need something that makes text of data, and there is no bean of the type "
						+ DataSerializer.class.getName() + ": "
						+ (jackson ? "the auto-configuration for Jackson 3 is excluded."
								: "Jackson 3 is not on the class path, and Jackson 2 is not used."),
				"Add the dependency org.springframework.boot:spring-boot-starter-jackson, or declare a bean of that "
						+ "type, such as DataSerializer.ofText(..).",
				cause);
	}

}
