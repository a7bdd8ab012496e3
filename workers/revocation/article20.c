// article20 - which grounds of Article 20 stand on the record for an incident or a violation
//
// A table of grounds with the test of each. 20(1) is asked for by "violation", 20(2) and 20(3) by
// an incident, which must lie in the time of the honour. 20(4) is a judgement and never stands by
// itself.
#include "workers/revocation/article20.h"

#include "common/text.h"

#include <stdbool.h>
#include <string.h>

static const char violation[] = "violation";

// ---- Tests

// 20(1): confirmed in this selection.
static bool misrepresentation_stands(const Award__CheckGrounds *asked)
{
    return strcmp(asked->detail, violation) == 0 && asked->misrepresentation;
}

static bool in_time_of_honour(const Award__CheckGrounds *asked)
{
    const Award__Case__Honoured *honour = asked->case_->honour;
    const Award__Day *on = asked->incident->on;
    if (honour == NULL || honour->from == NULL || on == NULL) {
        return false;
    }
    return on->number >= honour->from->number &&
           (honour->until == NULL || on->number <= honour->until->number);
}

// An incident of the laureate in the time of its honour.
static bool incident_concerns(const Award__CheckGrounds *asked)
{
    const Award__Incident *incident = asked->incident;
    return incident != NULL && incident->enterprise != NULL && asked->case_->enterprise != NULL &&
           strcmp(incident->enterprise, asked->case_->enterprise) == 0 && in_time_of_honour(asked);
}

static bool liable(const Award__Incident *incident)
{
    return incident->has_liable && incident->liable == AWARD__LIABILITY__NAME__yes;
}

// Decision 17: what befell an affiliate.
static bool befell_affiliate(const Award__Incident *incident)
{
    return text_present(incident->whom) && strcmp(incident->whom, incident->enterprise) != 0;
}

static bool level_counts(const Award__CheckGrounds *asked, Award__Level__Name level)
{
    for (size_t i = 0; i < asked->n_sampling_levels; i++) {
        if (asked->sampling_levels[i] == level) {
            return true;
        }
    }
    return false;
}

// 20(2): a serious quality problem in sampling of a level that the rulebook names (decision 29); an
// affiliate's where the laureate's own liability is established.
static bool serious_quality_stands(const Award__CheckGrounds *asked)
{
    const Award__Incident *incident = asked->incident;
    if (!incident_concerns(asked) || incident->kind != AWARD__INCIDENT_KIND__NAME__sampling) {
        return false;
    }
    bool ours = incident->has_level && level_counts(asked, incident->level);
    return ours && incident->serious && (liable(incident) || !befell_affiliate(incident));
}

// 20(3): a major accident for which it was liable.
static bool major_accident_stands(const Award__CheckGrounds *asked)
{
    return incident_concerns(asked) &&
           asked->incident->kind != AWARD__INCIDENT_KIND__NAME__sampling && liable(asked->incident);
}

// ---- The table

static const struct {
    Award__Ground__Name ground;
    bool (*stands)(const Award__CheckGrounds *asked);
} grounds[] = {
    {AWARD__GROUND__NAME__misrepresentation, misrepresentation_stands},
    {AWARD__GROUND__NAME__serious_quality,   serious_quality_stands  },
    {AWARD__GROUND__NAME__major_accident,    major_accident_stands   },
};

enum { GROUNDS_COUNT = sizeof(grounds) / sizeof(grounds[0]) };

Award__GroundsChecked *article20_check(const Award__CheckGrounds *asked, struct arena *arena,
                                       const char **reason)
{
    if (asked->case_ == NULL || asked->detail == NULL) {
        *reason = "任务没有说明核对哪个案件的哪个事件。 / The task does not say what to check.";
        return NULL;
    }
    Award__GroundsChecked *checked = arena_alloc(arena, sizeof(*checked));
    award__grounds_checked__init(checked);
    checked->case_ = asked->case_->case_;
    checked->incident = asked->detail;
    checked->grounds = arena_alloc(arena, GROUNDS_COUNT * sizeof(*checked->grounds));
    for (size_t i = 0; i < GROUNDS_COUNT; i++) {
        if (grounds[i].stands(asked)) {
            checked->grounds[checked->n_grounds++] = grounds[i].ground;
        }
    }
    return checked;
}
