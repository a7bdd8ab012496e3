// alert_policy_file - reads an alert policy from YAML text into a plain struct
#include "settings/alert_policy_file.h"

#include "settings/file_keys.h"

enum {
    OFFSET_DAYS_MAX = 366,
    WORKER_ROLES = 1 << AWARD__ROLE__NAME__worker_scoring |
                   1 << AWARD__ROLE__NAME__worker_notification |
                   1 << AWARD__ROLE__NAME__worker_revocation | 1 << AWARD__ROLE__NAME__coordinator
};

#define IN_LADDER(member) KEY_AT(struct alert_ladder, member)
#define IN_STEP(member) KEY_AT(struct alert_step, member)

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
        if ((ladder->steps[i].roles & WORKER_ROLES) != 0) {
            return keys_fail(reading, &ladder->steps[i].roles, "程序不能收提醒；请写人员的角色",
                             "programs are not told; name roles of people");
        }
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
    arena_destroy(arena);
    return good;
}
