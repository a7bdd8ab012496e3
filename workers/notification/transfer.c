// transfer - one conversation with a server, by libcurl, beside the worker's loop
//
// Each transfer has a thread while it runs, for libcurl waits for the last answer of an SMTP server
// (and for that to QUIT, as long again at most) without coming back to a loop, whichever of its
// interfaces is used. The thread touches nothing but its transfer; when it is done, a pointer to it
// goes through a pipe into the loop. As many run at one time as the worker takes tasks.
#include "workers/notification/transfer.h"

#include "common/memory.h"
#include "common/thread.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CONNECT_SECONDS_MAX = 15,
    QUIT_SECONDS = 2, // for a farewell; the outcome is known by then
    RETRY_AFTER_SECONDS_MAX = 24 * 3600,
};

struct transfers {
    int pipe[2]; // of pointers to what has ended, from the threads
    struct event *readable;
    struct running *running;
    atomic_bool stopping;
};

// A transfer that runs.
struct running {
    struct running *next;
    struct transfers *transfers;
    struct transfer *transfer;
    transfer_ended ended;
    void *context;
    pthread_t thread;
    pthread_mutex_t lock; // of the socket
    int socket;           // the one opened last; -1: none is open
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

// Keeps the last line that the server said, but for its farewell (221).
static size_t line_write(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t length = size * count;
    size_t kept = length < TRANSFER_LINE_BYTES - 1 ? length : TRANSFER_LINE_BYTES - 1;
    while (kept > 0 && (data[kept - 1] == '\r' || data[kept - 1] == '\n')) {
        kept--;
    }
    if (kept > 0 && strncmp(data, "221", 3) != 0) {
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

// ---- The thread of one transfer

static int stopping_see(void *context, curl_off_t download, curl_off_t downloaded,
                        curl_off_t upload, curl_off_t uploaded)
{
    (void)download;
    (void)downloaded;
    (void)upload;
    (void)uploaded;
    const struct running *running = context;
    return atomic_load(&running->transfers->stopping) ? 1 : 0; // libcurl gives up
}

static curl_socket_t socket_open(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    struct running *running = context;
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    (void)pthread_mutex_lock(&running->lock);
    running->socket = fd;
    (void)pthread_mutex_unlock(&running->lock);
    return fd;
}

static int socket_close(void *context, curl_socket_t fd)
{
    struct running *running = context;
    (void)pthread_mutex_lock(&running->lock);
    running->socket = running->socket == fd ? -1 : running->socket;
    int result = close(fd);
    (void)pthread_mutex_unlock(&running->lock);
    return result;
}

// Whatever the thread waits for does not come any more.
static void running_shut(struct running *running)
{
    (void)pthread_mutex_lock(&running->lock);
    if (running->socket >= 0) {
        (void)shutdown(running->socket, SHUT_RDWR);
    }
    (void)pthread_mutex_unlock(&running->lock);
}

static void *running_work(void *context)
{
    struct running *running = context;
    struct transfer *transfer = running->transfer;
    result_take(transfer, curl_easy_perform(transfer->easy));
    (void)curl_easy_setopt(transfer->easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)QUIT_SECONDS);
    transfer_drop(transfer);
    ssize_t written = 0;
    do {
        written = write(running->transfers->pipe[1], &running, sizeof(running));
    } while (written < 0 && errno == EINTR);
    assert(written == sizeof(running)); // it has room for all that may run
    return NULL;
}

// ---- The loop

static void running_free(struct running *running)
{
    (void)pthread_mutex_destroy(&running->lock);
    free(running);
}

static void running_end(struct running *running)
{
    struct running **place = &running->transfers->running;
    while (*place != running) {
        place = &(*place)->next;
    }
    *place = running->next;
    (void)pthread_join(running->thread, NULL);
    running->ended(running->context, running->transfer);
    running_free(running);
}

static void pipe_read(evutil_socket_t fd, short what, void *context)
{
    (void)what;
    (void)context;
    struct running *running = NULL;
    while (read(fd, &running, sizeof(running)) == (ssize_t)sizeof(running)) {
        running_end(running);
    }
}

struct transfers *transfers_create(struct event_base *base)
{
    struct transfers *transfers = calloc(1, sizeof(*transfers));
    if (transfers == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
        pipe2(transfers->pipe, O_CLOEXEC) != 0 ||
        fcntl(transfers->pipe[0], F_SETFL, O_NONBLOCK) != 0) {
        abort(); // as wherever memory or descriptors are short
    }
    transfers->readable =
        event_new(base, transfers->pipe[0], EV_READ | EV_PERSIST, pipe_read, transfers);
    if (transfers->readable == NULL || event_add(transfers->readable, NULL) != 0) {
        abort();
    }
    return transfers;
}

void transfer_run(struct transfers *transfers, struct transfer *transfer, transfer_ended ended,
                  void *context)
{
    struct running *running = memory_allocate(sizeof(*running));
    running->next = transfers->running;
    running->transfers = transfers;
    running->transfer = transfer;
    running->ended = ended;
    running->context = context;
    running->socket = -1;
    (void)pthread_mutex_init(&running->lock, NULL);
    transfers->running = running;
    (void)curl_easy_setopt(transfer->easy, CURLOPT_XFERINFOFUNCTION, stopping_see);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_XFERINFODATA, running);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_NOPROGRESS, 0L);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETFUNCTION, socket_open);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETDATA, running);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETFUNCTION, socket_close);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETDATA, running);
    if (!thread_start(&running->thread, running_work, running)) {
        abort(); // as wherever memory is short
    }
}

void transfers_destroy(struct transfers *transfers)
{
    if (transfers == NULL) {
        return;
    }
    atomic_store(&transfers->stopping, true);
    while (transfers->running != NULL) {
        struct running *running = transfers->running;
        transfers->running = running->next;
        running_shut(running);
        (void)pthread_join(running->thread, NULL);
        running_free(running);
    }
    event_free(transfers->readable);
    (void)close(transfers->pipe[0]);
    (void)close(transfers->pipe[1]);
    free(transfers);
    curl_global_cleanup();
}
