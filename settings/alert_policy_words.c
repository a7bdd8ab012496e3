// alert_policy_words - an alert policy in words, for those who read it and compare two
#include "settings/alert_policy_words.h"

#include "rules/deadlines.h"
#include "rules/events.h"

#include <stdlib.h>
#include <string.h>

enum { MINUTES_OF_HOUR = 60 };

// ---- Parts

// Names of the contract as words: "incident report".
static const char *words_of(const char *name, struct arena *arena)
{
    char *text = arena_string(arena, name);
    for (char *at = text; *at != '\0'; at++) {
        if (*at == '_') {
            *at = ' ';
        }
    }
    return text;
}

static const char *time_text(uint32_t minute, struct arena *arena)
{
    return arena_format(arena, "%02u:%02u", minute / MINUTES_OF_HOUR, minute % MINUTES_OF_HOUR);
}

struct alert_policy_text alert_policy_roles(uint32_t roles, struct arena *arena)
{
    struct alert_policy_text text = {"", ""};
    for (unsigned role = 0; role < 32; role++) {
        if ((roles >> role & 1U) != 0) {
            bool first = text.zh[0] == '\0';
            text.zh = arena_format(arena, "%s%s%s", text.zh, first ? "" : "、",
                                   role_zh((Award__Role__Name)role));
            text.en = arena_format(arena, "%s%s%s", text.en, first ? "" : ", ",
                                   words_of(role_name((Award__Role__Name)role), arena));
        }
    }
    return roles != 0 ? text : (struct alert_policy_text){"无", "nobody"};
}

struct alert_policy_text alert_policy_kind(Award__DeadlineKind__Name kind, struct arena *arena)
{
    const struct deadline_row *row = deadline_row(kind);
    return (struct alert_policy_text){row != NULL ? row->zh : "?",
                                      words_of(deadline_kind_name(kind), arena)};
}

// ---- Steps

struct alert_policy_text alert_policy_place(const struct alert_step *step, struct arena *arena)
{
    const char *at = time_text(step->minute_of_day, arena);
    int days = abs(step->offset_days);
    bool before = step->offset_days < 0;
    if (days == 0) {
        return (struct alert_policy_text){arena_format(arena, "末日 %s", at),
                                          arena_format(arena, "on the last day, %s", at)};
    }
    return (struct alert_policy_text){
        arena_format(arena, "末日%s %d %s %s", before ? "前" : "后", days,
                     step->working_days ? "个工作日" : "日", at),
        arena_format(arena, "%d %sday%s %s, %s", days, step->working_days ? "working " : "",
                     days == 1 ? "" : "s", before ? "before" : "after", at),
    };
}

struct alert_policy_text alert_policy_step(const struct alert_step *step, struct arena *arena)
{
    struct alert_policy_text place = alert_policy_place(step, arena);
    struct alert_policy_text roles = alert_policy_roles(step->roles, arena);
    return (struct alert_policy_text){
        arena_format(arena, "%s：%s%s", place.zh, roles.zh, step->urgent ? "，立即发出" : ""),
        arena_format(arena, "%s: %s%s", place.en, roles.en, step->urgent ? ", at once" : ""),
    };
}

// ---- What holds for all

static struct alert_policy_text hours_text(const struct hours *hours, struct arena *arena)
{
    if (hours->from == 0 && hours->until >= HOURS_DAY_MINUTES) {
        return (struct alert_policy_text){"任何时候", "at any time"};
    }
    const char *from = time_text(hours->from, arena);
    const char *until = time_text(hours->until, arena);
    return (struct alert_policy_text){
        arena_format(arena, "工作日 %s 至 %s", from, until),
        arena_format(arena, "working days, %s to %s", from, until),
    };
}

static struct alert_policy_text quiet_text(const struct hours *hours, struct arena *arena)
{
    if (hours->quiet_from == hours->quiet_until) {
        return (struct alert_policy_text){"无", "none"};
    }
    bool next_day = hours->quiet_until < hours->quiet_from;
    const char *from = time_text(hours->quiet_from, arena);
    const char *until = time_text(hours->quiet_until, arena);
    return (struct alert_policy_text){
        arena_format(arena, "%s 至%s%s", from, next_day ? "次日 " : " ", until),
        arena_format(arena, "%s to %s%s", from, until, next_day ? " of the next day" : ""),
    };
}

static struct alert_policy_text escalation_text(const struct alert_policy *policy,
                                                struct arena *arena)
{
    struct alert_policy_text text = {"", ""};
    for (size_t i = 0; i < policy->escalation_count; i++) {
        const struct alert_escalation *step = &policy->escalation[i];
        text.zh = arena_format(arena, "%s%s%u 个工作日后报%s", text.zh, i > 0 ? "，再 " : "",
                               step->working_days, post_zh(step->post));
        text.en = arena_format(arena, "%s%sto the %s after %u working days", text.en,
                               i > 0 ? ", then " : "", words_of(post_name(step->post), arena),
                               step->working_days);
    }
    return policy->escalation_count > 0 ? text : (struct alert_policy_text){"不上报", "no further"};
}

static struct alert_policy_text unheard_text(const struct alert_policy *policy, struct arena *arena)
{
    struct alert_policy_text roles = alert_policy_roles(policy->unheard_roles, arena);
    if (policy->unheard_roles == 0) {
        return roles;
    }
    return (struct alert_policy_text){
        arena_format(arena, "最后一次之后 %u 个工作日：%s", policy->unheard_working_days, roles.zh),
        arena_format(arena, "%u working days after the last step: %s", policy->unheard_working_days,
                     roles.en),
    };
}

static struct alert_policy_text digest_text(const struct alert_policy *policy, struct arena *arena)
{
    struct alert_policy_text roles = alert_policy_roles(policy->digest_roles, arena);
    const char *at = time_text(policy->digest_at, arena);
    if (policy->digest_roles == 0) {
        return roles;
    }
    return (struct alert_policy_text){
        arena_format(arena, "工作日 %s：%s", at, roles.zh),
        arena_format(arena, "working days at %s: %s", at, roles.en),
    };
}

static struct alert_policy_text delivery_text(const struct alert_policy *policy,
                                              struct arena *arena)
{
    return (struct alert_policy_text){
        arena_format(arena, "最多 %u 次，首次间隔 %u 秒，逐次加倍，最长 %u 秒",
                     policy->delivery_attempts, policy->delivery_first_wait,
                     policy->delivery_longest_wait),
        arena_format(arena, "%u attempts, %u seconds after the first, doubled up to %u",
                     policy->delivery_attempts, policy->delivery_first_wait,
                     policy->delivery_longest_wait),
    };
}

void alert_policy_entries(const struct alert_policy *policy, struct arena *arena,
                          struct alert_policy_entry entries[ALERT_POLICY_ENTRIES])
{
    const struct hours hours = alert_policy_hours(policy);
    const struct alert_policy_entry made[ALERT_POLICY_ENTRIES] = {
        {{"可等待的提醒的发出时段", "hours of what can wait"},              hours_text(&hours,      arena)},
        {{"免打扰时段", "quiet hours"},                                           quiet_text(&hours,      arena)},
        {{"无人确认时逐级上报", "while nobody acknowledges"},                 escalation_text(policy, arena)},
        {{"各次均无人确认的通知", "told that nobody acknowledged any step"},
         unheard_text(policy,                                                                                  arena)},
        {{"最多推迟", "longest snooze"},
         {arena_format(arena, "%u 日", policy->snooze_days_max),
          arena_format(arena, "%u days", policy->snooze_days_max)}                                           },
        {{"每日摘要", "morning digest"},                                                          digest_text(policy,                 arena)      },
        {{"投递", "delivery"},                                                        delivery_text(policy,                 arena)},
    };
    memcpy(entries, made, sizeof(made));
}
