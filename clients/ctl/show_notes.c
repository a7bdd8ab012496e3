// show_notes - what stands beside a case or cycle: findings, reports, accountability, corrections
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/codec.h"

#include <string.h>

static int32_t day_of(const Award__Note *note)
{
    return note->on != NULL ? note->on->number : 0;
}

// By day, those of one day as they came.
static const Award__Note **notes_sorted(struct ctl *ctl, size_t count, Award__Note *const *notes)
{
    const Award__Note **sorted = arena_alloc(ctl->arena, count * sizeof(Award__Note *));
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && day_of(sorted[at - 1]) > day_of(notes[i]); at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = notes[i];
    }
    return sorted;
}

void show_notes(struct ctl *ctl, size_t count, Award__Note *const *notes)
{
    static const char *const heads[] = {"日期 on",      "事项 kind", "由谁 by",
                                        "涉及 subject", "内容 text", NULL};
    if (count == 0) {
        return;
    }
    show_heading(ctl, "监督、报告与问责", "supervision, reports, accountability");
    struct table *table = table_begin(ctl, heads);
    const Award__Note **sorted = notes_sorted(ctl, count, notes);
    for (size_t i = 0; i < count; i++) {
        const Award__Note *note = sorted[i];
        table_row(table, (const char *const[]){ctl_day(ctl, note->on), show_event(ctl, note->kind),
                                               note->by, note->subject, note->text});
    }
    table_end(table);
}

const char *show_correction(struct ctl *ctl, const Award__Corrected *corrected)
{
    Award__Event content;
    award__event__init(&content);
    if (corrected->content != NULL) { // its body alone: whose event it is stands beside it
        content.body_case = corrected->content->body_case;
        content.database_created = corrected->content->database_created; // any member
    }
    const char *followers = "";
    for (size_t i = 0; i < corrected->n_followers; i++) {
        const Award__Corrected__Follower *follower = corrected->followers[i];
        followers =
            arena_format(ctl->arena, "%s%s%s %s/%s", followers, i > 0 ? "，" : "；其后 then ",
                         follower->name, follower->event->principal, follower->event->id);
    }
    return arena_format(ctl->arena, "更正 corrected %s（%s）：%s%s%s", ctl_day(ctl, corrected->on),
                        corrected->reason != NULL ? corrected->reason : "-",
                        codec_to_json(&content.base, CODEC_JSON_LINE, ctl->arena), followers,
                        corrected->more ? " …" : "");
}
