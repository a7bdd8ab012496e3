// leaders_meeting - 16(5).4-5: the leaders unify the results, which makes the site scores final
#include "rules/decide.h"
#include "rules/parts.h"
#include "rules/scores.h"
#include "rules/sheets.h"
#include "rules/tasks.h"

#include "common/limits.h"

#include <assert.h>
#include <string.h>

// ---- What was changed

static const Award__LeadersMeeting__Changed *changed_of(const Award__LeadersMeeting *e,
                                                        const char *case_name)
{
    for (size_t i = 0; i < e->n_changed; i++) {
        if (strcmp(e->changed[i]->case_, case_name) == 0) {
            return e->changed[i];
        }
    }
    return NULL;
}

static bool changed_form_check(struct deciding *d, const Award__LeadersMeeting__Changed *one)
{
    if (text_blank(one->case_) || text_blank(one->who) || text_blank(one->reason)) {
        return reject(d, "field_missing", "16(5).4",
                      "每份更改的评分须有案件 case、更改人 who 和理由 reason；请补充。",
                      "Each changed sheet needs its case, who changed it, and the reason.");
    }
    if (strlen(one->who) > LIMIT_ID_BYTES) {
        return reject(d, "bad_identifier", "form",
                      say(d, "更改人 who 不得超过 %d 字节。", (int)LIMIT_ID_BYTES),
                      say(d, "The name in who is longer than %d bytes.", (int)LIMIT_ID_BYTES));
    }
    return true;
}

// Decision 24: who changed a score and why stays on record. A sheet of wrong form ends the event.
static bool changed_check(struct deciding *d, const Award__LeadersMeeting *e)
{
    for (size_t i = 0; i < e->n_changed; i++) {
        const Award__LeadersMeeting__Changed *one = e->changed[i];
        int64_t total;
        if (!changed_form_check(d, one)) {
            return false;
        }
        if (!list_has(e->n_cases, e->cases, one->case_)) {
            return reject(
                d, "not_named", "16(5).4",
                say(d, "更改了案件 %s 的评分，但会议案件中没有它；请列入 cases。", one->case_),
                say(d,
                    "The score of case %s is changed but the meeting does not name "
                    "it; add it to cases.",
                    one->case_));
        }
        if (changed_of(e, one->case_) != one) {
            return reject(d, "named_twice", "16(5).4",
                          say(d, "案件 %s 的评分更改了两次；只保留一份。", one->case_),
                          say(d, "The score of case %s is changed twice; keep one.", one->case_));
        }
        if (!scores_total(d, d->rulebook, one->n_scores, one->scores, &total)) {
            return false;
        }
    }
    return true;
}

// ---- What becomes final

// decision 24
static int64_t unified_total(struct deciding *d, const Award__Case *c,
                             const Award__LeadersMeeting__Changed *changed)
{
    if (changed == NULL) {
        assert(c->site_score_before != NULL);
        return c->site_score_before->hundredths;
    }
    int64_t total;
    bool checked = scores_total(d, d->rulebook, changed->n_scores, changed->scores, &total);
    assert(checked);
    Award__Sheet *sheet = sheet_make(d, c, AWARD__SHEET__KIND__unified, changed->who, total);
    sheet->n_scores = changed->n_scores;
    sheet->scores = changed->scores;
    sheet->remarks = changed->reason;
    sheet_put(d, sheet, "16(5).4");
    return total;
}

// decision 7
static bool case_unify(struct deciding *d, Award__Case *c,
                       const Award__LeadersMeeting__Changed *changed)
{
    int64_t site = unified_total(d, c, changed);
    assert(c->document_score != NULL);
    int64_t document = c->document_score->hundredths;
    c->site_score = points_make(d, site);
    enum guard guard = scores_guard(d->rulebook, site);
    if (guard != GUARD_OUT) {
        SET(c, track, scores_track(d->rulebook, site < document ? site : document));
    }
    if (!case_move(d, c, guard)) {
        return false;
    }
    if (guard == GUARD_OUT) { // the text gives the report for documents only: policy
        task_queue(d, AWARD__TASK_KIND__NAME__write_feedback, c->case_, NULL, 1, c);
    }
    return true;
}

// F-meeting-1, decision 30; 7(1)
bool decide_leaders_meeting(struct deciding *d)
{
    const Award__LeadersMeeting *e = d->event->leaders_meeting;
    int32_t day;
    if (!cycle_exists(d, e->cycle) || !stated_day(d, e->on, "on", &day) || !changed_check(d, e)) {
        return false;
    }
    Award__Case **cases;
    size_t count = parts_admit(d, e->cycle, e->n_cases, e->cases, &cases);
    if (!parts_remain(d, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!case_unify(d, cases[i], changed_of(e, cases[i]->case_))) {
            return false;
        }
    }
    return true;
}
