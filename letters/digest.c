// digest - what a person has to know this morning, a line for each item
#include "letters/digest.h"

#include "common/time.h"
#include "common/writing.h"
#include "letters/words.h"
#include "rules/events.h"
#include "rules/lines.h"
#include "settings/keys.h"

#include <string.h>

enum { SECTION_ROWS_MAX = 50 }; // of one section; the rest is counted

// Both languages, as they are written.
struct digest {
    struct writing zh;
    struct writing en;
    Award__Role__Name reader;
    size_t count; // of all items
};

static struct digest digest_begin(struct arena *arena, const Award__DeliverMessage *asked)
{
    return (struct digest){
        .zh = writing_begin(arena),
        .en = writing_begin(arena),
        .reader = reader_role(asked),
    };
}

static void section_put(struct digest *digest, const char *zh, const char *en, size_t count)
{
    writing_format(&digest->zh, "%s（%zu 项）\n", zh, count);
    writing_format(&digest->en, "%s (%zu)\n", en, count);
    digest->count += count;
}

static void rest_put(struct digest *digest, size_t count)
{
    if (count > SECTION_ROWS_MAX) {
        writing_format(&digest->zh, "- 另有 %zu 项：awardctl today\n", count - SECTION_ROWS_MAX);
        writing_format(&digest->en, "- and %zu more: awardctl today\n", count - SECTION_ROWS_MAX);
    }
    writing_put(&digest->zh, "\n");
    writing_put(&digest->en, "\n");
}

// ---- Deadlines

const char *today_enterprise(const Award__Today *today, const char *enterprise)
{
    for (size_t i = 0; enterprise != NULL && i < today->n_enterprises; i++) {
        const Award__EnterpriseName *each = today->enterprises[i];
        if (each->enterprise != NULL && strcmp(each->enterprise, enterprise) == 0) {
            return each->name;
        }
    }
    return NULL;
}

// As in an alert: the enterprise by its name, else what the deadline is about.
static const char *whose(const Award__Today *today, const Award__Deadline *deadline)
{
    const char *name = today_enterprise(today, deadline->enterprise);
    return name != NULL ? name : deadline->subject;
}

static void deadline_put(struct digest *digest, const Award__Today *today,
                         const Award__Deadline *deadline)
{
    struct arena *arena = digest->zh.arena;
    const struct word *word = word_of_deadline(deadline->kind);
    const struct deadline_line line = line_of_deadline(arena, deadline, digest->reader);
    const struct word doing = word_of_line(arena, &line);
    char last[DAY_TEXT_BYTES] = "";
    if (deadline->last != NULL) {
        day_format(deadline->last->number, last);
    }
    writing_format(&digest->zh, "- %s %s%s：%s，依据 %s；%s\n", last, word != NULL ? word->zh : "",
                   deadline->provisional ? "（暂定）" : "", whose(today, deadline),
                   article_zh(deadline->article, arena), doing.zh);
    writing_format(&digest->en, "- %s %s%s: %s, by %s; %s\n", last, word != NULL ? word->en : "",
                   deadline->provisional ? " (provisional)" : "", whose(today, deadline),
                   deadline->article, doing.en);
}

static bool overdue(const Award__Deadline *deadline)
{
    return deadline->state == AWARD__DEADLINE__STATE__overdue;
}

static size_t overdue_count(size_t count, Award__Deadline *const *deadlines)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        found += overdue(deadlines[i]) ? 1 : 0;
    }
    return found;
}

static void deadlines_put(struct digest *digest, const Award__Today *today, size_t count,
                          Award__Deadline *const *deadlines, bool wanted_overdue)
{
    size_t shown = 0;
    for (size_t i = 0; i < count && shown < SECTION_ROWS_MAX; i++) {
        if (overdue(deadlines[i]) == wanted_overdue) {
            deadline_put(digest, today, deadlines[i]);
            shown++;
        }
    }
}

// ---- What waits for him

static bool waits_for(const Award__Waiting *waiting, const Award__Principal *recipient)
{
    for (size_t i = 0; recipient != NULL && i < waiting->n_from; i++) {
        if (waiting->from[i] == recipient->role) {
            return true;
        }
    }
    return false;
}

static void waiting_put(struct digest *digest, const Award__Waiting *waiting)
{
    struct arena *arena = digest->zh.arena;
    const struct event_row *row = event_row(event_number(waiting->what));
    const char *line = line_of_event(arena, waiting->what, waiting->subject);
    const char *about =
        waiting->enterprise_name != NULL ? waiting->enterprise_name : waiting->subject;
    char since[DAY_TEXT_BYTES] = "";
    if (waiting->since != NULL) {
        day_format(waiting->since->number, since);
    }
    writing_format(&digest->zh, "- 自 %s %s：%s，依据 %s；办理：%s\n", since,
                   row != NULL ? row->zh : waiting->what, about,
                   row != NULL ? article_zh(row->article, arena) : "-", line);
    writing_format(&digest->en, "- since %s %s: %s, by %s; %s\n", since, waiting->what, about,
                   row != NULL ? row->article : "-", line);
}

static void waiting_section(struct digest *digest, const Award__Today *today,
                            const Award__Principal *recipient)
{
    size_t count = 0;
    for (size_t i = 0; i < today->n_waiting; i++) {
        count += waits_for(today->waiting[i], recipient) ? 1 : 0;
    }
    section_put(digest, "等您办理", "Waiting for you", count);
    size_t shown = 0;
    for (size_t i = 0; i < today->n_waiting && shown < SECTION_ROWS_MAX; i++) {
        if (waits_for(today->waiting[i], recipient)) {
            waiting_put(digest, today->waiting[i]);
            shown++;
        }
    }
    rest_put(digest, count);
}

// ---- Together

void digest_add(struct facts *facts, const Award__DeliverMessage *asked)
{
    const Award__Today *today = asked->today;
    struct digest digest = digest_begin(facts->arena, asked);
    size_t late = overdue_count(today->n_due, today->due);
    section_put(&digest, "已逾期", "Overdue", late);
    deadlines_put(&digest, today, today->n_due, today->due, true);
    rest_put(&digest, late);
    section_put(&digest, "今日到期", "Due today", today->n_due - late);
    deadlines_put(&digest, today, today->n_due, today->due, false);
    rest_put(&digest, today->n_due - late);
    section_put(&digest, "七日之内", "Within seven days", today->n_soon);
    deadlines_put(&digest, today, today->n_soon, today->soon, false);
    rest_put(&digest, today->n_soon);
    waiting_section(&digest, today, asked->recipient);
    fact_add(facts, "count", arena_format(facts->arena, "%zu", digest.count));
    fact_add(facts, "items_zh", digest.zh.text);
    fact_add(facts, "items_en", digest.en.text);
}
