// doctor_private - what the judging functions share: doctor_{host,files,service,office,record}.c
#pragma once

#include "clients/ctl/doctor.h"

#include <inttypes.h>

enum {
    DOCTOR_NAMES_MAX = 5, // that a sentence lists
    DOCTOR_MEBIBYTE = 1024 * 1024,
    DOCTOR_HOUR_MS = 3600 * 1000,
    DOCTOR_PERCENT = 100,
};

#define said(facts, ...) arena_format((facts)->arena, __VA_ARGS__)

static inline struct doctor_finding doctor_found(enum doctor_verdict verdict, const char *zh,
                                                 const char *en)
{
    return (struct doctor_finding){.verdict = verdict, .zh = zh, .en = en};
}

// "3.4 GiB", "120 MiB", "17 KiB".
const char *doctor_bytes(const struct doctor_facts *facts, uint64_t bytes);

// "a, b, c …": the first of a list that grows; `count` is of how many it has.
const char *doctor_names_add(const struct doctor_facts *facts, const char *names, size_t *count,
                             const char *name);

// Every judge of the table, by name.
#define DOCTOR_JUDGE(name) struct doctor_finding name(const struct doctor_facts *facts)

DOCTOR_JUDGE(judge_clock);
DOCTOR_JUDGE(judge_time_zone);
DOCTOR_JUDGE(judge_memory);
DOCTOR_JUDGE(judge_files_open);
DOCTOR_JUDGE(judge_listen_queue);
DOCTOR_JUDGE(judge_disk_space);
DOCTOR_JUDGE(judge_disk_growth);
DOCTOR_JUDGE(judge_disk_inodes);
DOCTOR_JUDGE(judge_file_system);
DOCTOR_JUDGE(judge_mount_options);

DOCTOR_JUDGE(judge_configuration);
DOCTOR_JUDGE(judge_client_configuration);
DOCTOR_JUDGE(judge_settings_mode);
DOCTOR_JUDGE(judge_server_key);
DOCTOR_JUDGE(judge_keys);
DOCTOR_JUDGE(judge_two_keys);
DOCTOR_JUDGE(judge_data_directory);
DOCTOR_JUDGE(judge_data_files);
DOCTOR_JUDGE(judge_nonce_key);
DOCTOR_JUDGE(judge_spool);
DOCTOR_JUDGE(judge_channels);
DOCTOR_JUDGE(judge_certificates);
DOCTOR_JUDGE(judge_templates);
DOCTOR_JUDGE(judge_programs);

DOCTOR_JUDGE(judge_answers);
DOCTOR_JUDGE(judge_version);
DOCTOR_JUDGE(judge_program_replaced);
DOCTOR_JUDGE(judge_in_force);
DOCTOR_JUDGE(judge_clock_agrees);
DOCTOR_JUDGE(judge_descriptors);
DOCTOR_JUDGE(judge_limits);
DOCTOR_JUDGE(judge_bounds);
DOCTOR_JUDGE(judge_worker_scoring);
DOCTOR_JUDGE(judge_worker_notification);
DOCTOR_JUDGE(judge_worker_revocation);
DOCTOR_JUDGE(judge_tasks_given_up);
DOCTOR_JUDGE(judge_tasks_waiting);
DOCTOR_JUDGE(judge_due_fires);
DOCTOR_JUDGE(judge_disk_full);
DOCTOR_JUDGE(judge_unit_enabled);
DOCTOR_JUDGE(judge_units_running);

DOCTOR_JUDGE(judge_calendar);
DOCTOR_JUDGE(judge_rulebook);
DOCTOR_JUDGE(judge_alert_policy);
DOCTOR_JUDGE(judge_people);
DOCTOR_JUDGE(judge_messages);
DOCTOR_JUDGE(judge_alerts);
DOCTOR_JUDGE(judge_deadlines);
DOCTOR_JUDGE(judge_cases_stuck);
DOCTOR_JUDGE(judge_countersignatures);
DOCTOR_JUDGE(judge_administrator_key);
DOCTOR_JUDGE(judge_supervision_key);
DOCTOR_JUDGE(judge_keys_age);
DOCTOR_JUDGE(judge_rehearsal);

DOCTOR_JUDGE(judge_records_damaged);
DOCTOR_JUDGE(judge_backup);
DOCTOR_JUDGE(judge_file_room);
DOCTOR_JUDGE(judge_chain);
DOCTOR_JUDGE(judge_state);
