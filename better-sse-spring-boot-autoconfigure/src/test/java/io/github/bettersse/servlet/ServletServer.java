package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;

import io.github.bettersse.jetty.JettyConnectionHandOver;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Connector;

/**
 * A bare container with one servlet for all paths and an error page that counts its
 * visits.
 */
interface ServletServer extends AutoCloseable {

	int port();

	int errorPageHits();

	/** Return how many requests the container takes for asynchronous and not ended. */
	long asyncRequests();

	/** Return how many connections there are. */
	long connections();

	/** Stop to serve, while the application goes on. */
	void stopConnector() throws Exception;

	@Override
	void close() throws Exception;

	/** What the servlet does. */
	@FunctionalInterface
	interface Handler {

		void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;

		/** Return a servlet that does this. */
		default HttpServlet asServlet() {
			return new HttpServlet() {
				@Override
				protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
					handle(request, response);
				}
			};
		}

	}

	/**
	 * The containers, each started in its simplest form, and the ways in which their
	 * connections are held.
	 */
	enum Kind {

		/** Hands connections over. */
		TOMCAT {
			@Override
			ServletServer start(Path directory, Handler handler) throws Exception {
				return TomcatServer.start(directory, handler);
			}
		},

		TOMCAT_ASYNCHRONOUS {
			@Override
			ServletServer start(Path directory, Handler handler) throws Exception {
				return TomcatServer.start(directory, handler);
			}

			@Override
			ConnectionHandOver handOver() {
				return ConnectionHandOver.none();
			}
		},

		JETTY {
			@Override
			ServletServer start(Path directory, Handler handler) throws Exception {
				return JettyServer.start(handler);
			}

			@Override
			ConnectionHandOver handOver() {
				return new JettyConnectionHandOver();
			}
		},

		JETTY_ASYNCHRONOUS {
			@Override
			ServletServer start(Path directory, Handler handler) throws Exception {
				return JettyServer.start(handler);
			}

			@Override
			ConnectionHandOver handOver() {
				return ConnectionHandOver.none();
			}
		};

		abstract ServletServer start(Path directory, Handler handler) throws Exception;

		/** Start one that ends a connection of its own when nothing happens for 0.5 s. */
		ServletServer startImpatient(Path directory, Handler handler) throws Exception {
			if (isTomcat()) {
				Connector connector = new Connector();
				connector.setProperty("connectionTimeout", "500");
				return TomcatServer.start(directory, connector, handler);
			}
			return JettyServer.startImpatient(handler);
		}

		boolean isTomcat() {
			return this == TOMCAT || this == TOMCAT_ASYNCHRONOUS;
		}

		/** The one that an application has on this container. */
		ConnectionHandOver handOver() {
			return new TomcatConnectionHandOver();
		}

	}

}
