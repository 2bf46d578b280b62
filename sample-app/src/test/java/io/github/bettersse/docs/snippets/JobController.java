package io.github.bettersse.docs.snippets;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class JobController {

	private final Set<String> done = ConcurrentHashMap.newKeySet();

	private final Channel<Void, Object> jobs;

	JobController(ChannelRegistry channels) {
		this.jobs = channels.channel("jobs");
	}

	@SseEndpoint("/jobs/{id}")
	@Nullable ResponseEntity<Void> progress(Session<Void> session, @PathVariable String id) {
		if (this.done.contains(id)) {
			return ResponseEntity.noContent().build();
		}
		this.jobs.register(session);
		return null;
	}

	@PostMapping("/jobs/{id}/done")
	void done(@PathVariable String id) {
		this.done.add(id);
		this.jobs.broadcast(id, "done");
		this.jobs.getSessions().forEach(Session::disconnect);
	}

}
