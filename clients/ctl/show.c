// show - what the commands that show something share: asking, wording, headings
#include "clients/ctl/show.h"

#include "common/text.h"
#include "rules/events.h"
#include "settings/keys.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FACT_COLUMNS = 34 };

// ---- Asking

// Both are numbered in one order: the reply to query 1 is number 10, and so on.
enum { REPLY_OFFSET = AWARD__QUERY_REPLY__BODY_STATUS - AWARD__QUERY__BODY_STATUS };
_Static_assert((int)AWARD__QUERY__BODY_TODAY + REPLY_OFFSET == (int)AWARD__QUERY_REPLY__BODY_TODAY,
               "queries and replies in one order");
_Static_assert((int)AWARD__QUERY__BODY_COMPLAINTS + REPLY_OFFSET ==
                   (int)AWARD__QUERY_REPLY__BODY_COMPLAINTS,
               "queries and replies in one order");

static Award__Query query_make(Award__Query__BodyCase kind, ProtobufCMessage *body)
{
    Award__Query query;
    award__query__init(&query);
    query.body_case = kind;
    query.status = (Award__QueryStatus *)body; // all members are messages
    return query;
}

const Award__QueryReply *show_ask(struct ctl *ctl, Award__Query__BodyCase kind,
                                  ProtobufCMessage *body, int *status)
{
    Award__Query query = query_make(kind, body);
    const Award__QueryReply *reply = ctl_query(ctl, &query, status);
    if (reply != NULL && (int)reply->body_case != (int)kind + REPLY_OFFSET) {
        *status = ctl_error(CTL_UNREACHABLE, "awardd 的答复与所问不符；请使用同一版本的程序",
                            "awardd answered something else; use programs of the same release");
        return NULL;
    }
    return reply;
}

const Award__QueryReply *show_try(struct ctl *ctl, Award__Query__BodyCase kind,
                                  ProtobufCMessage *body)
{
    int status;
    Award__Query query = query_make(kind, body);
    Award__Envelope request;
    const Award__Envelope *envelope;
    struct client_error error;
    award__envelope__init(&request);
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = &query;
    struct client *client = ctl_client(ctl, &status);
    if (client == NULL || !client_request(client, &request, ctl->arena, &envelope, &error) ||
        envelope->body_case != AWARD__ENVELOPE__BODY_REPLY ||
        (int)envelope->reply->body_case != (int)kind + REPLY_OFFSET) {
        return NULL;
    }
    return envelope->reply;
}

// ---- Pages

struct rows {
    size_t *count;
    ProtobufCMessage ***list;
};

static bool is_list(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED && field->type == PROTOBUF_C_TYPE_MESSAGE;
}

static ProtobufCMessage *body_of(const Award__QueryReply *reply)
{
    return (ProtobufCMessage *)reply->status; // all members are messages
}

static struct rows list_of(ProtobufCMessage *body, unsigned index)
{
    const ProtobufCFieldDescriptor *field = &body->descriptor->fields[index];
    assert(is_list(field));
    unsigned char *bytes = (unsigned char *)body;
    return (struct rows){(void *)(bytes + field->quantifier_offset),
                         (void *)(bytes + field->offset)};
}

// The rows of a body: its first field. What comes along with them stands in the others.
static struct rows rows_of(const Award__QueryReply *reply)
{
    return list_of(body_of(reply), 0);
}

static void rows_append(struct ctl *ctl, struct rows all, struct rows page)
{
    size_t count = *all.count + *page.count;
    ProtobufCMessage **list = arena_alloc(ctl->arena, (count + 1) * sizeof(ProtobufCMessage *));
    for (size_t i = 0; i < count; i++) {
        list[i] = i < *all.count ? (*all.list)[i] : (*page.list)[i - *all.count];
    }
    *all.list = list;
    *all.count = count;
}

// The rows, and what came along with them.
static void page_append(struct ctl *ctl, const Award__QueryReply *first,
                        const Award__QueryReply *page)
{
    ProtobufCMessage *body = body_of(first);
    for (unsigned i = 0; i < body->descriptor->n_fields; i++) {
        if (is_list(&body->descriptor->fields[i])) {
            rows_append(ctl, list_of(body, i), list_of(body_of(page), i));
        }
    }
}

const Award__QueryReply *show_ask_pages(struct ctl *ctl, Award__Query__BodyCase kind,
                                        ProtobufCMessage *body, char **after,
                                        const char *(*name)(const ProtobufCMessage *row),
                                        int *status)
{
    const Award__QueryReply *first = show_ask(ctl, kind, body, status);
    const Award__QueryReply *page = first;
    while (page != NULL && page->more && *rows_of(page).count > 0) {
        struct rows rows = rows_of(page);
        *after = arena_string(ctl->arena, name((*rows.list)[*rows.count - 1]));
        page = show_ask(ctl, kind, body, status);
        if (page != NULL) {
            page_append(ctl, first, page);
        }
    }
    return page != NULL ? first : NULL;
}

const Award__QueryReply *show_ask_on(struct ctl *ctl, Award__Query__BodyCase kind,
                                     ProtobufCMessage *body, show_go_on *go_on, int *status)
{
    const Award__QueryReply *first = show_ask(ctl, kind, body, status);
    const Award__QueryReply *page = first;
    while (page != NULL && page->more) {
        go_on(ctl, page, body);
        page = show_ask(ctl, kind, body, status);
        if (page != NULL) {
            page_append(ctl, first, page);
        }
    }
    return page != NULL ? first : NULL;
}

// ---- Sections

void show_heading(const struct ctl *ctl, const char *zh, const char *en)
{
    if (ctl->output == CTL_TABLE) {
        (void)printf("\n%s%s %s%s\n", ctl->colours ? "\033[1;36m" : "", zh, en,
                     ctl->colours ? "\033[0m" : "");
    }
}

static void fact_csv(const char *zh, const char *en, const char *text)
{
    (void)printf("%s %s,\"", zh, en);
    for (; *text != '\0'; text++) {
        (void)printf("%s%c", *text == '"' ? "\"" : "", *text);
    }
    (void)printf("\"\r\n");
}

void show_fact(const struct ctl *ctl, const char *zh, const char *en, const char *text)
{
    if (text == NULL || text[0] == '\0' || strcmp(text, "-") == 0) {
        return;
    }
    if (ctl->output == CTL_CSV) {
        fact_csv(zh, en, text);
        return;
    }
    int width = (int)(text_width(zh) + 1 + text_width(en));
    int blanks = width < FACT_COLUMNS ? FACT_COLUMNS - width : 1;
    (void)printf("  %s %s%*s%s\n", zh, en, blanks, "", text);
}

// ---- Words

const char *show_word(struct ctl *ctl, const ProtobufCEnumDescriptor *descriptor, bool has,
                      int value)
{
    if (!has) {
        return "-";
    }
    const char *zh = word_zh(descriptor, value);
    return arena_format(ctl->arena, "%s %s", zh != NULL ? zh : "?", word_en(descriptor, value));
}

const char *show_waits(struct ctl *ctl, const char *waits_for)
{
    const char *zh = waits_zh(waits_for);
    return zh != NULL ? arena_format(ctl->arena, "%s %s", zh, waits_for) : "-";
}

const char *show_stage(struct ctl *ctl, const Award__Case *c)
{
    return show_word(ctl, &award__stage__name__descriptor, c->has_stage, (int)c->stage);
}

const char *show_event(struct ctl *ctl, const char *name)
{
    const struct event_row *row = name != NULL ? event_row(event_number(name)) : NULL;
    return row != NULL ? arena_format(ctl->arena, "%s %s", row->zh, name)
                       : arena_string(ctl->arena, name != NULL ? name : "-");
}

const char *show_roles(struct ctl *ctl, size_t count, const Award__Role__Name *roles)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        text = arena_format(ctl->arena, "%s%s%s %s", text, i > 0 ? "，" : "",
                            word_zh(&award__role__name__descriptor, (int)roles[i]),
                            word_en(&award__role__name__descriptor, (int)roles[i]));
    }
    return text[0] != '\0' ? text : "-";
}

const char *show_role_set(struct ctl *ctl, uint32_t roles)
{
    Award__Role__Name list[32];
    size_t count = 0;
    for (unsigned role = 0; role < 32; role++) {
        bool known =
            protobuf_c_enum_descriptor_get_value(&award__role__name__descriptor, (int)role) != NULL;
        if (known && (roles >> role & 1U) != 0) {
            list[count++] = (Award__Role__Name)role;
        }
    }
    return show_roles(ctl, count, list);
}

const char *show_list(struct ctl *ctl, size_t count, char *const *texts)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        text = arena_format(ctl->arena, "%s%s%s", text, i > 0 ? " " : "", texts[i]);
    }
    return text[0] != '\0' ? text : "-";
}

const char *show_article(struct ctl *ctl, const char *article)
{
    if (article == NULL) {
        return "-";
    }
    const char *zh = authority_zh(article);
    zh = zh != NULL ? zh : article_zh(article, ctl->arena);
    bool words = strpbrk(article, "abcdefghijklmnopqrstuvwxyz") != NULL; // else numbers alone
    return words ? arena_format(ctl->arena, "%s %s", zh, article) : zh;
}

const char *show_number(struct ctl *ctl, uint64_t number)
{
    return arena_format(ctl->arena, "%" PRIu64, number);
}

const char *show_hex(struct ctl *ctl, const ProtobufCBinaryData *data)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(ctl->arena, 2 * data->len + 1);
    for (size_t i = 0; i < data->len; i++) {
        text[2 * i] = digits[data->data[i] >> 4];
        text[2 * i + 1] = digits[data->data[i] & 15];
    }
    return text;
}

const char *show_reason(struct ctl *ctl, const Award__Reason *reason)
{
    const char *until = reason->until != NULL
                            ? arena_format(ctl->arena, "，至 until %s", ctl_day(ctl, reason->until))
                            : "";
    return arena_format(ctl->arena, "[%s] %s / %s（%s%s）",
                        reason->code != NULL ? reason->code : "",
                        reason->zh != NULL ? reason->zh : "", reason->en != NULL ? reason->en : "",
                        reason->article != NULL ? reason->article : "-", until);
}

// ---- Values

const char *show_defence(struct ctl *ctl, const Award__Fraction *score)
{
    if (score == NULL) {
        return "-";
    }
    const char *value = ctl_fraction(ctl, score);
    if (score->denominator <= 0 || score->denominator % 100 != 0 || score->numerator < 0) {
        return arena_format(ctl->arena, "%" PRId64 "/%" PRId64 " = %s", score->numerator,
                            score->denominator, value);
    }
    Award__Points sum = AWARD__POINTS__INIT;
    sum.hundredths = score->numerator;
    return arena_format(ctl->arena, "%s/%" PRId64 " = %s", ctl_points(ctl, &sum),
                        score->denominator / 100, value);
}

// The event's fields that name what it is about, the closest first.
static const char *const subject_fields[] = {
    "case",     "objection", "incident", "revocation", "team",       "cycle",    "enterprise",
    "deadline", "alert",     "message",  "name",       "public_key", "concerns", "person",
};

const char *show_field(const ProtobufCMessage *message, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    if (field == NULL || field->type != PROTOBUF_C_TYPE_STRING ||
        field->label == PROTOBUF_C_LABEL_REPEATED) {
        return NULL;
    }
    const char *text;
    memcpy(&text, (const unsigned char *)message + field->offset, sizeof(text));
    return text;
}

const char *show_subject(const Award__HistoryItem *item)
{
    size_t cases = 0;
    const char *subject = NULL;
    for (size_t i = 0; i < item->n_changes; i++) {
        if (item->changes[i]->record_case == AWARD__CHANGE__RECORD_CASE) {
            subject = item->changes[i]->case_->case_;
            cases++;
        }
    }
    if (cases == 1 || item->event == NULL ||
        item->event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        return cases == 1 ? subject : NULL;
    }
    const ProtobufCMessage *body = (const ProtobufCMessage *)item->event->principal_enrolled;
    subject = NULL;
    for (size_t i = 0; subject == NULL && i < sizeof(subject_fields) / sizeof(subject_fields[0]);
         i++) {
        subject = show_field(body, subject_fields[i]);
    }
    return subject;
}

bool show_arguments(const struct command *command, int wanted, int argc, char **argv, int *status)
{
    const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(command, none, argc, argv);
    *status = CTL_OK;
    if (argc != wanted) {
        *status = argc < 0 ? CTL_USAGE : ctl_usage(command);
    }
    return *status == CTL_OK;
}
