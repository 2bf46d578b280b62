package io.github.bettersse;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Alarms by the time at which they are due: a binary heap in which each knows its place,
 * so that to cancel one of thousands costs no search. Not thread-safe.
 */
final class AlarmQueue {

	private @Nullable Alarm[] heap = new Alarm[16];

	private int size;

	int size() {
		return this.size;
	}

	/** Return the alarm that is due first, {@code null} if none is set. */
	@Nullable Alarm first() {
		return this.heap[0];
	}

	/** Set an alarm, unless it is set for an earlier time or was cancelled. */
	void set(Alarm alarm, long dueAt) {
		if (alarm.place == Alarm.CANCELLED || alarm.isSetBy(dueAt)) {
			return;
		}
		alarm.dueAt = dueAt;
		moveUp(alarm, (alarm.place == Alarm.NOT_SET) ? addPlace() : alarm.place);
	}

	private int addPlace() {
		if (this.size == this.heap.length) {
			this.heap = Arrays.copyOf(this.heap, this.heap.length * 2);
		}
		return this.size++;
	}

	/** Take an alarm back, if it is set. */
	void unset(Alarm alarm) {
		int place = alarm.place;
		if (place < 0) {
			return;
		}
		alarm.place = Alarm.NOT_SET;
		Alarm last = this.heap[--this.size];
		this.heap[this.size] = null;
		if (last != null && last != alarm) {
			moveDown(last, place);
			moveUp(last, last.place);
		}
	}

	/** Take an alarm back for good. */
	void cancel(Alarm alarm) {
		unset(alarm);
		alarm.place = Alarm.CANCELLED;
	}

	/** Cancel all. */
	void clear() {
		for (int i = 0; i < this.size; i++) {
			Alarm alarm = this.heap[i];
			if (alarm != null) {
				alarm.place = Alarm.CANCELLED;
			}
		}
		this.heap = new Alarm[16];
		this.size = 0;
	}

	private void moveUp(Alarm alarm, int from) {
		int place = from;
		for (Alarm parent = parent(place); parent != null && isBefore(alarm, parent); parent = parent(place)) {
			int higher = parent.place;
			put(parent, place);
			place = higher;
		}
		put(alarm, place);
	}

	private @Nullable Alarm parent(int place) {
		return (place > 0) ? this.heap[(place - 1) / 2] : null;
	}

	private void moveDown(Alarm alarm, int from) {
		int place = from;
		for (Alarm child = child(place); child != null && isBefore(child, alarm); child = child(place)) {
			int lower = child.place;
			put(child, place);
			place = lower;
		}
		put(alarm, place);
	}

	/** Return the earlier one of two. */
	private @Nullable Alarm child(int place) {
		int left = 2 * place + 1;
		Alarm child = (left < this.size) ? this.heap[left] : null;
		Alarm right = (left + 1 < this.size) ? this.heap[left + 1] : null;
		return (child != null && right != null && isBefore(right, child)) ? right : child;
	}

	private void put(Alarm alarm, int place) {
		this.heap[place] = alarm;
		alarm.place = place;
	}

	private static boolean isBefore(Alarm alarm, Alarm other) {
		return alarm.dueAt - other.dueAt < 0;
	}

}
