// incident_counts - what an incident counts for: 11(4) and 20, the hold of 11(4), the report of 19
#include "rules/incident_counts.h"

#include <string.h>

static bool befell_another(const Award__Enterprise *enterprise, const Award__Incident *incident)
{
    return !text_blank(incident->whom) && strcmp(incident->whom, enterprise->enterprise) != 0 &&
           (enterprise->name == NULL || strcmp(incident->whom, enterprise->name) != 0);
}

static bool level_in(uint32_t levels, Award__Level__Name level)
{
    return (levels & 1U << level) != 0;
}

// F-incident-1, F-ground-2, decision 17, decision 29
bool incident_counts(const struct rulebook *rulebook, const Award__Enterprise *enterprise,
                     const Award__Incident *incident)
{
    bool liable = incident->has_liable && incident->liable == AWARD__LIABILITY__NAME__yes;
    if (incident->kind != AWARD__INCIDENT_KIND__NAME__sampling) {
        return liable;
    }
    bool serious = incident->serious != 0 && level_in(rulebook->sampling_levels, incident->level);
    return serious && (liable || !befell_another(enterprise, incident));
}

bool incident_liability_unknown(const Award__Incident *incident)
{
    return incident->kind != AWARD__INCIDENT_KIND__NAME__sampling &&
           (!incident->has_liable || incident->liable == AWARD__LIABILITY__NAME__unknown);
}

// F-honour-3, decision 29; 19(2)
bool incident_below_report(const struct rulebook *rulebook, const Award__Incident *incident)
{
    return incident->kind == AWARD__INCIDENT_KIND__NAME__sampling && incident->level != 0 &&
           !level_in(rulebook->report_levels, incident->level);
}

static const struct {
    const char *zh;
    const char *en;
} level_words[] = {
    [AWARD__LEVEL__NAME__national] = {"国家级", "national" },
    [AWARD__LEVEL__NAME__industry] = {"行业",    "industry" },
    [AWARD__LEVEL__NAME__municipal] = {"市级",    "municipal"},
    [AWARD__LEVEL__NAME__district] = {"区县级", "district" },
};

const char *incident_level_zh(const Award__Incident *incident)
{
    return level_words[incident->level].zh;
}

const char *incident_level_en(const Award__Incident *incident)
{
    return level_words[incident->level].en;
}
