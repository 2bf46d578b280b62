package io.github.bettersse.autoconfigure.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new certificate of 127.0.0.1, signed by itself.
 *
 * @param certificate the path of its file
 * @param key the path of the file with its key
 */
record Certificate(String certificate, String key) {

	private static final String PASSWORD = "changeit";

	static Certificate create(Path parent) throws IOException, InterruptedException, GeneralSecurityException {
		Path directory = Files.createTempDirectory(parent, "certificate");
		Path file = directory.resolve("store.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "redis", "-keyalg", "EC", "-dname", "CN=redis", "-ext", "san=ip:127.0.0.1",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return new Certificate(
				write(directory.resolve("cert.pem"), "CERTIFICATE", store.getCertificate("redis").getEncoded()),
				write(directory.resolve("key.pem"), "PRIVATE KEY",
						store.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
	}

	private static String write(Path file, String kind, byte[] content) throws IOException {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
		return file.toString();
	}

}
