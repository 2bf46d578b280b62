package io.github.bettersse.context;

import java.util.concurrent.Executor;

import io.github.bettersse.Session;
import io.github.bettersse.SessionContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;

/**
 * Carries what a {@link TaskDecorator} captures on the thread that opens a session to all
 * of the session's tasks. The decorator is asked once for a session, and what it returns
 * is run for each task, on the task's thread. Thread-safe.
 */
public final class DecoratedSessionContext implements SessionContext {

	/** What the decorated runnable is to run. */
	private static final ThreadLocal<@Nullable Runnable> TASK = new ThreadLocal<>();

	private final TaskDecorator decorator;

	/**
	 * Create a context.
	 * @param decorator captures something and passes it on, such as a
	 * {@code ContextPropagatingTaskDecorator}
	 */
	public DecoratedSessionContext(TaskDecorator decorator) {
		this.decorator = decorator;
	}

	@Override
	public Executor capture(Session<?> session) {
		Runnable decorated = this.decorator.decorate(DecoratedSessionContext::runTask);
		return (task) -> {
			Runnable before = TASK.get();
			TASK.set(task);
			try {
				decorated.run();
			}
			finally {
				TASK.set(before);
			}
		};
	}

	private static void runTask() {
		Runnable task = TASK.get();
		if (task != null) {
			task.run();
		}
	}

}
