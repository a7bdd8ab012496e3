// conditions - the computed conditions of 2, 11 and 12, tested at application, acceptance,
// deliberation
//
// Each condition that fails gives one reason, however many records make it fail; of several dates
// the last counts. What became known after the application counts too (decision 20): nothing asks
// when a record was made, only whether its years had ended by the day of application.
#include "rules/conditions.h"

#include "common/time.h"
#include "rules/credit_code.h"
#include "rules/incident_counts.h"
#include "rules/lineage.h"
#include "rules/rulebook_choice.h"

#include <assert.h>
#include <string.h>

enum { NEVER = INT32_MIN };

// One test while it goes on.
struct test {
    struct deciding *d;
    const struct rulebook *rulebook;
    Award__Enterprise **lineage; // the enterprise itself first
    size_t lineage_count;
    int32_t on;
    size_t n_reasons;
    Award__Reason **reasons;
};

static struct test test_begin(struct deciding *d, const struct rulebook *rulebook,
                              const Award__Enterprise *enterprise, int32_t on)
{
    struct test test = {.d = d, .rulebook = rulebook, .on = on};
    test.lineage = lineage_of(d, enterprise, LINEAGE_PREDECESSORS, &test.lineage_count);
    return test;
}

static Award__Reason *fail(struct test *test, const char *code, const char *article, const char *zh,
                           const char *en)
{
    Award__Reason *reason = reason_make(test->d, code, article, zh, en);
    list_add(test->d, &test->n_reasons, &test->reasons, reason);
    return reason;
}

static void fail_until(struct test *test, const char *code, const char *article, int32_t until,
                       const char *zh, const char *en)
{
    struct deciding *d = test->d;
    Award__Reason *reason =
        fail(test, code, article, say(d, "%s（至 %s 止）。", zh, day_text(d, until)),
             say(d, "%s (until %s).", en, day_text(d, until)));
    reason->until = day_make(d, until);
}

// ---- 2: registered in the city, an independent legal person, industrial

static bool industrial(const struct rulebook *rulebook, const Award__Enterprise *enterprise)
{
    return !text_blank(enterprise->industry) &&
           strchr(rulebook->industries, enterprise->industry[0]) != NULL;
}

static bool in_region(const struct rulebook *rulebook, const Award__Enterprise *enterprise)
{
    return !text_blank(enterprise->region) && strncmp(enterprise->region, rulebook->region_prefix,
                                                      strlen(rulebook->region_prefix)) == 0;
}

static void registration_test(struct test *test)
{
    struct deciding *d = test->d;
    const Award__Enterprise *enterprise = test->lineage[0];
    if (!credit_code_valid(enterprise->enterprise)) {
        (void)fail(test, "bad_credit_code", "2",
                   say(d, "统一社会信用代码 %s 不符合 GB 32100；请核对营业执照后重新登记。",
                       enterprise->enterprise),
                   say(d,
                       "The credit code %s is not one of GB 32100; check the licence and "
                       "register again.",
                       enterprise->enterprise));
    }
    if (!in_region(test->rulebook, enterprise)) {
        (void)fail(
            test, "region_outside", "2",
            say(d, "注册地 %s 不在本市；本奖只面向本市注册的企业。", enterprise->region),
            say(d, "The region of registration, %s, is not of this city.", enterprise->region));
    }
    if (!enterprise->legal_person) {
        (void)fail(test, "not_legal_person", "2", "不是独立法人；请由具有法人资格的企业申报。",
                   "It is no independent legal person; the legal person has to apply.");
    }
    if (!industrial(test->rulebook, enterprise)) {
        (void)fail(test, "not_industrial", "2",
                   say(d, "行业 %s 不属于工业门类（%s）。", enterprise->industry,
                       test->rulebook->industries),
                   say(d, "The industry %s is not of the industrial sections (%s).",
                       enterprise->industry, test->rulebook->industries));
    }
}

// ---- 11(1): years of operation; those of a predecessor do not carry over

// F-predecessor-1, decision 1, decision 4
static void operation_test(struct test *test)
{
    const Award__Enterprise *enterprise = test->lineage[0];
    int32_t anniversary = day_add_years(enterprise->operating_since->number,
                                        (int32_t)test->rulebook->operation_years);
    if (test->on > anniversary) {
        return;
    }
    struct deciding *d = test->d;
    fail_until(test, "operation_too_short", "11(1)", anniversary,
               say(d, "自 %s 起经营，未满 %u 年", day_text(d, enterprise->operating_since->number),
                   test->rulebook->operation_years),
               say(d, "Operating since %s, less than %u years",
                   day_text(d, enterprise->operating_since->number),
                   test->rulebook->operation_years));
}

// ---- 11(4): accidents for which it was liable, serious results of sampling

// The last day on which an incident of this enterprise stands against an application.
// F-incident-1, decision 29
static int32_t incidents_until(struct test *test, const Award__Enterprise *enterprise)
{
    int32_t until = NEVER;
    for (size_t i = 0; i < enterprise->n_incidents; i++) {
        const Award__Incident *incident = incident_get(test->d, enterprise->incidents[i]);
        if (incident == NULL || !incident_counts(test->rulebook, enterprise, incident)) {
            continue;
        }
        int32_t end =
            day_add_years(incident->on->number, (int32_t)test->rulebook->accident_free_years);
        until = end > until ? end : until;
    }
    return until;
}

static void incidents_test(struct test *test)
{
    int32_t until = NEVER;
    for (size_t i = 0; i < test->lineage_count; i++) {
        int32_t end = incidents_until(test, test->lineage[i]);
        until = end > until ? end : until;
    }
    if (until < test->on) {
        return;
    }
    fail_until(test, "incident_within_years", "11(4)", until,
               say(test->d, "近 %u 年内发生重大责任事故，或监督抽查中有严重质量问题",
                   test->rulebook->accident_free_years),
               say(test->d,
                   "A major accident it was liable for, or a serious result of sampling, "
                   "within %u years",
                   test->rulebook->accident_free_years));
}

// ---- 12(2) to 12(4): bars

static const struct {
    const char *article;
    const char *code;
    const char *zh;
    const char *en;
} bar_rows[] = {
    {"12(2)", "violation_within_years", "近年参加评选活动有弄虚作假等违规行为",
     "Misrepresentation or another violation in a selection"                                                                     },
    {"12(3)", "laureate_within_years",  "自获奖之日起未满规定年限",                   "It won the award too recently"},
    {"12(4)", "revoked_within_years",   "被撤销奖项未满规定年限",
     "Its award was revoked too recently"                                                                                        },
};

// F-predecessor-1, decision 27
static int32_t bars_until(const struct test *test, const char *article)
{
    int32_t until = NEVER;
    for (size_t i = 0; i < test->lineage_count; i++) {
        for (size_t k = 0; k < test->lineage[i]->n_bars; k++) {
            const Award__Enterprise__Bar *bar = test->lineage[i]->bars[k];
            if (strcmp(bar->article, article) == 0 && bar->until->number > until) {
                until = bar->until->number;
            }
        }
    }
    return until;
}

// F-violation-3, decision 4; 21s1
static void bars_test(struct test *test)
{
    for (size_t i = 0; i < sizeof(bar_rows) / sizeof(bar_rows[0]); i++) {
        int32_t until = bars_until(test, bar_rows[i].article);
        if (until >= test->on) {
            fail_until(test, bar_rows[i].code, bar_rows[i].article, until, bar_rows[i].zh,
                       bar_rows[i].en);
        }
    }
}

// ---- Together

// F-admit-5
int32_t conditions_first_day(size_t n_reasons, Award__Reason *const *reasons)
{
    int32_t first = 0;
    for (size_t i = 0; i < n_reasons; i++) {
        if (reasons[i]->until != NULL && (first == 0 || reasons[i]->until->number >= first)) {
            first = reasons[i]->until->number + 1;
        }
    }
    return first;
}

// The reason that ends last says from when on an application is possible again.
static void first_day_say(struct test *test)
{
    struct deciding *d = test->d;
    int32_t first = conditions_first_day(test->n_reasons, test->reasons);
    for (size_t i = 0; i < test->n_reasons; i++) {
        Award__Reason *reason = test->reasons[i];
        if (reason->until == NULL || reason->until->number + 1 != first) {
            continue;
        }
        reason->zh = say(d, "%s最早可自 %s 起再次申报。", reason->zh, day_text(d, first));
        reason->en = say(d, "%s It may apply again from %s.", reason->en, day_text(d, first));
        return;
    }
}

static void test_end(struct test *test, size_t *n_reasons, Award__Reason ***reasons)
{
    first_day_say(test);
    for (size_t i = 0; i < test->n_reasons; i++) {
        list_add(test->d, n_reasons, reasons, test->reasons[i]);
    }
}

// decision 20
void conditions_test(struct deciding *d, const struct rulebook *rulebook,
                     const Award__Enterprise *enterprise, int32_t applied_on, size_t *n_reasons,
                     Award__Reason ***reasons)
{
    assert(rulebook != NULL && enterprise != NULL);
    struct test test = test_begin(d, rulebook, enterprise, applied_on);
    registration_test(&test);
    operation_test(&test);
    incidents_test(&test);
    bars_test(&test);
    test_end(&test, n_reasons, reasons);
}

void conditions_bars(struct deciding *d, const Award__Enterprise *enterprise, int32_t on,
                     size_t *n_reasons, Award__Reason ***reasons)
{
    const struct rulebook *rulebook = rulebook_in_force(d);
    if (rulebook == NULL) {
        return;
    }
    struct test test = test_begin(d, rulebook, enterprise, on);
    operation_test(&test);
    incidents_test(&test);
    bars_test(&test);
    test_end(&test, n_reasons, reasons);
}
