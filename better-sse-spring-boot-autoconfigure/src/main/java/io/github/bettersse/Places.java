package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/**
 * A set of elements that know their places in it, so that each takes no more of it than a
 * reference. In no order. Not thread-safe.
 */
final class Places<E> {

	/** The place of what is in no set. */
	static final int NONE = -1;

	private final List<E> elements = new ArrayList<>(0);

	private final ToIntFunction<E> placeOf;

	private final ObjIntConsumer<E> place;

	/**
	 * Create an empty set.
	 * @param placeOf what the element remembers of this set, {@link #NONE} at first
	 * @param place lets it remember that
	 */
	Places(ToIntFunction<E> placeOf, ObjIntConsumer<E> place) {
		this.placeOf = placeOf;
		this.place = place;
	}

	/**
	 * Add an element.
	 * @return false if it is in the set already
	 */
	boolean add(E element) {
		if (this.placeOf.applyAsInt(element) != NONE) {
			return false;
		}
		this.place.accept(element, this.elements.size());
		return this.elements.add(element);
	}

	/**
	 * Take an element out; the last one takes its place.
	 * @return false if it is not in the set
	 */
	boolean remove(E element) {
		int place = this.placeOf.applyAsInt(element);
		if (place == NONE) {
			return false;
		}
		E last = this.elements.remove(this.elements.size() - 1);
		if (last != element) {
			this.elements.set(place, last);
			this.place.accept(last, place);
		}
		this.place.accept(element, NONE);
		return true;
	}

	/** Return the elements, not copied, to be read alone. */
	List<E> elements() {
		return this.elements;
	}

}
