package io.github.bettersse.servlet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.ReentrantLock;
import io.github.bettersse.*;
import io.github.bettersse.tomcat.TomcatConnectionAborter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TmpStressTests {

	@TempDir
	Path directory;

	@Test
	@Timeout(600)
	void with() throws Exception {
		go("with", new TomcatConnectionAborter());
	}

	@Test
	@Timeout(600)
	void without() throws Exception {
		TomcatConnectionAborter t = new TomcatConnectionAborter();
		go("without", (r) -> t.abort(r));
	}

	void go(String name, ConnectionAborter aborter) throws Exception {
		try (SseServer server = SseServer.in(this.directory)
			.aborter(aborter)
			.options(SessionOptions.builder().keepAlive(Duration.ofMillis(50)))
			.registering("news")
			.start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			ExecutorService clients = Executors.newFixedThreadPool(4);
			long t0 = System.nanoTime();
			List<Callable<Void>> visits = new ArrayList<>();
			for (int i = 0; i < 40000; i++) {
				int manner = i;
				visits.add(() -> {
					EventStreamClient client = EventStreamClient.connect(server.port(), "/");
					if (manner % 4 < 2)
						client.readHead();
					client.closeByRst();
					news.broadcast(manner);
					return null;
				});
			}
			for (Future<Void> visit : clients.invokeAll(visits))
				visit.get();
			clients.shutdownNow();
			System.err.println("STRESS " + name + " ms " + (System.nanoTime() - t0) / 1000000);
			try {
				server.assertNothingLeft();
				System.err.println("STRESS ok " + name);
			}
			catch (Throwable ex) {
				System.err.println("STRESS " + name + " left " + ex.getMessage() + ex.getCause());
			}
		}
	}

}
