package io.github.bettersse;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.Nullable;

/**
 * The public and protected signatures of the library: a line for each type, and below it
 * an indented one for each member.
 */
final class ApiListing {

	private ApiListing() {
	}

	static List<String> read() {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.bettersse")
			.stream()
			.map(JavaClass::reflect)
			.filter(ApiListing::isAccessible)
			.sorted(Comparator.comparing(Class::getName))
			.flatMap((type) -> Stream.concat(Stream.of(header(type)), members(type).map("\t"::concat)))
			.toList();
	}

	private static String header(Class<?> type) {
		String supertypes = Stream
			.concat(Stream.of(type).map(Class::getGenericSuperclass), Arrays.stream(type.getGenericInterfaces()))
			.filter((supertype) -> supertype != null && supertype != Object.class)
			.map(Type::getTypeName)
			.map(ApiListing::shorten)
			.collect(Collectors.joining(", "));
		// Newer JDKs say that a class is sealed, older ones do not.
		String declaration = type.toGenericString().replaceFirst("\\b(non-)?sealed ", "");
		return declaration + (supertypes.isEmpty() ? "" : " : " + supertypes);
	}

	private static Stream<String> members(Class<?> type) {
		TreeSet<String> members = new TreeSet<>();
		// What a public type inherits from a hidden one counts as its own.
		for (Class<?> c = type; c == type || (c != null && !isAccessible(c)); c = c.getSuperclass()) {
			visible(c.getDeclaredFields()).map(ApiListing::line).forEach(members::add);
			visible(c.getDeclaredMethods()).map(ApiListing::line).forEach(members::add);
		}
		visible(type.getDeclaredConstructors()).map(ApiListing::line).forEach(members::add);
		return members.stream();
	}

	private static String line(Field field) {
		return shorten(field.toGenericString()) + nullable(List.of(field.getAnnotatedType()));
	}

	private static String line(Constructor<?> constructor) {
		return shorten(constructor.toGenericString()) + nullable(types(constructor));
	}

	private static String line(Method method) {
		Object value = method.getDefaultValue();
		return shorten(method.toGenericString()) + nullable(types(method))
				+ ((value != null) ? " default " + Arrays.deepToString(new Object[] { value }) : "");
	}

	private static List<AnnotatedType> types(Executable executable) {
		List<AnnotatedType> types = new ArrayList<>(List.of(executable.getAnnotatedReturnType()));
		types.addAll(List.of(executable.getAnnotatedParameterTypes()));
		return types;
	}

	/**
	 * Which of the types may be null: 0 is the result or the field, 1 the first
	 * parameter.
	 */
	private static String nullable(List<AnnotatedType> types) {
		String positions = Stream.iterate(0, (i) -> i < types.size(), (i) -> i + 1)
			.filter((i) -> types.get(i).isAnnotationPresent(Nullable.class))
			.map(Objects::toString)
			.collect(Collectors.joining(", "));
		return positions.isEmpty() ? "" : " @Nullable(" + positions + ")";
	}

	private static <M extends Member> Stream<M> visible(M[] members) {
		return Arrays.stream(members).filter((member) -> isVisible(member.getModifiers()) && !member.isSynthetic());
	}

	private static boolean isAccessible(Class<?> type) {
		return isVisible(type.getModifiers())
				&& (type.getEnclosingClass() == null || isAccessible(type.getEnclosingClass()));
	}

	private static boolean isVisible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static String shorten(String signature) {
		return signature.replaceAll("\\b(?:[a-z_0-9]+\\.)+(?=[A-Z])", "").replace('$', '.');
	}

}
