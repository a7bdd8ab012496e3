// What of a record each viewer is shown, field by field, and how far a scope reaches.
#include "rules/overlay.h"
#include "rules/record.h"
#include "rules/viewing.h"

#include <criterion/criterion.h>
#include <string.h>

#define CODE "91500112MA5U0000X8"
#define HEIR "91500109MA5U0000B1"
#define CASE "2018/" CODE "/1"
#define BESIDE "2018/" HEIR "/1"

static struct arena *arena;
static struct overlay *overlay;

static const char *quoted(const char *text)
{
    char *json = arena_string(arena, text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    return json;
}

static ProtobufCMessage *from_json(const ProtobufCMessageDescriptor *kind, const char *text)
{
    struct codec_error error;
    const char *json = quoted(text);
    ProtobufCMessage *message = codec_from_json(kind, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s: %s", json, error.en);
    return message;
}

static void put(const char *text)
{
    struct bytes key;
    struct bytes value;
    const Award__Change *change =
        (const Award__Change *)from_json(&award__change__descriptor, text);
    cr_assert(record_fold(change, arena, &key, &value));
    overlay_put(overlay, key, value);
}

// A laureate and its heir; r1 to r3 are its team, r5 is of the panel of its defence.
static void setup(void)
{
    arena = arena_create();
    overlay = overlay_create(NULL);
    put("{'enterprise':{'enterprise':'" CODE "','district':'500112','cases':['" CASE
        "'],'successors':['" HEIR "']}}");
    put("{'enterprise':{'enterprise':'" HEIR "','district':'500109','predecessors':['" CODE "']}}");
    put("{'case':{'case':'" CASE "','cycle':'2018','enterprise':'" CODE
        "','stage':'honoured','team':'t','honour':{'kind':'award','from':'2018-11-16'},"
        "'defence':{'scheduled':{'case':'" CASE "','panel':['r5']}}}}");
    put("{'case':{'case':'" BESIDE "','cycle':'2018','enterprise':'" HEIR "','stage':'accepted'}}");
    put("{'team':{'team':'t','cycle':'2018','leader':'r1','cases':['" CASE
        "'],'members':[{'person':'r1'},{'person':'r2'},{'person':'r3'}]}}");
    put("{'team':{'team':'u','cycle':'2018','leader':'r7','members':[{'person':'r7'}]}}");
}

static void teardown(void)
{
    overlay_destroy(overlay);
    arena_destroy(arena);
}

TestSuite(sight_parts, .init = setup, .fini = teardown);

static struct viewing viewing_by(const char *viewer)
{
    return viewing_begin((const Award__Principal *)from_json(&award__principal__descriptor, viewer),
                         overlay_view(overlay), arena);
}

#define OFFICE "{'name':'o','role':'office'}"
#define SUPERVISION "{'name':'s','role':'supervision_committee'}"
#define SELECTION "{'name':'l','role':'selection_committee'}"
#define BUREAU "{'name':'b','role':'bureau'}"
#define DISTRICT "{'name':'d','role':'district_bureau','scope':'500112'}"
#define DISTRICT_2 "{'name':'d2','role':'district_bureau','scope':'500109'}"
#define HOLDER "{'name':'e','role':'enterprise','scope':'" CODE "'}"
#define HEIRS "{'name':'h','role':'enterprise','scope':'" HEIR "'}"
#define STRANGER "{'name':'x','role':'enterprise','scope':'91500109MA5U0000C2'}"
#define UNSCOPED "{'name':'y','role':'enterprise'}"
#define PUBLIC "{'name':'p','role':'public'}"
#define REVIEWER(name) "{'name':'" name "','role':'reviewer'}"
#define NOBODY "{'name':'r1'}"

#define OBJECTION "'objection':'O','case':'" CASE "'"
#define SAID ",'principal':'p','source':'letter','anonymous':true,'text':'t'"
#define DEADLINE(more) "{'deadline':{" more "}}"
#define OPENED                                                                                     \
    "'opened':{'cycle':'2018','review_committee':['x'],'supervision_committee':['y'],'chair':'z'}"

// clang-format off
static const struct {
    const char *change;
    const char *viewer;
    const char *seen; // JSON of the record; NULL for nothing; "=" for all of it
} rows[] = {
    {"{'objection':{" OBJECTION SAID "}}", OFFICE,      "="},
    {"{'objection':{" OBJECTION SAID "}}", BUREAU,      "="},
    {"{'objection':{" OBJECTION SAID "}}", PUBLIC,      "="},
    {"{'objection':{" OBJECTION SAID "}}", SELECTION,   "{" OBJECTION "}"},
    {"{'objection':{" OBJECTION ",'principal':'q'}}", PUBLIC, NULL},
    {"{'objection':{" OBJECTION ",'principal':'e'}}", HOLDER, NULL},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", SELECTION, "="},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", DISTRICT, "{'cycle':'2018','opened':{'cycle':'2018','chair':'z'},'cases':['" CASE "'],'selection_started':true}"},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", HEIRS, "{'cycle':'2018','opened':{'cycle':'2018','chair':'z'},'cases':['" CASE "','" BESIDE "'],'selection_started':true}"},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", PUBLIC, "{'cycle':'2018'}"},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500112'}}", DISTRICT,       "="},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500109'}}", DISTRICT,       "="},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500109'}}", DISTRICT_2,     "="},
    {"{'enterprise':{'enterprise':'new','district':'500109'}}",      DISTRICT_2,     "="},
    {"{'enterprise':{'enterprise':'new','district':'500109'}}",      DISTRICT,       NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     HOLDER,         "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     HEIRS,          NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r1"), "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r5"), "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r7"), NULL},
    {"{'enterprise':{'enterprise':'" HEIR "'}}",                     REVIEWER("r1"), NULL},
    {"{'enterprise':{'enterprise':'none'}}",                         REVIEWER("r1"), NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     NOBODY,         NULL},
    {"{'incident':{'incident':'I','enterprise':'" CODE "'}}",        UNSCOPED,       NULL},
    {"{'duty':{'case':'" CASE "'}}",   HOLDER,     "="},
    {"{'duty':{'case':'" CASE "'}}",   HEIRS,      "="},
    {"{'duty':{'case':'" CASE "'}}",   STRANGER,   NULL},
    {"{'duty':{'case':'" CASE "'}}",   UNSCOPED,   NULL},
    {"{'duty':{'case':'" BESIDE "'}}", HOLDER,     NULL},
    {"{'duty':{'case':'" BESIDE "'}}", DISTRICT,   NULL},
    {"{'duty':{'case':'" BESIDE "'}}", DISTRICT_2, "="},
    {"{'duty':{'case':'none'}}",       HOLDER,     NULL},
    {"{'duty':{'case':'none'}}",       OFFICE,     "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), OFFICE, "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), HOLDER, "{'kind':'incident_report','enterprise':'" CODE "'}"},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), BUREAU, "{'kind':'incident_report','enterprise':'" CODE "'}"},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "'"),                     HEIRS, NULL},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','case':'" CASE "'"),   HEIRS, "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','case':'" CASE "'"),   STRANGER, NULL},
    {DEADLINE("'kind':'plan_visit','subject':'t'"), REVIEWER("r2"), "="},
    {DEADLINE("'kind':'plan_visit','subject':'u'"), REVIEWER("r2"), NULL},
    {DEADLINE("'kind':'plan_visit','subject':'t','enterprise':'" CODE "','case':'" CASE "'"), HOLDER, NULL},
    {"{'sheet':{'case':'" CASE "','kind':'unified','person':'r2'}}",     REVIEWER("r5"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'unified','person':'r2'}}",     REVIEWER("r7"), NULL},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     REVIEWER("r5"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     REVIEWER("r1"), NULL},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     OFFICE,         NULL},
    {"{'sheet':{'case':'" CASE "','kind':'independent','person':'r7'}}", REVIEWER("r7"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'independent','person':'e'}}",  HOLDER,         NULL},
    {"{'team':{'team':'t'}}",     REVIEWER("r3"), "="},
    {"{'team':{'team':'u'}}",     REVIEWER("r3"), NULL},
    {"{'team':{'team':'none'}}",  REVIEWER("r3"), NULL},
    {"{'team':{'team':'t'}}",     "{'name':'r3','role':'enterprise','scope':'" CODE "'}", NULL},
    {"{'revocation':{'revocation':'R','case':'" CASE "','step':'closed'}}", HEIRS, "="},
    {"{'revocation':{'revocation':'R','case':'" CASE "','step':'closed'}}", STRANGER, NULL},
    {"{'note':{'subject':'x','by':'e'}}", HOLDER, "="},
    {"{'note':{'subject':'x','by':'b','kind':'suggestion'}}", HOLDER, NULL},
    {"{'pending':{'waits_for':'w'}}", OFFICE, NULL},
    {"{'pending':{'waits_for':'w'}}", SUPERVISION, "="},
};
// clang-format on

Test(sight_parts, each_viewer_is_shown_these_fields_and_no_others)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Change *change =
            (const Award__Change *)from_json(&award__change__descriptor, rows[i].change);
        const struct viewing v = viewing_by(rows[i].viewer);
        const char *all = codec_to_json(&change->city->base, CODEC_JSON_LINE, arena);
        ProtobufCMessage *seen = viewing_record(&v, change->record_case, record_of(change));
        const char *shown = seen != NULL ? codec_to_json(seen, CODEC_JSON_LINE, arena) : "nothing";
        const char *expected = rows[i].seen == NULL             ? "nothing"
                               : strcmp(rows[i].seen, "=") == 0 ? all
                                                                : quoted(rows[i].seen);
        cr_expect_str_eq(shown, expected, "%s by %s: %s", rows[i].change, rows[i].viewer, shown);
        cr_expect_str_eq(codec_to_json(&change->city->base, CODEC_JSON_LINE, arena), all, "%s",
                         rows[i].change); // what is kept stays as it is
    }
}
