// turns - messages that have arrived and wait to be taken, so that no key keeps others waiting
//
// What one key sends waits in a line of its own, over all its connections. The message to be taken
// next is of the key that has had least: one that sends little goes before one that sends much.
// While more than one key sends, few events are taken together, so that nobody waits long for a
// group of somebody else's. A key that does not read its answers is not served until it does.
#pragma once

#include "common/bus.h"

struct turns;

struct turns_settings {
    const struct bus *bus;        // NULL: everybody reads and stays
    size_t waiting_bytes_per_key; // more are turned away
    size_t turn_events;           // in a group while several keys send
};

// How it stands, and how often a bound was reached.
struct turns_counts {
    size_t waiting_bytes; // the most that one key has
    uint64_t turned_away; // messages
    uint64_t held_back;   // times that a key was not served any more because it does not read
    uint64_t shared;      // groups that ended early because several keys send
};

// Takes one message.
typedef void (*turns_take)(void *context, bool from_worker, const struct bus_message *message);

struct turns *turns_create(const struct turns_settings *settings);
void turns_destroy(struct turns *turns);

// Other bounds. What waits already stays, also beyond them.
void turns_limit(struct turns *turns, size_t waiting_bytes_per_key, size_t turn_events);

// Puts a message into its key's line; it is copied. False where the key has too much waiting.
bool turns_add(struct turns *turns, bool from_worker, const struct bus_message *message,
               int64_t now_ms);

// Takes what makes up one group. False where nothing could be taken.
bool turns_group(struct turns *turns, turns_take take, void *context, int64_t now_ms);

// Whether two keys have sent or been served within a second.
bool turns_shared(const struct turns *turns, int64_t now_ms);

// How long until there may be another group: 0 at once, -1 when nothing waits.
int64_t turns_wait_ms(const struct turns *turns);

struct turns_counts turns_counts(const struct turns *turns);
