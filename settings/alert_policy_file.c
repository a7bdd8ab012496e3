// alert_policy_file - reads an alert policy from YAML text into a plain struct
#include "settings/alert_policy_file.h"

#include "rules/events.h"
#include "settings/file_keys.h"

enum {
    OFFSET_DAYS_MAX = 366,
    ESCALATION_DAYS_MAX = 30,
    SNOOZE_DAYS_MAX = 60,
    ATTEMPTS_MAX = 100,
    WAIT_SECONDS_MAX = 24 * 3600,
    MINUTES_OF_DAY = 24 * 60,
};

#define IN_LADDER(member) KEY_AT(struct alert_ladder, member)
#define IN_STEP(member) KEY_AT(struct alert_step, member)
#define IN_POLICY(member) KEY_AT(struct alert_policy, member)
#define IN_ESCALATION(member) KEY_AT(struct alert_escalation, member)

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "提醒方案", .en = "alert policy"},
    {"ladders",                         KEY_LIST, 0, ALERT_LADDERS_MAX, NULL, KEY_ARRAY_AT(struct alert_policy, ladders), .zh = "各期限的提醒", .en = "alerts by deadline"},
    {"ladders[]",                       KEY_MAP, KEY_ELEMENT(struct alert_ladder), .zh = "一种期限的提醒", .en = "alerts of one kind of deadline"},
    {"ladders[].kind",                  KEY_CHOICE, 0, 0, NULL, IN_LADDER(kind), .zh = "期限种类", .en = "kind of deadline", .enumeration = &award__deadline_kind__name__descriptor},
    {"ladders[].steps",                 KEY_LIST, 1, ALERT_STEPS_MAX, NULL, KEY_ARRAY_AT(struct alert_ladder, steps), .zh = "各次提醒", .en = "steps"},
    {"ladders[].steps[]",               KEY_MAP, KEY_ELEMENT(struct alert_step), .zh = "一次提醒", .en = "a step"},
    {"ladders[].steps[].offset_days",   KEY_NUMBER, -OFFSET_DAYS_MAX, OFFSET_DAYS_MAX, NULL, IN_STEP(offset_days), .zh = "距末日的天数，之前为负", .en = "days from the last day, negative before it"},
    {"ladders[].steps[].working_days",  KEY_FLAG, 0, 0, "no", IN_STEP(working_days), .zh = "是否按工作日计", .en = "whether in working days"},
    {"ladders[].steps[].at",            KEY_TIME, 0, 0, NULL, IN_STEP(minute_of_day), .zh = "时刻", .en = "time of day"},
    {"ladders[].steps[].roles",         KEY_LIST, 1, 15, NULL, IN_STEP(roles), .zh = "提醒谁", .en = "who is told"},
    {"ladders[].steps[].roles[]",       KEY_BIT, 0, 0, NULL, KEY_ELEMENT(uint32_t), .zh = "角色", .en = "role", .enumeration = &award__role__name__descriptor},
    {"ladders[].steps[].urgent",        KEY_FLAG, 0, 0, "no", IN_STEP(urgent), .zh = "是否不受时段限制，立即发出", .en = "whether it goes out at once, whatever the hours"},
    {"escalation",                      KEY_LIST, 0, ALERT_ESCALATIONS_MAX, "", KEY_ARRAY_AT(struct alert_policy, escalation), .zh = "无人确认时逐级上报", .en = "to whom it goes on while nobody acknowledges"},
    {"escalation[]",                    KEY_MAP, KEY_ELEMENT(struct alert_escalation), .zh = "一级上报", .en = "one step upward"},
    {"escalation[].post",               KEY_CHOICE, 0, 0, NULL, IN_ESCALATION(post), .zh = "上报到的岗位", .en = "the post", .enumeration = &award__post__name__descriptor},
    {"escalation[].working_days",       KEY_NUMBER, 1, ESCALATION_DAYS_MAX, NULL, IN_ESCALATION(working_days), .zh = "距上一级的工作日数", .en = "working days after the one before"},
    {"unheard_roles",                   KEY_LIST, 0, 15, "", IN_POLICY(unheard_roles), .zh = "全部提醒均无人确认时通知谁", .en = "who is told that nobody acknowledged a whole ladder"},
    {"unheard_roles[]",                 KEY_BIT, 0, 0, NULL, KEY_ELEMENT(uint32_t), .zh = "角色", .en = "role", .enumeration = &award__role__name__descriptor},
    {"unheard_working_days",            KEY_NUMBER, 1, ESCALATION_DAYS_MAX, "1", IN_POLICY(unheard_working_days), .zh = "距最后一次提醒的工作日数", .en = "working days after the last step"},
    {"hours_from",                      KEY_TIME, 0, 0, "00:00", IN_POLICY(hours_from), .zh = "可等待的提醒最早几时发出", .en = "from when what can wait goes out"},
    {"hours_until",                     KEY_TIME, 0, KEY_TIME_END, "24:00", IN_POLICY(hours_until), .zh = "最晚几时发出；00:00 至 24:00 为随时", .en = "until when; 00:00 to 24:00 is any time of any day"},
    {"quiet_from",                      KEY_TIME, 0, 0, "00:00", IN_POLICY(quiet_from), .zh = "免打扰时段何时起：其间只发出立即发出的", .en = "from when nothing goes out but what goes out at once"},
    {"quiet_until",                     KEY_TIME, 0, KEY_TIME_END, "00:00", IN_POLICY(quiet_until), .zh = "何时止，可在次日；与起相同为没有", .en = "until when, on the next day where it is earlier; equal: no such hours"},
    {"snooze_days_max",                 KEY_NUMBER, 0, SNOOZE_DAYS_MAX, "14", IN_POLICY(snooze_days_max), .zh = "最多可推迟几天", .en = "days an alert may be put off"},
    {"digest_at",                       KEY_TIME, 0, 0, "08:00", IN_POLICY(digest_at), .zh = "每个工作日几时发每日摘要", .en = "when the digests of a working day go out"},
    {"digest_roles",                    KEY_LIST, 0, 15, "", IN_POLICY(digest_roles), .zh = "谁收每日摘要", .en = "who has a digest"},
    {"digest_roles[]",                  KEY_BIT, 0, 0, NULL, KEY_ELEMENT(uint32_t), .zh = "角色", .en = "role", .enumeration = &award__role__name__descriptor},
    {"delivery_attempts",               KEY_NUMBER, 1, ATTEMPTS_MAX, "10", IN_POLICY(delivery_attempts), .zh = "一条消息最多投递几次", .en = "attempts to deliver a message"},
    {"delivery_first_wait",             KEY_NUMBER, 1, WAIT_SECONDS_MAX, "60", IN_POLICY(delivery_first_wait), .zh = "第二次投递前等待的秒数，此后加倍", .en = "seconds before the second attempt, doubled before each further one"},
    {"delivery_longest_wait",           KEY_NUMBER, 1, WAIT_SECONDS_MAX, "3600", IN_POLICY(delivery_longest_wait), .zh = "两次投递之间最多等待的秒数", .en = "the longest wait between two attempts, in seconds"},
};
// clang-format on

const struct key_table alert_policy_keys = {rows, sizeof(rows) / sizeof(rows[0])};

static bool ladder_check(const struct key_reading *reading, const struct alert_policy *policy,
                         size_t index)
{
    const struct alert_ladder *ladder = &policy->ladders[index];
    if (alert_policy_ladder(policy, ladder->kind) != ladder) {
        return keys_fail(reading, &ladder->kind, "这种期限已有提醒；请并入前面那一组",
                         "this kind of deadline has its alerts already; merge them into one");
    }
    for (size_t i = 0; i < ladder->steps_count; i++) {
        if ((ladder->steps[i].roles & PROGRAMS) != 0) {
            return keys_fail(reading, &ladder->steps[i].roles, "程序不能收提醒；请写人员的角色",
                             "programs are not told; name roles of people");
        }
        if (alert_ladder_step(ladder, alert_step_number(&ladder->steps[i])) != &ladder->steps[i]) {
            return keys_fail(reading, &ladder->steps[i].offset_days,
                             "同一时刻的提醒已有；请把角色并入前面那一次",
                             "there is a step of that moment already; name its roles there");
        }
    }
    return true;
}

static bool policy_check(const struct key_reading *reading, const struct alert_policy *policy)
{
    if (policy->hours_from >= policy->hours_until) {
        return keys_fail(reading, &policy->hours_until, "必须晚于 hours_from",
                         "it must be later than hours_from");
    }
    const struct hours hours = alert_policy_hours(policy);
    if (!hours_leave_time(&hours)) {
        return keys_fail(reading, &policy->quiet_until, "免打扰时段盖住了全部发出时段；请缩短其一",
                         "the quiet hours leave nothing of the hours; shorten them");
    }
    if (policy->digest_at >= MINUTES_OF_DAY) {
        return keys_fail(reading, &policy->digest_at, "必须早于 24:00", "it must be before 24:00");
    }
    for (size_t i = 0; i < policy->escalation_count; i++) {
        Award__Post__Name before =
            i > 0 ? policy->escalation[i - 1].post : AWARD__POST__NAME__clerk;
        if (policy->escalation[i].post <= before) {
            return keys_fail(reading, &policy->escalation[i].post, "必须高于前一级的岗位",
                             "it must be higher than the post before");
        }
    }
    if ((policy->unheard_roles & PROGRAMS) != 0) {
        return keys_fail(reading, &policy->unheard_roles, "程序不能收提醒；请写人员的角色",
                         "programs are not told; name roles of people");
    }
    if (policy->delivery_longest_wait < policy->delivery_first_wait) {
        return keys_fail(reading, &policy->delivery_longest_wait, "不能短于 delivery_first_wait",
                         "it must not be shorter than delivery_first_wait");
    }
    return true;
}

bool alert_policy_file_read(const char *text, size_t length, struct alert_policy *policy,
                            struct settings_error *error)
{
    struct arena *arena = arena_create();
    struct key_reading reading = {.table = &alert_policy_keys, .arena = arena, .error = error};
    *policy = (struct alert_policy){0};
    bool good = keys_read(&reading, text, length, policy);
    for (size_t i = 0; good && i < policy->ladders_count; i++) {
        good = ladder_check(&reading, policy, i);
    }
    good = good && policy_check(&reading, policy);
    arena_destroy(arena);
    return good;
}
