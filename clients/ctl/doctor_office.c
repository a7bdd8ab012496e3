// doctor_office - judges the office: calendars, rules, people, messages, deadlines, keys
#include "clients/ctl/doctor_private.h"

#include "common/time.h"

#include <string.h>

enum {
    DECEMBER = 12,
    NOVEMBER = 11,
    ALERT_WARNING_DAYS = 7,
    COUNTERSIGNATURE_WARNING_DAYS = 7,
    KEY_WARNING_DAYS = 3 * 365,
    DIGEST_SHOWN = 12,
};

// Days since a moment by the office's clock.
static int64_t days_since(const struct doctor_facts *facts, const Award__Moment *moment)
{
    return moment != NULL ? (facts->answers.status->now->ms - moment->ms) / DAY_MS : 0;
}

// The State Council announces the next year's holidays in October to early December. Without this
// year's every deadline that is counted by working days may move.
struct doctor_finding judge_calendar(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    struct civil today = day_to_civil(day_of_moment(facts->answers.status->now->ms));
    if (health->n_calendar_missing == 0) {
        return doctor_found(DOCTOR_OK, said(facts, "已载入 %d、%d 年", today.year, today.year + 1),
                            said(facts, "%d and %d are loaded", today.year, today.year + 1));
    }
    int32_t missing = health->calendar_missing[0];
    if (missing == today.year) {
        return doctor_found(DOCTOR_FAILED, said(facts, "没有今年（%d 年）的", missing),
                            said(facts, "that of this year (%d) is missing", missing));
    }
    if (today.month == DECEMBER) {
        return doctor_found(
            DOCTOR_WARNING, said(facts, "没有来年（%d 年）的，该已发布", missing),
            said(facts, "that of %d is missing, it should be announced by now", missing));
    }
    const char *zh = today.month == NOVEMBER ? "近期发布" : "年底前发布";
    const char *en = today.month == NOVEMBER ? "about now" : "before the end of the year";
    return doctor_found(
        DOCTOR_OK, said(facts, "来年（%d 年）的尚无，%s", missing, zh),
        said(facts, "that of %d is still to come, it is announced %s", missing, en));
}

static struct doctor_finding text_judge(const struct doctor_facts *facts, const char *digest)
{
    if (digest == NULL || digest[0] == '\0') {
        return doctor_found(DOCTOR_FAILED, "没有", "there is none");
    }
    return doctor_found(DOCTOR_OK, said(facts, "摘要 %.*s…", DIGEST_SHOWN, digest),
                        said(facts, "digest %.*s…", DIGEST_SHOWN, digest));
}

struct doctor_finding judge_rulebook(const struct doctor_facts *facts)
{
    return text_judge(facts, facts->answers.health->rulebook);
}

struct doctor_finding judge_alert_policy(const struct doctor_facts *facts)
{
    return text_judge(facts, facts->answers.health->policy);
}

struct doctor_finding judge_people(const struct doctor_facts *facts)
{
    const Award__Check *check = facts->answers.check;
    if (check == NULL) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：awardd 没有应答这一问",
                            "not looked at: awardd did not answer this");
    }
    const Award__Check__Finding *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < check->n_findings; i++) {
        if (strcmp(check->findings[i]->code, "record_damaged") != 0) { // records-damaged tells it
            first = first != NULL ? first : check->findings[i];
            count++;
        }
    }
    if (first == NULL) {
        return doctor_found(DOCTOR_OK, "今后 30 天未发现问题", "nothing is wrong for 30 days");
    }
    return doctor_found(DOCTOR_WARNING, said(facts, "%zu 项，第一项：%s", count, first->zh),
                        said(facts, "%zu findings, the first: %s", count, first->en));
}

struct doctor_finding judge_messages(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    enum doctor_verdict verdict = health->messages_given_up > 0  ? DOCTOR_FAILED
                                  : health->messages_retried > 0 ? DOCTOR_WARNING
                                                                 : DOCTOR_OK;
    return doctor_found(verdict,
                        said(facts, "放弃 %u 条，重试中 %u 条", health->messages_given_up,
                             health->messages_retried),
                        said(facts, "%u given up, %u tried again", health->messages_given_up,
                             health->messages_retried));
}

struct doctor_finding judge_alerts(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    int64_t days = days_since(facts, health->oldest_alert);
    enum doctor_verdict verdict = health->alerts_unheard > 0   ? DOCTOR_FAILED
                                  : days >= ALERT_WARNING_DAYS ? DOCTOR_WARNING
                                                               : DOCTOR_OK;
    return doctor_found(
        verdict,
        said(facts, "未确认 %u 条，最早的 %" PRId64 " 天；逐级均无人确认 %u 条",
             health->alerts_open, days, health->alerts_unheard),
        said(facts, "%u open, the oldest for %" PRId64 " days; %u that nobody of the ladder heard",
             health->alerts_open, days, health->alerts_unheard));
}

struct doctor_finding judge_deadlines(const struct doctor_facts *facts)
{
    uint32_t count = facts->answers.health->deadlines_overdue;
    return doctor_found(count > 0 ? DOCTOR_WARNING : DOCTOR_OK, said(facts, "逾期 %u 项", count),
                        said(facts, "%u overdue", count));
}

struct doctor_finding judge_cases_stuck(const struct doctor_facts *facts)
{
    size_t stuck = facts->answers.stuck;
    if (!facts->answers.stuck_seen) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：awardd 没有应答这一问",
                            "not looked at: awardd did not answer this");
    }
    return doctor_found(stuck > 0 ? DOCTOR_WARNING : DOCTOR_OK,
                        said(facts, "%s 可见的 %zu 项", facts->principal, stuck),
                        said(facts, "%zu that %s may see", stuck, facts->principal));
}

struct doctor_finding judge_countersignatures(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    int64_t days = days_since(facts, health->oldest_countersignature);
    return doctor_found(
        days >= COUNTERSIGNATURE_WARNING_DAYS ? DOCTOR_WARNING : DOCTOR_OK,
        said(facts, "等待 %u 项，最早的 %" PRId64 " 天", health->countersignatures, days),
        said(facts, "%u awaited, the oldest for %" PRId64 " days", health->countersignatures,
             days));
}

// ---- Keys

static struct doctor_finding role_judge(const struct doctor_facts *facts, Award__Role__Name role)
{
    const Award__Health *health = facts->answers.health;
    uint32_t keys = 0;
    for (size_t i = 0; i < health->n_members; i++) {
        keys = health->members[i]->role == role ? health->members[i]->keys : keys;
    }
    return doctor_found(keys > 0 ? DOCTOR_OK : DOCTOR_FAILED, said(facts, "%u 把", keys),
                        said(facts, "%u keys", keys));
}

struct doctor_finding judge_administrator_key(const struct doctor_facts *facts)
{
    return role_judge(facts, AWARD__ROLE__NAME__administrator);
}

struct doctor_finding judge_supervision_key(const struct doctor_facts *facts)
{
    return role_judge(facts, AWARD__ROLE__NAME__supervision_committee);
}

// Keys have no end of their own: their age stands for it (docs/decisions/046).
struct doctor_finding judge_keys_age(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    if (health->oldest_key == NULL) {
        return doctor_found(DOCTOR_NOT_APPLICABLE, "查不到密钥的登记时间",
                            "it is not known when the keys were enrolled");
    }
    int64_t days = days_since(facts, health->oldest_key);
    return doctor_found(days >= KEY_WARNING_DAYS ? DOCTOR_WARNING : DOCTOR_OK,
                        said(facts, "最早的是 %s 的，已 %" PRId64 " 天（上限 %d）",
                             health->oldest_key_of, days, KEY_WARNING_DAYS),
                        said(facts, "the oldest is that of %s, %" PRId64 " days of %d",
                             health->oldest_key_of, days, KEY_WARNING_DAYS));
}

struct doctor_finding judge_rehearsal(const struct doctor_facts *facts)
{
    bool rehearsal = facts->answers.status->rehearsal;
    return doctor_found(facts->service && rehearsal ? DOCTOR_WARNING : DOCTOR_OK,
                        rehearsal ? "演练库" : "正式库", rehearsal ? "a rehearsal" : "a real one");
}
