// exposed_years - applications between the two ends of years that are counted otherwise
//
// A refusal keeps its reasons and their last days; of who was admitted what is on record now is
// looked at.
#include "rules/exposing.h"

#include "common/time.h"
#include "rules/incident_counts.h"
#include "rules/lineage.h"

#include <string.h>

// ---- Years: of operation (11(1)), without accidents (11(4)), of bars (12(2) to 12(4))

struct span {
    const char *article;
    int32_t from;
    uint32_t years;
};

struct spans {
    size_t n_all;
    struct span **all;
};

static void span_add(struct exposing *x, struct spans *spans, const char *article, int32_t from,
                     uint32_t years)
{
    struct span *span = arena_alloc(x->d->arena, sizeof(*span));
    *span = (struct span){article, from, years};
    list_add(x->d, &spans->n_all, &spans->all, span);
}

static void spans_of_incidents(struct exposing *x, struct spans *spans,
                               const Award__Enterprise *enterprise)
{
    for (size_t i = 0; i < enterprise->n_incidents; i++) {
        const Award__Incident *incident = incident_get(x->d, enterprise->incidents[i]);
        if (incident != NULL && incident_counts(x->rulebook, enterprise, incident)) {
            span_add(x, spans, "11(4)", incident->on->number, x->rulebook->accident_free_years);
        }
    }
}

// A bar keeps the years of the rulebook that it was entered by.
static uint32_t bar_years(const Award__Enterprise__Bar *bar)
{
    return (uint32_t)(day_to_civil(bar->until->number).year - day_to_civil(bar->from->number).year);
}

static void spans_of_bars(struct exposing *x, struct spans *spans,
                          const Award__Enterprise *enterprise)
{
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        span_add(x, spans, bar->article, bar->from->number, bar_years(bar));
    }
}

static struct spans spans_of(struct exposing *x, const Award__Enterprise *enterprise)
{
    struct spans spans = {0, NULL};
    size_t count;
    Award__Enterprise **lineage = lineage_of(x->d, enterprise, LINEAGE_PREDECESSORS, &count);
    span_add(x, &spans, "11(1)", enterprise->operating_since->number, x->rulebook->operation_years);
    for (size_t i = 0; i < count; i++) {
        spans_of_incidents(x, &spans, lineage[i]);
        spans_of_bars(x, &spans, lineage[i]);
    }
    return spans;
}

static int32_t span_until(const struct span *span)
{
    return day_add_years(span->from, (int32_t)span->years);
}

static int32_t span_until_other(const struct exposing *x, const struct span *span)
{
    const struct period period = {.length = span->years, .unit = PERIOD_YEARS};
    return reading_count(x->name, period, span->from, x->d->in->calendar);
}

// ---- Admitted or refused

static const struct exposed_words admitted = {"符合年限，受理", "admitted"};

static void admitted_add(struct exposing *x, const Award__Case *c, const char *article,
                         int32_t until)
{
    const struct exposed_words refused = {
        say(x->d, "不予受理：%s 至 %s 止", article, day_text(x->d, until)),
        say(x->d, "refused: %s until %s", article, day_text(x->d, until)),
    };
    exposed_act(exposed_add(x, admitted, refused), AWARD__EVENT__BODY_APPLICATION_SUBMITTED,
                c->case_, c->applied_on->number);
}

// Admitted, though by the other reading the years had not ended on the day of application.
static void admitted_look(struct exposing *x, const Award__Case *c, const struct spans *spans)
{
    for (size_t i = 0; i < spans->n_all; i++) {
        const struct span *span = spans->all[i];
        int32_t other = span_until_other(x, span);
        if (span_until(span) < c->applied_on->number && other >= c->applied_on->number) {
            admitted_add(x, c, span->article, other);
            return;
        }
    }
}

// Whether the years that gave the reason had ended by the other reading. A reason without a day
// stands in either.
static bool reason_falls(const struct exposing *x, const Award__Case *c, const struct spans *spans,
                         const Award__Reason *reason)
{
    bool found = false;
    for (size_t i = 0; reason->until != NULL && i < spans->n_all; i++) {
        const struct span *span = spans->all[i];
        if (strcmp(span->article, reason->article) != 0 ||
            span_until(span) != reason->until->number) {
            continue;
        }
        if (span_until_other(x, span) >= c->applied_on->number) {
            return false;
        }
        found = true;
    }
    return found;
}

// Refused, though by the other reading all its reasons fall.
static void refused_look(struct exposing *x, const Award__Case *c, const struct spans *spans)
{
    for (size_t i = 0; i < c->n_reasons; i++) {
        if (!reason_falls(x, c, spans, c->reasons[i])) {
            return;
        }
    }
    if (c->n_reasons == 0) {
        return;
    }
    const Award__Reason *reason = c->reasons[0];
    const struct exposed_words refused = {
        say(x->d, "%s：%s 至 %s 止", stage_zh(c->stage), reason->article,
            day_text(x->d, reason->until->number)),
        say(x->d, "%s: %s until %s", stage_name(c->stage), reason->article,
            day_text(x->d, reason->until->number)),
    };
    exposed_act(exposed_add(x, refused, admitted), AWARD__EVENT__BODY_APPLICATION_SUBMITTED,
                c->case_, c->applied_on->number);
}

// decision 1, decision 4
void exposed_by_bars(struct exposing *x, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    if (enterprise == NULL || c->applied_on == NULL || c->stage == AWARD__STAGE__NAME__withdrawn) {
        return;
    }
    const struct spans spans = spans_of(x, enterprise);
    if (exposed_gone(c)) {
        refused_look(x, c, &spans);
    } else {
        admitted_look(x, c, &spans);
    }
}

// ---- From another day: of the first receipt, of the conferral

// The day of application is that of the later receipt; by the first one the years had not ended.
// decision 21, F-closing-2
void exposed_by_first_receipt(struct exposing *x, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    if (enterprise == NULL || exposed_gone(c) || c->electronic_receipt == NULL ||
        c->paper_receipt == NULL) {
        return;
    }
    int32_t electronic = day_of_moment(c->electronic_receipt->ms);
    int32_t paper = day_of_moment(c->paper_receipt->ms);
    const struct spans spans = spans_of(x, enterprise);
    for (size_t i = 0; i < spans.n_all; i++) {
        int32_t until = span_until(spans.all[i]);
        if (until < c->applied_on->number && (until >= electronic || until >= paper)) {
            admitted_add(x, c, spans.all[i]->article, until);
            return;
        }
    }
}

// The last day of a bar of 12(3) that ran from the conferral; that of the bar where there was none.
static int32_t until_by_conferral(struct exposing *x, const Award__Enterprise__Bar *bar)
{
    const Award__Case *won = case_get(x->d, bar->source);
    if (won == NULL || won->honour == NULL || won->honour->conferred_on == NULL) {
        return bar->until->number;
    }
    return day_add_years(won->honour->conferred_on->number, (int32_t)bar_years(bar));
}

static void conferrals_look(struct exposing *x, const Award__Case *c,
                            const Award__Enterprise *enterprise)
{
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        if (strcmp(bar->article, "12(3)") != 0 || bar->until->number >= c->applied_on->number) {
            continue;
        }
        int32_t until = until_by_conferral(x, bar);
        if (until >= c->applied_on->number) {
            admitted_add(x, c, bar->article, until);
        }
    }
}

// decision 4; 12(3)
void exposed_by_conferral(struct exposing *x, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    if (enterprise == NULL || c->applied_on == NULL || exposed_gone(c)) {
        return;
    }
    size_t count;
    Award__Enterprise **lineage = lineage_of(x->d, enterprise, LINEAGE_PREDECESSORS, &count);
    for (size_t i = 0; i < count; i++) {
        conferrals_look(x, c, lineage[i]);
    }
}
