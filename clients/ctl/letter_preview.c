// letter_preview - `template preview NAME [CASE]`: a message as its reader would have it
//
// Where the case has had such a message, with what stood in it; otherwise with what the case and
// the awardd tell, and examples for the rest, which are named.
#include "clients/ctl/commands.h"
#include "clients/ctl/letters.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/show.h"
#include "letters/letter.h"
#include "letters/template_fields.h"

#include <stdio.h>
#include <string.h>

static int template_preview_run(struct ctl *ctl, int argc, char **argv);

const struct command command_template_preview = {
    .name = "template preview",
    .arguments = "TEMPLATE [CASE] [--language zh|en] [--templates DIR]",
    .zh = "预览一种通知：案件已有这种通知的用其内容，否则用案件的情况和示例",
    .en = "show a message as it would go out: of a case, or with examples",
    .help = "不写 CASE 全部用示例。本单位的模板改好后先预览，再重启 award-notification。\n"
            "Without CASE all fields are examples. After a change of a template look at it here,\n"
            "then restart award-notification.\n",
    .needs_settings = true,
    .run = template_preview_run,
};

struct preview {
    struct ctl *ctl;
    const struct templates *templates;
    Award__Template__Name name;
    const Award__CaseView *view; // NULL: of no case
    const Award__Message *real;  // that the case has had; NULL: none
    Award__DeliverMessage asked;
    Award__Message message;
    const char *examples; // names of the fields that hold one
};

// ---- What is known

static bool case_ask(struct preview *preview, const char *name, int *status)
{
    Award__QueryCase query = AWARD__QUERY_CASE__INIT;
    query.case_ = arena_string(preview->ctl->arena, name);
    const Award__QueryReply *reply =
        show_ask(preview->ctl, AWARD__QUERY__BODY_CASE, &query.base, status);
    if (reply == NULL) {
        return false;
    }
    preview->view = reply->case_;
    return true;
}

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Message *)row)->message;
}

// The latest message of this kind about the case.
static bool message_ask(struct preview *preview, int *status)
{
    Award__QueryMessages query = AWARD__QUERY_MESSAGES__INIT;
    query.case_ = preview->view->case_->case_;
    const Award__QueryReply *reply = show_ask_pages(preview->ctl, AWARD__QUERY__BODY_MESSAGES,
                                                    &query.base, &query.after, row_name, status);
    if (reply == NULL) {
        return false;
    }
    const Award__Messages *messages = reply->messages;
    for (size_t i = 0; i < messages->n_messages; i++) {
        const Award__Message *message = messages->messages[i];
        bool later = preview->real == NULL || (message->created != NULL &&
                                               message->created->ms >= preview->real->created->ms);
        bool told = message->template_ != AWARD__TEMPLATE__NAME__feedback; // by facts
        if (message->template_ == preview->name && message->created != NULL && later && told) {
            preview->real = message;
        }
    }
    return true;
}

// What a morning's letter counts; nothing where the viewer may not ask.
static void today_ask(struct preview *preview)
{
    bool digest = preview->name == AWARD__TEMPLATE__NAME__digest;
    bool silence = preview->name == AWARD__TEMPLATE__NAME__silence;
    if (!digest && !silence) {
        return;
    }
    Award__QueryToday query = AWARD__QUERY_TODAY__INIT;
    const Award__QueryReply *reply = show_try(preview->ctl, AWARD__QUERY__BODY_TODAY, &query.base);
    preview->asked.today = reply != NULL && digest ? reply->today : NULL;
    preview->asked.silence = reply != NULL && silence ? reply->today->silence : NULL;
}

static const Award__Status *status_ask(struct preview *preview)
{
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    const Award__QueryReply *reply = show_try(preview->ctl, AWARD__QUERY__BODY_STATUS, &query.base);
    return reply != NULL ? reply->status : NULL;
}

// As enrolled; NULL where there is none, or the viewer may not ask.
static Award__Principal *principal_find(struct preview *preview, const char *name)
{
    Award__QueryPrincipals query = AWARD__QUERY_PRINCIPALS__INIT;
    const Award__QueryReply *reply;
    size_t rows;
    do {
        reply = show_try(preview->ctl, AWARD__QUERY__BODY_PRINCIPALS, &query.base);
        rows = reply != NULL ? reply->principals->n_rows : 0;
        for (size_t i = 0; i < rows; i++) {
            Award__Principal *principal = reply->principals->rows[i]->principal;
            if (strcmp(principal->name, name) == 0) {
                return principal;
            }
            query.after = principal->name;
        }
    } while (rows > 0 && reply->more);
    return NULL;
}

// ---- Put together

static void fact_put(struct preview *preview, const char *name, const char *value)
{
    struct arena *arena = preview->ctl->arena;
    Award__Message__Fact *fact = arena_alloc(arena, sizeof(*fact));
    award__message__fact__init(fact);
    fact->name = arena_string(arena, name);
    fact->value = value != NULL ? arena_string(arena, value) : NULL;
    preview->message.facts[preview->message.n_facts++] = fact;
}

static bool fact_known(const struct preview *preview, const char *name)
{
    for (size_t i = 0; i < preview->message.n_facts; i++) {
        if (strcmp(preview->message.facts[i]->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static size_t fields_count(const char *list)
{
    size_t count = 0;
    size_t size;
    for (const char *field; template_field_next(&list, &field, &size);) {
        count++;
    }
    return count;
}

// The facts of a message that there has not been yet.
static void facts_make(struct preview *preview)
{
    struct arena *arena = preview->ctl->arena;
    const char *list = template_fields(preview->name);
    preview->message.facts =
        arena_alloc(arena, (fields_count(list) + 2) * sizeof(*preview->message.facts));
    if (preview->view != NULL) {
        const Award__Enterprise *enterprise = preview->view->enterprise;
        fact_put(preview, "cycle", preview->view->case_->cycle);
        fact_put(preview, "enterprise",
                 enterprise != NULL ? enterprise->name : preview->view->case_->enterprise);
    }
    size_t size;
    for (const char *field; template_field_next(&list, &field, &size);) {
        const struct template_field *row = template_field_find(field, size);
        bool given = fact_known(preview, row->name) || preview->asked.silence != NULL ||
                     strcmp(row->name, "city") == 0 ||
                     (strcmp(row->name, "case") == 0 && preview->view != NULL);
        if (row->example != NULL && !given) {
            fact_put(preview, row->name, row->example);
            preview->examples = arena_format(arena, "%s%s%s", preview->examples,
                                             preview->examples[0] != '\0' ? " " : "", row->name);
        }
    }
}

static Award__DeliverMessage__Item *item_make(const struct preview *preview,
                                              Award__Deadline *deadline, Award__Moment *now)
{
    struct arena *arena = preview->ctl->arena;
    const Award__Enterprise *enterprise = preview->view->enterprise;
    Award__DeliverMessage__Item *item = arena_alloc(arena, sizeof(*item));
    award__deliver_message__item__init(item);
    item->alert = arena_alloc(arena, sizeof(*item->alert));
    award__alert__init(item->alert);
    item->alert->revision = deadline->revision;
    item->alert->raised = now;
    item->deadline = deadline;
    item->enterprise_name = enterprise != NULL ? enterprise->name : NULL;
    return item;
}

static bool pending(const Award__Deadline *deadline)
{
    return deadline->state == AWARD__DEADLINE__STATE__open ||
           deadline->state == AWARD__DEADLINE__STATE__overdue;
}

// Alerts of the deadlines that the case has still to meet, as of now.
static void items_make(struct preview *preview)
{
    if (preview->name != AWARD__TEMPLATE__NAME__alerts || preview->view == NULL) {
        return;
    }
    Award__DeliverMessage *asked = &preview->asked;
    size_t count = preview->view->n_deadlines;
    asked->items = arena_alloc(preview->ctl->arena, (count + 1) * sizeof(*asked->items));
    for (size_t i = 0; i < count; i++) {
        if (pending(preview->view->deadlines[i])) {
            asked->items[asked->n_items++] =
                item_make(preview, preview->view->deadlines[i], preview->message.created);
        }
    }
}

static void message_make(struct preview *preview, Award__Moment *now)
{
    struct arena *arena = preview->ctl->arena;
    preview->message.message = arena_string(arena, "preview");
    preview->message.recipient = arena_string(
        arena, preview->view != NULL ? preview->view->case_->enterprise : preview->ctl->principal);
    preview->message.has_template_ = 1;
    preview->message.template_ = preview->name;
    preview->message.created = now;
    preview->message.case_ = preview->view != NULL ? preview->view->case_->case_ : NULL;
    facts_make(preview);
    items_make(preview);
}

static bool preview_make(struct preview *preview, int *status)
{
    const Award__Status *awardd = status_ask(preview);
    if (preview->view != NULL && !message_ask(preview, status)) {
        return false;
    }
    today_ask(preview);
    Award__Moment *now = arena_alloc(preview->ctl->arena, sizeof(*now));
    award__moment__init(now);
    now->ms = awardd != NULL && awardd->now != NULL ? awardd->now->ms : 0;
    if (preview->real != NULL) {
        preview->message = *preview->real;
    } else {
        message_make(preview, now);
    }
    preview->asked.message = &preview->message;
    preview->asked.recipient = principal_find(preview, preview->message.recipient);
    preview->asked.city = awardd != NULL ? awardd->city : NULL;
    return true;
}

// ---- Shown

static void letter_print(const struct preview *preview, const struct letter *letter)
{
    struct ctl *ctl = preview->ctl;
    const char *real = preview->real != NULL ? preview->real->message : NULL;
    const char *file = letter->form->file;
    if (ctl->output == CTL_TABLE) {
        show_fact(ctl, "模板", "template", file);
        show_fact(ctl, "消息", "message", real);
        show_fact(ctl, "示例", "examples", preview->examples[0] != '\0' ? preview->examples : NULL);
        show_fact(ctl, "收件人", "to", letter->to);
        show_fact(ctl, "主题", "subject", letter->subject);
        (void)printf("\n%s", letter->body);
        return;
    }
    static const char *const heads[] = {"模板 template",
                                        "消息 message",
                                        "示例 examples",
                                        "收件人 to",
                                        "主题 subject",
                                        "正文 body",
                                        NULL};
    struct printing printing = printing_begin(ctl, heads);
    printing_row(&printing, (const char *const[]){file, real, preview->examples, letter->to,
                                                  letter->subject, letter->body});
    printing_end(&printing);
}

// False when it has said that the word is no language.
static bool language_read(struct preview *preview, const char *text)
{
    if (text == NULL) {
        return true;
    }
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&award__language__name__descriptor, text);
    if (value == NULL) {
        (void)ctl_error(CTL_USAGE, "--language 应为 zh 或 en", "--language is zh or en");
        return false;
    }
    preview->asked.has_language = 1;
    preview->asked.language = (Award__Language__Name)value->value;
    return true;
}

static int preview_run(struct preview *preview, const char *case_name)
{
    int status = CTL_OK;
    struct letter letter;
    const char *reason;
    if ((case_name != NULL && !case_ask(preview, case_name, &status)) ||
        !preview_make(preview, &status)) {
        return status;
    }
    if (!letter_write(&preview->asked, preview->templates, preview->ctl->arena, &letter, &reason)) {
        return ctl_error(CTL_INPUT, "这条消息不完整", "the message is incomplete");
    }
    letter_print(preview, &letter);
    return CTL_OK;
}

static int template_preview_run(struct ctl *ctl, int argc, char **argv)
{
    const char *own = NULL;
    const char *language = NULL;
    const struct ctl_option options[] = {
        {"--templates", &own,      NULL},
        {"--language",  &language, NULL},
        {NULL,          NULL,      NULL},
    };
    argc = ctl_options(&command_template_preview, options, argc, argv);
    if (argc < 1 || argc > 2) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_template_preview);
    }
    struct preview preview = {.ctl = ctl, .examples = ""};
    award__deliver_message__init(&preview.asked);
    award__message__init(&preview.message);
    if (!letters_choose(argv[0], &preview.name) || !language_read(&preview, language)) {
        return CTL_USAGE;
    }
    preview.templates = letters_read(ctl, own);
    return preview.templates != NULL ? preview_run(&preview, argc == 2 ? argv[1] : NULL)
                                     : CTL_INPUT;
}
