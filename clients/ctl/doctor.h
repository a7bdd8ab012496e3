// doctor - whether host, files, service, office and record are well: facts, and checks that judge
// them
//
// Looking and judging are apart. What is looked at becomes facts, plain values (doctor_look_*.c); a
// check is a row of the table (doctor_table.c) whose function judges facts and touches nothing
// else, so that a test gives it any. What a check rests on and could not be had (awardd silent, a
// file of another user's) is said once, by need (doctor_needs.c), and not by each.
#pragma once

#include "clients/ctl/ctl.h"
#include "settings/daemon_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum doctor_verdict {
    DOCTOR_FAILED, // the worst first, as they are shown
    DOCTOR_WARNING,
    DOCTOR_UNSEEN, // it could not be looked at
    DOCTOR_OK,
    DOCTOR_NOT_APPLICABLE,
};

enum { DOCTOR_VERDICTS = DOCTOR_NOT_APPLICABLE + 1 };

enum doctor_group { DOCTOR_HOST, DOCTOR_FILES, DOCTOR_SERVICE, DOCTOR_OFFICE, DOCTOR_RECORD };

enum { DOCTOR_GROUPS = DOCTOR_RECORD + 1 };

// Exit statuses, as monitoring plugins have them; docs/administrator/doctor.md lists the same.
enum doctor_status {
    DOCTOR_STATUS_OK = 0,
    DOCTOR_STATUS_WARNING = 1,
    DOCTOR_STATUS_FAILED = 2,
    DOCTOR_STATUS_UNKNOWN = 3, // command line, no office here, or awardd could not be asked
};

// ---- Facts

struct doctor_path {
    const char *path;
    int error; // errno of looking at it, 0: it was seen
    mode_t mode;
    uid_t user;
    uint64_t bytes;
    bool sheltered; // the directory that it lies in is its owner's alone
};

struct doctor_paths {
    int error; // errno of listing them
    size_t count;
    struct doctor_path *list;
};

struct doctor_host {
    bool clock_seen;
    bool clock_synchronised;
    int64_t clock_error_us; // as the kernel estimates it
    int32_t zone_seconds;   // east of Greenwich
    const char *zone;
    uint64_t memory_bytes; // that can be had; 0: not known
    uint64_t files_open;   // by all processes
    uint64_t files_max;
    uint64_t listen_queue; // net.core.somaxconn; 0: not known
};

// What the data directory lies on.
struct doctor_disk {
    int error;
    uint64_t bytes;
    uint64_t bytes_free; // for others than root
    uint64_t inodes;     // 0: it has no fixed number
    uint64_t inodes_free;
    const char *type;    // "ext4"; NULL: not known
    const char *options; // of mount and file system, with commas
};

enum doctor_text { DOCTOR_TEXT_GOOD, DOCTOR_TEXT_ABSENT, DOCTOR_TEXT_UNSEEN, DOCTOR_TEXT_WRONG };

struct doctor_files {
    enum doctor_text config; // awardd.yaml
    struct settings_errors config_errors;
    struct daemon_file daemon;          // where it is good
    enum doctor_text client;            // awardctl.yaml
    struct client_file client_settings; // where it is good
    struct settings_error client_error;
    const char *server_public_key; // of the server's key file; NULL: not read
    const char *data_directory;    // by awardd.yaml, or by awardd itself; NULL: not known
    struct doctor_paths settings;  // home and the files in it that others are read from
    struct doctor_path server_key;
    struct doctor_path data;
    struct doctor_paths data_files;
    struct doctor_path nonce_key;
    struct doctor_paths keys; // of the directory of keys, those with a secret
    struct doctor_path spool;
    struct doctor_path channels;
    const char *channels_wrong; // a sentence; NULL: good, or absent
    const char *templates_wrong;
    const char *awardd_version; // of the program beside this one; NULL: it cannot be run
};

// The process of awardd, where it is one of this host and can be seen.
struct doctor_process {
    uint32_t number; // 0: not seen
    int program_error;
    bool program_replaced;    // its file was removed or replaced since it was started
    uint64_t descriptors_max; // UINT64_MAX: unlimited, so in the next two
    uint64_t address_bytes_max;
    uint64_t file_bytes_max;
    uint64_t descriptors; // open; UINT64_MAX: not to be seen
};

enum doctor_answering { DOCTOR_ANSWERED, DOCTOR_SILENT, DOCTOR_NOT_ASKED };

// What awardd says; replies are NULL where it does not.
struct doctor_answers {
    enum doctor_answering answering;
    const char *zh; // why there is no answer
    const char *en;
    int64_t took_ms;
    int64_t asked_ms; // by the host's clock
    const Award__Status *status;
    const Award__Health *health; // NULL, too, where the principal may not ask for it
    const Award__Config *config;
    const Award__Check *check;
    bool stuck_seen;
    size_t stuck; // rows that the principal may see
    const Award__Principals *principals;
    size_t damaged_count;
    char *const *damaged;
};

struct doctor_units {
    bool manager;        // systemd runs, and the office is that of /etc/awardd
    const char *enabled; // "enabled"; NULL: systemctl did not say
    const char *failed;  // units that are not active, with blanks between; NULL: systemctl did not
    uint64_t restarts;   // of all of them, by the manager
};

struct doctor_certificate {
    const char *of;  // file, or host and port
    int64_t ends_ms; // 0: it could not be read
    const char *wrong_zh;
    const char *wrong_en; // why
};

// What took long; `looked` where it was not left out.
struct doctor_record {
    bool chain_looked;
    int chain_status; // as awardctl verify ends
    uint64_t chain_entries;
    bool state_looked;
    int state_status;       // as awardd verify ends; -1: it could not be run
    const char *state_said; // its last line, or the first finding
    bool certificates_looked;
    size_t certificates_count;
    struct doctor_certificate *certificates;
};

struct doctor_facts {
    struct arena *arena;
    const char *home;
    const char *principal; // whose key asks
    int64_t now_ms;        // the host's clock
    uid_t user;            // who runs this
    bool service;          // home is /etc/awardd
    struct doctor_host host;
    struct doctor_disk disk;
    struct doctor_files files;
    struct doctor_process process;
    struct doctor_answers answers;
    struct doctor_units units;
    struct doctor_record record;
};

// ---- Checks

struct doctor_finding {
    enum doctor_verdict verdict;
    const char *zh; // what was found, with figures
    const char *en;
    const char *command; // that mends it; of a judge NULL: as the row has it
};

// What a check rests on. A need that is not met decides in the check's place.
enum doctor_need {
    DOCTOR_NEEDS_HERE = 1,       // awardd.yaml lies here
    DOCTOR_NEEDS_CONFIG = 2,     // and is read
    DOCTOR_NEEDS_DISK = 4,       // the data directory's file system
    DOCTOR_NEEDS_ANSWER = 8,     // awardd answers
    DOCTOR_NEEDS_HEALTH = 16,    // and tells this principal how it is
    DOCTOR_NEEDS_PROCESS = 32,   // its process can be seen
    DOCTOR_NEEDS_REAL = 64,      // its clock is not set by hand
    DOCTOR_NEEDS_UNITS = 128,    // a service of systemd
    DOCTOR_NEEDS_CHANNELS = 256, // messages leave by channels
    DOCTOR_NEEDS_DATA = 512,     // the data directory can be listed
};

struct doctor_check {
    const char *name;
    enum doctor_group group;
    unsigned needs; // a set of doctor_need
    bool slow;      // left out by --quick
    const char *zh; // what is well
    const char *en;
    const char *todo_zh; // what to do where it is not
    const char *todo_en;
    const char *command; // NULL: none does it alone
    struct doctor_finding (*judge)(const struct doctor_facts *facts);
};

extern const struct doctor_check doctor_checks[];
extern const size_t doctor_checks_count;

const char *doctor_group_name(enum doctor_group group);
const char *doctor_group_zh(enum doctor_group group);
const char *doctor_verdict_name(enum doctor_verdict verdict);
const char *doctor_verdict_zh(enum doctor_verdict verdict);

// Judges by needs, then by the check's own function.
struct doctor_finding doctor_judge(const struct doctor_check *check,
                                   const struct doctor_facts *facts);

// The first need that is not met, as a finding; false where all are.
bool doctor_need_unmet(unsigned needs, const struct doctor_facts *facts,
                       struct doctor_finding *finding);

struct doctor_result {
    const struct doctor_check *check;
    struct doctor_finding finding;
};

// What the command ends with.
enum doctor_status doctor_status_of(const struct doctor_result *results, size_t count);

// Shows the results, the worst first.
void doctor_print(struct ctl *ctl, const struct doctor_result *results, size_t count,
                  size_t left_out);
void doctor_list_print(struct ctl *ctl);

// ---- Looking; each fills in its part of the facts

struct doctor_options {
    const char *spool;
    const char *channels;
};

void doctor_look_host(struct doctor_facts *facts);
void doctor_look_disk(struct doctor_facts *facts);
void doctor_look_files(struct ctl *ctl, const struct doctor_options *options,
                       struct doctor_facts *facts);
void doctor_look_service(struct doctor_facts *facts);
void doctor_ask(struct ctl *ctl, struct doctor_facts *facts);
void doctor_look_chain(struct ctl *ctl, struct doctor_facts *facts);
void doctor_look_state(struct ctl *ctl, struct doctor_facts *facts);
void doctor_look_certificates(struct doctor_facts *facts);

// The mount that a path lies on, in the text of /proc/self/mountinfo: its type and options in the
// arena. False where there is none.
bool doctor_mount_find(const char *mounts, const char *path, struct arena *arena,
                       struct doctor_disk *disk);

// A limit in the text of /proc/PID/limits ("Max open files"): the one in force. False: not there.
bool doctor_limit_find(const char *limits, const char *name, uint64_t *limit);
