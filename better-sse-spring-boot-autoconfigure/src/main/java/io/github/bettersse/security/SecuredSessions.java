package io.github.bettersse.security;

import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.servlet.ServletSessionListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.security.core.session.SessionIdChangedEvent;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.security.web.session.HttpSessionCreatedEvent;

/**
 * Ends each session with {@link DisconnectReason#REVOKED} when the login is over that it
 * was opened with: when its user logs out, when its HTTP session expires or is
 * invalidated, and when its bearer token expires. Thread-safe.
 */
public final class SecuredSessions implements ServletSessionListener, SmartApplicationListener {

	private static final System.Logger logger = System.getLogger(SecuredSessions.class.getName());

	private static final List<Class<? extends ApplicationEvent>> EVENTS = List.of(HttpSessionCreatedEvent.class,
			SessionDestroyedEvent.class, SessionIdChangedEvent.class, SessionFixationProtectionEvent.class,
			LogoutSuccessEvent.class);

	private final SseEngine engine;

	private final boolean closeOnTokenExpiry;

	private final HttpSessionIndex httpSessions = new HttpSessionIndex();

	/** Those that were opened by a user. */
	private final Set<Session<?>> authenticated = ConcurrentHashMap.newKeySet();

	/**
	 * Create a listener to requests and to events of Spring Security.
	 * @param engine ends the sessions
	 * @param closeOnTokenExpiry whether a session ends when its token does
	 */
	public SecuredSessions(SseEngine engine, boolean closeOnTokenExpiry) {
		this.engine = engine;
		this.closeOnTokenExpiry = closeOnTokenExpiry;
	}

	@Override
	public void onOpening(HttpServletRequest request, Session<?> session) {
		Authentication authentication = authentication(session);
		if (authentication != null) {
			this.authenticated.add(session);
		}
		HttpSession httpSession = request.getSession(false);
		boolean current = httpSession == null || this.httpSessions.add(httpSession.getId(), session);
		session.onDisconnected((reason) -> forget(session));
		Instant end = (authentication != null && this.closeOnTokenExpiry)
				? TokenExpiry.of(authentication, Clock.systemUTC()) : null;
		if (!current) {
			revoke(List.of(session), "its HTTP session has just ended");
		}
		else if (end != null) {
			this.engine.revoke(session, end);
		}
	}

	/** An anonymous user is none: a request has no principal then. */
	private static @Nullable Authentication authentication(Session<?> session) {
		Principal principal = session.getHandshake().getPrincipal();
		return (principal instanceof Authentication authentication) ? authentication : null;
	}

	private void forget(Session<?> session) {
		this.authenticated.remove(session);
		this.httpSessions.remove(session);
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return EVENTS.stream().anyMatch((event) -> event.isAssignableFrom(eventType));
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof SessionIdChangedEvent changed) {
			this.httpSessions.rename(changed.getOldSessionId(), changed.getNewSessionId());
		}
		else if (event instanceof SessionFixationProtectionEvent changed) {
			// The only event of a change that Spring Session makes.
			this.httpSessions.rename(changed.getOldSessionId(), changed.getNewSessionId());
		}
		else if (event instanceof SessionDestroyedEvent destroyed) {
			revoke(this.httpSessions.end(destroyed.getId()), "its HTTP session has ended");
		}
		else if (event instanceof HttpSessionCreatedEvent created) {
			this.httpSessions.begin(created.getSession().getId());
		}
		else if (event instanceof LogoutSuccessEvent logout) {
			Login login = new Login(logout.getAuthentication());
			revoke(this.authenticated.stream().filter((session) -> login.isThatOf(authentication(session))).toList(),
					"its user has logged out");
		}
	}

	private void revoke(Collection<Session<?>> sessions, String reason) {
		for (Session<?> session : sessions) {
			logger.log(Level.DEBUG, "Session {0} ends: {1}", session.getId(), reason);
			this.engine.revoke(session);
		}
	}

}
