// http - answers to GET and HEAD on one TCP address, for whoever watches over the program
//
// In the loop of the program, by libevent's evhttp. Another method is answered with 405. Bounded:
// headers, a body (which nobody reads), connections, how long one may be silent (common/limits.h).
// It is not encrypted and asks nobody who he is, so what is answered must be for everybody who can
// reach the address.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct event_base;
struct evbuffer;
struct http;

enum {
    HTTP_SILENT_SECONDS = 5, // after which a connection is ended
    HTTP_ADDRESS_BYTES = 300,
};

struct http_reply {
    int status;       // 200, 404, 503
    const char *type; // media type
    struct evbuffer *body;
};

// Fills in the reply to a path; `accept` is what the asker takes, "" where he does not say.
typedef void (*http_handler)(void *context, const char *path, const char *accept,
                             struct http_reply *reply);

// Listens on "tcp://HOST:PORT", HOST a number or a name, "*" any; port "*" any that is free. NULL
// where that cannot be; *error says why.
struct http *http_open(struct event_base *base, const char *endpoint, http_handler handler,
                       void *context, char *error, size_t error_size);
void http_close(struct http *http); // NULL: nothing happens

// "http://127.0.0.1:9464": where it listens.
const char *http_address(const struct http *http);
