// bus_zap - admits peers by their public key (ZAP, RFC 27)
//
// ZeroMQ asks on an inproc REP socket for each CURVE handshake; we answer in the same loop. The key
// in Z85 becomes the User-Id, which ZeroMQ then puts on each message of that connection. Admission
// is asked at each connection: a key that is revoked keeps its open connection, so intake asks
// again for each message.
#include "common/bus_private.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum {
    PART_VERSION,
    PART_REQUEST,
    PART_DOMAIN,
    PART_ADDRESS,
    PART_IDENTITY,
    PART_MECHANISM,
    PART_KEY,
    PARTS,
};

enum { PART_BYTES = 256, KEY_BYTES = 32 };

struct zap_part {
    char data[PART_BYTES];
    size_t size;
};

// Reads a whole request. Parts that are missing or too long stay empty. False: nothing there.
static bool request_read(struct bus_socket *zap, struct zap_part parts[PARTS], size_t *bytes)
{
    size_t index = 0;
    int more = 1;
    while (more) {
        char data[PART_BYTES];
        int size = zmq_recv(zap->zmq, data, sizeof(data), ZMQ_DONTWAIT);
        if (size < 0 && zmq_errno() == EINTR) {
            continue;
        }
        if (size < 0) {
            return false;
        }
        *bytes += (size_t)size;
        if (index < PARTS && (size_t)size <= sizeof(data)) {
            memcpy(parts[index].data, data, (size_t)size);
            parts[index].size = (size_t)size;
        }
        index++;
        size_t length = sizeof(more);
        if (zmq_getsockopt(zap->zmq, ZMQ_RCVMORE, &more, &length) != 0) {
            more = 0;
        }
    }
    return true;
}

static bool part_is(const struct zap_part *part, const char *text)
{
    return part->size == strlen(text) && memcmp(part->data, text, part->size) == 0;
}

static bool request_admitted(const struct bus *bus, const struct zap_part parts[PARTS],
                             char key[BUS_KEY_BYTES])
{
    if (!part_is(&parts[PART_VERSION], "1.0") || !part_is(&parts[PART_MECHANISM], "CURVE") ||
        parts[PART_KEY].size != KEY_BYTES) {
        return false;
    }
    uint8_t bytes[KEY_BYTES];
    memcpy(bytes, parts[PART_KEY].data, sizeof(bytes));
    if (zmq_z85_encode(key, bytes, sizeof(bytes)) == NULL) {
        return false;
    }
    return bus->admit == NULL || bus->admit(bus->admit_context, key);
}

enum verdict { ADMITTED, UNKNOWN_KEY, FULL };

static const struct {
    const char *status;
    const char *text;
} REPLIES[] = {
    [ADMITTED] = {"200", "OK"                  },
    [UNKNOWN_KEY] = {"400", "key not admitted"    },
    [FULL] = {"500", "too many connections"}, // ZeroMQ does not try again after it
};

static enum verdict request_judge(struct bus *bus, const struct zap_part parts[PARTS],
                                  char key[BUS_KEY_BYTES])
{
    if (!request_admitted(bus, parts, key)) {
        return UNKNOWN_KEY;
    }
    char address[BUS_ADDRESS_BYTES];
    (void)snprintf(address, sizeof(address), "%.*s", (int)parts[PART_ADDRESS].size,
                   parts[PART_ADDRESS].data);
    return bus_peers_admit(bus, key, address) ? ADMITTED : FULL;
}

static void part_reply(struct bus_socket *zap, const void *data, size_t size, int flags)
{
    // If the connection is gone the reply goes nowhere; there is nobody to tell.
    while (zmq_send(zap->zmq, data, size, flags | ZMQ_DONTWAIT) < 0 && zmq_errno() == EINTR) {
    }
}

static bool zap_receive(struct bus_socket *zap, size_t *bytes)
{
    struct zap_part parts[PARTS] = {{.size = 0}};
    if (!request_read(zap, parts, bytes)) {
        return false;
    }
    char key[BUS_KEY_BYTES] = "";
    enum verdict verdict = request_judge(zap->bus, parts, key);
    const char *status = REPLIES[verdict].status;
    const char *text = REPLIES[verdict].text;
    const char *user = verdict == ADMITTED ? key : "";
    part_reply(zap, "1.0", 3, ZMQ_SNDMORE);
    part_reply(zap, parts[PART_REQUEST].data, parts[PART_REQUEST].size, ZMQ_SNDMORE);
    part_reply(zap, status, strlen(status), ZMQ_SNDMORE);
    part_reply(zap, text, strlen(text), ZMQ_SNDMORE);
    part_reply(zap, user, strlen(user), ZMQ_SNDMORE);
    part_reply(zap, "", 0, 0);
    return true;
}

bool bus_admit_by(struct bus *bus, bus_admit admit, void *context)
{
    assert(bus->zap == NULL);
    struct bus_socket *zap = bus_socket_create(bus, BUS_ZAP);
    if (zap == NULL) {
        return false;
    }
    (void)snprintf(zap->endpoint, sizeof(zap->endpoint), "inproc://zeromq.zap.01");
    zap->receive = zap_receive;
    if (zmq_bind(zap->zmq, zap->endpoint) != 0) {
        bus_fail(bus, "listen on", zap->endpoint);
        bus_close(zap);
        return false;
    }
    if (!bus_socket_watch(zap)) {
        bus_close(zap);
        return false;
    }
    bus->zap = zap;
    bus->admit = admit;
    bus->admit_context = context;
    return true;
}
