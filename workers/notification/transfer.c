// transfer - one conversation with a server, by libcurl, beside others in the worker's loop
//
// libcurl says which sockets it waits for and until when; libevent waits. One timer and an event a
// socket, as in libcurl's own example for libevent.
#include "workers/notification/transfer.h"

#include <assert.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_SECONDS_MAX = 15,
    KEPT_SECONDS = 20, // that an idle connection is used again
    RETRY_AFTER_SECONDS_MAX = 24 * 3600,
};

struct transfers {
    CURLM *multi;
    struct event_base *base;
    struct event *timer;
    struct running *running;
};

// A transfer that runs, from CURLOPT_PRIVATE.
struct running {
    struct running *next;
    struct transfer *transfer;
    transfer_ended ended;
    void *context;
};

// ---- What comes and goes

static size_t upload_read(char *buffer, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t room = size * count;
    size_t left = transfer->upload_size - transfer->uploaded;
    size_t taken = left < room ? left : room;
    memcpy(buffer, transfer->upload + transfer->uploaded, taken);
    transfer->uploaded += taken;
    return taken;
}

// Keeps the last line that the server said.
static size_t line_write(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t length = size * count;
    size_t kept = length < TRANSFER_LINE_BYTES - 1 ? length : TRANSFER_LINE_BYTES - 1;
    while (kept > 0 && (data[kept - 1] == '\r' || data[kept - 1] == '\n')) {
        kept--;
    }
    if (kept > 0) {
        memcpy(transfer->line, data, kept);
        transfer->line[kept] = '\0';
    }
    return length;
}

static size_t body_write(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t length = size * count;
    size_t room = TRANSFER_BODY_BYTES - transfer->body_size;
    size_t kept = length < room ? length : room;
    memcpy(transfer->body + transfer->body_size, data, kept);
    transfer->body_size += kept;
    transfer->body_cut = kept < length;
    return kept; // less than there was: libcurl ends the transfer
}

// ---- One transfer

static void limits_set(CURL *easy, const struct transfer_limits *limits)
{
    long seconds = (long)limits->timeout_seconds;
    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, limits->protocols);
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (limits->ca_file[0] != '\0') {
        (void)curl_easy_setopt(easy, CURLOPT_CAINFO, limits->ca_file);
        (void)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_PROXY, ""); // none from the environment
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT, seconds);
    (void)curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT,
                           seconds < CONNECT_SECONDS_MAX ? seconds : (long)CONNECT_SECONDS_MAX);
    (void)curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)KEPT_SECONDS);
}

struct transfer *transfer_create(struct arena *arena, const struct transfer_limits *limits)
{
    CURL *easy = curl_easy_init();
    if (easy == NULL) {
        return NULL;
    }
    struct transfer *transfer = arena_alloc(arena, sizeof(*transfer));
    *transfer = (struct transfer){.easy = easy, .arena = arena};
    limits_set(easy, limits);
    (void)curl_easy_setopt(easy, CURLOPT_READFUNCTION, upload_read);
    (void)curl_easy_setopt(easy, CURLOPT_READDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, line_write);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body_write);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    return transfer;
}

void transfer_drop(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->list);
}

void transfer_list_add(struct transfer *transfer, const char *line)
{
    struct curl_slist *list = curl_slist_append(transfer->list, line);
    if (list == NULL) {
        abort(); // as wherever memory is short
    }
    transfer->list = list;
}

// ---- The end of a transfer

static void result_take(struct transfer *transfer, CURLcode code)
{
    curl_off_t wait = 0;
    transfer->code = code;
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &transfer->status);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &wait);
    wait = wait < RETRY_AFTER_SECONDS_MAX ? wait : RETRY_AFTER_SECONDS_MAX;
    transfer->wait_seconds = wait > 0 ? (uint32_t)wait : 0;
    if (transfer->error[0] == '\0' && code != CURLE_OK) {
        (void)strncpy(transfer->error, curl_easy_strerror(code), sizeof(transfer->error) - 1);
    }
}

static void running_end(struct transfers *transfers, struct running *running, CURLcode code)
{
    struct running **place = &transfers->running;
    while (*place != running) {
        place = &(*place)->next;
    }
    *place = running->next;
    result_take(running->transfer, code);
    (void)curl_multi_remove_handle(transfers->multi, running->transfer->easy);
    // The arena of the transfer may be gone behind `ended`.
    CURL *easy = running->transfer->easy;
    struct curl_slist *list = running->transfer->list;
    running->ended(running->context, running->transfer);
    curl_easy_cleanup(easy);
    curl_slist_free_all(list);
    free(running);
}

static void ended_collect(struct transfers *transfers)
{
    int left = 0;
    const CURLMsg *message;
    while ((message = curl_multi_info_read(transfers->multi, &left)) != NULL) {
        struct running *running = NULL;
        assert(message->msg == CURLMSG_DONE);
        CURLcode code = message->data.result;
        (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &running);
        running_end(transfers, running, code);
    }
}

// ---- The loop

static void act(struct transfers *transfers, curl_socket_t socket, int what)
{
    int running = 0;
    (void)curl_multi_socket_action(transfers->multi, socket, what, &running);
    ended_collect(transfers);
}

static void socket_ready(evutil_socket_t socket, short what, void *context)
{
    int flags = ((what & EV_READ) != 0 ? CURL_CSELECT_IN : 0) |
                ((what & EV_WRITE) != 0 ? CURL_CSELECT_OUT : 0);
    act(context, socket, flags);
}

static void timer_over(evutil_socket_t socket, short what, void *context)
{
    (void)socket;
    (void)what;
    act(context, CURL_SOCKET_TIMEOUT, 0);
}

static int socket_watch(CURL *easy, curl_socket_t socket, int what, void *context, void *watched)
{
    (void)easy;
    struct transfers *transfers = context;
    struct event *event = watched;
    if (event != NULL) {
        event_free(event);
        event = NULL;
    }
    if (what != CURL_POLL_REMOVE) {
        short kind = (short)(((what & CURL_POLL_IN) != 0 ? EV_READ : 0) |
                             ((what & CURL_POLL_OUT) != 0 ? EV_WRITE : 0) | EV_PERSIST);
        event = event_new(transfers->base, socket, kind, socket_ready, transfers);
        if (event == NULL || event_add(event, NULL) != 0) {
            abort(); // as wherever memory is short
        }
    }
    (void)curl_multi_assign(transfers->multi, socket, event);
    return 0;
}

static int timer_set(CURLM *multi, long timeout_ms, void *context)
{
    (void)multi;
    struct transfers *transfers = context;
    if (timeout_ms < 0) {
        return event_del(transfers->timer);
    }
    struct timeval wait = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    return event_add(transfers->timer, &wait);
}

struct transfers *transfers_create(struct event_base *base)
{
    struct transfers *transfers = calloc(1, sizeof(*transfers));
    if (transfers == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        abort(); // as wherever memory is short
    }
    transfers->base = base;
    transfers->multi = curl_multi_init();
    transfers->timer = evtimer_new(base, timer_over, transfers);
    if (transfers->multi == NULL || transfers->timer == NULL) {
        abort();
    }
    (void)curl_multi_setopt(transfers->multi, CURLMOPT_SOCKETFUNCTION, socket_watch);
    (void)curl_multi_setopt(transfers->multi, CURLMOPT_SOCKETDATA, transfers);
    (void)curl_multi_setopt(transfers->multi, CURLMOPT_TIMERFUNCTION, timer_set);
    (void)curl_multi_setopt(transfers->multi, CURLMOPT_TIMERDATA, transfers);
    return transfers;
}

void transfer_run(struct transfers *transfers, struct transfer *transfer, transfer_ended ended,
                  void *context)
{
    struct running *running = calloc(1, sizeof(*running));
    if (running == NULL) {
        abort();
    }
    *running = (struct running){transfers->running, transfer, ended, context};
    transfers->running = running;
    (void)curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, running);
    CURLMcode code = curl_multi_add_handle(transfers->multi, transfer->easy);
    assert(code == CURLM_OK); // it was made a moment ago
    (void)code;
}

void transfers_destroy(struct transfers *transfers)
{
    if (transfers == NULL) {
        return;
    }
    while (transfers->running != NULL) {
        struct running *running = transfers->running;
        transfers->running = running->next;
        (void)curl_multi_remove_handle(transfers->multi, running->transfer->easy);
        transfer_drop(running->transfer);
        free(running);
    }
    (void)curl_multi_cleanup(transfers->multi);
    event_free(transfers->timer);
    free(transfers);
    curl_global_cleanup();
}
