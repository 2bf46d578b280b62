package io.github.bettersse.container;

/**
 * The servlet containers that Spring Boot embeds.
 */
enum Container {

	TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

	JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

	/** The auto-configuration of the other one. */
	private final String excluded;

	Container(String excluded) {
		this.excluded = excluded;
	}

	String excluded() {
		return this.excluded;
	}

}
