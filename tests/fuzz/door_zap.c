// door_zap - what arrives at the handler that admits keys (ZAP): any frames, over ZeroMQ itself
//
// The input is a list of frames, each behind its length in one byte (255: twice as many and 255).
// The handler answers every request with six frames, and says 200 only to version 1.0, CURVE and
// the one key that is admitted here.
#include "common/bus_private.h"
#include "tests/fuzz/fuzz.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum { FRAMES_MAX = 16, KEY_BYTES = 32, REPLY_FRAMES = 6, REPLY_BYTES = 512, KEPT_BYTES = 256 };
enum { FRAME_VERSION, FRAME_REQUEST, FRAME_MECHANISM = 5, FRAME_KEY };
enum { LONG_MARK = 255 };

static struct event_base *base;
static struct bus *bus;
static void *asker;

static const uint8_t admitted_key[KEY_BYTES] = "the key that is admitted, 32 by";

static bool admit(void *context, const char *public_key)
{
    char known[BUS_KEY_BYTES];
    (void)context;
    fuzz_hold(bus_key_valid(public_key), "not a key: %s", public_key);
    return strcmp(zmq_z85_encode(known, admitted_key, KEY_BYTES), public_key) == 0;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    base = event_base_new();
    bus = bus_create(base);
    fuzz_hold(bus != NULL && bus_admit_by(bus, admit, NULL), "no handler");
    asker = zmq_socket(bus->context, ZMQ_REQ);
    int patience_ms = 5000;
    (void)zmq_setsockopt(asker, ZMQ_RCVTIMEO, &patience_ms, sizeof(patience_ms));
    fuzz_hold(zmq_connect(asker, "inproc://zeromq.zap.01") == 0, "no way to the handler");
    return 0;
}

// ---- Frames

static size_t frames_read(const uint8_t *data, size_t size, struct bytes frames[FRAMES_MAX])
{
    size_t count = 0;
    while (size > 0 && count < FRAMES_MAX) {
        size_t length = data[0] == LONG_MARK ? 2 * LONG_MARK : data[0];
        data++;
        size--;
        length = length < size ? length : size;
        frames[count++] = (struct bytes){data, length};
        data += length;
        size -= length;
    }
    return count;
}

static bool is(struct bytes frame, const void *data, size_t size)
{
    return fuzz_bytes_equal(frame, (struct bytes){data, size});
}

static bool admissible(const struct bytes frames[FRAMES_MAX])
{
    return is(frames[FRAME_VERSION], "1.0", 3) && is(frames[FRAME_MECHANISM], "CURVE", 5) &&
           is(frames[FRAME_KEY], admitted_key, KEY_BYTES);
}

// The fuzzer's own alarm, each second, may end a call.
static void frame_send(struct bytes frame, int flags)
{
    int sent = -1;
    do {
        sent = zmq_send(asker, frame.data, frame.size, flags);
    } while (sent < 0 && zmq_errno() == EINTR);
    fuzz_hold(sent >= 0, "a frame cannot be sent: %s", zmq_strerror(zmq_errno()));
}

static int frame_receive(uint8_t data[REPLY_BYTES])
{
    int size = -1;
    do {
        size = zmq_recv(asker, data, REPLY_BYTES, 0);
    } while (size < 0 && zmq_errno() == EINTR);
    return size;
}

static void reply_read(struct bytes reply[REPLY_FRAMES], struct arena *arena)
{
    int more = 1;
    size_t length = sizeof(more);
    for (int i = 0; i < REPLY_FRAMES; i++) {
        uint8_t *data = arena_alloc(arena, REPLY_BYTES);
        fuzz_hold(more != 0, "only %d frames", i);
        int size = frame_receive(data);
        fuzz_hold(size >= 0 && size <= REPLY_BYTES, "no answer, or a frame of %d bytes", size);
        reply[i] = (struct bytes){data, (size_t)size};
        (void)zmq_getsockopt(asker, ZMQ_RCVMORE, &more, &length);
    }
    fuzz_hold(more == 0, "more than %d frames", REPLY_FRAMES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes frames[FRAMES_MAX] = {
        {NULL, 0}
    };
    struct bytes reply[REPLY_FRAMES];
    size_t count = frames_read(data, size, frames);
    if (count == 0) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        frame_send(frames[i], i + 1 < count ? ZMQ_SNDMORE : 0);
    }
    (void)event_base_loop(base, EVLOOP_ONCE);
    struct arena *arena = arena_create();
    reply_read(reply, arena);
    bool admitted = admissible(frames);
    struct bytes request = frames[FRAME_REQUEST];
    fuzz_hold(is(reply[0], "1.0", 3), "another version");
    fuzz_hold(request.size > KEPT_BYTES || fuzz_bytes_equal(reply[1], request), "another request");
    fuzz_hold(is(reply[2], admitted ? "200" : "400", 3), "admitted: %d", admitted);
    fuzz_hold(reply[4].size == (admitted ? BUS_KEY_BYTES - 1 : 0), "a user of %zu bytes",
              reply[4].size);
    arena_destroy(arena);
    return 0;
}
