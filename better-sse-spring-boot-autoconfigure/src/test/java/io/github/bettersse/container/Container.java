package io.github.bettersse.container;

/**
 * The servlet containers that Spring Boot embeds, and how they hold connections.
 */
enum Container {

	/** Hands connections over, those of HTTP/1.1. */
	TOMCAT("auto", "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

	/** Keeps requests asynchronous, over HTTP/1.1 as over HTTP/2. */
	TOMCAT_ASYNCHRONOUS("servlet", TOMCAT.excluded),

	JETTY("auto", "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

	private final String transport;

	/** The auto-configuration of the other one. */
	private final String excluded;

	Container(String transport, String excluded) {
		this.transport = transport;
		this.excluded = excluded;
	}

	String transport() {
		return this.transport;
	}

	String excluded() {
		return this.excluded;
	}

}
