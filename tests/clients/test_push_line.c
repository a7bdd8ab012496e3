// Tests of the lines of a file of events: their ids, what is wrong with them, and how they are cut.
#include "clients/ctl/push_line.h"
#include "common/limits.h"
#include "settings/keyfile.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static struct push_source source;
static char folder[] = "/tmp/push-XXXXXX";

static void begin(void)
{
    arena = arena_create();
    cr_assert_not_null(mkdtemp(folder));
    source = (struct push_source){folder, "office", push_ids_create()};
}

static void end(void)
{
    push_ids_destroy(source.ids);
    arena_destroy(arena);
    char command[64];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    (void)!system(command);
}

TestSuite(push_line, .init = begin, .fini = end);

static struct push_line read_line(const char *text)
{
    struct push_line line;
    struct line raw = {.text = text, .length = strlen(text), .number = 1};
    cr_assert(push_line_read(&source, &raw, arena, &line));
    return line;
}

static const char *id_of(const char *text)
{
    struct push_line line = read_line(text);
    cr_assert_not_null(line.event);
    return line.event->id;
}

static void ids_forget(void)
{
    push_ids_destroy(source.ids);
    source.ids = push_ids_create();
}

static const char *code_of(const char *text)
{
    struct push_line line = read_line(text);
    cr_assert_not_null(line.answer, "%s", text);
    cr_assert_eq(line.answer->outcome, AWARD__OUTCOME__NAME__rejected);
    return line.answer->reasons[0]->code;
}

static const char A[] = "{\"suggestion\":{\"concerns\":\"2018\",\"text\":\"a\"}}";
static const char B[] = "{\"suggestion\":{\"concerns\":\"2018\",\"text\":\"b\"}}";

Test(push_line, the_same_line_twice_gets_two_ids)
{
    const char *first = id_of(A);
    cr_assert_eq(strlen(first), 32);
    cr_assert_str_neq(id_of(A), first);
}

Test(push_line, an_id_does_not_tell_an_address)
{
    static const char one[] = "{\"address_changed\":{\"addresses\":[{\"channel\":\"wecom\","
                              "\"address\":\"13800001234\"}]}}";
    static const char other[] = "{\"address_changed\":{\"addresses\":[{\"channel\":\"wecom\","
                                "\"address\":\"13800005678\"}]}}";
    static const char removed[] = "{\"address_changed\":{\"addresses\":[{\"channel\":\"wecom\","
                                  "\"address\":\"\"}]}}";
    const char *first = id_of(one);
    ids_forget();
    cr_expect_str_eq(id_of(other), first);
    cr_expect_str_neq(id_of(removed), first);
    struct push_line line = read_line(one);
    cr_expect_str_eq(line.event->address_changed->addresses[0]->address, "13800001234");
}

Test(push_line, moving_lines_changes_no_id)
{
    const char *a1 = id_of(A);
    const char *b = id_of(B);
    const char *a2 = id_of(A);
    ids_forget();
    cr_assert_str_eq(id_of(B), b);
    cr_assert_str_eq(id_of(A), a1);
    cr_assert_str_eq(id_of(A), a2);
}

Test(push_line, the_way_of_writing_changes_no_id)
{
    const char *id = id_of(A);
    ids_forget();
    cr_assert_str_eq(id_of(" { \"suggestion\" : {\"text\":\"\\u0061\", \"concerns\":\"2018\"},"
                           "\"principal\":\"office\"}"),
                     id);
}

Test(push_line, principal_moment_and_content_change_the_id)
{
    const char *ids[] = {
        id_of(A),
        id_of(B),
        id_of("{\"principal\":\"bureau\",\"suggestion\":{\"concerns\":\"2018\",\"text\":\"a\"}}"),
        id_of("{\"at\":\"2018-01-01T09:00:00+08:00\","
              "\"suggestion\":{\"concerns\":\"2018\",\"text\":\"a\"}}"),
        id_of("{\"expected_version\":3,\"suggestion\":{\"concerns\":\"2018\",\"text\":\"a\"}}"),
    };
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        for (size_t k = 0; k < i; k++) {
            cr_assert_str_neq(ids[i], ids[k]);
        }
    }
}

Test(push_line, many_lines_are_told_apart)
{
    char text[128];
    char first[PUSH_ID_BYTES];
    (void)snprintf(first, sizeof(first), "%s", id_of(A));
    for (int i = 0; i < 3000; i++) {
        (void)snprintf(text, sizeof(text), "{\"suggestion\":{\"text\":\"%d\"}}", i);
        cr_assert_str_neq(id_of(text), first);
    }
    const char *second = id_of(A);
    ids_forget();
    cr_assert_str_eq(id_of(A), first);
    cr_assert_str_eq(id_of(A), second);
}

Test(push_line, an_id_of_the_senders_stays)
{
    cr_assert_str_eq(id_of("{\"id\":\"mine\",\"suggestion\":{}}"), "mine");
}

Test(push_line, the_moment_is_taken_out_of_the_event)
{
    struct push_line line =
        read_line("{\"at\":\"2018-01-01T09:00:00+08:00\",\"suggestion\":{\"text\":\"a\"}}");
    cr_assert(line.has_at);
    cr_assert_null(line.event->at);
    cr_assert_eq(line.at_ms, INT64_C(1514768400000));
}

Test(push_line, comments_and_empty_lines_are_no_lines)
{
    static const char *const texts[] = {"", "  ", "\t\r", "# a comment", "  # another"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct push_line line;
        struct line raw = {.text = texts[i], .length = strlen(texts[i]), .number = 1};
        cr_assert_not(push_line_read(&source, &raw, arena, &line), "%s", texts[i]);
    }
}

Test(push_line, what_is_wrong_with_a_line_has_a_code)
{
    cr_assert_str_eq(code_of("not json"), "bad_json");
    cr_assert_str_eq(code_of("{}"), "unknown_event");
    cr_assert_str_eq(code_of("{\"suggestion\":{\"zzz\":1}}"), "unknown_field");
    cr_assert_str_eq(code_of("{\"suggestion\":{\"text\":\"\xff\"}}"), "bad_utf8");
    cr_assert_str_eq(code_of("{\"key_enrolled\":{\"public_key\":\"@key:../x\"}}"), "bad_name");
    cr_assert_str_eq(code_of("{\"key_enrolled\":{\"public_key\":\"@key:nobody\"}}"),
                     "key_not_readable");
    source.principal = "";
    cr_assert_str_eq(code_of(A), "no_principal");
}

Test(push_line, a_line_that_was_too_long_is_rejected)
{
    struct push_line line;
    struct line raw = {.text = "{", .length = 1, .number = 7, .too_long = true};
    cr_assert(push_line_read(&source, &raw, arena, &line));
    cr_assert_str_eq(line.answer->reasons[0]->code, "line_too_long");
    cr_assert_eq(line.number, 7);
}

Test(push_line, a_key_is_put_in_place_of_its_name)
{
    char path[64];
    struct settings_error why;
    struct keyfile key = {.name = "reviewer-22"};
    (void)snprintf(path, sizeof(path), "%s/reviewer-22.key", folder);
    cr_assert(bus_keys_generate(&key.keys));
    cr_assert(keyfile_write(path, &key, &why), "%s", why.en);
    struct push_line line =
        read_line("{\"key_enrolled\":{\"name\":\"r\",\"public_key\":\"@key:reviewer-22\"}}");
    cr_assert_null(line.answer);
    cr_assert_str_eq(line.event->key_enrolled->public_key, key.keys.public_key);
}

// ---- How lines are cut

static struct line_reader *reader_of(const char *bytes, size_t size)
{
    FILE *file = tmpfile();
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    rewind(file);
    int fd = dup(fileno(file));
    (void)fclose(file);
    cr_assert_geq(fd, 0);
    return line_reader_create(fd, -1);
}

Test(push_line, lines_are_cut_at_their_ends_and_the_last_needs_none)
{
    static const char text[] = "one\n\nthree";
    struct line_reader *reader = reader_of(text, sizeof(text) - 1);
    struct line line;
    static const char *const expected[] = {"one", "", "three"};
    for (uint64_t i = 0; i < 3; i++) {
        cr_assert(line_reader_next(reader, &line));
        cr_assert_str_eq(line.text, expected[i]);
        cr_assert_eq(line.number, i + 1);
    }
    cr_assert_not(line_reader_next(reader, &line));
    line_reader_destroy(reader);
}

Test(push_line, a_line_over_the_limit_is_passed_over_and_the_next_is_read)
{
    size_t size = 3 * (size_t)LIMIT_LINE_BYTES;
    char *text = malloc(size + 7);
    cr_assert_not_null(text);
    memset(text, 'x', size);
    memcpy(text + size, "\nafter\n", 7);
    struct line_reader *reader = reader_of(text, size + 7);
    struct line line;
    cr_assert(line_reader_next(reader, &line));
    cr_assert(line.too_long);
    cr_assert(line_reader_next(reader, &line));
    cr_assert_not(line.too_long);
    cr_assert_str_eq(line.text, "after");
    cr_assert_eq(line.number, 2);
    cr_assert_not(line_reader_next(reader, &line));
    line_reader_destroy(reader);
    free(text);
}

Test(push_line, a_line_of_exactly_the_limit_is_read)
{
    char *text = malloc(LIMIT_LINE_BYTES + 1);
    cr_assert_not_null(text);
    memset(text, 'x', LIMIT_LINE_BYTES);
    text[LIMIT_LINE_BYTES] = '\n';
    struct line_reader *reader = reader_of(text, LIMIT_LINE_BYTES + 1);
    struct line line;
    cr_assert(line_reader_next(reader, &line));
    cr_assert_not(line.too_long);
    cr_assert_eq(line.length, LIMIT_LINE_BYTES);
    line_reader_destroy(reader);
    free(text);
}

Test(push_line, a_reader_knows_when_it_would_wait)
{
    int ends[2];
    struct line line;
    cr_assert_eq(pipe(ends), 0);
    struct line_reader *reader = line_reader_create(ends[0], -1);
    cr_assert(line_reader_would_wait(reader));
    cr_assert_eq(write(ends[1], "a\nb\n", 4), 4);
    cr_assert(line_reader_next(reader, &line));
    cr_assert_not(line_reader_would_wait(reader));
    cr_assert(line_reader_next(reader, &line));
    cr_assert(line_reader_would_wait(reader));
    (void)close(ends[1]);
    cr_assert_not(line_reader_next(reader, &line));
    cr_assert_not(line_reader_would_wait(reader));
    line_reader_destroy(reader);
}

Test(push_line, a_reader_that_is_told_to_stop_waits_no_longer)
{
    int ends[2];
    int stop[2];
    struct line line;
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(pipe(stop), 0);
    struct line_reader *reader = line_reader_create(ends[0], stop[0]);
    cr_assert_eq(write(stop[1], "", 1), 1);
    cr_assert_not(line_reader_next(reader, &line));
    cr_assert_eq(line_reader_error(reader), 0);
    (void)close(ends[1]);
    line_reader_destroy(reader);
}

Test(push_line, random_ids_differ_and_are_as_long_as_others)
{
    char one[PUSH_ID_BYTES];
    char other[PUSH_ID_BYTES];
    push_id_random(one);
    push_id_random(other);
    cr_assert_str_neq(one, other);
    cr_assert_eq(strlen(one), (size_t)PUSH_ID_BYTES - 1);
    cr_assert_eq(strspn(one, "0123456789abcdef"), (size_t)PUSH_ID_BYTES - 1);
}

Test(push_line, what_cannot_be_read_is_an_error_and_no_end)
{
    struct line line;
    struct line_reader *reader = line_reader_create(open("/", O_RDONLY | O_DIRECTORY), -1);
    cr_assert_not(line_reader_next(reader, &line));
    cr_assert_eq(line_reader_error(reader), EISDIR);
    line_reader_destroy(reader);
}
