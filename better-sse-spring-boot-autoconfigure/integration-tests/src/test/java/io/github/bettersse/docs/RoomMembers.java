package io.github.bettersse.docs;

import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

@Component
class RoomMembers {

	private final Map<String, Set<String>> names = new ConcurrentHashMap<>(
			Map.of("room:blue", ConcurrentHashMap.newKeySet()));

	void add(String room, String name) {
		this.names.computeIfAbsent(room, (absent) -> ConcurrentHashMap.newKeySet()).add(name);
	}

	void remove(String room, String name) {
		this.names.getOrDefault(room, Set.of()).remove(name);
	}

	boolean contains(String room, @Nullable Principal principal) {
		return principal != null && this.names.getOrDefault(room, Set.of()).contains(principal.getName());
	}

}
