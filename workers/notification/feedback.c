// feedback - the feedback report as a mail for the office's file, and as data
//
// Dated by the last sheet that it rests on: a report written again has the same bytes.
#include "workers/notification/feedback.h"

#include "common/codec.h"
#include "common/time.h"
#include "letters/feedback_report.h"
#include "settings/digest.h"
#include "workers/notification/mail.h"

#include <string.h>

static int64_t date_of(const Award__WriteFeedback *asked)
{
    const Award__Case *c = asked->case_;
    int64_t date = c->applied_on != NULL ? day_start(c->applied_on->number) : 0;
    for (size_t i = 0; i < asked->n_sheets; i++) {
        const Award__Moment *submitted = asked->sheets[i]->submitted;
        date = submitted != NULL && submitted->ms > date ? submitted->ms : date;
    }
    return date;
}

static char *mail_write(const Award__WriteFeedback *asked, const struct template *form,
                        const char *identity, struct facts *facts)
{
    struct letter letter = {
        .form = form,
        .to = asked->recipient != NULL ? asked->recipient : asked->case_->enterprise,
        .to_name = asked->enterprise_name,
        .city = asked->city,
        .office = asked->names != NULL ? asked->names->office_zh : NULL,
        .identity = identity,
        .date_ms = date_of(asked),
        .rehearsal = asked->rehearsal,
    };
    letter_fill(&letter, facts);
    const struct mail mail = mail_of_letter(&letter);
    return mail_format(&mail, facts->arena);
}

// What the reviewers said of each other's scores is not the enterprise's to see.
static Award__Sheet *sheet_shown(const Award__Sheet *sheet, struct arena *arena)
{
    Award__Sheet *shown = arena_copy(arena, sheet, sizeof(*shown));
    shown->person = NULL;
    shown->remarks = NULL;
    shown->n_explanations = 0;
    shown->scores = arena_alloc(arena, (sheet->n_scores + 1) * sizeof(Award__Score *));
    for (size_t i = 0; i < sheet->n_scores; i++) {
        shown->scores[i] = arena_copy(arena, sheet->scores[i], sizeof(Award__Score));
        shown->scores[i]->remark = NULL;
    }
    return shown;
}

// Neither who scored nor what else is on record of the case is the enterprise's to see.
static char *json_write(const Award__WriteFeedback *asked, struct arena *arena)
{
    Award__WriteFeedback shown = *asked;
    Award__Case c = AWARD__CASE__INIT;
    c.case_ = asked->case_->case_;
    c.cycle = asked->case_->cycle;
    c.enterprise = asked->case_->enterprise;
    c.has_stage = asked->case_->has_stage;
    c.stage = asked->case_->stage;
    c.document_score = asked->case_->document_score;
    c.site_score = asked->case_->site_score;
    c.n_strengths = asked->case_->n_strengths;
    c.strengths = asked->case_->strengths;
    c.n_improvements = asked->case_->n_improvements;
    c.improvements = asked->case_->improvements;
    shown.case_ = &c;
    shown.recipient = NULL;
    shown.names = NULL;
    shown.n_sheets = 0;
    shown.sheets = arena_alloc(arena, (asked->n_sheets + 1) * sizeof(Award__Sheet *));
    for (size_t i = 0; i < asked->n_sheets; i++) {
        if (feedback_sheet_decides(asked, asked->sheets[i])) {
            shown.sheets[shown.n_sheets++] = sheet_shown(asked->sheets[i], arena);
        }
    }
    return arena_format(arena, "%s\n", codec_to_json(&shown.base, CODEC_JSON_PRETTY, arena));
}

bool feedback_write(const Award__WriteFeedback *asked, const struct template *form,
                    const char *identity, struct arena *arena, struct feedback *report,
                    const char **reason)
{
    if (asked->case_ == NULL || asked->case_->case_ == NULL || asked->case_->enterprise == NULL) {
        *reason = "任务中的案件不完整。 / The case of the task is incomplete.";
        return false;
    }
    struct facts facts = facts_begin(arena);
    char digest[DIGEST_TEXT_BYTES];
    report->text = feedback_facts_add(&facts, asked);
    digest_of(report->text, strlen(report->text), digest);
    report->digest = arena_string(arena, digest);
    report->mail = mail_write(asked, form, identity, &facts);
    report->json = json_write(asked, arena);
    return true;
}
