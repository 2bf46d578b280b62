package io.github.bettersse.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.util.FileSystemUtils;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Starts the Chromium that is installed. Without one the tests are skipped, unless
 * {@code BETTER_SSE_REQUIRE_BROWSER} is {@code true}.
 */
final class Browser {

	private Browser() {
	}

	static ChromeDriver start() throws IOException {
		File chromium = require("chromium", "chromium-browser", "google-chrome", "chrome");
		File driver = require("chromedriver");
		Path profile = Path.of("target", "chromium").toAbsolutePath();
		FileSystemUtils.deleteRecursively(profile);
		ChromeOptions options = new ChromeOptions().setBinary(chromium)
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--user-data-dir=" + profile);
		return new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build(), options);
	}

	private static File require(String... names) {
		return Stream.of(names).map(Browser::findOnPath).flatMap(Optional::stream).findFirst().orElseGet(() -> {
			String problem = "No " + String.join(" or ", names) + " on the PATH";
			return Boolean.parseBoolean(System.getenv("BETTER_SSE_REQUIRE_BROWSER")) ? fail(problem)
					: abort("Tests in a browser are skipped: " + problem);
		});
	}

	private static Optional<File> findOnPath(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst();
	}

}
