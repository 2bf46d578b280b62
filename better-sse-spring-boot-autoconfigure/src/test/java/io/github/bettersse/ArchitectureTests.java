package io.github.bettersse;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the direction of the dependencies between the packages.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.bettersse";

	private static final String[] SPRING_CORE = { "org.springframework.core..", "org.springframework.util..",
			"org.springframework.aot.." };

	private static final String[] SPRING_CONTEXT = { "org.springframework.context..", "org.springframework.beans..",
			"org.springframework.format.." };

	private static final String[] SPRING_MVC = { "org.springframework.web..", "org.springframework.http..",
			"org.springframework.stereotype..", "org.springframework.validation..", "org.springframework.ui.." };

	/**
	 * What a package may import besides the JDK and JSpecify. A package of the library is
	 * written by its name, the base package by its full one.
	 */
	private static final Map<String, String[]> IMPORTS = new TreeMap<>();

	static {
		allow("event");
		allow("eventlog", "event");
		allow(BASE, "event", "eventlog");
		allow("json", "event", "tools.jackson..", "com.fasterxml.jackson.annotation..");
		allow("servlet", BASE, "event", "jakarta.servlet..");
		allow("tomcat", BASE, "event", "servlet", "javax.net.ssl..", "jakarta.servlet..", "org.apache.tomcat..",
				"org.apache.catalina..", "org.apache.coyote..");
		allow("jetty", BASE, "event", "servlet", "jakarta.servlet..", "org.eclipse.jetty..");
		allow("webmvc", SPRING_CORE, SPRING_CONTEXT, SPRING_MVC, BASE, "event", "servlet", "jakarta.servlet..",
				"org.reactivestreams..");
		allow("context", SPRING_CORE, SPRING_CONTEXT, BASE);
		allow("redis", SPRING_CORE, BASE, "eventlog", "event", "org.springframework.data..",
				"org.springframework.dao..", "io.lettuce.core..");
		allow("security", SPRING_CORE, SPRING_CONTEXT, BASE, "servlet", "jakarta.servlet..",
				"org.springframework.security..");
		allow("slf4j", BASE, "org.slf4j..");
		allow("metrics", BASE, "io.micrometer..");
		allow("actuate", SPRING_CORE, BASE, "org.springframework.boot.actuate..", "org.springframework.boot.health..");
		allow("test", SPRING_CORE, SPRING_MVC, BASE, "event", "jakarta.servlet..", "org.springframework.test..",
				"org.springframework.mock..", "org.assertj..");
	}

	/** Lives in the base package, yet is thrown by the packages below it as well. */
	private static final DescribedPredicate<JavaClass> SSE_EXCEPTION = name(BASE + ".SseException").forSubtype();

	private final JavaClasses library = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	@TestFactory
	Stream<DynamicTest> packageImportsOnlyWhatItMay() {
		return IMPORTS.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(), () -> check(classes().that()
				.resideInAPackage(entry.getKey())
				.should()
				.onlyDependOnClassesThat(resideInAnyPackage(entry.getValue()).or(SSE_EXCEPTION).or(primitive())))));
	}

	@Test
	void everyPackageStandsInTheTable() {
		check(classes().should()
			.resideInAnyPackage(IMPORTS.keySet().toArray(String[]::new))
			.orShould()
			.resideInAPackage(BASE + ".autoconfigure.."));
	}

	@Test
	void sseExceptionImportsNothing() {
		check(classes().that(SSE_EXCEPTION)
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..").or(SSE_EXCEPTION)));
	}

	@Test
	void packagesHaveNoCycles() {
		// Not BASE + ".(**)": that would leave the classes of the base package out.
		check(slices().matching("(**)").should().beFreeOfCycles().ignoreDependency(alwaysTrue(), SSE_EXCEPTION));
	}

	@Test
	void namesSayWhatAClassDoes() {
		check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)"));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(this.library.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class))
			.map(JavaPackage::getName)).as("packages without @NullMarked in a package-info.java").isEmpty();
	}

	private void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(this.library);
	}

	private static DescribedPredicate<JavaClass> primitive() {
		return DescribedPredicate.describe("primitive", (type) -> type.getBaseComponentType().isPrimitive());
	}

	private static void allow(String name, Object... imports) {
		Stream<String> names = Arrays.stream(imports)
			.flatMap((value) -> (value instanceof String[] group) ? Arrays.stream(group) : Stream.of((String) value));
		Stream<String> always = Stream.of("java..", "org.jspecify..", name);
		IMPORTS.put(fullName(name),
				Stream.concat(always, names).map(ArchitectureTests::fullName).toArray(String[]::new));
	}

	private static String fullName(String name) {
		return name.contains(".") ? name : BASE + "." + name;
	}

}
