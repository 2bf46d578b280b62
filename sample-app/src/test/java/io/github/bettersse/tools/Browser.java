package io.github.bettersse.tools;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.util.FileSystemUtils;

/**
 * Starts the Chromium that is installed. Without one the tests are skipped, unless
 * {@code BETTER_SSE_REQUIRE_BROWSER} is {@code true}.
 */
public final class Browser {

	private static final Prerequisite prerequisite = new Prerequisite("Tests in a browser",
			"BETTER_SSE_REQUIRE_BROWSER");

	private Browser() {
	}

	public static ChromeDriver start() throws IOException {
		File chromium = prerequisite.program("chromium", "chromium-browser", "google-chrome", "chrome");
		File driver = prerequisite.program("chromedriver");
		Path profile = WorkDirectory.of("chromium").toAbsolutePath();
		FileSystemUtils.deleteRecursively(profile);
		ChromeOptions options = new ChromeOptions().setBinary(chromium)
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--user-data-dir=" + profile);
		return new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build(), options);
	}

}
