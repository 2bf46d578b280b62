package io.github.bettersse.autoconfigure.servlet;

import io.github.bettersse.SessionFactory;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.servlet.ConnectionAborter;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.servlet.ServletSessionListener;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of sessions on servlet responses.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(HttpServletRequest.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class BetterSseServletAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServletSessionFactory sseServletSessionFactory(SessionFactory sessionFactory,
			ObjectProvider<ConnectionAborter> aborter, ObjectProvider<ConnectionHandOver> handOvers,
			ObjectProvider<ServletSessionListener> listeners) {
		return new ServletSessionFactory(sessionFactory, aborter.getIfAvailable(ConnectionAborter::none),
				ConnectionHandOver.anyOf(handOvers.orderedStream().toList()), listeners.orderedStream().toList());
	}

}
