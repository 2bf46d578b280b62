package io.github.bettersse.autoconfigure;

import io.github.bettersse.context.DecoratedSessionContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * What the tasks of a session find around them: what decorators of tasks capture when it
 * is opened, outside of all else.
 */
@Configuration(proxyBeanMethods = false)
class SessionContextConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnBean(TaskDecorator.class)
	@ConditionalOnMissingBean
	DecoratedSessionContext sseDecoratedSessionContext(ObjectProvider<TaskDecorator> decorators) {
		return new DecoratedSessionContext(new CompositeTaskDecorator(decorators.orderedStream().toList()));
	}

}
