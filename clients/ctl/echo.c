// echo - the steps of a push as a person wants to read them
//
// A step is what somebody reported (echo_event), what was decided and by which article, and what it
// led to (echo_changes). What clock and workers did meanwhile is told in one line each.
#include "clients/ctl/echo_private.h"

#include "clients/ctl/words.h"
#include "common/memory.h"
#include "common/text.h"
#include "rules/events.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 17 }; // where a step's lines begin, below "  决定 decision  "

struct echo *echo_create(const struct ctl *ctl)
{
    struct echo *echo = memory_allocate(sizeof(*echo));
    echo->ctl = *ctl;
    echo->ctl.arena = arena_create();
    echo->kept = arena_create();
    return echo;
}

void echo_destroy(struct echo *echo)
{
    if (echo != NULL) {
        arena_destroy(echo->kept);
        arena_destroy(echo->ctl.arena);
        free(echo);
    }
}

// ---- What the files of echo share

struct known *echo_known(struct echo *echo, const char *kind, const char *name)
{
    const char *key = arena_format(echo->ctl.arena, "%s %s", kind, name);
    for (struct known *known = echo->known; known != NULL; known = known->next) {
        if (strcmp(known->key, key) == 0) {
            return known;
        }
    }
    struct known *known = arena_alloc(echo->kept, sizeof(*known));
    known->key = arena_string(echo->kept, key);
    known->next = echo->known;
    echo->known = known;
    return known;
}

const char *echo_text(const char *text)
{
    return text != NULL ? text : "-";
}

const char *echo_subject(struct echo *echo, const char *subject)
{
    const char *text = echo_text(subject);
    const char *slash = strchr(text, '/');
    char *code = arena_string(echo->ctl.arena, slash != NULL ? slash + 1 : text);
    code[strcspn(code, "/")] = '\0';
    const char *name = echo_known(echo, "enterprise", code)->text;
    return name != NULL ? arena_format(echo->ctl.arena, "%s %s", name, text) : text;
}

const char *echo_word(struct echo *echo, const ProtobufCEnumDescriptor *descriptor, int value)
{
    const char *zh = word_zh(descriptor, value);
    const char *en = word_en(descriptor, value);
    return zh != NULL ? arena_format(echo->ctl.arena, "%s %s", zh, en) : en;
}

void echo_say(struct echo *echo, const char *format, ...)
{
    va_list args;
    if (echo->lead != NULL) {
        (void)fputs(echo->lead, stdout);
    } else {
        (void)printf("%*s", (int)echo->lead_width, "");
    }
    echo->lead = NULL;
    va_start(args, format);
    (void)vprintf(format, args);
    va_end(args);
    (void)putchar('\n');
}

// ---- Reasons and outcomes

// What something rests on: an article of the regulation, or what else it may be.
static const char *rests_on(struct echo *echo, const char *article)
{
    if (article == NULL) {
        return "-";
    }
    if (authority_zh(article) != NULL) {
        return arena_format(echo->ctl.arena, "依据 %s %s", authority_zh(article), article);
    }
    bool numbered = isdigit((unsigned char)article[0]) != 0;
    return arena_format(echo->ctl.arena, numbered ? "依据 第 %s 条 article" : "依据 %s", article);
}

static void reasons_show(struct echo *echo, Award__Reason *const *reasons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Reason *reason = reasons[i];
        echo_say(echo, "%s（%s）", echo_text(reason->zh), echo_text(reason->article));
        echo_say(echo, "%s", echo_text(reason->en));
    }
}

// clang-format off
static const char *const COLOURS[] = {
    [AWARD__OUTCOME__NAME__accepted] = "\033[32m",
    [AWARD__OUTCOME__NAME__refused]  = "\033[33m",
    [AWARD__OUTCOME__NAME__pending]  = "\033[36m",
    [AWARD__OUTCOME__NAME__rejected] = "\033[31m",
};
// clang-format on

static const char *outcome_said(struct echo *echo, Award__Outcome__Name outcome)
{
    size_t index = (size_t)outcome;
    bool coloured =
        echo->ctl.colours && index < sizeof(COLOURS) / sizeof(COLOURS[0]) && COLOURS[index] != NULL;
    return arena_format(echo->ctl.arena, "%s%s%s", coloured ? COLOURS[index] : "",
                        echo_word(echo, &award__outcome__name__descriptor, (int)outcome),
                        coloured ? "\033[0m" : "");
}

// ---- Steps

static const char *event_said(struct echo *echo, const Award__Event *event)
{
    const struct event_row *row = event != NULL ? event_row(event->body_case) : NULL;
    const char *name = event != NULL ? event_name(event->body_case) : NULL;
    return arena_format(echo->ctl.arena, "%s %s", row != NULL ? row->zh : "", echo_text(name));
}

// A line that was not sent, or that changed nothing, has no moment of recording.
static const char *line_moment(struct echo *echo, const struct push_line *line)
{
    Award__Moment at = AWARD__MOMENT__INIT;
    at.ms = line->at_ms;
    if (line->answer->recorded != NULL) {
        return ctl_moment(&echo->ctl, line->answer->recorded);
    }
    return ctl_moment(&echo->ctl, line->has_at ? &at : NULL);
}

void echo_line(struct echo *echo, const struct push_line *line)
{
    const Award__Answer *answer = line->answer;
    echo->lead = NULL;
    echo->lead_width = INDENT;
    (void)printf("\n#%" PRIu64 "  %s  %s  %s\n", line->number, line_moment(echo, line),
                 echo_text(line->principal), event_said(echo, line->event));
    if (line->event != NULL) {
        echo_event(echo, line->event);
    }
    (void)printf("  决定 decision  %s%s  %s%s%s\n", outcome_said(echo, answer->outcome),
                 answer->repeated ? "（已在案 repeated）" : "", rests_on(echo, answer->article),
                 answer->case_ != NULL ? "  " : "",
                 answer->case_ != NULL ? echo_subject(echo, answer->case_) : "");
    reasons_show(echo, answer->reasons, answer->n_reasons);
    reasons_show(echo, answer->rejected_parts, answer->n_rejected_parts);
    echo_changes(echo, answer->changes, answer->n_changes);
    if (answer->changes_left_out) {
        (void)puts("  变更太多，未列出 too much was changed to be listed");
    }
    arena_reset(echo->ctl.arena);
}

void echo_item(struct echo *echo, const Award__HistoryItem *item)
{
    const Award__Event *event = item->event;
    bool plain = item->outcome == AWARD__OUTCOME__NAME__accepted;
    const char *lead =
        arena_format(echo->ctl.arena, "  · %s  %s  ", ctl_moment(&echo->ctl, item->recorded),
                     event != NULL ? echo_text(event->principal) : "-");
    echo->lead = lead;
    echo->lead_width = text_width(lead);
    if (!plain) {
        echo_say(echo, "%s  %s  %s", event_said(echo, event), outcome_said(echo, item->outcome),
                 rests_on(echo, item->article));
    }
    reasons_show(echo, item->reasons, item->n_reasons);
    echo_changes(echo, item->changes, item->n_changes);
    if (echo->lead != NULL) {
        echo_say(echo, "%s", event_said(echo, event));
    }
    arena_reset(echo->ctl.arena);
}
