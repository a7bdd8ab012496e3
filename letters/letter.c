// letter - a message of the coordinator as a text: template, facts, deadlines
//
// Chinese first, then English below a line; or the one language of the recipient. Alerts are
// bundled: one line per deadline, with whose it is, its last day, its article, and the command that
// does what is due.
#include "letters/letter.h"

#include "common/time.h"
#include "letters/digest.h"
#include "letters/facts.h"
#include "letters/feedback_report.h"
#include "letters/words.h"
#include "rules/ladders.h"
#include "settings/keys.h"

#include <string.h>

enum { ITEMS_MAX = 200 }; // deadlines that one message spells out

// ---- Alerts

// How the last day lies to the day of the alert.
static struct word nearness(const Award__Deadline *deadline, int32_t today)
{
    switch ((int)deadline->state) {
    case AWARD__DEADLINE__STATE__met:
    case AWARD__DEADLINE__STATE__met_late:
        return (struct word){"已办理", "done"};
    case AWARD__DEADLINE__STATE__removed:
        return (struct word){"已取消", "no longer due"};
    case AWARD__DEADLINE__STATE__suspended:
        return (struct word){"已中止", "suspended"};
    default:
        break;
    }
    if (deadline->last == NULL || today < deadline->last->number) {
        return (struct word){"未到期", "still to come"};
    }
    if (today == deadline->last->number) {
        return (struct word){"今日到期", "due today"};
    }
    bool ends = deadline->kind == AWARD__DEADLINE_KIND__NAME__closing ||
                deadline->kind == AWARD__DEADLINE_KIND__NAME__publicity_end;
    return ends ? (struct word){"已结束", "over"} : (struct word){"已逾期", "overdue"};
}

// What stands behind an alert beside the day: why it comes now, and why again.
struct mark {
    bool stands;
    const char *zh;
    const char *en;
};

static void marks_put(const Award__DeliverMessage__Item *item, struct writing *zh,
                      struct writing *en)
{
    const Award__Alert *alert = item->alert;
    const Award__Deadline *deadline = item->deadline;
    bool moved = alert->revision != deadline->revision;
    bool late = alert->planned != NULL && alert->raised->ms - alert->planned->ms > ALERT_LATE_MS;
    const struct mark marks[] = {
        {moved,                       "，期限已改，原提醒作废", ", moved: what was said before no longer holds"},
        {alert->taken_back && !moved, "，提醒收回，无需再办",
         ", taken back: nothing is left to do"                                                                            },
        {alert->unheard,              "，各次提醒均无人确认",    ", nobody acknowledged any alert of it"        },
        {alert->escalated,            "，下级未确认，报您处理", ", nobody below you acknowledged it"           },
        {late,                        "，本提醒迟发",                ", this alert is late"                         },
        {deadline->provisional,       "，暂定",                         ", provisional"                                },
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (marks[i].stands) {
            writing_put(zh, marks[i].zh);
            writing_put(en, marks[i].en);
        }
    }
    if (alert->stands_for != NULL) {
        writing_format(zh, "，代 %s", alert->stands_for);
        writing_format(en, ", for %s", alert->stands_for);
    }
    if (alert->assigned_by != NULL) {
        writing_format(zh, "，由 %s 移交：%s", alert->assigned_by, alert->reason);
        writing_format(en, ", handed on by %s: %s", alert->assigned_by, alert->reason);
    }
}

// From which day a deadline was moved last, and why.
static void move_put(const Award__Deadline *deadline, struct writing *zh, struct writing *en)
{
    const Award__Deadline__Move *move =
        deadline->n_moves > 0 ? deadline->moves[deadline->n_moves - 1] : NULL;
    if (move == NULL || move->revision != deadline->revision || move->old_last == NULL) {
        return;
    }
    char old_last[DAY_TEXT_BYTES];
    day_format(move->old_last->number, old_last);
    struct word why = {move->reason, move->reason};
    if (move->event != NULL && strcmp(move->event, "deadlines_recomputed") == 0) {
        why = (struct word){"节假日安排变更", "the calendar changed"};
    }
    writing_format(zh, "，原为 %s", old_last);
    writing_format(en, ", before: %s", old_last);
    if (why.zh != NULL) {
        writing_format(zh, "（%s）", why.zh);
        writing_format(en, " (%s)", why.en);
    }
}

// Of what is over nothing is left to do, and it can be looked at.
static struct word does(const Award__DeliverMessage__Item *item, Award__Role__Name reader,
                        struct arena *arena)
{
    const Award__Deadline *deadline = item->deadline;
    bool over = item->alert->taken_back && item->alert->revision == deadline->revision;
    struct deadline_line line = {
        .text = arena_format(arena, "awardctl deadlines %s --all", deadline->subject),
        .shows = true,
    };
    if (!over) {
        line = line_of_deadline(arena, deadline, reader);
    }
    return word_of_line(arena, &line);
}

static struct facts item_facts(const Award__DeliverMessage__Item *item, Award__Role__Name reader,
                               int32_t today, struct arena *arena)
{
    const Award__Deadline *deadline = item->deadline;
    const struct word *due = word_of_deadline(deadline->kind);
    struct word near = nearness(deadline, today);
    struct word doing = does(item, reader, arena);
    struct writing near_zh = writing_begin(arena);
    struct writing near_en = writing_begin(arena);
    writing_put(&near_zh, near.zh);
    writing_put(&near_en, near.en);
    move_put(deadline, &near_zh, &near_en);
    marks_put(item, &near_zh, &near_en);
    struct facts facts = facts_begin(arena);
    fact_add(&facts, "due_zh", due != NULL ? due->zh : NULL);
    fact_add(&facts, "due_en", due != NULL ? due->en : NULL);
    fact_add(&facts, "near_zh", near_zh.text);
    fact_add(&facts, "near_en", near_en.text);
    fact_add(&facts, "whose",
             item->enterprise_name != NULL ? item->enterprise_name : deadline->subject);
    fact_add(&facts, "article", deadline->article);
    fact_add(&facts, "article_zh", article_zh(deadline->article, arena));
    fact_add_day(&facts, "last", deadline->last);
    fact_add(&facts, "does_zh", doing.zh);
    fact_add(&facts, "does_en", doing.en);
    return facts;
}

static bool of_one_deadline(const Award__DeliverMessage__Item *one,
                            const Award__DeliverMessage__Item *other)
{
    return one->deadline->deadline != NULL && other->deadline != NULL &&
           other->deadline->deadline != NULL &&
           strcmp(one->deadline->deadline, other->deadline->deadline) == 0;
}

// Whether another item tells of the same deadline in its place: the last, of those that stand.
static bool told_by_another(const Award__DeliverMessage *asked, size_t index)
{
    const Award__DeliverMessage__Item *item = asked->items[index];
    for (size_t i = 0; i < asked->n_items; i++) {
        const Award__DeliverMessage__Item *other = asked->items[i];
        if (i == index || !of_one_deadline(item, other)) {
            continue;
        }
        bool later = other->alert->taken_back == item->alert->taken_back && i > index;
        if (later || (item->alert->taken_back && !other->alert->taken_back)) {
            return true;
        }
    }
    return false;
}

static void item_put(const Award__DeliverMessage__Item *item, Award__Role__Name reader,
                     int32_t today, struct writing *zh, struct writing *en)
{
    struct facts facts = item_facts(item, reader, today, zh->arena);
    writing_fill(zh,
                 "- {due_zh}：{whose}，末日 {last}（{near_zh}），依据 {article_zh}；{does_zh}\n",
                 facts.list);
    writing_fill(en, "- {due_en}: {whose}, last day {last} ({near_en}), by {article}; {does_en}\n",
                 facts.list);
}

// What the message has no room for, in its list or on its page.
static void rest_put(const Award__Message *message, size_t count, struct writing *zh,
                     struct writing *en)
{
    if (message->more) {
        writing_put(zh, "- 还有未列出的：awardctl alerts\n");
        writing_put(en, "- and more that are not listed: awardctl alerts\n");
    } else if (count > ITEMS_MAX) {
        writing_format(zh, "- 另有 %zu 项：awardctl alerts\n", count - ITEMS_MAX);
        writing_format(en, "- and %zu more: awardctl alerts\n", count - ITEMS_MAX);
    }
}

static void items_add(struct facts *facts, const Award__DeliverMessage *asked)
{
    struct arena *arena = facts->arena;
    struct writing zh = writing_begin(arena);
    struct writing en = writing_begin(arena);
    int32_t today = day_of_moment(asked->message->created->ms);
    Award__Role__Name reader = reader_role(asked);
    size_t count = 0;
    for (size_t i = 0; i < asked->n_items; i++) {
        if (asked->items[i]->deadline == NULL || told_by_another(asked, i)) {
            continue;
        }
        if (count++ < ITEMS_MAX) {
            item_put(asked->items[i], reader, today, &zh, &en);
        }
    }
    rest_put(asked->message, count, &zh, &en);
    fact_add(facts, "count", arena_format(arena, asked->message->more ? "%zu+" : "%zu", count));
    fact_add(facts, "items_zh", zh.text);
    fact_add(facts, "items_en", en.text);
}

// ---- A proof of silence

static void silence_add(struct facts *facts, const Award__Silence *silence)
{
    if (silence == NULL) {
        return;
    }
    const struct {
        const char *name;
        uint64_t number;
    } numbers[] = {
        {"checked",      silence->checked     },
        {"alerts",       silence->alerts      },
        {"acknowledged", silence->acknowledged},
        {"undelivered",  silence->undelivered },
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        fact_add(facts, numbers[i].name,
                 arena_format(facts->arena, "%llu", (unsigned long long)numbers[i].number));
    }
    char next[DAY_TEXT_BYTES] = "";
    if (silence->next != NULL) {
        day_format(day_of_moment(silence->next->ms), next);
    }
    fact_add(facts, "next",
             arena_format(facts->arena, "%s%s", next,
                          silence->next_provisional ? "（暂定 / provisional）" : ""));
    fact_add(facts, "next_deadline", silence->next_deadline);
}

// ---- Any letter

static const char *subject_fill(const struct letter *letter, const struct facts *facts)
{
    const struct template *form = letter->form;
    struct writing subject = writing_begin(facts->arena);
    writing_put(&subject, letter->rehearsal ? "[演练 / rehearsal] " : "");
    if (letter->language != AWARD__LANGUAGE__NAME__en) {
        writing_fill(&subject, form->subject_zh, facts->list);
    }
    writing_put(&subject, letter->language == 0 ? " / " : "");
    if (letter->language != AWARD__LANGUAGE__NAME__zh) {
        writing_fill(&subject, form->subject_en, facts->list);
    }
    return subject.text;
}

static const char *body_fill(const struct letter *letter, const struct facts *facts)
{
    const struct template *form = letter->form;
    struct writing body = writing_begin(facts->arena);
    if (letter->language != AWARD__LANGUAGE__NAME__en) {
        writing_fill(&body, form->body_zh, facts->list);
    }
    writing_put(&body, letter->language == 0 ? "\n----\n\n" : "");
    if (letter->language != AWARD__LANGUAGE__NAME__zh) {
        writing_fill(&body, form->body_en, facts->list);
    }
    writing_fill(&body, "\n-- \n{city} awardd: {message}\n", facts->list);
    return body.text;
}

void letter_fill(struct letter *letter, struct facts *facts)
{
    const char *city = letter->city != NULL ? letter->city : "";
    fact_add(facts, "city", letter->city);
    fact_add(facts, "recipient", letter->to_name != NULL ? letter->to_name : letter->to);
    fact_add(facts, "message", letter->identity);
    facts_add_words(facts);
    letter->from_name =
        letter->office != NULL ? letter->office : arena_format(facts->arena, "%s awardd", city);
    letter->subject = subject_fill(letter, facts);
    letter->body = body_fill(letter, facts);
}

// ---- A message of the coordinator

static bool message_sound(const Award__Message *message, const char **reason)
{
    if (message == NULL || message->message == NULL || message->recipient == NULL ||
        message->created == NULL) {
        *reason = "任务中的消息不完整。 / The message of the task is incomplete.";
        return false;
    }
    if (!message->has_template_ || template_name(message->template_) == NULL) {
        *reason = "没有这种消息的模板；请核对通知程序的版本。 / There is no template for this "
                  "message; check the version of the notification worker.";
        return false;
    }
    return true;
}

static struct facts message_facts(const Award__DeliverMessage *asked, struct arena *arena)
{
    const Award__Message *message = asked->message;
    struct facts facts = facts_begin(arena);
    for (size_t i = 0; i < message->n_facts; i++) {
        if (message->facts[i]->name != NULL) {
            fact_add(&facts, message->facts[i]->name, message->facts[i]->value);
        }
    }
    fact_add(&facts, "case", message->case_);
    if (asked->feedback != NULL && asked->feedback->case_ != NULL) {
        (void)feedback_facts_add(&facts, asked->feedback);
    } else if (asked->today != NULL) {
        digest_add(&facts, asked);
    } else {
        items_add(&facts, asked);
    }
    silence_add(&facts, asked->silence);
    return facts;
}

bool letter_write(const Award__DeliverMessage *asked, const struct templates *templates,
                  struct arena *arena, struct letter *letter, const char **reason)
{
    const Award__Message *message = asked->message;
    if (!message_sound(message, reason)) {
        return false;
    }
    struct facts facts = message_facts(asked, arena);
    *letter = (struct letter){
        .form = template_of(templates, message->template_),
        .to = message->recipient,
        .to_name = asked->recipient != NULL ? asked->recipient->full_name : NULL,
        .city = asked->city,
        .office = asked->names != NULL ? asked->names->office_zh : NULL,
        .identity = message->message,
        .date_ms = message->created->ms,
        .rehearsal = asked->rehearsal,
        .language = asked->has_language ? asked->language : (Award__Language__Name)0,
    };
    letter_fill(letter, &facts);
    return true;
}
