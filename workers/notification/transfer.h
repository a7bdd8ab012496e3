// transfer - one conversation with a server, by libcurl, beside the worker's loop
//
// A channel sets up what is said (options of the easy handle, headers, what is uploaded), the
// transfer is run, and the channel judges what came back. Everything is bounded: the time, what is
// kept of the reply. Certificates are always verified, redirects never followed, and no protocol
// but the channel's is spoken.
#pragma once

#include "common/arena.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TRANSFER_BODY_BYTES = 16 * 1024, // of an answer's body; a longer one is cut off
    TRANSFER_LINE_BYTES = 512,       // of the last line that a server said
};

struct transfer {
    CURL *easy;
    struct arena *arena;     // lives longer than the transfer
    struct curl_slist *list; // recipients or headers; freed with the transfer
    const char *upload;      // what is sent by SMTP; NULL
    size_t upload_size;
    size_t uploaded;
    const char *const *hidden; // what is not to be repeated of what the server says; NULL-ended

    // What came back
    CURLcode code;
    long status;           // of HTTP, or the last of SMTP; 0: none came
    uint32_t wait_seconds; // Retry-After; 0: none
    char line[TRANSFER_LINE_BYTES];
    char body[TRANSFER_BODY_BYTES + 1];
    size_t body_size;
    bool body_cut; // there was more
    char error[CURL_ERROR_SIZE];
};

// How each channel's conversation is limited.
struct transfer_limits {
    const char *protocols; // "https"
    const char *ca_file;   // empty: the system's
    uint32_t timeout_seconds;
};

// What is run, and what is called when it has ended, from the loop.
struct transfers;
typedef void (*transfer_ended)(void *context, struct transfer *transfer);

struct event_base;
struct transfers *transfers_create(struct event_base *base);
void transfers_destroy(struct transfers *transfers); // NULL is fine; what runs is dropped silently

// In the arena; NULL when memory is short. To be run or dropped.
struct transfer *transfer_create(struct arena *arena, const struct transfer_limits *limits);
void transfer_drop(struct transfer *transfer);

// Adds a line to the list of recipients or headers.
void transfer_list_add(struct transfer *transfer, const char *line);

// Takes the transfer over, and drops its handle when it has ended; `ended` sees what came back.
void transfer_run(struct transfers *transfers, struct transfer *transfer, transfer_ended ended,
                  void *context);
