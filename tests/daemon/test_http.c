// Tests of http: what is answered, to whom, and within which bounds. The loop runs in the test.
#include "daemon/http.h"

#include "common/limits.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct event_base *base;
static struct http *http;
static char error[512];
static unsigned asked;

static void page(void *context, const char *path, const char *accept, struct http_reply *reply)
{
    cr_assert_eq(context, &asked);
    asked++;
    reply->type = "text/plain";
    reply->status = strcmp(path, "/here") == 0 ? 200 : 404;
    (void)evbuffer_add_printf(reply->body, "%s for %s", path, accept);
}

static void server_open(void)
{
    base = event_base_new();
    http = http_open(base, "tcp://127.0.0.1:*", page, &asked, error, sizeof(error));
    cr_assert_not_null(http, "%s", error);
}

static void server_close(void)
{
    http_close(http);
    event_base_free(base);
}

TestSuite(http, .init = server_open, .fini = server_close, .timeout = 60);

static int connection(void)
{
    unsigned port = 0;
    cr_assert_eq(sscanf(http_address(http), "http://127.0.0.1:%u", &port), 1);
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int to_server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_eq(connect(to_server, (struct sockaddr *)&to, sizeof(to)), 0);
    return to_server;
}

static void say(int to_server, const char *text)
{
    cr_assert_eq(write(to_server, text, strlen(text)), (ssize_t)strlen(text));
}

// What the server says, until it has said `end` or closed. The loop goes on meanwhile.
static const char *heard(int from_server, const char *end)
{
    static char text[65536];
    size_t size = 0;
    for (;;) {
        cr_assert_geq(event_base_loop(base, EVLOOP_NONBLOCK), 0);
        ssize_t count = recv(from_server, text + size, sizeof(text) - 1 - size, MSG_DONTWAIT);
        if (count < 0 && errno == EAGAIN) {
            continue;
        }
        size += count > 0 ? (size_t)count : 0;
        text[size] = '\0';
        if (count <= 0 || (end != NULL && strstr(text, end) != NULL)) {
            return text;
        }
    }
}

static const char *answer(const char *request)
{
    int client = connection();
    say(client, request);
    const char *text = heard(client, NULL);
    (void)close(client);
    return text;
}

#define CLOSE "Host: x\r\nConnection: close\r\n"

Test(http, a_page_is_answered_with_its_type_and_length)
{
    const char *text = answer("GET /here?a=b HTTP/1.1\r\nAccept: text/x\r\n" CLOSE "\r\n");
    cr_assert_not_null(strstr(text, "HTTP/1.1 200 OK\r\n"), "%s", text);
    cr_assert_not_null(strstr(text, "Content-Type: text/plain\r\n"));
    cr_assert_not_null(strstr(text, "Content-Length: 16\r\n"));
    cr_assert_not_null(strstr(text, "\r\n\r\n/here for text/x"));
}

Test(http, what_is_not_there_is_404)
{
    cr_assert_not_null(strstr(answer("GET /there HTTP/1.1\r\n" CLOSE "\r\n"), " 404 Not Found"));
}

Test(http, who_asks_for_the_head_gets_no_body)
{
    const char *text = answer("HEAD /here HTTP/1.1\r\n" CLOSE "\r\n");
    cr_assert_not_null(strstr(text, " 200 OK"));
    cr_assert_not_null(strstr(text, "Content-Length: 10\r\n"));
    cr_assert_str_eq(strstr(text, "\r\n\r\n"), "\r\n\r\n");
}

Test(http, who_does_not_only_ask_is_told_how_to)
{
    static const char *const requests[] = {
        "POST /here HTTP/1.1\r\nContent-Length: 1\r\n" CLOSE "\r\nx",
        "POST /here HTTP/1.1\r\n" CLOSE "\r\n",
        "POST /here HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" CLOSE "\r\n1\r\nx\r\n0\r\n\r\n",
        "PUT /here HTTP/1.1\r\nContent-Length: 1\r\n" CLOSE "\r\nx",
        "PATCH /here HTTP/1.1\r\nContent-Length: 1\r\n" CLOSE "\r\nx",
        "DELETE /here HTTP/1.1\r\n" CLOSE "\r\n",
        "OPTIONS /here HTTP/1.1\r\n" CLOSE "\r\n",
        "TRACE /here HTTP/1.1\r\n" CLOSE "\r\n",
        "CONNECT here:80 HTTP/1.1\r\n" CLOSE "\r\n",
    };
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        const char *text = answer(requests[i]);
        cr_assert_not_null(strstr(text, "HTTP/1.1 405 Method Not Allowed\r\n"), "%s: %s",
                           requests[i], text);
        cr_assert_not_null(strstr(text, "\r\nAllow: GET, HEAD\r\n"), "%s", text);
        cr_assert_not_null(strstr(text, "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
        cr_assert_not_null(strstr(text, "\r\n\r\n这里只能读取，请用 GET 或 HEAD / "), "%s", text);
        cr_assert_not_null(strstr(text, "use GET or HEAD\n"), "%s", text);
    }
    cr_assert_eq(asked, 0);
}

Test(http, what_is_no_request_is_not_taken)
{
    static char request[4 * LIMIT_HTTP_HEADER_BYTES];
    static const char *const requests[] = {"nonsense\r\n\r\n",
                                           "BREW /here HTTP/1.1\r\n" CLOSE "\r\n", request};
    int begun = snprintf(request, sizeof(request),
                         "POST /here HTTP/1.1\r\nContent-Length: %d\r\n" CLOSE "\r\n",
                         2 * LIMIT_HTTP_HEADER_BYTES);
    memset(request + begun, 'x', (size_t)2 * LIMIT_HTTP_HEADER_BYTES);
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        const char *text = answer(requests[i]);
        cr_assert_null(strstr(text, " 200 OK"), "%s: %s", requests[i], text);
    }
    cr_assert_eq(asked, 0);
}

Test(http, headers_without_end_are_ended)
{
    static char request[4 * LIMIT_HTTP_HEADER_BYTES];
    memset(request, 'a', sizeof(request) - 1);
    memcpy(request, "GET /here HTTP/1.1\r\nX: ", strlen("GET /here HTTP/1.1\r\nX: "));
    const char *text = answer(request);
    cr_assert_null(strstr(text, " 200 OK"));
    cr_assert_eq(asked, 0);
}

Test(http, a_connection_may_ask_again)
{
    int client = connection();
    for (int i = 0; i < 3; i++) {
        say(client, "GET /here HTTP/1.1\r\nHost: x\r\n\r\n");
        cr_assert_not_null(strstr(heard(client, "/here for "), " 200 OK"));
    }
    (void)close(client);
}

// Who is silent is ended, and the next one has its place: nobody waits for ever.
Test(http, more_connections_than_there_may_be_wait_and_come_to_their_turn)
{
    int clients[2 * LIMIT_HTTP_CONNECTIONS];
    const size_t count = sizeof(clients) / sizeof(clients[0]);
    for (size_t i = 0; i < count; i++) {
        clients[i] = connection();
    }
    say(clients[0], "GET /here HTTP/1.1\r\n" CLOSE "\r\n");
    cr_assert_not_null(strstr(heard(clients[0], NULL), " 200 OK"));
    say(clients[count - 1], "GET /here HTTP/1.1\r\n" CLOSE "\r\n");
    for (int round = 0; round < 100; round++) {
        cr_assert_geq(event_base_loop(base, EVLOOP_NONBLOCK), 0);
    }
    cr_assert_eq(asked, 1, "the last one waits");
    for (size_t i = 1; i < count - 1; i++) {
        (void)close(clients[i]);
    }
    cr_assert_not_null(strstr(heard(clients[count - 1], NULL), " 200 OK"));
    (void)close(clients[0]);
    (void)close(clients[count - 1]);
}

Test(http, a_port_in_use_is_said)
{
    char endpoint[64];
    unsigned port = 0;
    cr_assert_eq(sscanf(http_address(http), "http://127.0.0.1:%u", &port), 1);
    (void)snprintf(endpoint, sizeof(endpoint), "tcp://127.0.0.1:%u", port);
    cr_assert_null(http_open(base, endpoint, page, &asked, error, sizeof(error)));
    cr_assert_not_null(strstr(error, endpoint), "%s", error);
    cr_assert_not_null(strstr(error, strerror(EADDRINUSE)), "%s", error);
}

Test(http, an_address_of_version_six_stands_in_brackets)
{
    struct http *six = http_open(base, "tcp://[::1]:*", page, &asked, error, sizeof(error));
    if (six == NULL) {
        cr_skip_test("no loopback of version 6 here: %s", error);
    }
    unsigned port = 0;
    cr_assert_eq(sscanf(http_address(six), "http://[::1]:%u", &port), 1, "%s", http_address(six));
    cr_assert_gt(port, 0);
    http_close(six);
}
