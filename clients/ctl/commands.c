// commands - the list of all commands, and which of them a command line names
#include "clients/ctl/commands.h"

#include <string.h>

// In the order of the help.
// clang-format off
static const struct command *const COMMANDS[] = {
    &command_init,
    &command_key_new,
    &command_key_list,
    &command_key_revoke,
    &command_push,
    &command_new,
    &command_send,
    &command_draw,
    &command_count,
    &command_apply,
    &command_supplement,
    &command_import,
    &command_clock_set,
    &command_status,
    &command_doctor,
    &command_config_show,
    &command_today,
    &command_stuck,
    &command_cycle_list,
    &command_cycle_show,
    &command_case_list,
    &command_case_show,
    &command_enterprise_show,
    &command_ranking,
    &command_register,
    &command_complaints,
    &command_report,
    &command_deadlines,
    &command_why,
    &command_readings,
    &command_alerts,
    &command_alerts_ack,
    &command_alerts_snooze,
    &command_alerts_assign,
    &command_alert_test,
    &command_messages,
    &command_tasks,
    &command_trace,
    &command_duty,
    &command_duty_set,
    &command_duty_off,
    &command_away,
    &command_address,
    &command_check,
    &command_principals,
    &command_journal,
    &command_calendar_add,
    &command_calendar_between,
    &command_calendar_show,
    &command_calendar_import,
    &command_calendar_check,
    &command_rulebook_check,
    &command_rulebook_diff,
    &command_rulebook_show,
    &command_rulebook_keys,
    &command_rulebook_load,
    &command_policy_check,
    &command_policy_diff,
    &command_policy_show,
    &command_policy_load,
    &command_template_list,
    &command_template_show,
    &command_template_check,
    &command_template_preview,
    &command_explain,
    &command_export,
    &command_verify,
    &command_backup_create,
    &command_backup_verify,
    &command_backup_restore,
    &command_help,
    &command_complete,
};
// clang-format on

const struct command *const *command_list(size_t *count)
{
    *count = sizeof(COMMANDS) / sizeof(COMMANDS[0]);
    return COMMANDS;
}

// How many of the words are the name of the command; 0: they are none.
static int words_matched(const struct command *command, int count, char **words)
{
    const char *name = command->name;
    for (int i = 0; i < count; i++) {
        size_t length = strcspn(name, " ");
        if (strlen(words[i]) != length || strncmp(words[i], name, length) != 0) {
            return 0;
        }
        name += length;
        if (*name == '\0') {
            return i + 1;
        }
        name++;
    }
    return 0;
}

const struct command *command_find(int count, char **words, int *matched)
{
    const struct command *found = NULL;
    *matched = 0;
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(COMMANDS[0]); i++) {
        int each = words_matched(COMMANDS[i], count, words);
        if (each > *matched) {
            *matched = each;
            found = COMMANDS[i];
        }
    }
    return found;
}

void commands_try(struct word_search *search, struct arena *arena)
{
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(COMMANDS[0]); i++) {
        const char *name = COMMANDS[i]->name;
        if (!COMMANDS[i]->hidden) {
            word_try(search, name);
            word_try(search, arena_format(arena, "%.*s", (int)strcspn(name, " "), name));
        }
    }
}
