// completion - what a word of a command line may be, printed for a shell
//
// One row of KINDS for each kind of word that a synopsis names. What the coordinator knows is asked
// from it; a list is cut off after PAGES_MAX answers.
#include "clients/ctl/completion.h"

#include "clients/ctl/doctor.h"
#include "clients/ctl/event_choice.h"
#include "clients/ctl/fields.h"
#include "clients/ctl/help.h"
#include "clients/ctl/show.h"
#include "letters/templates.h"
#include "rules/events.h"
#include "settings/file_keys.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PAGES_MAX = 8, ENTRIES_OFFERED = 10 };

void completion_offer(struct completion *completion, const char *value)
{
    const char *text = arena_format(completion->ctl->arena, "%s%s", completion->before, value);
    bool repeated = completion->last != NULL && strcmp(completion->last, text) == 0;
    if (strncmp(text, completion->written, strlen(completion->written)) == 0 && !repeated) {
        (void)puts(text);
        completion->last = text;
    }
}

// ---- What the coordinator knows

static const Award__QueryReply *ask(struct completion *completion, Award__Query__BodyCase kind,
                                    ProtobufCMessage *body)
{
    const Award__QueryReply *reply =
        completion->unanswered ? NULL : show_try(completion->ctl, kind, body);
    completion->unanswered = reply == NULL;
    return reply;
}

static const char *value_written(const struct completion *completion)
{
    size_t length = strlen(completion->before);
    bool behind = strncmp(completion->written, completion->before, length) == 0;
    return completion->written + (behind ? length : 0);
}

// A name that stands just before all that begin with this one, and is hardly anybody's: a query
// lists what is behind it.
static char *name_before(struct completion *completion, const char *beginning)
{
    char *name = arena_format(completion->ctl->arena, "%s~", beginning);
    size_t length = strlen(beginning);
    if (length == 0 || beginning[length - 1] <= '!') {
        return NULL; // not of ASCII: all are looked through
    }
    name[length - 1]--;
    return name;
}

// Cases are listed by name: those that begin with what is written stand together.
static void each_case(struct completion *completion,
                      void (*offer)(struct completion *completion, const Award__Case *row),
                      const char *beginning)
{
    Award__QueryCases query = AWARD__QUERY_CASES__INIT;
    query.after = name_before(completion, beginning);
    bool more = true;
    for (int page = 0; more && page < PAGES_MAX; page++) {
        const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_CASES, &query.base);
        size_t count = reply != NULL ? reply->cases->n_rows : 0;
        more = count > 0 && reply->more;
        for (size_t i = 0; i < count; i++) {
            const Award__Case *row = reply->cases->rows[i]->case_;
            more = more && strncmp(row->case_, beginning, strlen(beginning)) == 0;
            offer(completion, row);
            query.after = row->case_;
        }
    }
}

static void case_offer(struct completion *completion, const Award__Case *row)
{
    completion_offer(completion, row->case_);
}

static void cases_offer(struct completion *completion)
{
    each_case(completion, case_offer, value_written(completion));
}

static void enterprise_offer(struct completion *completion, const Award__Case *row)
{
    completion_offer(completion, row->enterprise);
}

static void enterprises_offer(struct completion *completion)
{
    each_case(completion, enterprise_offer, "");
}

static void cycles_offer(struct completion *completion)
{
    Award__QueryCycles query = AWARD__QUERY_CYCLES__INIT;
    const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_CYCLES, &query.base);
    for (size_t i = 0; reply != NULL && i < reply->cycles->n_cycles; i++) {
        completion_offer(completion, reply->cycles->cycles[i]->cycle);
    }
}

static void subjects_offer(struct completion *completion)
{
    cycles_offer(completion);
    cases_offer(completion);
}

static void each_principal(struct completion *completion,
                           void (*offer)(struct completion *completion,
                                         const Award__Principals__Row *row))
{
    Award__QueryPrincipals query = AWARD__QUERY_PRINCIPALS__INIT;
    bool more = true;
    for (int page = 0; more && page < PAGES_MAX; page++) {
        const Award__QueryReply *reply =
            ask(completion, AWARD__QUERY__BODY_PRINCIPALS, &query.base);
        size_t count = reply != NULL ? reply->principals->n_rows : 0;
        more = count > 0 && reply->more;
        for (size_t i = 0; i < count; i++) {
            offer(completion, reply->principals->rows[i]);
            query.after = reply->principals->rows[i]->principal->name;
        }
    }
}

static void person_offer(struct completion *completion, const Award__Principals__Row *row)
{
    completion_offer(completion, row->principal->name);
}

static void people_offer(struct completion *completion)
{
    each_principal(completion, person_offer);
}

static void public_keys_offer_row(struct completion *completion, const Award__Principals__Row *row)
{
    for (size_t i = 0; i < row->n_keys; i++) {
        if (!row->keys[i]->revoked) {
            completion_offer(completion, row->keys[i]->public_key);
        }
    }
}

static void public_keys_offer(struct completion *completion)
{
    each_principal(completion, public_keys_offer_row);
}

static void deadlines_offer(struct completion *completion)
{
    Award__QueryDeadlines query = AWARD__QUERY_DEADLINES__INIT;
    const char *written = value_written(completion);
    const char *colon = strchr(written, ':'); // behind it the subject is known
    query.subject = colon != NULL ? arena_format(completion->ctl->arena, "%.*s",
                                                 (int)(colon - written), written)
                                  : NULL;
    query.has_all = query.all = colon != NULL;
    bool more = true;
    for (int page = 0; more && page < PAGES_MAX; page++) {
        const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_DEADLINES, &query.base);
        size_t count = reply != NULL ? reply->deadlines->n_deadlines : 0;
        more = count > 0 && reply->more;
        for (size_t i = 0; i < count; i++) {
            completion_offer(completion, reply->deadlines->deadlines[i]->deadline);
            query.after = reply->deadlines->deadlines[i]->deadline;
        }
    }
}

static void alerts_offer(struct completion *completion)
{
    Award__QueryAlerts query = AWARD__QUERY_ALERTS__INIT;
    const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_ALERTS, &query.base);
    for (size_t i = 0; reply != NULL && i < reply->alerts->n_alerts; i++) {
        completion_offer(completion, reply->alerts->alerts[i]->alert);
    }
}

static void messages_offer(struct completion *completion)
{
    Award__QueryMessages query = AWARD__QUERY_MESSAGES__INIT;
    query.has_undelivered = query.undelivered = true;
    const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_MESSAGES, &query.base);
    for (size_t i = 0; reply != NULL && i < reply->messages->n_messages; i++) {
        completion_offer(completion, reply->messages->messages[i]->message);
    }
}

static void tasks_offer(struct completion *completion)
{
    Award__QueryTasks query = AWARD__QUERY_TASKS__INIT;
    const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_TASKS, &query.base);
    for (size_t i = 0; reply != NULL && i < reply->tasks->n_rows; i++) {
        completion_offer(completion, reply->tasks->rows[i]->task->task);
    }
}

// The latest ones.
static void entries_offer(struct completion *completion)
{
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    const Award__QueryReply *reply = ask(completion, AWARD__QUERY__BODY_STATUS, &query.base);
    uint64_t last = reply != NULL ? reply->status->last_entry : 0;
    for (uint64_t i = 0; i < ENTRIES_OFFERED && i < last; i++) {
        completion_offer(completion, arena_format(completion->ctl->arena, "%" PRIu64, last - i));
    }
}

// ---- What is known here

static void principals_offer(struct completion *completion)
{
    static const char suffix[] = ".key";
    DIR *directory = opendir(completion->ctl->keys);
    const struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        size_t length = strlen(entry->d_name);
        size_t name = length > strlen(suffix) ? length - strlen(suffix) : 0;
        if (name > 0 && strcmp(entry->d_name + name, suffix) == 0) {
            completion_offer(
                completion, arena_format(completion->ctl->arena, "%.*s", (int)name, entry->d_name));
        }
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
}

static void events_offer(struct completion *completion)
{
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        if (event_sendable((Award__Event__BodyCase)number)) {
            completion_offer(completion, event_name((Award__Event__BodyCase)number));
        }
    }
}

static void enumeration_offer(struct completion *completion,
                              const ProtobufCEnumDescriptor *descriptor)
{
    for (unsigned i = 0; i < descriptor->n_values; i++) {
        completion_offer(completion, descriptor->values[i].name);
    }
}

static void templates_offer(struct completion *completion)
{
    enumeration_offer(completion, &award__template__name__descriptor);
}

static void posts_offer(struct completion *completion)
{
    enumeration_offer(completion, &award__post__name__descriptor);
}

static void channels_offer(struct completion *completion)
{
    enumeration_offer(completion, &award__channel__name__descriptor);
}

static void config_keys_offer(struct completion *completion)
{
    for (size_t i = 1; i < daemon_keys.rows_count; i++) {
        completion_offer(completion, daemon_keys.rows[i].path);
    }
}

static void topics_offer(struct completion *completion)
{
    for (size_t i = 0; help_topic_name(i) != NULL; i++) {
        completion_offer(completion, help_topic_name(i));
    }
}

static void checks_offer(struct completion *completion)
{
    for (int group = 0; group < DOCTOR_GROUPS; group++) {
        completion_offer(completion, doctor_group_name((enum doctor_group)group));
    }
    for (size_t i = 0; i < doctor_checks_count; i++) {
        completion_offer(completion, doctor_checks[i].name);
    }
}

static void files_offer(struct completion *completion)
{
    (void)completion;
    (void)puts(":files");
}

static void directories_offer(struct completion *completion)
{
    (void)completion;
    (void)puts(":directories");
}

// ---- Kinds of words

static const struct kind {
    const char *word;
    void (*offer)(struct completion *completion);
} KINDS[] = {
    {"ALERT",       alerts_offer     },
    {"CASE",        cases_offer      },
    {"CHANNEL",     channels_offer   },
    {"CHECK",       checks_offer     },
    {"CREDIT_CODE", enterprises_offer},
    {"CYCLE",       cycles_offer     },
    {"DEADLINE",    deadlines_offer  },
    {"DIR",         directories_offer},
    {"ENTRY",       entries_offer    },
    {"EVENT",       events_offer     },
    {"FIELD=VALUE", completion_fields},
    {"FILE",        files_offer      },
    {"FILE.csv",    files_offer      },
    {"ISSUER=FILE", files_offer      },
    {"KEY",         config_keys_offer},
    {"MESSAGE",     messages_offer   },
    {"NEW",         files_offer      },
    {"OLD",         files_offer      },
    {"PERSON",      people_offer     },
    {"POST",        posts_offer      },
    {"PRINCIPAL",   principals_offer },
    {"PUBLICKEY",   public_keys_offer},
    {"SUBJECT",     subjects_offer   },
    {"TASK",        tasks_offer      },
    {"TEMPLATE",    templates_offer  },
    {"TOPIC",       topics_offer     },
};

static const struct kind *kind_of(const char *word)
{
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        if (strcmp(KINDS[i].word, word) == 0) {
            return &KINDS[i];
        }
    }
    return NULL;
}

void completion_values(struct completion *completion, const char *words)
{
    for (const char *at = words; *at != '\0'; at += *at == '|' ? 1 : 0) {
        size_t length = strcspn(at, "|");
        const char *word = arena_format(completion->ctl->arena, "%.*s", (int)length, at);
        const struct kind *kind = kind_of(word);
        if (kind != NULL) {
            kind->offer(completion);
        } else if (strpbrk(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL) {
            completion_offer(completion, word);
        }
        at += length;
    }
}

// ---- Fields of events

static const struct field_kind {
    const char *field;
    const char *kind;
} FIELD_KINDS[] = {
    {"case",       "CASE"       },
    {"cycle",      "CYCLE"      },
    {"deadline",   "DEADLINE"   },
    {"enterprise", "CREDIT_CODE"},
    {"name",       "PERSON"     },
    {"person",     "PERSON"     },
    {"concerns",   "SUBJECT"    },
};

static void field_values_offer(struct completion *completion, const ProtobufCFieldDescriptor *field)
{
    if (field->type == PROTOBUF_C_TYPE_ENUM) {
        enumeration_offer(completion, (const ProtobufCEnumDescriptor *)field->descriptor);
    } else if (field->type == PROTOBUF_C_TYPE_BOOL) {
        completion_values(completion, "true|false");
    }
    for (size_t i = 0; i < sizeof(FIELD_KINDS) / sizeof(FIELD_KINDS[0]); i++) {
        if (strcmp(FIELD_KINDS[i].field, field->name) == 0) {
            completion_values(completion, FIELD_KINDS[i].kind);
        }
    }
}

void completion_fields(struct completion *completion)
{
    struct arena *arena = completion->ctl->arena;
    const ProtobufCMessageDescriptor *event =
        completion->event != NULL ? fields_of_event(completion->event) : NULL;
    size_t length = strcspn(completion->written, "=");
    const char *name = arena_format(arena, "%.*s", (int)length, completion->written);
    if (event == NULL) {
        return;
    }
    if (completion->written[length] == '=') {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(event, name);
        completion->before = arena_format(arena, "%s=", name);
        if (field != NULL) {
            field_values_offer(completion, field);
        }
        return;
    }
    for (unsigned i = 0; i < event->n_fields; i++) {
        bool nested = fields_nested(&event->fields[i]);
        completion_offer(completion,
                         arena_format(arena, "%s%s", event->fields[i].name, nested ? "" : "="));
    }
}
