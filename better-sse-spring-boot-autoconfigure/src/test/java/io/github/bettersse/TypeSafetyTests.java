package io.github.bettersse;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the compiler lets an application do with sessions and channels of different types.
 */
class TypeSafetyTests {

	@TempDir
	private Path output;

	@ParameterizedTest
	@ValueSource(strings = { "users.register(user);", "users.register(admin);", "any.register(user);",
			"any.register(guest);", "users.deregister(guest);",
			"users.broadcast(1, \"name\", (session) -> session.getState().name().isEmpty());",
			"for (Session<? extends User> session : users.getSessions()) { session.getState().name(); }",
			"users.onRegistered((session) -> session.getState().name());",
			"Channel<Void, User> same = registry.channel(\"users\", ChannelOptions.forSessions(User.class));",
			"ChannelOptions.<Void, User>builder().filter((session, event) -> session.getState().name().isEmpty());" })
	void rightTypesCompile(String statement) {
		assertThat(errors(statement)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "users.register(guest);",
			"Channel<Void, Guest> other = registry.channel(\"users\", ChannelOptions.forSessions(User.class));",
			"for (Session<Admin> session : users.getSessions()) { }",
			"for (Session<? extends User> session : users.getSessions()) { session.setState(new User(\"x\")); }",
			"Channel<Void, Object> everything = users;", "Session<Object> anybody = user;" })
	void wrongTypesDoNotCompile(String statement) {
		assertThat(errors(statement)).singleElement().asString().startsWith("incompatible types: ");
	}

	@Test
	void filterThatAsksForAnotherStateDoesNotCompile() {
		assertThat(errors("users.broadcast(1, \"name\", (session) -> session.getState().level() > 1);")).singleElement()
			.asString()
			.startsWith("cannot find symbol");
	}

	private List<String> errors(String statement) {
		String source = """
				import io.github.bettersse.*;
				class Application {
					static class User {
						User(String name) { }
						String name() { return ""; }
					}
					static class Admin extends User {
						Admin() { super(""); }
						int level() { return 1; }
					}
					static class Guest { }
					void use(Channel<Void, User> users, Channel<Void, Object> any, ChannelRegistry registry,
							Session<User> user, Session<Admin> admin, Session<Guest> guest) {
						%s
					}
				}
				""".formatted(statement);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "-d", this.output.toString(), "-classpath",
				System.getProperty("java.class.path"));
		compiler.getTask(null, null, diagnostics, options, null, List.of(new Source(source))).call();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map((diagnostic) -> diagnostic.getMessage(Locale.ROOT))
			.toList();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Application.java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
