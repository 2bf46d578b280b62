package io.github.bettersse.docs.snippets;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RestController;

@RestController
class ThumbnailController {

	private final Path picture = Path.of("src/main/resources/static/icon.svg");

	@SseEndpoint("/thumbnails")
	void thumbnails(Session<Void> session) throws Exception {
		byte[] bytes = Files.readAllBytes(this.picture);
		session.push(bytes, "thumbnail");
	}

}
