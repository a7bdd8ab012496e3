// http - answers to GET and HEAD on one TCP address, for whoever watches over the program
//
// Whoever asks by another method that evhttp knows is told which there are, and a body that he
// sends is read up to a bound and thrown away. To words that are no method, and to longer bodies,
// evhttp answers by itself.
//
// evhttp knows no bound on connections and tells nobody of one that ends before it has asked. So
// when as many have come as there may be, the program's descriptors are looked through for those of
// the address that are still open. At the bound nobody is accepted any more; whoever comes waits in
// the queue of the system until it is looked again.
#include "daemon/http.h"

#include "common/limits.h"

#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>

enum { FULL_MICROSECONDS = 500000, HOST_BYTES = 256 };

struct http {
    struct evhttp *server;
    struct evhttp_bound_socket *bound;
    struct event *again; // looks whether a connection is free
    http_handler handler;
    void *context;
    uint16_t port;  // as the system has it
    size_t at_most; // connections: those that were open when it was looked, and all since
    char address[HTTP_ADDRESS_BYTES];
};

// ---- Connections

static uint16_t port_of(int descriptor)
{
    struct sockaddr_storage local = {0};
    socklen_t size = sizeof(local);
    if (getsockname(descriptor, (struct sockaddr *)&local, &size) != 0) {
        return 0; // no socket
    }
    if (local.ss_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, &local, sizeof(in));
        return in.sin_port;
    }
    if (local.ss_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, &local, sizeof(in));
        return in.sin6_port;
    }
    return 0;
}

static size_t connections_count(const struct http *http)
{
    size_t count = 0;
    DIR *directory = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        int descriptor = (int)strtol(entry->d_name, NULL, 10);
        count += port_of(descriptor) == http->port ? 1 : 0;
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
    return count > 0 ? count - 1 : 0; // one listens
}

static void room_look(struct http *http)
{
    struct evconnlistener *listener = evhttp_bound_socket_get_listener(http->bound);
    http->at_most = connections_count(http);
    if (http->at_most < LIMIT_HTTP_CONNECTIONS) {
        (void)evconnlistener_enable(listener);
        return;
    }
    const struct timeval wait = {.tv_sec = 0, .tv_usec = FULL_MICROSECONDS};
    (void)evconnlistener_disable(listener);
    (void)event_add(http->again, &wait);
}

static void again_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    room_look(context);
}

// A connection has come: evhttp wants what it reads and writes it with.
static struct bufferevent *connection_make(struct event_base *base, void *context)
{
    struct http *http = context;
    http->at_most++;
    if (http->at_most >= LIMIT_HTTP_CONNECTIONS) {
        room_look(http);
    }
    return bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
}

// ---- Requests

static const char *reason_of(int status)
{
    switch (status) {
    case HTTP_OK:
        return "OK";
    case HTTP_NOTFOUND:
        return "Not Found";
    case HTTP_BADMETHOD:
        return "Method Not Allowed";
    default:
        return "Service Unavailable";
    }
}

// Who asks for the head alone is told how long the body would be.
static void body_leave_out(struct evhttp_request *request, struct evbuffer *body)
{
    char length[32];
    (void)snprintf(length, sizeof(length), "%zu", evbuffer_get_length(body));
    (void)evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Length", length);
    (void)evbuffer_drain(body, evbuffer_get_length(body));
}

static void method_refuse(struct evhttp_request *request, struct http_reply *reply)
{
    (void)evhttp_add_header(evhttp_request_get_output_headers(request), "Allow", "GET, HEAD");
    reply->status = HTTP_BADMETHOD;
    reply->type = "text/plain; charset=utf-8";
    (void)evbuffer_add_printf(reply->body, "这里只能读取，请用 GET 或 HEAD / this is only to be "
                                           "read: use GET or HEAD\n");
}

static void page_make(struct evhttp_request *request, const struct http *http,
                      struct http_reply *reply)
{
    const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
    const char *path = uri != NULL ? evhttp_uri_get_path(uri) : NULL;
    const char *accept = evhttp_find_header(evhttp_request_get_input_headers(request), "Accept");
    http->handler(http->context, path != NULL ? path : "", accept != NULL ? accept : "", reply);
}

static void request_answer(struct evhttp_request *request, void *context)
{
    enum evhttp_cmd_type method = evhttp_request_get_command(request);
    struct http_reply reply = {.status = HTTP_NOTFOUND, .body = evbuffer_new()};
    if (reply.body == NULL) {
        abort();
    }
    if (method == EVHTTP_REQ_GET || method == EVHTTP_REQ_HEAD) {
        page_make(request, context, &reply);
    } else {
        method_refuse(request, &reply);
    }
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    (void)evhttp_add_header(headers, "Content-Type", reply.type);
    (void)evhttp_add_header(headers, "Cache-Control", "no-store");
    if (method == EVHTTP_REQ_HEAD) {
        body_leave_out(request, reply.body);
    }
    evhttp_send_reply(request, reply.status, reason_of(reply.status), reply.body);
    evbuffer_free(reply.body);
}

// ---- Listening

// "tcp://[::1]:9464" in its two parts.
static bool endpoint_split(const char *endpoint, char host[HOST_BYTES], uint16_t *port)
{
    static const char scheme[] = "tcp://";
    const char *colon = strrchr(endpoint, ':');
    if (strncmp(endpoint, scheme, strlen(scheme)) != 0 || colon <= endpoint + strlen(scheme)) {
        return false;
    }
    const char *from = endpoint + strlen(scheme);
    size_t length = (size_t)(colon - from);
    if (from[0] == '[' && length > 2 && from[length - 1] == ']') {
        from++;
        length -= 2;
    }
    int written = snprintf(host, HOST_BYTES, "%.*s", (int)length, from);
    *port = strcmp(colon + 1, "*") == 0 ? 0 : (uint16_t)strtoul(colon + 1, NULL, 10);
    return written > 0 && written < HOST_BYTES;
}

static bool listen_on(struct http *http, const char *host, uint16_t port)
{
    errno = 0;
    http->bound = evhttp_bind_socket_with_handle(http->server,
                                                 strcmp(host, "*") == 0 ? "0.0.0.0" : host, port);
    if (http->bound == NULL) {
        return false;
    }
    http->port = port_of(evhttp_bound_socket_get_fd(http->bound));
    bool six = strchr(host, ':') != NULL;
    (void)snprintf(http->address, sizeof(http->address), "http://%s%s%s:%u", six ? "[" : "", host,
                   six ? "]" : "", (unsigned int)ntohs(http->port));
    return true;
}

static void server_prepare(struct http *http)
{
    evhttp_set_allowed_methods(http->server, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST |
                                                 EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE |
                                                 EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE |
                                                 EVHTTP_REQ_CONNECT | EVHTTP_REQ_PATCH);
    evhttp_set_max_headers_size(http->server, LIMIT_HTTP_HEADER_BYTES);
    evhttp_set_max_body_size(http->server, LIMIT_HTTP_HEADER_BYTES);
    evhttp_set_timeout(http->server, HTTP_SILENT_SECONDS);
    evhttp_set_bevcb(http->server, connection_make, http);
    evhttp_set_gencb(http->server, request_answer, http);
}

struct http *http_open(struct event_base *base, const char *endpoint, http_handler handler,
                       void *context, char *error, size_t error_size)
{
    char host[HOST_BYTES];
    uint16_t port;
    struct http *http = calloc(1, sizeof(*http));
    if (http == NULL) {
        abort();
    }
    http->handler = handler;
    http->context = context;
    http->server = evhttp_new(base);
    http->again = evtimer_new(base, again_fire, http);
    if (http->server == NULL || http->again == NULL) {
        abort(); // out of memory before anything has begun
    }
    server_prepare(http);
    if (!endpoint_split(endpoint, host, &port) || !listen_on(http, host, port)) {
        (void)snprintf(error, error_size, "%s: %s", endpoint,
                       strerror(errno != 0 ? errno : EADDRNOTAVAIL));
        http_close(http);
        return NULL;
    }
    return http;
}

void http_close(struct http *http)
{
    if (http != NULL) {
        evhttp_free(http->server); // and its connections
        event_free(http->again);
        free(http);
    }
}

const char *http_address(const struct http *http)
{
    return http->address;
}
