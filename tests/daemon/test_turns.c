// Tests of the turns: who is taken when several keys have messages waiting.
#include "daemon/turns.h"

#include "common/envelope.h"
#include "common/limits.h"

#include <criterion/criterion.h>
#include <string.h>

enum { TAKEN_MAX = 4096, NOW_MS = 1000000 };

static struct arena *arena;
static struct turns *turns;
static char keys[4]; // their addresses are the keys
static char taken[TAKEN_MAX + 1];
static size_t taken_count;

static void open(void)
{
    const struct turns_settings settings = {.waiting_bytes_per_key = LIMIT_WAITING_BYTES,
                                            .turn_events = LIMIT_TURN_EVENTS};
    arena = arena_create();
    turns = turns_create(&settings);
}

static void close(void)
{
    turns_destroy(turns);
    arena_destroy(arena);
}

TestSuite(turns, .init = open, .fini = close);

static struct bytes events(size_t count)
{
    Award__EventBatch batch = AWARD__EVENT_BATCH__INIT;
    Award__Envelope envelope = AWARD__ENVELOPE__INIT;
    Award__Event event = AWARD__EVENT__INIT;
    event.id = arena_string(arena, "an-event");
    batch.n_events = count;
    batch.events = arena_alloc(arena, count * sizeof(Award__Event *));
    for (size_t i = 0; i < count; i++) {
        batch.events[i] = &event;
    }
    envelope.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    envelope.events = &batch;
    return envelope_pack(&envelope, NULL, arena);
}

static struct bytes query(void)
{
    Award__QueryStatus status = AWARD__QUERY_STATUS__INIT;
    Award__Query asked = AWARD__QUERY__INIT;
    Award__Envelope envelope = AWARD__ENVELOPE__INIT;
    asked.body_case = AWARD__QUERY__BODY_STATUS;
    asked.status = &status;
    envelope.body_case = AWARD__ENVELOPE__BODY_QUERY;
    envelope.query = &asked;
    return envelope_pack(&envelope, NULL, arena);
}

// `who` sends; 'a' is the first key.
static bool send(char who, struct bytes bytes)
{
    struct bus_message message = {.data = bytes.data, .size = bytes.size};
    message.route.peer = (struct bus_peer *)&keys[who - 'a'];
    message.sender_key[0] = who;
    return turns_add(turns, false, &message, NOW_MS);
}

static void take(void *context, bool from_worker, const struct bus_message *message)
{
    cr_assert(context == turns && !from_worker && taken_count < TAKEN_MAX);
    taken[taken_count++] = message->sender_key[0];
}

// Who is taken in the next group, a letter a message.
static const char *group_at(int64_t now_ms)
{
    taken_count = 0;
    (void)turns_group(turns, take, turns, now_ms);
    taken[taken_count] = '\0';
    return taken;
}

static const char *group(void)
{
    return group_at(NOW_MS);
}

Test(turns, one_key_alone_fills_a_group)
{
    for (size_t i = 0; i < LIMIT_GROUP_EVENTS + 10; i++) {
        cr_assert(send('a', events(1)));
    }
    cr_expect_eq(strlen(group()), LIMIT_GROUP_EVENTS);
    cr_expect_eq(strlen(group()), 10);
    cr_expect_eq(turns_wait_ms(turns), -1);
    cr_expect_str_empty(group());
}

Test(turns, while_two_keys_send_a_group_is_small_and_the_one_that_comes_is_first)
{
    for (size_t i = 0; i < 1000; i++) {
        (void)send('a', events(1));
    }
    (void)group();
    for (size_t i = 0; i < 1000; i++) {
        (void)send('a', events(1));
    }
    (void)send('b', events(1));
    cr_expect_eq(strlen(group()), LIMIT_TURN_EVENTS);
    cr_expect_eq(taken[0], 'b');
    cr_expect_eq(turns_wait_ms(turns), 0);
    cr_expect_eq(turns_counts(turns).shared, 1);
}

Test(turns, a_group_grows_again_when_the_other_has_been_silent)
{
    (void)send('b', events(1));
    for (size_t i = 0; i < 2000; i++) {
        (void)send('a', events(1));
    }
    cr_expect_eq(strlen(group_at(NOW_MS + 999)), LIMIT_TURN_EVENTS);
    cr_expect_eq(strlen(group_at(NOW_MS + 1998)), LIMIT_TURN_EVENTS); // the other was served at 999
    cr_expect_eq(strlen(group_at(NOW_MS + 1999)), LIMIT_GROUP_EVENTS);
}

Test(turns, who_is_served_while_another_sends_shares_though_he_sends_no_more)
{
    (void)send('b', events(1));
    (void)send('b', events(1));
    (void)send('a', query());
    (void)group_at(NOW_MS + 2000);
    cr_expect(turns_shared(turns, NOW_MS + 2000));
    cr_expect_not(turns_shared(turns, NOW_MS + 4000));
}

Test(turns, a_message_of_many_events_leaves_those_of_few_their_own_group)
{
    (void)send('a', events(LIMIT_TURN_EVENTS));
    (void)send('a', events(LIMIT_TURN_EVENTS));
    (void)send('b', events(1));
    (void)send('c', events(1));
    cr_expect_str_eq(group(), "a");
    cr_expect_str_eq(group(), "bc");
    cr_expect_str_eq(group(), "a");
}

Test(turns, keys_that_send_alike_are_served_alike)
{
    for (size_t i = 0; i < 100; i++) {
        (void)send('a', events(1));
    }
    for (size_t i = 0; i < 100; i++) {
        (void)send('b', events(1));
    }
    (void)group();
    size_t of_a = 0;
    for (size_t i = 0; i < taken_count; i++) {
        of_a += taken[i] == 'a' ? 1 : 0;
    }
    cr_expect_eq(of_a, LIMIT_TURN_EVENTS / 2);
}

Test(turns, what_one_key_sends_is_taken_in_its_order)
{
    (void)send('a', events(1));
    (void)send('a', query());
    (void)send('a', events(1));
    cr_expect_eq(strlen(group()), 1);
    cr_expect_eq(strlen(group()), 1);
    cr_expect_eq(strlen(group()), 1);
}

Test(turns, a_query_is_a_group_by_itself)
{
    (void)send('a', query());
    (void)send('a', query());
    (void)send('b', events(1));
    cr_expect_str_eq(group(), "a");
    cr_expect_str_eq(group(), "b");
    cr_expect_str_eq(group(), "a");
}

Test(turns, bytes_that_wait_are_bounded_for_each_key)
{
    static uint8_t block[LIMIT_MESSAGE_BYTES];
    const struct bytes large = {block, sizeof(block)};
    size_t added = 0;
    while (added < 100 && send('a', large)) {
        added++;
    }
    cr_expect_eq(added, LIMIT_WAITING_BYTES / LIMIT_MESSAGE_BYTES - 1); // its head counts, too
    cr_expect(send('b', events(1)));
    struct turns_counts counts = turns_counts(turns);
    cr_expect_eq(counts.turned_away, 1);
    cr_expect_leq(counts.waiting_bytes, LIMIT_WAITING_BYTES);
    cr_expect_str_eq(group(), "a");
    cr_expect_str_eq(group(), "b");
    cr_expect(send('a', large));
}

Test(turns, noise_weighs_something)
{
    static const uint8_t noise[] = {0xff, 0xff, 0x52, 0xff};
    for (size_t i = 0; i < LIMIT_GROUP_EVENTS + 1; i++) {
        (void)send('a', (struct bytes){noise, i % sizeof(noise)});
    }
    cr_expect_eq(strlen(group()), LIMIT_GROUP_EVENTS);
}

Test(turns, other_bounds_hold_from_then_on)
{
    enum { BYTES = 64 * 1024, EVENTS = 2 };
    static uint8_t block[BYTES / 2];
    const struct bytes half = {block, sizeof(block)};
    cr_assert(send('a', half));
    cr_assert(send('a', half));
    turns_limit(turns, BYTES, EVENTS);
    cr_expect_not(send('a', events(1)));
    cr_expect(send('b', events(1)));
    cr_expect(send('b', events(1)));
    cr_expect_str_eq(group(), "a"); // what waited already stays, as heavy as it is
    cr_expect_str_eq(group(), "bb");
    cr_expect_str_eq(group(), "a");
    turns_limit(turns, LIMIT_WAITING_BYTES, LIMIT_TURN_EVENTS);
    cr_expect(send('a', events(1)));
}
