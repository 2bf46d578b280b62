package io.github.bettersse;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the compiler lets an application do with sessions and channels of different types.
 */
class TypeSafetyTests {

	private static final List<String> RIGHT = List.of("users.register(user);", "users.register(admin);",
			"any.register(user);", "any.register(guest);", "users.deregister(guest);",
			"users.broadcast(1, \"name\", (session) -> session.getState().name().isEmpty());",
			"for (Session<? extends User> session : users.getSessions()) { session.getState().name(); }",
			"users.onRegistered((session) -> session.getState().name());",
			"Channel<Void, User> same = registry.channel(\"users\", ChannelOptions.forSessions(User.class));",
			"ChannelOptions.<Void, User>builder().filter((session, event) -> session.getState().name().isEmpty());");

	private static final Map<String, String> WRONG = Map.of("users.register(guest);", "incompatible types: ",
			"Channel<Void, Guest> other = registry.channel(\"users\", ChannelOptions.forSessions(User.class));",
			"incompatible types: ", "for (Session<Admin> session : users.getSessions()) { }", "incompatible types: ",
			"for (Session<? extends User> session : users.getSessions()) { session.setState(new User(\"x\")); }",
			"incompatible types: ", "Channel<Void, Object> everything = users;", "incompatible types: ",
			"Session<Object> anybody = user;", "incompatible types: ",
			"users.broadcast(1, \"name\", (session) -> session.getState().level() > 1);", "cannot find symbol");

	@TempDir
	private Path output;

	@Test
	void rightTypesCompile() {
		assertThat(errors(RIGHT)).isEmpty();
	}

	@Test
	void wrongTypesDoNotCompile() {
		Map<String, List<String>> errors = errors(List.copyOf(WRONG.keySet()));
		WRONG.forEach((statement, message) -> assertThat(errors.get(statement)).as(statement)
			.singleElement()
			.asString()
			.startsWith(message));
	}

	/** Compile statements, and return the errors of each that has any. */
	private Map<String, List<String>> errors(List<String> statements) {
		List<String> lines = new ArrayList<>("""
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
				""".lines().toList());
		int first = lines.size();
		for (String statement : statements) {
			lines.add("void use%d(Channel<Void, User> users, Channel<Void, Object> any, ChannelRegistry registry, "
				.formatted(lines.size()) + "Session<User> user, Session<Admin> admin, Session<Guest> guest) { "
					+ statement + " }");
		}
		lines.add("}");
		return compile(String.join("\n", lines)).stream()
			.collect(Collectors.groupingBy((error) -> statements.get((int) error.getLineNumber() - 1 - first),
					TreeMap::new, Collectors.mapping((error) -> error.getMessage(Locale.ROOT), Collectors.toList())));
	}

	private List<Diagnostic<? extends JavaFileObject>> compile(String source) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = List.of("-proc:none", "-d", this.output.toString(), "-classpath",
				System.getProperty("java.class.path"));
		compiler.getTask(null, null, diagnostics, options, null, List.of(new Source(source))).call();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
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
