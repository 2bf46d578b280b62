package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;

import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A bare container with one servlet for all paths and an error page that counts its
 * visits.
 */
interface ServletServer extends AutoCloseable {

	int port();

	int errorPageHits();

	/** Return how many requests the container takes for asynchronous and not ended. */
	long asyncRequests();

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
		};

		abstract ServletServer start(Path directory, Handler handler) throws Exception;

		/** The one that an application has where Tomcat is on the class path. */
		ConnectionHandOver handOver() {
			return new TomcatConnectionHandOver();
		}

	}

}
