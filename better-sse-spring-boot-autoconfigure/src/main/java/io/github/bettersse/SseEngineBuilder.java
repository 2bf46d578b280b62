package io.github.bettersse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link SseEngine}. Not thread-safe.
 */
public final class SseEngineBuilder {

	private static final long MAX_BACKLOG = 16 * 1024 * 1024;

	private @Nullable DataSerializer serializer;

	private @Nullable Executor executor;

	private SessionContext sessionContext = SessionContext.none();

	private EventLog eventLog = new InMemoryEventLog();

	private SessionOptions<?> sessionDefaults = SessionOptions.builder().build();

	private int deliveryThreads = Runtime.getRuntime().availableProcessors();

	private Duration maxWait = Duration.ofSeconds(5);

	private String disconnectEvent = ControlFrames.DISCONNECT_EVENT_NAME;

	Duration shutdownRetryJitter = Duration.ofSeconds(5);

	Duration shutdownDrain = Duration.ZERO;

	SseLimits limits = SseLimits.none();

	private History history = History.none();

	private final Map<String, History> channelHistories = new HashMap<>();

	UserNameResolver userNameResolver = UserNameResolver.ofPrincipal();

	boolean userChannels = true;

	private ChannelAuthorizer channelAuthorizer = ChannelAuthorizer.permitAll();

	private SessionLifecycleListener lifecycleListener = new SessionLifecycleListener() {
	};

	private EngineRecorder recorder = EngineRecorder.disabled();

	private @Nullable Timer timer;

	SseEngineBuilder() {
	}

	/**
	 * Set what makes text of data; required.
	 * @param serializer the serializer
	 * @return this builder
	 */
	public SseEngineBuilder serializer(DataSerializer serializer) {
		this.serializer = serializer;
		return this;
	}

	/**
	 * Set where listeners and dependent stages of futures run; required. They may block
	 * there.
	 * @param executor the executor
	 * @return this builder
	 */
	public SseEngineBuilder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * Set what is around what is run there for a session; by default nothing.
	 * @param context what listeners and sources of a session find around them
	 * @return this builder
	 */
	public SseEngineBuilder sessionContext(SessionContext context) {
		this.sessionContext = context;
		return this;
	}

	/**
	 * Set the log that orders broadcasts; by default one in memory.
	 * @param eventLog the log, without a follower
	 * @return this builder
	 */
	public SseEngineBuilder eventLog(EventLog eventLog) {
		this.eventLog = eventLog;
		return this;
	}

	/**
	 * Set what holds for sessions that set nothing else.
	 * @param defaults the defaults
	 * @return this builder
	 */
	public SseEngineBuilder sessionDefaults(SessionOptions<?> defaults) {
		this.sessionDefaults = defaults;
		return this;
	}

	/**
	 * Set the number of delivery threads; by default one per processor.
	 * @param threads at least 1
	 * @return this builder
	 */
	public SseEngineBuilder deliveryThreads(int threads) {
		if (threads < 1) {
			throw new IllegalArgumentException("deliveryThreads must be at least 1");
		}
		this.deliveryThreads = threads;
		return this;
	}

	/**
	 * Set how long a broadcast may wait while the delivery threads are too far behind; 5
	 * s by default.
	 * @param maxWait the time, zero to fail at once
	 * @return this builder
	 */
	public SseEngineBuilder maxWait(Duration maxWait) {
		this.maxWait = maxWait;
		return this;
	}

	/**
	 * Set the name of the event that tells a client not to come back; {@code disconnect}
	 * by default.
	 * @param name the name
	 * @return this builder
	 */
	public SseEngineBuilder disconnectEvent(String name) {
		this.disconnectEvent = name;
		return this;
	}

	/**
	 * Set up to how much is added at random to the reconnection time that clients are
	 * told at shutdown; 5 s by default.
	 * @param jitter the jitter, not negative
	 * @return this builder
	 */
	public SseEngineBuilder shutdownRetryJitter(Duration jitter) {
		if (jitter.isNegative()) {
			throw new IllegalArgumentException("shutdownRetryJitter must not be negative");
		}
		this.shutdownRetryJitter = jitter;
		return this;
	}

	/**
	 * Set over what time the ends of the sessions are spread at shutdown, so that those
	 * who take them do not get all at once; by default all end at once.
	 * @param drain the time, not negative
	 * @return this builder
	 */
	public SseEngineBuilder shutdownDrain(Duration drain) {
		if (drain.isNegative()) {
			throw new IllegalArgumentException("shutdownDrain must not be negative");
		}
		this.shutdownDrain = drain;
		return this;
	}

	/**
	 * Set how much the engine takes; by default there are no limits.
	 * @param limits the limits
	 * @return this builder
	 */
	public SseEngineBuilder limits(SseLimits limits) {
		this.limits = limits;
		return this;
	}

	/**
	 * Set which user a session belongs to; by default the principal's name says so.
	 * @param resolver the resolver
	 * @return this builder
	 */
	public SseEngineBuilder userNameResolver(UserNameResolver resolver) {
		this.userNameResolver = resolver;
		return this;
	}

	/**
	 * Set who may register with which channel; by default everybody.
	 * @param authorizer the authorizer
	 * @return this builder
	 */
	public SseEngineBuilder channelAuthorizer(ChannelAuthorizer authorizer) {
		this.channelAuthorizer = authorizer;
		return this;
	}

	/**
	 * Set whether each session joins the channel of its user; by default it does.
	 * @param enabled whether it joins
	 * @return this builder
	 */
	public SseEngineBuilder userChannels(boolean enabled) {
		this.userChannels = enabled;
		return this;
	}

	/**
	 * Set what channels keep whose options and names say nothing else; by default
	 * nothing.
	 * @param history what is kept
	 * @return this builder
	 */
	public SseEngineBuilder history(History history) {
		this.history = history;
		return this;
	}

	/**
	 * Set what some channels keep, whatever their options say. An exact name goes before
	 * a pattern, a longer pattern before a shorter one.
	 * @param channel the name, in which {@code *} stands for any characters
	 * @param history what is kept
	 * @return this builder
	 */
	public SseEngineBuilder history(String channel, History history) {
		this.channelHistories.put(channel, history);
		return this;
	}

	/**
	 * Set who hears of all sessions; by default nobody.
	 * @param listener the listener
	 * @return this builder
	 */
	public SseEngineBuilder lifecycleListener(SessionLifecycleListener listener) {
		this.lifecycleListener = listener;
		return this;
	}

	/**
	 * Set what counts and times what the engine does; by default nothing does.
	 * @param recorder the recorder
	 * @return this builder
	 */
	public SseEngineBuilder recorder(EngineRecorder recorder) {
		this.recorder = recorder;
		return this;
	}

	SseEngineBuilder timer(Timer timer) {
		this.timer = timer;
		return this;
	}

	/**
	 * Build the engine and start its threads.
	 * @return the engine
	 * @throws NullPointerException if something required is missing
	 */
	public SseEngine build() {
		return new SseEngine(this);
	}

	EngineParts parts(Timer ownTimer) {
		Timer timer = (this.timer != null) ? this.timer : ownTimer;
		LiveSessions sessions = new LiveSessions();
		EventEncoder encoder = new EventEncoder(requiredSerializer(), this.limits.maxEventSize());
		return new EngineParts(encoder, this.eventLog, new LogFollower(this.eventLog),
				new HistoryRules(this.channelHistories, this.history),
				new Backlog(MAX_BACKLOG, this.maxWait.toNanos(), timer), new DeliveryShards(this.deliveryThreads),
				Objects.requireNonNull(this.executor, "executor must be set"), this.sessionContext, timer, sessions,
				new SessionSlots(this.limits, timer), this.lifecycleListener, this.recorder, new Failures(timer),
				new ChannelAccess(this.channelAuthorizer, sessions), ControlFrames.disconnect(this.disconnectEvent));
	}

	SessionOptions<?> completeSessionDefaults() {
		return this.sessionDefaults.withDefaults(SessionOptions.builder().serializer(requiredSerializer()).build())
			.withDefaults(SessionSettings.DEFAULTS);
	}

	private DataSerializer requiredSerializer() {
		return Objects.requireNonNull(this.serializer, "serializer must be set");
	}

}
