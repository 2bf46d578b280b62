package io.github.bettersse.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate for localhost, made for this run of the tests.
 */
final class Certificate {

	static final String PASSWORD = "changeit";

	private static final Certificate INSTANCE = new Certificate();

	private final Path keyStore;

	private final X509TrustManager trustManager;

	private final SSLContext context;

	private Certificate() {
		try {
			Path directory = Files.createTempDirectory("certificate");
			this.keyStore = directory.resolve("localhost.p12");
			generate(this.keyStore);
			this.keyStore.toFile().deleteOnExit();
			directory.toFile().deleteOnExit();
			this.trustManager = trustManager(this.keyStore);
			this.context = SSLContext.getInstance("TLS");
			this.context.init(null, new X509TrustManager[] { this.trustManager }, null);
		}
		catch (IOException | InterruptedException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Certificate get() {
		return INSTANCE;
	}

	private static void generate(Path keyStore) throws IOException, InterruptedException {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore",
				keyStore.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as("keytool ended").isTrue();
		assertThat(keytool.exitValue()).as("exit value of keytool").isZero();
	}

	private static X509TrustManager trustManager(Path path) throws IOException, GeneralSecurityException {
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(path)) {
			keyStore.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("localhost", keyStore.getCertificate("localhost"));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		return (X509TrustManager) factory.getTrustManagers()[0];
	}

	Path keyStore() {
		return this.keyStore;
	}

	X509TrustManager trustManager() {
		return this.trustManager;
	}

	SSLContext context() {
		return this.context;
	}

}
