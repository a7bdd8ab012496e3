// duty - `duty`, `duty set`, `duty off`: who is on duty, in which post, and who stands in
#include "clients/ctl/commands.h"
#include "clients/ctl/option_words.h"
#include "clients/ctl/send_named.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdlib.h>
#include <string.h>

static int duty_run(struct ctl *ctl, int argc, char **argv);
static int duty_set_run(struct ctl *ctl, int argc, char **argv);
static int duty_off_run(struct ctl *ctl, int argc, char **argv);

const struct command command_duty = {
    .name = "duty",
    .arguments = "[PERSON] [--from DAY] [--days N]",
    .zh = "值班表：今后 14 天各角色、各岗位谁值班、谁代理、何时无人",
    .en = "who is on duty in the next 14 days by role and post, who stands in, and when nobody is",
    .help = "--from DAY   自哪一天起，默认今天 / from this day on, today by default\n"
            "--days N     几天，默认 14，最多 92 / how many days, 14 by default, 92 at most\n"
            "没有登记值班的角色不列出，其人员都收到提醒。\n"
            "A role without a roster is not listed; all of it are told.\n",
    .needs_settings = true,
    .run = duty_run,
};

const struct command command_duty_set = {
    .name = "duty set",
    .arguments = "PERSON POST --from DAY [--until DAY] [--id ID] [--dry-run]",
    .zh = "安排值班：从某日起任某岗位",
    .en = "put somebody on duty in a post from a day on",
    .help =
        "POST: clerk 经办人、section_head 科长、director 主任。\n"
        "他此前的值班到前一天为止，此后已排的取消；答复写明是哪些。\n"
        "His duty of before ends on the day before, and what was to come later is dropped; the\n"
        "answer says what.\n",
    .needs_settings = true,
    .run = duty_set_run,
};

const struct command command_duty_off = {
    .name = "duty off",
    .arguments = "PERSON --from DAY [--id ID] [--dry-run]",
    .zh = "从某日起不再值班",
    .en = "take somebody off the roster from a day on",
    .help =
        "他此前的值班到前一天为止，此后已排的取消；答复写明是哪些。\n"
        "His duty of before ends on the day before, and what was to come later is dropped; the\n"
        "answer says what.\n",
    .needs_settings = true,
    .run = duty_off_run,
};

// ---- duty

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    (void)ctl;
    Award__QueryRoster *roster = (Award__QueryRoster *)query;
    roster->after += (uint32_t)page->roster->n_rows;
    roster->has_after = 1;
}

static void roster_print(struct ctl *ctl, const Award__Roster *roster)
{
    static const char *const heads[] = {"角色 role", "岗位 post", "自 from",         "至 until",
                                        "值班 who",  "姓名 name", "代替 stands for", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < roster->n_rows; i++) {
        const Award__Roster__Row *row = roster->rows[i];
        table_row(table,
                  (const char *const[]){
                      show_word(ctl, &award__role__name__descriptor, row->has_role, (int)row->role),
                      show_word(ctl, &award__post__name__descriptor, row->has_post, (int)row->post),
                      ctl_day(ctl, row->from), ctl_day(ctl, row->until),
                      row->person != NULL ? row->person : "无人 nobody", row->full_name,
                      row->stands_for});
    }
    table_end(table);
}

static int days_read(struct ctl *ctl, const char *text, Award__QueryRoster *query)
{
    if (text == NULL) {
        return CTL_OK;
    }
    char *end;
    unsigned long days = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || days > UINT32_MAX) {
        return ctl_error(CTL_USAGE, arena_format(ctl->arena, "--days 应为天数，而不是 %s", text),
                         arena_format(ctl->arena, "--days is a number of days, not %s", text));
    }
    query->has_days = 1;
    query->days = (uint32_t)days;
    return CTL_OK;
}

static int duty_run(struct ctl *ctl, int argc, char **argv)
{
    const char *from = NULL;
    const char *days = NULL;
    const struct ctl_option options[] = {
        {"--from", &from, NULL},
        {"--days", &days, NULL},
        {NULL,     NULL,  NULL},
    };
    argc = ctl_options(&command_duty, options, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_duty);
    }
    Award__QueryRoster query = AWARD__QUERY_ROSTER__INIT;
    query.person = argc == 1 ? argv[0] : NULL;
    int status = option_day(ctl, "--from", from, &query.from);
    if (status == CTL_OK) {
        status = days_read(ctl, days, &query);
    }
    const Award__QueryReply *reply =
        status == CTL_OK ? show_ask_on(ctl, AWARD__QUERY__BODY_ROSTER, &query.base, go_on, &status)
                         : NULL;
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->roster->base);
    } else {
        roster_print(ctl, reply->roster);
    }
    return CTL_OK;
}

// ---- duty set, duty off

struct choices {
    const char *from;
    const char *until;
    const char *id;
    bool dry_run;
};

// What is on record of the person; NULL: nothing, or the sender may not see it.
static const Award__Person *person_ask(struct ctl *ctl, char *name)
{
    Award__QueryRoster query = AWARD__QUERY_ROSTER__INIT;
    query.person = name;
    const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_ROSTER, &query.base);
    return reply != NULL && reply->roster->n_persons > 0 ? reply->roster->persons[0] : NULL;
}

static bool day_same(const Award__Day *one, const Award__Day *other)
{
    return one == NULL || other == NULL ? one == other : one->number == other->number;
}

// Whether it is the duty that the event sets anew: it ends nothing.
static bool duty_same(const Award__Person__Duty *duty, const Award__DutyChanged *changed)
{
    return changed->has_post && duty->post == changed->post &&
           day_same(duty->from, changed->from) && day_same(duty->until, changed->until);
}

// Says which of the duties of before the event ends or drops.
static void ended_print(struct ctl *ctl, const Award__Person *before,
                        const Award__DutyChanged *changed)
{
    Award__Day last = AWARD__DAY__INIT;
    last.has_number = 1;
    last.number = changed->from->number - 1;
    for (size_t i = 0; i < before->n_duties; i++) {
        const Award__Person__Duty *duty = before->duties[i];
        bool over = duty->until != NULL && duty->until->number <= last.number;
        if (over || duty_same(duty, changed)) {
            continue;
        }
        bool begun = duty->from->number <= last.number;
        show_fact(ctl, begun ? "随之终止" : "随之取消", begun ? "ended by it" : "dropped by it",
                  arena_format(ctl->arena, "%s %s 至 until %s",
                               show_word(ctl, &award__post__name__descriptor, duty->has_post,
                                         (int)duty->post),
                               ctl_day(ctl, duty->from),
                               ctl_day(ctl, begun ? &last : duty->until)));
    }
}

static int duty_send(struct ctl *ctl, Award__DutyChanged *changed, const struct choices *choices)
{
    int status = option_day(ctl, "--from", choices->from, &changed->from);
    if (status == CTL_OK) {
        status = option_day(ctl, "--until", choices->until, &changed->until);
    }
    if (status != CTL_OK) {
        return status;
    }
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_DUTY_CHANGED;
    event.duty_changed = changed;
    const Award__Person *before =
        ctl->output == CTL_TABLE ? person_ask(ctl, changed->person) : NULL;
    const Award__Answer *answer =
        send_named_answer(ctl, &event, choices->id, choices->dry_run, &status);
    if (status == CTL_OK && before != NULL && !answer->repeated) {
        ended_print(ctl, before, changed);
    }
    return status;
}

static int duty_set_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--from",    &choices.from,  NULL            },
        {"--until",   &choices.until, NULL            },
        {"--id",      &choices.id,    NULL            },
        {"--dry-run", NULL,           &choices.dry_run},
        {NULL,        NULL,           NULL            },
    };
    argc = ctl_options(&command_duty_set, options, argc, argv);
    if (argc != 2 || choices.from == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_duty_set);
    }
    int post;
    int status = option_word(ctl, "POST", argv[1], &award__post__name__descriptor, &post);
    if (status != CTL_OK) {
        return status;
    }
    Award__DutyChanged changed = AWARD__DUTY_CHANGED__INIT;
    changed.person = argv[0];
    changed.has_post = 1;
    changed.post = (Award__Post__Name)post;
    return duty_send(ctl, &changed, &choices);
}

static int duty_off_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--from",    &choices.from, NULL            },
        {"--id",      &choices.id,   NULL            },
        {"--dry-run", NULL,          &choices.dry_run},
        {NULL,        NULL,          NULL            },
    };
    argc = ctl_options(&command_duty_off, options, argc, argv);
    if (argc != 1 || choices.from == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_duty_off);
    }
    Award__DutyChanged changed = AWARD__DUTY_CHANGED__INIT;
    changed.person = argv[0];
    return duty_send(ctl, &changed, &choices);
}
