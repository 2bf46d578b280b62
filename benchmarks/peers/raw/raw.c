/*
 * The lower bound: one thread, each event encoded once into a log of bytes, and one write per event and
 * stream. The same program as RawServer, without a JVM. Ends when its standard input does.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FD = 70000, MAX_EVENTS = 200000, LOG_SIZE = 64 << 20 };

static struct {
	int streaming, full, next;
	size_t written;
} peer[MAX_FD];

static char log_bytes[LOG_SIZE];
static size_t ends[MAX_EVENTS + 1]; /* ends[i]: where event i begins, and the one before it ends */
static int events, highest, listener, poller;
static char asked[8192]; /* the request for events that is not begun: none are sent while sockets are handled */

static int64_t micros(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void watch(int fd, int operation, uint32_t interest) {
	struct epoll_event event = { .events = interest, .data.fd = fd };
	epoll_ctl(poller, operation, fd, &event);
}

static void set_full(int fd, int full) {
	if (peer[fd].full != full) {
		peer[fd].full = full;
		watch(fd, EPOLL_CTL_MOD, full ? EPOLLIN | EPOLLOUT : EPOLLIN);
	}
}

static void end(int fd) {
	peer[fd].streaming = 0;
	close(fd);
}

static void drain(int fd) {
	while (peer[fd].next < events) {
		size_t to = ends[peer[fd].next + 1], from = peer[fd].written;
		ssize_t sent = send(fd, log_bytes + from, to - from, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent > 0) {
			peer[fd].written += sent;
		}
		if (peer[fd].written < to) {
			set_full(fd, 1);
			return;
		}
		peer[fd].next++;
	}
	set_full(fd, 0);
}

static void append(int sequence, int size) {
	char *at = log_bytes + ends[events];
	at += sprintf(at, "event: tick\nid: %d\ndata: ", sequence);
	int length = sprintf(at, "%d,%010lld,", sequence, (long long) (micros() % 10000000000LL));
	while (length < size) {
		at[length++] = 'x';
	}
	memcpy(at + length, "\n\n", 2);
	ends[++events] = at + length + 2 - log_bytes;
}

static void poll_sockets(int timeout);

static void broadcast(const char *query) {
	const char *count = strstr(query, "count="), *size = strstr(query, "size="), *rate = strstr(query, "rate=");
	double per_second = rate ? atof(rate + 5) : 0;
	int64_t start = micros();
	int busy = 0;
	for (int fd = 0; fd <= highest; fd++) {
		busy |= peer[fd].streaming && peer[fd].next < events;
	}
	if (!busy) {
		events = 0;
		for (int fd = 0; fd <= highest; fd++) {
			peer[fd].next = 0;
			peer[fd].written = 0;
		}
	}
	for (int i = 0; i < atoi(count + 6); i++) {
		int64_t due = per_second > 0 ? start + (int64_t) (i * 1e6 / per_second) : 0;
		while (micros() < due) {
			poll_sockets((due - micros()) / 1000);
		}
		append(i, atoi(size + 5));
		for (int fd = 0; fd <= highest; fd++) {
			if (peer[fd].streaming && !peer[fd].full) {
				drain(fd);
			}
		}
	}
}

static void answer(int fd) {
	static const char head[] = "HTTP/1.1 200 \r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
	static const char accepted[] = "HTTP/1.1 202 \r\nContent-Length: 0\r\n\r\n";
	char request[8192];
	ssize_t length = recv(fd, request, sizeof request - 1, MSG_DONTWAIT);
	if (length <= 0) {
		end(fd);
		return;
	}
	request[length] = 0;
	if (!strncmp(request, "GET", 3)) {
		send(fd, head, sizeof head - 1, MSG_NOSIGNAL);
		peer[fd].streaming = 1;
		peer[fd].next = events;
		peer[fd].written = ends[events];
	} else {
		send(fd, accepted, sizeof accepted - 1, MSG_NOSIGNAL);
		strcpy(asked, request);
	}
}

static void accept_all(void) {
	int fd, yes = 1;
	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
		memset(&peer[fd], 0, sizeof peer[fd]);
		highest = fd > highest ? fd : highest;
		watch(fd, EPOLL_CTL_ADD, EPOLLIN);
	}
}

static void poll_sockets(int timeout) {
	struct epoll_event ready[512];
	int count = epoll_wait(poller, ready, 512, timeout);
	for (int i = 0; i < count; i++) {
		int fd = ready[i].data.fd;
		if (fd == listener) {
			accept_all();
		} else if (fd == STDIN_FILENO) {
			char unused[64];
			if (read(fd, unused, sizeof unused) <= 0) {
				exit(0);
			}
		} else if (ready[i].events & EPOLLOUT) {
			drain(fd);
		} else {
			answer(fd);
		}
	}
}

int main(void) {
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max < MAX_FD ? files.rlim_max : MAX_FD;
	setrlimit(RLIMIT_NOFILE, &files);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (bind(listener, (void *) &address, size) || listen(listener, 4096)) {
		perror("listen");
		return 1;
	}
	getsockname(listener, (void *) &address, &size);
	poller = epoll_create1(0);
	watch(listener, EPOLL_CTL_ADD, EPOLLIN);
	watch(STDIN_FILENO, EPOLL_CTL_ADD, EPOLLIN);
	printf("port %d\n", ntohs(address.sin_port));
	fflush(stdout);
	for (;;) {
		poll_sockets(-1);
		if (asked[0]) {
			char request[sizeof asked];
			strcpy(request, asked);
			asked[0] = 0;
			broadcast(request);
		}
	}
}
