package io.github.bettersse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is added and taken out: what is there is what a set has.
 */
@PropertyDefaults(tries = 300)
class PlacesPropertyTests {

	private static final class Element {

		private int place = Places.NONE;

	}

	@Property
	void placesAreASet(@ForAll List<@IntRange(min = -9, max = 9) Integer> steps) {
		Places<Element> places = new Places<>((element) -> element.place, (element, place) -> element.place = place);
		Set<Element> expected = new HashSet<>();
		List<Element> elements = Stream.generate(Element::new).limit(10).toList();
		for (int step : steps) {
			Element element = elements.get(Math.abs(step));
			if (step >= 0) {
				assertThat(places.add(element)).isEqualTo(expected.add(element));
			}
			else {
				assertThat(places.remove(element)).isEqualTo(expected.remove(element));
			}
			assertThat(places.elements()).containsExactlyInAnyOrderElementsOf(expected);
		}
	}

}
