// Tests of the envelope: versions are checked before anything else, and refusals find their
// request.
#include "common/envelope.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct codec_error error;

static void arena_open(void)
{
    arena = arena_create();
}

static void arena_close(void)
{
    arena_destroy(arena);
}

TestSuite(envelope, .init = arena_open, .fini = arena_close);

static Award__Envelope bye(uint64_t request)
{
    static Award__WorkerBye body;
    award__worker_bye__init(&body);
    Award__Envelope envelope;
    award__envelope__init(&envelope);
    envelope.has_request = 1;
    envelope.request = request;
    envelope.body_case = AWARD__ENVELOPE__BODY_BYE;
    envelope.bye = &body;
    return envelope;
}

Test(envelope, what_is_packed_is_read_with_version_and_request)
{
    Award__Envelope envelope = bye(7);
    Award__Envelope *read = envelope_unpack(envelope_pack(&envelope, NULL, arena), arena, &error);
    cr_assert(read != NULL, "%s", error.en);
    cr_assert_eq(read->major, (uint32_t)ENVELOPE_MAJOR);
    cr_assert_eq(read->request, 7u);
    cr_assert_eq(read->body_case, AWARD__ENVELOPE__BODY_BYE);
}

Test(envelope, a_newer_major_version_is_refused_whatever_else_it_holds)
{
    // major 2, request 300, and field 99 that this version does not know
    static const uint8_t later[] = {0x08, 2, 0x18, 0xac, 0x02, 0x9a, 0x06, 3, 'n', 'e', 'w'};
    struct bytes bytes = {later, sizeof(later)};
    struct envelope_head head;
    cr_assert(envelope_peek(bytes, &head));
    cr_assert_eq(head.major, 2u);
    cr_assert_eq(head.request, 300u);
    cr_assert(envelope_unpack(bytes, arena, &error) == NULL);
    cr_assert_str_eq(error.code, "version_newer");
    cr_assert(strstr(error.en, "version 2") != NULL, "%s", error.en);
    cr_assert(strstr(error.zh, "版本是 2") != NULL, "%s", error.zh);
}

Test(envelope, a_message_without_version_or_body_is_refused)
{
    static const uint8_t no_version[] = {0x18, 1};
    cr_assert(envelope_unpack((struct bytes){no_version, 2}, arena, &error) == NULL);
    cr_assert_str_eq(error.code, "version_missing");
    static const uint8_t no_body[] = {0x08, 1};
    cr_assert(envelope_unpack((struct bytes){no_body, 2}, arena, &error) == NULL);
    cr_assert_str_eq(error.code, "body_missing");
}

Test(envelope, every_cut_of_a_message_is_refused_without_harm)
{
    Award__Envelope envelope = bye(1);
    struct bytes whole = envelope_pack(&envelope, NULL, arena);
    for (size_t size = 0; size < whole.size; size++) {
        cr_assert(envelope_unpack((struct bytes){whole.data, size}, arena, &error) == NULL,
                  "the first %zu bytes were taken", size);
    }
}

Test(envelope, no_bytes_make_the_head_run_away)
{
    static const uint8_t endless[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    static const uint8_t length[] = {0x52, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    struct envelope_head head;
    cr_assert_not(envelope_peek((struct bytes){endless, sizeof(endless)}, &head));
    cr_assert_not(envelope_peek((struct bytes){length, sizeof(length)}, &head));
}

Test(envelope, a_refusal_carries_the_request_and_the_reason)
{
    struct codec_error why = {.code = "version_newer", .zh = "版本", .en = "version"};
    Award__Envelope *refusal = envelope_refusal(9, &why, arena);
    Award__Envelope *read = envelope_unpack(envelope_pack(refusal, NULL, arena), arena, &error);
    cr_assert(read != NULL, "%s", error.en);
    cr_assert_eq(read->request, 9u);
    cr_assert_str_eq(read->error->code, "version_newer");
    cr_assert_str_eq(read->error->zh, "版本");
}
