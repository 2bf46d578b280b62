package io.github.bettersse.container;

/**
 * The servlet containers that Spring Boot embeds, and how they hold connections. Those of
 * HTTP/1.1 are handed over, or else requests are asynchronous over HTTP/1.1 as over
 * HTTP/2.
 */
enum Container {

	TOMCAT("auto", "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

	TOMCAT_ASYNCHRONOUS("servlet", TOMCAT.excluded),

	JETTY("auto", "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration"),

	JETTY_ASYNCHRONOUS("servlet", JETTY.excluded);

	private final String transport;

	/** The auto-configuration of the other one. */
	private final String excluded;

	Container(String transport, String excluded) {
		this.transport = transport;
		this.excluded = excluded;
	}

	boolean isTomcat() {
		return this == TOMCAT || this == TOMCAT_ASYNCHRONOUS;
	}

	boolean isAsynchronous() {
		return this.transport.equals("servlet");
	}

	String transport() {
		return this.transport;
	}

	String excluded() {
		return this.excluded;
	}

}
