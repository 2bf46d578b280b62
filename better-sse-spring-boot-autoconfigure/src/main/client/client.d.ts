/** Types of the browser client of Better SSE for Spring Boot. */

export type State = "connecting" | "open" | "waiting" | "closed";

/** Why events of a channel are lost to this client. */
export interface Reset {
	channel: string;
	reason: "trimmed" | "foreign-epoch" | "unknown" | "forged" | "malformed" | (string & {});
}

export interface Revocation {
	channel: string;
}

/** Why a stream has ended for good. */
export interface Stop {
	/** The server has sent the event "disconnect", answered 204, 401 or 403, or with anything else that is final. */
	reason: "disconnect" | "no-content" | "unauthorized" | "refused";
	/** The status, if it was one. */
	status?: number;
}

/** A value, or a function that is called before each request. */
export type Fresh<T> = T | (() => T | Promise<T>);

export interface Options {
	method?: string;
	headers?: Fresh<HeadersInit>;
	body?: Fresh<BodyInit>;
	credentials?: RequestCredentials;
	/** Start after this event, such as one of which the page already shows a snapshot. */
	lastEventId?: string;
	/** Hand data over as the text it is: of all events, or of those named. */
	raw?: boolean | readonly string[];
	/** Events whose data is Base64; handed over as a Uint8Array. */
	binary?: readonly string[];
	/** Whether tabs share one connection. A name lets them share it although they send headers, a body or an id. */
	share?: boolean | string;
	/** How many of the newest events, by name, a tab gets that joins others. */
	latest?: Readonly<Record<string, number>>;
	/** Name of the event after which not to come back. */
	disconnectEvent?: string;
	/** Interval in milliseconds in which the server sends at least a comment; 0 if it does not. */
	keepAlive?: number;
	/** How many of them may fail to come before the connection is given up. */
	missedKeepAlives?: number;
	/** Longest time in milliseconds before the first attempt to come back. */
	minDelay?: number;
	/** Longest time in milliseconds before a later one. */
	maxDelay?: number;
	/** What reads the stream. An EventSource is taken where fetch cannot. */
	transport?: "fetch" | "eventsource";
	/** Called when the state changes; for "waiting" with the cause. */
	onState?: (state: State, why?: string) => void;
	/** Called when the server cannot make up for what was missed. */
	onReset?: (reset: Reset) => void;
	/** Called when the server has taken the stream out of a channel. */
	onRevoked?: (revocation: Revocation) => void;
	/** Called at 401 and 403, in the tab that connects. Return true to try again, with fresh headers. */
	onUnauthorized?: (status: 401 | 403) => boolean | void | Promise<boolean | void>;
	/** Called when the server has ended the stream for good. */
	onStop?: (stop: Stop) => void;
}

/** An event stream. E is the type of the data by the name of the event. */
export interface EventStream<E = Record<string, any>> extends EventTarget {
	readonly url: string;
	readonly state: State;
	/** The id of the newest event. */
	readonly lastEventId: string;
	/** Listen to the events of a name; returns a function that ends it. */
	on<N extends keyof E & string>(name: N, handler: (data: E[N], event: MessageEvent<E[N]>) => void): () => void;
	/** End the stream in this tab. */
	close(): void;
}

/** What the options are where others are not given. */
export const DEFAULTS: Readonly<Options>;

/** Open an event stream. */
export function connect<E = Record<string, any>>(url: string | URL, options?: Options): EventStream<E>;
