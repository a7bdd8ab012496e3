// commands - the rows of all commands, one file each
#pragma once

#include "clients/ctl/ctl.h"
#include "settings/nearest.h"

#include <stddef.h>

// All of them, in the order of the help.
const struct command *const *command_list(size_t *count);

// The command with the longest name that the words begin with: "alerts ack" before "alerts".
// *matched is of how many words its name is. NULL and 0 where there is none.
const struct command *command_find(int count, char **words, int *matched);

// Tries the names that are shown, and the first words of names of two.
void commands_try(struct word_search *search, struct arena *arena);

// Setting up and reporting
extern const struct command command_init;
extern const struct command command_key_new;
extern const struct command command_key_list;
extern const struct command command_key_revoke;
extern const struct command command_push;
extern const struct command command_new;
extern const struct command command_send;
extern const struct command command_draw;
extern const struct command command_count;
extern const struct command command_apply;
extern const struct command command_supplement;
extern const struct command command_import;
extern const struct command command_clock_set;
extern const struct command command_duty_set;
extern const struct command command_duty_off;
extern const struct command command_away;
extern const struct command command_address;
extern const struct command command_calendar_add;
extern const struct command command_calendar_import;
extern const struct command command_rulebook_load;
extern const struct command command_policy_check;
extern const struct command command_policy_diff;
extern const struct command command_policy_show;
extern const struct command command_policy_load;

// Looking
extern const struct command command_status;
extern const struct command command_doctor;
extern const struct command command_config_show;
extern const struct command command_today;
extern const struct command command_stuck;
extern const struct command command_duty;
extern const struct command command_check;
extern const struct command command_cycle_list;
extern const struct command command_cycle_show;
extern const struct command command_case_list;
extern const struct command command_case_show;
extern const struct command command_enterprise_show;
extern const struct command command_ranking;
extern const struct command command_deadlines;
extern const struct command command_why;
extern const struct command command_readings;
extern const struct command command_alerts;
extern const struct command command_alerts_ack;
extern const struct command command_alerts_snooze;
extern const struct command command_alert_test;
extern const struct command command_alerts_assign;
extern const struct command command_messages;
extern const struct command command_tasks;
extern const struct command command_trace;
extern const struct command command_principals;
extern const struct command command_journal;
extern const struct command command_register;
extern const struct command command_complaints;
extern const struct command command_report;
extern const struct command command_calendar_between;
extern const struct command command_calendar_show;
extern const struct command command_calendar_check;
extern const struct command command_explain;
extern const struct command command_rulebook_show;
extern const struct command command_rulebook_keys;
extern const struct command command_template_list;
extern const struct command command_template_show;
extern const struct command command_template_preview;

// Taking out and checking
extern const struct command command_export;
extern const struct command command_rulebook_check;
extern const struct command command_rulebook_diff;
extern const struct command command_backup_create;
extern const struct command command_backup_verify;
extern const struct command command_backup_restore;
extern const struct command command_template_check;
extern const struct command command_verify;

// About this program
extern const struct command command_help;
extern const struct command command_complete;
