// Nesting has its bound. No message of the contract can contain itself, so here is one that can.
#include "common/codec.h"
#include "common/limits.h"

#include <criterion/criterion.h>

#include <stddef.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

TestSuite(codec_nesting, .init = setup, .fini = teardown);

struct nest {
    ProtobufCMessage base;
    struct nest *inner;
};

static const ProtobufCMessageDescriptor nest_descriptor;

static void nest_init(ProtobufCMessage *message)
{
    *(struct nest *)message = (struct nest){PROTOBUF_C_MESSAGE_INIT(&nest_descriptor), NULL};
}

static const ProtobufCFieldDescriptor nest_fields[] = {
    {.name = "inner",
     .id = 1,
     .label = PROTOBUF_C_LABEL_OPTIONAL,
     .type = PROTOBUF_C_TYPE_MESSAGE,
     .offset = offsetof(struct nest, inner),
     .descriptor = &nest_descriptor},
};
static const unsigned nest_by_name[] = {0};
static const ProtobufCIntRange nest_ranges[] = {
    {1, 0},
    {0, 1}
};
static const ProtobufCMessageDescriptor nest_descriptor = {
    .magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
    .name = "nest",
    .short_name = "nest",
    .c_name = "nest",
    .package_name = "",
    .sizeof_message = sizeof(struct nest),
    .n_fields = 1,
    .fields = nest_fields,
    .fields_sorted_by_name = nest_by_name,
    .n_field_ranges = 1,
    .field_ranges = nest_ranges,
    .message_init = nest_init,
};

// `depth` messages, one in the other.
static struct nest *nest_create(int depth)
{
    struct nest *outermost = NULL;
    for (int i = 0; i < depth; i++) {
        struct nest *outer = arena_alloc(arena, sizeof(*outer));
        nest_init(&outer->base);
        outer->inner = outermost;
        outermost = outer;
    }
    return outermost;
}

static const char *nest_json(int depth)
{
    const char *json = "{}";
    for (int i = 1; i < depth; i++) {
        json = arena_format(arena, "{\"inner\":%s}", json);
    }
    return json;
}

Test(codec_nesting, bytes_nested_to_the_bound_are_taken_and_deeper_ones_refused)
{
    struct codec_error error = {NULL, NULL, NULL};
    struct bytes full = codec_pack(&nest_create(LIMIT_NESTING)->base, arena);
    struct bytes over = codec_pack(&nest_create(LIMIT_NESTING + 1)->base, arena);
    cr_assert_not_null(codec_unpack(&nest_descriptor, full, arena, &error));
    cr_assert_null(codec_unpack(&nest_descriptor, over, arena, &error));
    cr_assert_str_eq(error.code, "too_deep");
    cr_assert_not_null(strstr(error.en, "inner.inner"));
}

Test(codec_nesting, a_built_message_beyond_the_bound_is_refused)
{
    struct codec_error error = {NULL, NULL, NULL};
    cr_assert(codec_check(&nest_create(LIMIT_NESTING)->base, arena, &error));
    cr_assert_not(codec_check(&nest_create(LIMIT_NESTING + 1)->base, arena, &error));
    cr_assert_str_eq(error.code, "too_deep");
}

Test(codec_nesting, json_nested_to_the_bound_is_taken_and_deeper_refused)
{
    static const int too_deep[] = {LIMIT_NESTING + 1, 1000, 3000};
    struct codec_error error = {NULL, NULL, NULL};
    const char *full = nest_json(LIMIT_NESTING);
    cr_assert_not_null(codec_from_json(&nest_descriptor, full, strlen(full), arena, &error));
    for (size_t i = 0; i < sizeof(too_deep) / sizeof(too_deep[0]); i++) {
        const char *over = nest_json(too_deep[i]);
        cr_assert_null(codec_from_json(&nest_descriptor, over, strlen(over), arena, &error));
        cr_assert_str_eq(error.code, "too_deep");
    }
}
