// enterprise - the master record of an enterprise, across cycles (2, decision 27)
//
// It is taken as it stands: Article 2 is tested on application, and a credit code is never
// converted. What looks wrong is a warning.
#include "rules/credit_code.h"
#include "rules/decide.h"
#include "rules/incident_effects.h"
#include "rules/lineage.h"
#include "rules/notes.h"

#include <string.h>

enum { ENTERPRISE_CODE_BYTES = 32, DIVISION_DIGITS = 6 };

static bool enterprise_load(struct deciding *d, const char *code, Award__Enterprise **enterprise)
{
    *enterprise = enterprise_get(d, code);
    if (*enterprise != NULL) {
        return true;
    }
    return reject(d, "no_such_enterprise", "order",
                  say(d, "企业 %s 尚未登记；请先登记，或核对信用代码。", code),
                  say(d, "Enterprise %s is not registered; register it, or check the code.", code));
}

static bool division_check(struct deciding *d, const char *division, const char *field)
{
    if (division == NULL || (strlen(division) == DIVISION_DIGITS &&
                             strspn(division, "0123456789") == DIVISION_DIGITS)) {
        return true;
    }
    return reject(d, "bad_division", "form",
                  say(d, "字段 %s 应为 6 位行政区划代码，而不是 %s。", field, division),
                  say(d, "Field %s must be a division code of 6 digits, not %s.", field, division));
}

// Form of what both events carry.
static bool particulars_check(struct deciding *d, const char *region, const char *district,
                              const Award__Day *operating_since)
{
    int32_t day;
    return division_check(d, region, "region") && division_check(d, district, "district") &&
           stated_day(d, operating_since, "operating_since", &day);
}

// F-registration-1
static void particulars_warn(struct deciding *d, const Award__Enterprise *enterprise)
{
    const char *code = enterprise->enterprise;
    if (!credit_code_valid(code)) {
        (void)reason_add(
            d, "bad_credit_code", "2",
            say(d, "统一社会信用代码 %s 不符合 GB 32100；已照录，申报前请核对。", code),
            say(d,
                "The credit code %s is not one of GB 32100; it is taken as it "
                "stands, check it before applying.",
                code));
        return;
    }
    if (credit_code_province_differs(code, enterprise->region)) {
        (void)reason_add(
            d, "first_registered_elsewhere", "2",
            say(d, "代码 %s 首次登记的省份与注册地 %s 不同；请核对。", code, enterprise->region),
            say(d,
                "The code %s was first given in another province than %s; check "
                "it.",
                code, enterprise->region));
    }
}

bool decide_enterprise_registered(struct deciding *d)
{
    const Award__EnterpriseRegistered *e = d->event->enterprise_registered;
    if (strlen(e->enterprise) > ENTERPRISE_CODE_BYTES) {
        return reject(
            d, "bad_identifier", "limit",
            say(d, "信用代码不得超过 %d 字节；请核对。", ENTERPRISE_CODE_BYTES),
            say(d, "A credit code has %d bytes at most; check it.", ENTERPRISE_CODE_BYTES));
    }
    if (enterprise_get(d, e->enterprise) != NULL) {
        return reject(
            d, "already_registered", "order",
            say(d, "企业 %s 已经登记；更改请用 enterprise_changed。", e->enterprise),
            say(d, "Enterprise %s is registered; use enterprise_changed.", e->enterprise));
    }
    if (!particulars_check(d, e->region, e->district, e->operating_since)) {
        return false;
    }
    Award__Enterprise *enterprise = NEW(d, Award__Enterprise, award__enterprise);
    enterprise->enterprise = e->enterprise;
    enterprise->name = e->name;
    enterprise->region = e->region;
    enterprise->district = e->district;
    enterprise->industry = e->industry;
    SET(enterprise, legal_person, e->legal_person);
    enterprise->operating_since = e->operating_since;
    particulars_warn(d, enterprise);
    concerns(d, e->enterprise);
    enterprise_put(d, enterprise, "2");
    return true;
}

// A text field that the event carries replaces that of the record.
static void text_change(char **field, char *text)
{
    if (!text_blank(text)) {
        *field = text;
    }
}

bool decide_enterprise_changed(struct deciding *d)
{
    const Award__EnterpriseChanged *e = d->event->enterprise_changed;
    Award__Enterprise *enterprise;
    if (!enterprise_load(d, e->enterprise, &enterprise) ||
        !particulars_check(d, e->region, e->district, e->operating_since)) {
        return false;
    }
    text_change(&enterprise->name, e->name);
    text_change(&enterprise->region, e->region);
    text_change(&enterprise->district, e->district);
    text_change(&enterprise->industry, e->industry);
    if (e->has_legal_person) {
        SET(enterprise, legal_person, e->legal_person);
    }
    if (e->operating_since != NULL) {
        enterprise->operating_since = e->operating_since;
    }
    particulars_warn(d, enterprise);
    concerns(d, e->enterprise);
    enterprise_put(d, enterprise, "2");
    return true;
}

// ---- Predecessors

// decision 27
static bool link_check(struct deciding *d, const Award__Enterprise *enterprise,
                       const Award__Enterprise *predecessor)
{
    size_t count;
    Award__Enterprise **lineage = lineage_of(d, predecessor, LINEAGE_PREDECESSORS, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(lineage[i]->enterprise, enterprise->enterprise) == 0) {
            return reject(d, "own_predecessor", "policy",
                          say(d, "企业 %s 不能直接或间接成为自己的前身；请核对承继关系。",
                              enterprise->enterprise),
                          say(d,
                              "Enterprise %s cannot be its own predecessor, not by a detour "
                              "either; check the link.",
                              enterprise->enterprise));
        }
    }
    if (list_has(enterprise->n_predecessors, enterprise->predecessors, predecessor->enterprise)) {
        return reject(d, "already_linked", "order",
                      say(d, "%s 已登记为 %s 的前身，无需重复。", predecessor->enterprise,
                          enterprise->enterprise),
                      say(d, "%s is on record as a predecessor of %s already.",
                          predecessor->enterprise, enterprise->enterprise));
    }
    return true;
}

// F-predecessor-2, decision 27
bool decide_predecessor_linked(struct deciding *d)
{
    const Award__PredecessorLinked *e = d->event->predecessor_linked;
    Award__Enterprise *enterprise;
    Award__Enterprise *predecessor;
    if (!enterprise_load(d, e->enterprise, &enterprise) ||
        !enterprise_load(d, e->predecessor, &predecessor) ||
        !link_check(d, enterprise, predecessor)) {
        return false;
    }
    LIST_ADD(d, enterprise, predecessors, e->predecessor);
    LIST_ADD(d, predecessor, successors, e->enterprise);
    concerns(d, e->enterprise);
    concerns(d, e->predecessor);
    enterprise_put(d, enterprise, "policy");
    enterprise_put(d, predecessor, "policy");
    note_put(d, e->enterprise, say(d, "%s（%s）：%s", e->predecessor, e->how, e->proof), d->today);
    incidents_of_link(d, enterprise, predecessor);
    return true;
}
