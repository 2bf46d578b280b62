package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Records what is logged at WARN or above: by the library and by Tomcat, both of which
 * log to {@code java.util.logging} in tests, and by Jetty and Spring, which log to
 * Logback.
 */
public final class LogRecorder extends Handler implements AutoCloseable {

	private final Logger root = Logger.getLogger("");

	private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Appender<ILoggingEvent> appender = new LogbackAppender();

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	/**
	 * Record from now on. An application that an earlier test has left running may hand
	 * on to Logback what is logged to {@code java.util.logging}: it would count twice.
	 */
	public LogRecorder() {
		SLF4JBridgeHandler.uninstall();
		this.root.addHandler(this);
		this.appender.setContext(this.logback);
		this.appender.start();
		logbackRoot().addAppender(this.appender);
	}

	private ch.qos.logback.classic.Logger logbackRoot() {
		return this.logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	/**
	 * Return what was logged.
	 * @return level, logger, message and exception of each record
	 */
	public List<String> warnings() {
		return this.warnings;
	}

	@Override
	public void publish(LogRecord record) {
		if (record.getLevel().intValue() >= Level.WARNING.intValue() && !isAboutThisMachine(record)) {
			this.warnings.add(record.getLevel() + " " + record.getLoggerName() + ": " + record.getMessage()
					+ ((record.getThrown() != null) ? " " + record.getThrown() : ""));
		}
	}

	/** Tomcat warns when random numbers are slow to come. */
	private static boolean isAboutThisMachine(LogRecord record) {
		return String.valueOf(record.getLoggerName()).endsWith(".SessionIdGeneratorBase");
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.root.removeHandler(this);
		logbackRoot().detachAppender(this.appender);
	}

	private final class LogbackAppender extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.WARN)) {
				LogRecorder.this.warnings.add(event.getLevel() + " " + event.getLoggerName() + ": "
						+ event.getFormattedMessage()
						+ ((event.getThrowableProxy() != null) ? " " + event.getThrowableProxy().getMessage() : ""));
			}
		}

	}

}
