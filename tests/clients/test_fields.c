// Tests of events in words, and of the forms to fill in.
#include "clients/ctl/event_choice.h"
#include "clients/ctl/field_words.h"
#include "clients/ctl/fields.h"
#include "clients/ctl/moment.h"
#include "clients/ctl/template.h"
#include "common/text.h"
#include "common/time.h"
#include "rules/events.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <jansson.h>
#include <string.h>

static struct arena *arena;
static struct codec_error error;

static void begin(void)
{
    arena = arena_create();
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(fields, .init = begin, .fini = end);

// JSON of the event that the words make; the code of the error where they make none.
static const char *json(const char *event, const char *const words[])
{
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    const Award__Event *read = fields_read(event, words, count, arena, &error);
    return read != NULL ? codec_to_json(&read->base, CODEC_JSON_LINE, arena) : error.code;
}

#define JSON(event, ...) json(event, (const char *const[]){__VA_ARGS__, NULL})

Test(fields, values_are_read_as_their_fields_say)
{
    cr_assert_str_eq(JSON("defence_score", "case=2018/x/1", "points=85.5"),
                     "{\"defence_score\":{\"case\":\"2018/x/1\",\"points\":\"85.50\"}}");
    cr_assert_str_eq(JSON("self_evaluation_submitted", "case=c", "year=2019", "digest=d"),
                     "{\"self_evaluation_submitted\":{\"case\":\"c\",\"year\":2019,"
                     "\"digest\":\"d\"}}");
    cr_assert_str_eq(JSON("recommendation_given", "by=district_government", "in_favour=是"),
                     "{\"recommendation_given\":{\"by\":\"district_government\","
                     "\"in_favour\":true}}");
    cr_assert_str_eq(JSON("mayor_signed", "on=2018-11-16"),
                     "{\"mayor_signed\":{\"on\":\"2018-11-16\"}}");
    cr_assert_str_eq(JSON("paper_received", "received=2018-04-28 24:00"),
                     "{\"paper_received\":{\"received\":\"2018-04-28T23:59:59.999+08:00\"}}");
}

Test(fields, a_value_may_hold_signs_of_equality)
{
    cr_assert_str_eq(JSON("suggestion", "text=a=b"), "{\"suggestion\":{\"text\":\"a=b\"}}");
}

Test(fields, lists_grow_by_commas_by_repetition_and_by_index)
{
    const char *expected = "{\"cycle_changed\":{\"units\":[\"甲\",\"乙\",\"丙\"]}}";
    cr_assert_str_eq(JSON("cycle_changed", "units=甲,乙,丙"), expected);
    cr_assert_str_eq(JSON("cycle_changed", "units=甲", "units=乙", "units=丙"), expected);
    cr_assert_str_eq(JSON("cycle_changed", "units[0]=甲", "units[1]=乙", "units[2]=丙"), expected);
}

Test(fields, brackets_keep_commas_together)
{
    cr_assert_str_eq(JSON("cycle_changed", "units[0]=甲,乙"),
                     "{\"cycle_changed\":{\"units\":[\"甲,乙\"]}}");
}

Test(fields, dots_lead_into_messages)
{
    cr_assert_str_eq(JSON("publicity_started", "media[0].medium=重庆日报", "media[1].medium=网站",
                          "media[0].on=2018-09-25"),
                     "{\"publicity_started\":{\"media\":[{\"medium\":\"重庆日报\","
                     "\"on\":\"2018-09-25\"},{\"medium\":\"网站\"}]}}");
    cr_assert_str_eq(JSON("countersigned", "event.principal=admin", "event.id=e1"),
                     "{\"countersigned\":{\"event\":{\"principal\":\"admin\",\"id\":\"e1\"}}}");
}

Test(fields, what_cannot_be_read_is_named)
{
    cr_assert_str_eq(JSON("suggestion", "txt=a"), "unknown_field");
    cr_assert_str_eq(JSON("suggestion", "text"), "bad_word");
    cr_assert_str_eq(JSON("suggestion", "text.x=a"), "bad_word");
    cr_assert_str_eq(JSON("suggestion", "text[0]=a"), "bad_index");
    cr_assert_str_eq(JSON("countersigned", "event=e1"), "bad_word");
    cr_assert_str_eq(JSON("publicity_started", "media[1].medium=a"), "bad_index");
    cr_assert_str_eq(JSON("publicity_started", "media.medium=a"), "bad_index");
    cr_assert_str_eq(JSON("publicity_started", "media[99999999999999999999].medium=a"),
                     "bad_index");
    cr_assert_str_eq(JSON("cycle_changed", "units[-1]=a"), "bad_index");
    cr_assert_str_eq(JSON("mayor_signed", "on=2018-02-30"), "bad_day");
    cr_assert_str_eq(JSON("recommendation_given", "in_favour=perhaps"), "wrong_type");
    cr_assert_str_eq(JSON("recommendation_given", "by=nobody"), "unknown_value");
}

Test(fields, a_value_that_is_no_utf_8_is_refused_and_not_left_out)
{
    cr_assert_str_eq(JSON("enterprise_changed", "enterprise=1", "name=\xff"), "bad_utf8");
    cr_assert_str_eq(JSON("team_drawn", "teams[0].members=\xe4\xb8"), "bad_utf8");
}

Test(fields, the_first_missing_field_is_named)
{
    const char *const words[] = {"casex=1", "points=1"};
    cr_assert_str_eq(fields_missing("case points", words, 2, arena), "case");
    const char *const nested[] = {"case=1", "scores[0].item=1"};
    cr_assert_null(fields_missing("case scores", nested, 2, arena));
    cr_assert_str_eq(fields_missing("case", words, 0, arena), "case");
}

// The last line of a form.
static const char *form_line(const char *form)
{
    const char *line = strstr(form, "\n{");
    cr_assert_not_null(line);
    return line + 1;
}

Test(fields, the_form_of_every_event_has_every_needed_field_and_can_be_read)
{
    size_t forms = 0;
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        const struct event_row *row = event_row((Award__Event__BodyCase)number);
        if (row == NULL) {
            continue;
        }
        const char *event = event_name((Award__Event__BodyCase)number);
        const char *form = template_text(event, arena);
        const char *line = form_line(form);
        const char *needs = arena_string(arena, row->needs);
        for (const char *at = needs; *at != '\0'; at += strspn(at, " ")) {
            size_t length = strcspn(at, " ");
            const char *quoted = arena_format(arena, "\"%.*s\":", (int)length, at);
            const char *marked = arena_format(arena, "#  * %.*s", (int)length, at);
            cr_assert_not_null(strstr(line, quoted), "%s lacks %s", event, quoted);
            cr_assert_not_null(strstr(form, marked), "%s does not mark %s", event, marked);
            at += length;
        }
        cr_assert_not_null(
            codec_from_json(&award__event__descriptor, line, strlen(line), arena, &error), "%s: %s",
            event, error.en);
        forms++;
    }
    cr_assert_gt(forms, 80);
}

// The JSON of the fields in the form of an event.
static json_t *form_fields(const char *event)
{
    const char *line = form_line(template_text(event, arena));
    json_t *root = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    json_t *fields = json_object_get(root, event);
    cr_assert(json_is_object(fields), "%s: %s", event, line);
    json_incref(fields);
    json_decref(root);
    return fields;
}

// Whether it counts as absent: null, "" or [].
static bool form_empty(json_t *value)
{
    return json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0) ||
           (json_is_array(value) && json_array_size(value) == 0);
}

static void form_silent_check(const char *event)
{
    const char *key;
    const char *inner_key;
    json_t *value;
    json_t *inner;
    json_t *fields = form_fields(event);
    cr_assert_eq(json_object_size(fields), (size_t)fields_of_event(event)->n_fields, "%s", event);
    json_object_foreach(fields, key, value)
    {
        json_t *object = json_array_size(value) > 0 ? json_array_get(value, 0) : value;
        cr_assert(json_is_object(object) || form_empty(object), "%s.%s", event, key);
        json_object_foreach(object, inner_key, inner)
        {
            cr_assert(form_empty(inner), "%s.%s.%s", event, key, inner_key);
        }
    }
    json_decref(fields);
}

Test(fields, the_form_has_every_field_and_says_nothing_before_it_is_filled_in)
{
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        if (event_row((Award__Event__BodyCase)number) != NULL) {
            form_silent_check(event_name((Award__Event__BodyCase)number));
        }
    }
}

Test(fields, a_form_that_names_nobody_goes_out_under_the_default)
{
    const char *line = form_line(template_text("mayor_signed", arena));
    const Award__Event *read = (const Award__Event *)codec_from_json(
        &award__event__descriptor, line, strlen(line), arena, &error);
    cr_assert_not_null(read);
    cr_assert_null(read->principal);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages of events are nested
static void words_check(const ProtobufCMessageDescriptor *message, int depth)
{
    cr_assert_lt(depth, 8);
    for (unsigned i = 0; i < message->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->fields[i];
        cr_assert_not_null(field_zh(message, field), "%s.%s", message->short_name, field->name);
        bool whole_event = fields_nested(field) && // its bodies are walked themselves
                           fields_message(field) == &award__event__descriptor;
        if (fields_nested(field) && !whole_event) {
            words_check(fields_message(field), depth + 1);
        }
    }
}

Test(fields, every_field_that_can_be_sent_has_a_chinese_name)
{
    size_t events = 0;
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        if (event_sendable((Award__Event__BodyCase)number)) {
            words_check(fields_of_event(event_name((Award__Event__BodyCase)number)), 1);
            events++;
        }
    }
    cr_assert_gt(events, 70);
}

// Columns of the terminal before a word in the line that begins with `start`.
static size_t columns_before(const char *form, const char *start, const char *word)
{
    const char *line = strstr(form, start);
    cr_assert_not_null(line);
    const char *at = strstr(line, word);
    cr_assert_not_null(at);
    return text_width(arena_format(arena, "%.*s", (int)(at - line), line));
}

Test(fields, the_columns_of_a_form_line_up)
{
    const char *form = template_text("cycle_opened", arena);
    cr_assert_eq(columns_before(form, "#  * cycle ", "评选周期"),
                 columns_before(form, "#    supervision_committee ", "监督委员会组成"));
    cr_assert_eq(columns_before(form, "#  * cycle ", "文字"),
                 columns_before(form, "#    supervision_committee ", "文字"));
}

Test(fields, a_form_names_fields_as_they_are_sent)
{
    const char *form = template_text("publicity_started", arena);
    cr_assert_not_null(strstr(form, "#  * media[0] "));
    cr_assert_not_null(strstr(form, "#    media[0].medium "));
    cr_assert_str_eq(JSON("publicity_started", "media[0].medium=x"),
                     "{\"publicity_started\":{\"media\":[{\"medium\":\"x\"}]}}");
}

Test(fields, the_coordinators_own_events_and_unknown_ones_are_not_to_choose)
{
    cr_redirect_stderr();
    cr_assert(event_choose("mayor_signed"));
    cr_assert_not(event_choose("started"));
    cr_assert_not(event_choose("database_created"));
    cr_assert_not(event_choose("id"));
    cr_assert_not(event_choose("mayor_singed"));
    (void)fflush(stderr);
    FILE *said = cr_get_redirected_stderr();
    char text[4096] = "";
    cr_assert_gt(fread(text, 1, sizeof(text) - 1, said), 0);
    cr_assert_not_null(strstr(text, "is it mayor_signed?"), "%s", text);
    cr_assert_not_null(strstr(text, "started is recorded by awardd itself"), "%s", text);
}

Test(fields, the_form_lists_the_values_of_an_enumeration)
{
    cr_assert_not_null(
        strstr(template_text("objection_decided", arena), "  founded|unfounded|immaterial\n"));
    cr_assert_null(template_text("no_such_event", arena));
}

Test(fields, a_moment_may_be_written_short)
{
    static const struct {
        const char *text;
        const char *full;
    } cases[] = {
        {"2018-10-08",           "2018-10-08T00:00:00+08:00"    },
        {"2018-10-08 09:00",     "2018-10-08T09:00:00+08:00"    },
        {"2018-10-08T09:00:30",  "2018-10-08T09:00:30+08:00"    },
        {"2018-10-08 24:00",     "2018-10-08T23:59:59.999+08:00"},
        {"2018-10-08T01:00:00Z", "2018-10-08T09:00:00+08:00"    },
    };
    char full[MOMENT_TEXT_BYTES];
    int64_t moment_ms;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        cr_assert(moment_read(cases[i].text, &moment_ms), "%s", cases[i].text);
        moment_format(moment_ms, full);
        cr_assert_str_eq(full, cases[i].full);
    }
    static const char *const wrong[] = {
        "",           "2018",
        "2018-02-30", "2018-10-08 25:00",
        "9:00",       "2018-10-08T09:00:00+08:00 and a very long tail behind it"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cr_assert_not(moment_read(wrong[i], &moment_ms), "%s", wrong[i]);
    }
}
