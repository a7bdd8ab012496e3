// policy - `policy check`, `show`, `diff` and `load`: who is told of which deadline and when
//
// What another policy changes is said before it is loaded, against the one in force.
#include "clients/ctl/commands.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/push_line.h"
#include "clients/ctl/show.h"
#include "common/limits.h"
#include "settings/alert_policy_diff.h"
#include "settings/alert_policy_file.h"
#include "settings/digest.h"
#include "settings/file_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int policy_check_run(struct ctl *ctl, int argc, char **argv);
static int policy_show_run(struct ctl *ctl, int argc, char **argv);
static int policy_diff_run(struct ctl *ctl, int argc, char **argv);
static int policy_load_run(struct ctl *ctl, int argc, char **argv);

const struct command command_policy_check = {
    .name = "policy check",
    .arguments = "FILE",
    .zh = "检查提醒方案文件",
    .en = "check the file of an alert policy",
    .help = "有误时指出行、列和应写什么，退出码 3。\n"
            "What is wrong is said with its line, column and what is wanted; status 3.\n",
    .run = policy_check_run,
};

const struct command command_policy_show = {
    .name = "policy show",
    .arguments = "[FILE]",
    .zh = "用文字列出提醒方案；不写 FILE 为现行方案",
    .en = "tell an alert policy in words; the one in force without FILE",
    .run = policy_show_run,
};

const struct command command_policy_diff = {
    .name = "policy diff",
    .arguments = "FILE [OLD]",
    .zh = "载入之前逐条说明提醒方案改变什么；不写 OLD 与现行方案比较",
    .en = "say what an alert policy changes, before it is loaded; of the one in force without OLD",
    .help = "与现行方案比较时，最后说明目前的期限按两份方案各还有多少次提醒。\n"
            "Of the one in force it says how many steps are still to come by either, too.\n",
    .run = policy_diff_run,
};

const struct command command_policy_load = {
    .name = "policy load",
    .arguments = "FILE [--dry-run]",
    .zh = "检查并载入提醒方案，适用于尚未发出的提醒",
    .en = "check an alert policy and load it, for all steps that are still to come",
    .help = "先用 awardctl policy diff FILE 查看改变什么。\n"
            "See first what it changes: awardctl policy diff FILE.\n",
    .needs_settings = true,
    .run = policy_load_run,
};

// ---- Reading

struct source {
    const char *text;
    size_t length;
    char digest[DIGEST_TEXT_BYTES];
    struct alert_policy policy;
};

// NULL when it has said what is wrong.
static struct source *source_read(struct ctl *ctl, const char *path)
{
    struct source *source = arena_alloc(ctl->arena, sizeof(*source));
    struct settings_error error;
    if (file_text_read(path, LIMIT_FILE_TEXT_BYTES, ctl->arena, &source->text, &source->length,
                       &error) &&
        alert_policy_file_read(source->text, source->length, &source->policy, &error)) {
        digest_of(source->text, source->length, source->digest);
        return source;
    }
    (void)ctl_file_error(path, &error);
    return NULL;
}

// The policy in force; `other` (may be NULL) is what it is compared with. NULL when it has said why
// there is none.
static struct source *source_ask(struct ctl *ctl, const struct source *other,
                                 const Award__Policy **counted, int *status)
{
    Award__QueryPolicy query = AWARD__QUERY_POLICY__INIT;
    query.other = other != NULL ? arena_string(ctl->arena, other->text) : NULL;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_POLICY, &query.base, status);
    if (reply == NULL) {
        return NULL;
    }
    struct source *source = arena_alloc(ctl->arena, sizeof(*source));
    memset(source, 0, sizeof(*source));
    *counted = reply->policy;
    source->text = reply->policy->text != NULL ? reply->policy->text : "";
    source->length = strlen(source->text);
    struct settings_error error;
    if (source->length > 0 &&
        !alert_policy_file_read(source->text, source->length, &source->policy, &error)) {
        *status = ctl_file_error("awardd", &error);
        return NULL;
    }
    digest_of(source->text, source->length, source->digest);
    return source;
}

// ---- Showing

static const char *both(struct ctl *ctl, struct alert_policy_text text)
{
    return arena_format(ctl->arena, "%s / %s", text.zh, text.en);
}

static void policy_print(struct ctl *ctl, const struct alert_policy *policy)
{
    static const char *const heads[] = {"事项 what", "内容 value", NULL};
    struct alert_policy_entry entries[ALERT_POLICY_ENTRIES];
    struct printing printing = printing_begin(ctl, heads);
    alert_policy_entries(policy, ctl->arena, entries);
    for (size_t i = 0; i < ALERT_POLICY_ENTRIES; i++) {
        printing_row(&printing, (const char *const[]){both(ctl, entries[i].what),
                                                      both(ctl, entries[i].value)});
    }
    for (size_t i = 0; i < policy->ladders_count; i++) {
        const struct alert_ladder *ladder = &policy->ladders[i];
        const char *kind = both(ctl, alert_policy_kind(ladder->kind, ctl->arena));
        for (size_t k = 0; k < ladder->steps_count; k++) {
            printing_row(&printing,
                         (const char *const[]){
                             kind, both(ctl, alert_policy_step(&ladder->steps[k], ctl->arena))});
        }
    }
    printing_end(&printing);
}

static const struct ctl_option no_options[] = {
    {NULL, NULL, NULL}
};

static int policy_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_INPUT;
    const Award__Policy *counted;
    argc = ctl_options(&command_policy_show, no_options, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_policy_show);
    }
    const struct source *source =
        argc == 1 ? source_read(ctl, argv[0]) : source_ask(ctl, NULL, &counted, &status);
    if (source == NULL) {
        return status;
    }
    policy_print(ctl, &source->policy);
    return CTL_OK;
}

static int policy_check_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_policy_check, 1, argc, argv, &status)) {
        return status;
    }
    const struct source *source = source_read(ctl, argv[0]);
    if (source == NULL) {
        return CTL_INPUT;
    }
    (void)printf("提醒方案格式无误，含 %zu 种期限 / the alert policy is right: %zu kinds of "
                 "deadline\n摘要 digest %s\n",
                 source->policy.ladders_count, source->policy.ladders_count, source->digest);
    return CTL_OK;
}

// ---- Comparing

static void changes_print(struct ctl *ctl, const struct alert_policy_text *changes, size_t count)
{
    if (ctl->output != CTL_TABLE) {
        static const char *const heads[] = {"变化 zh", "英文 en", NULL};
        struct printing printing = printing_begin(ctl, heads);
        for (size_t i = 0; i < count; i++) {
            printing_row(&printing, (const char *const[]){changes[i].zh, changes[i].en});
        }
        printing_end(&printing);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        (void)printf("%s\n    %s\n", changes[i].zh, changes[i].en);
    }
    if (count == 0) {
        (void)puts("两份方案相同 / the two policies say the same");
    }
}

static void counts_print(const struct ctl *ctl, const Award__Policy *counted)
{
    if (ctl->output == CTL_TABLE && counted != NULL) {
        (void)printf("\n目前未了结的期限 %" PRIu64 " 项：按现行方案还有提醒 %" PRIu64
                     " 次，按新方案 %" PRIu64 " 次\n%" PRIu64 " deadlines stand now: %" PRIu64
                     " steps still to come by the policy in "
                     "force, %" PRIu64 " by the other\n",
                     counted->deadlines, counted->steps, counted->steps_other, counted->deadlines,
                     counted->steps, counted->steps_other);
    }
}

static int policy_diff_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_INPUT;
    const Award__Policy *counted = NULL;
    argc = ctl_options(&command_policy_diff, no_options, argc, argv);
    if (argc < 1 || argc > 2) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_policy_diff);
    }
    const struct source *newer = source_read(ctl, argv[0]);
    if (newer == NULL) {
        return status;
    }
    const struct source *older =
        argc == 2 ? source_read(ctl, argv[1]) : source_ask(ctl, newer, &counted, &status);
    if (older == NULL) {
        return status;
    }
    struct alert_policy_text *changes;
    size_t count = alert_policy_diff(&older->policy, &newer->policy, ctl->arena, &changes);
    changes_print(ctl, changes, count);
    counts_print(ctl, counted);
    return CTL_OK;
}

// ---- Loading

static int policy_load_run(struct ctl *ctl, int argc, char **argv)
{
    bool dry_run = false;
    const struct ctl_option options[] = {
        {"--dry-run", NULL, &dry_run},
        {NULL,        NULL, NULL    },
    };
    argc = ctl_options(&command_policy_load, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_policy_load);
    }
    struct source *source = source_read(ctl, argv[0]);
    if (source == NULL) {
        return CTL_INPUT;
    }
    Award__AlertPolicyLoaded loaded = AWARD__ALERT_POLICY_LOADED__INIT;
    loaded.text = arena_string(ctl->arena, source->text);
    loaded.digest = source->digest;
    Award__Event event = AWARD__EVENT__INIT;
    char id[PUSH_ID_BYTES];
    push_id_random(id); // one that was in force before may come back
    event.id = id;
    event.body_case = AWARD__EVENT__BODY_ALERT_POLICY_LOADED;
    event.alert_policy_loaded = &loaded;
    return ctl_send_one(ctl, &event, dry_run);
}
