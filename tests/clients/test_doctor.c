// Tests of `awardctl doctor`: each check's judgement of facts that are well and of facts that are
// not, what is said where something could not be had, and what it ends with.
#include "clients/ctl/doctor_private.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { NOW_S = 1543456800 }; // 2018-11-29T10:00:00+08:00

#define NOW_MS ((int64_t)NOW_S * 1000)
#define DAYS(n) ((int64_t)(n)*DAY_MS)
#define GIB ((uint64_t)1 << 30)

// ---- An office in which all is well; a row of the table below makes one thing of it worse

static struct doctor_facts facts;
static Award__Status status;
static Award__Health health;
static Award__Config config;
static Award__Check check;
static Award__Principals principals;
static Award__Moment now, before, taken;
static Award__Health__Copy copy;
static Award__Health__Members members[5];
static Award__Health__Members *members_list[5];
static Award__Config__Row rows[3];
static Award__Config__Row *rows_list[3];
static Award__Status__Bound bound;
static Award__Status__Bound *bounds[] = {&bound};
static Award__Principal people[2];
static Award__Principals__Row people_rows[2];
static Award__Principals__Row *people_list[2];
static struct doctor_path paths[2];
static struct doctor_path keys[2];
static struct doctor_certificate certificate;
static char digest[] = "0123456789abcdef";
static char city[] = "重庆";
static char version[] = AWARD_VERSION;
static int32_t missing[] = {2019};
static char *damaged[] = {(char[]){"case 2018/X/1"}};

static struct doctor_path path_of(const char *path, mode_t mode)
{
    return (struct doctor_path){.path = path, .mode = mode, .user = 7, .bytes = 32};
}

static void host_well(void)
{
    facts.host = (struct doctor_host){
        .clock_seen = true,
        .clock_synchronised = true,
        .zone_seconds = 8 * 3600,
        .zone = "CST",
        .memory_bytes = 4 * GIB,
        .files_open = 700,
        .files_max = 100000,
        .listen_queue = 4096,
    };
    facts.disk = (struct doctor_disk){
        .bytes = 100 * GIB,
        .bytes_free = 60 * GIB,
        .inodes = 1000000,
        .inodes_free = 900000,
        .type = "ext4",
        .options = "rw,relatime,rw",
    };
}

static void files_well(void)
{
    struct doctor_files *files = &facts.files;
    files->config = DOCTOR_TEXT_GOOD;
    (void)strcpy(files->daemon.client_endpoint, "ipc:///run/awardd/clients.sock");
    files->daemon.overlay_megabytes = 256;
    files->client = DOCTOR_TEXT_GOOD;
    (void)strcpy(files->client_settings.client_endpoint, "ipc:///run/awardd/clients.sock");
    (void)strcpy(files->client_settings.server_public_key, "key");
    files->server_public_key = "key";
    files->data_directory = "/srv/data";
    paths[0] = path_of("/srv", S_IFDIR | 0755);
    paths[1] = path_of("/srv/awardd.yaml", S_IFREG | 0644);
    files->settings = (struct doctor_paths){.count = 2, .list = paths};
    files->data_files = files->settings;
    files->server_key = path_of("/srv/server.key", S_IFREG | 0600);
    files->data = path_of("/srv/data", S_IFDIR | 0700);
    files->nonce_key = path_of("/srv/data/nonce.key", S_IFREG | 0600);
    files->spool = path_of("/srv/spool", S_IFDIR | 0700);
    files->channels = path_of("/srv/channels.yaml", S_IFREG | 0600);
    files->awardd_version = AWARD_VERSION;
    keys[0] = path_of("/srv/keys/admin.key", S_IFREG | 0600);
    keys[1] = path_of("/srv/keys/office.key", S_IFREG | 0600);
    files->keys = (struct doctor_paths){.count = 2, .list = keys};
}

static void member_well(size_t i, Award__Role__Name role)
{
    award__health__members__init(&members[i]);
    members[i].role = role;
    members[i].keys = 1;
    members[i].connected = 1;
    members_list[i] = &members[i];
}

static void health_well(void)
{
    award__health__init(&health);
    member_well(0, AWARD__ROLE__NAME__administrator);
    member_well(1, AWARD__ROLE__NAME__supervision_committee);
    member_well(2, AWARD__ROLE__NAME__worker_scoring);
    member_well(3, AWARD__ROLE__NAME__worker_notification);
    member_well(4, AWARD__ROLE__NAME__worker_revocation);
    health.members = members_list;
    health.n_members = 5;
    health.rulebook = health.policy = digest;
    health.journal_bytes = GIB / 2;
    health.state_bytes = GIB / 4;
    health.file_bytes_max = 64 * GIB;
    health.entries_counted = 3000;
    health.days_counted = 30;
    award__moment__init(&before);
    before.ms = NOW_MS - DAYS(1);
    health.oldest_key = &before;
    health.oldest_key_of = city;
    award__moment__init(&taken);
    taken.ms = NOW_MS - DOCTOR_HOUR_MS;
    award__health__copy__init(&copy);
    copy.taken = &taken;
    copy.entry = 9000;
    health.last_copy = &copy;
}

static void row_well(size_t i, const char *key, const char *value, bool reloads)
{
    award__config__row__init(&rows[i]);
    rows[i].key = arena_string(facts.arena, key);
    rows[i].value = arena_string(facts.arena, value);
    rows[i].reloads = reloads;
    rows_list[i] = &rows[i];
}

static void person_well(size_t i, const char *name, Award__Role__Name role)
{
    award__principal__init(&people[i]);
    people[i].name = arena_string(facts.arena, name);
    people[i].role = role;
    award__principals__row__init(&people_rows[i]);
    people_rows[i].principal = &people[i];
    people_list[i] = &people_rows[i];
}

static void answers_well(void)
{
    award__status__init(&status);
    award__moment__init(&now);
    now.ms = NOW_MS;
    status.city = city;
    status.version = version;
    status.now = &now;
    status.last_entry = 9100;
    award__status__bound__init(&bound);
    bound.name = digest;
    bound.limit = 100;
    bound.has_now = 1;
    bound.now = 10;
    status.bounds = bounds;
    status.n_bounds = 1;
    award__config__init(&config);
    row_well(0, "connections", "1024", true);
    row_well(1, "greetings", "1024", true);
    row_well(2, "overlay_megabytes", "256", true);
    config.rows = rows_list;
    config.n_rows = 3;
    facts.files.daemon.connections = facts.files.daemon.greetings = 1024;
    award__check__init(&check);
    award__principals__init(&principals);
    person_well(0, "admin", AWARD__ROLE__NAME__administrator);
    person_well(1, "office", AWARD__ROLE__NAME__office);
    principals.rows = people_list;
    principals.n_rows = 2;
    facts.answers = (struct doctor_answers){
        .answering = DOCTOR_ANSWERED,
        .asked_ms = NOW_MS,
        .took_ms = 3,
        .status = &status,
        .health = &health,
        .config = &config,
        .check = &check,
        .stuck_seen = true,
        .principals = &principals,
    };
}

static void all_well(void)
{
    facts = (struct doctor_facts){
        .arena = arena_create(),
        .home = "/srv",
        .principal = "office",
        .now_ms = NOW_MS,
        .process = {.number = 17,
                    .descriptors_max = 20000,
                    .address_bytes_max = UINT64_MAX,
                    .file_bytes_max = UINT64_MAX,
                    .descriptors = 40},
        .units = {.manager = true, .enabled = "enabled",      .failed = ""       },
        .record = {.state_said = "sound",     .certificates = &certificate,     .certificates_count = 1},
    };
    certificate = (struct doctor_certificate){.of = "mail:465", .ends_ms = NOW_MS + DAYS(90)};
    host_well();
    files_well();
    health_well();
    answers_well();
}

static void end(void)
{
    arena_destroy(facts.arena);
}

TestSuite(doctor, .init = all_well, .fini = end);

static const struct doctor_check *check_of(const char *name)
{
    for (size_t i = 0; i < doctor_checks_count; i++) {
        if (strcmp(doctor_checks[i].name, name) == 0) {
            return &doctor_checks[i];
        }
    }
    cr_assert_fail("no check %s", name);
    return NULL;
}

static struct doctor_finding judged(const char *name)
{
    return doctor_judge(check_of(name), &facts);
}

// ---- One thing that is worse

#define WORSE(name, ...)                                                                           \
    static void worse_##name(void)                                                                 \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }

WORSE(clock, facts.host.clock_synchronised = false)
WORSE(zone, facts.host.zone_seconds = 0)
WORSE(memory_low, facts.host.memory_bytes = 200 * (uint64_t)DOCTOR_MEBIBYTE)
WORSE(memory_gone, facts.host.memory_bytes = 20 * (uint64_t)DOCTOR_MEBIBYTE)
WORSE(files_many, facts.host.files_open = 80000)
WORSE(files_full, facts.host.files_open = 95000)
WORSE(queue, facts.host.listen_queue = 127)
WORSE(space_low, facts.disk.bytes_free = 9 * GIB)
WORSE(space_gone, facts.disk.bytes_free = GIB)
WORSE(space_small, facts.disk.bytes_free = 200 * (uint64_t)DOCTOR_MEBIBYTE; facts.disk.bytes = GIB)
WORSE(growth, health.entries_counted = 260000)       // 60 GiB in 84 days or so
WORSE(growth_fast, health.entries_counted = 2600000) // in 8
WORSE(inodes_low, facts.disk.inodes_free = 90000)
WORSE(inodes_gone, facts.disk.inodes_free = 10000)
WORSE(network, facts.disk.type = "nfs4")
WORSE(user_space, facts.disk.type = "fuse.sshfs")
WORSE(in_memory, facts.disk.type = "tmpfs")
WORSE(layered, facts.disk.type = "overlay")
WORSE(barrier, facts.disk.options = "rw,relatime,rw,nobarrier")
WORSE(read_only, facts.disk.options = "ro,relatime,rw")

WORSE(config_wrong, facts.files.config = DOCTOR_TEXT_WRONG; facts.files.config_errors.count = 2)
WORSE(client_wrong, facts.files.client = DOCTOR_TEXT_WRONG)
WORSE(client_elsewhere,
      (void)strcpy(facts.files.client_settings.client_endpoint, "ipc:///tmp/clients.sock"))
WORSE(client_other_key, facts.files.server_public_key = "other")
WORSE(settings_open, paths[1].mode = S_IFREG | 0664)
WORSE(server_key_open, facts.files.server_key.mode = S_IFREG | 0640)
WORSE(server_key_gone, facts.files.server_key.error = ENOENT)
WORSE(key_open, keys[1].mode = S_IFREG | 0644)
WORSE(two_keys, people[1].role = AWARD__ROLE__NAME__supervision_committee)
WORSE(data_open, facts.files.data.mode = S_IFDIR | 0750)
WORSE(data_gone, facts.files.data.error = ENOENT)
WORSE(data_foreign, paths[1].user = 0)
WORSE(nonce_short, facts.files.nonce_key.bytes = 31)
WORSE(nonce_gone, facts.files.nonce_key.error = ENOENT)
WORSE(spool_open, facts.files.spool.mode = S_IFDIR | 0755)
WORSE(channels, facts.files.channels_wrong = "line 3")
WORSE(certificate_near, certificate.ends_ms = NOW_MS + DAYS(29))
WORSE(certificate_nearer, certificate.ends_ms = NOW_MS + DAYS(6))
WORSE(certificate_over, certificate.ends_ms = NOW_MS - 1000)
WORSE(templates, facts.files.templates_wrong = "result.yaml:3:1")
WORSE(program_old, facts.files.awardd_version = "0.0.1")
WORSE(program_gone, facts.files.awardd_version = NULL)

WORSE(silent, facts.answers = (struct doctor_answers){
                  .answering = DOCTOR_SILENT, .zh = "无", .en = "nobody"})
WORSE(slow, facts.answers.took_ms = 3001)
WORSE(version, status.version = digest)
WORSE(replaced, facts.process.program_replaced = true)
WORSE(file_other, facts.files.daemon.greetings = 512)
WORSE(restart, rows[0].waits = 1; rows[0].reloads = 0)
WORSE(behind, status.has_clock_behind_seconds = 1; status.clock_behind_seconds = 400)
WORSE(clocks_differ, now.ms = NOW_MS - 6000)
WORSE(descriptors, facts.process.descriptors_max = 2000)
WORSE(descriptors_used, facts.process.descriptors = 19000)
WORSE(address, facts.process.address_bytes_max = 100 * GIB)
WORSE(file_size, facts.process.file_bytes_max = GIB / 2)
WORSE(bound, bound.now = 90)
WORSE(no_scoring, members[2].connected = 0)
WORSE(no_notification, members[3].connected = 0)
WORSE(no_revocation, members[4].keys = 0)
WORSE(given_up, health.tasks_given_up = 1)
WORSE(task_waits, before.ms = NOW_MS - DOCTOR_HOUR_MS; health.oldest_task = &before)
WORSE(task_waits_long, health.oldest_task = &before)
WORSE(due, before.ms = NOW_MS - 61000; status.next_due = &before)
WORSE(full, health.disk_full = 1)
WORSE(disabled, facts.units.enabled = "disabled")
WORSE(unit_failed, facts.units.failed = "awardd.service")
WORSE(unit_restarts, facts.units.restarts = 4)

WORSE(calendar_next, now.ms = NOW_MS + DAYS(5); health.calendar_missing = missing;
      health.n_calendar_missing = 1)
WORSE(calendar_this, missing[0] = 2018; health.calendar_missing = missing;
      health.n_calendar_missing = 1)
WORSE(no_rulebook, health.rulebook = NULL)
WORSE(no_policy, health.policy = NULL)
WORSE(people, static Award__Check__Finding finding; static Award__Check__Finding * findings[1];
      award__check__finding__init(&finding); findings[0] = &finding;
      finding.code = finding.zh = finding.en = city; check.findings = findings;
      check.n_findings = 1)
WORSE(messages_given_up, health.messages_given_up = 1)
WORSE(messages_retried, health.messages_retried = 1)
WORSE(unheard, health.alerts_unheard = 1)
WORSE(alert_old, before.ms = NOW_MS - DAYS(7); health.oldest_alert = &before)
WORSE(overdue, health.deadlines_overdue = 1)
WORSE(stuck, facts.answers.stuck = 1)
WORSE(countersignature, before.ms = NOW_MS - DAYS(7); health.oldest_countersignature = &before)
WORSE(no_administrator, members[0].keys = 0)
WORSE(no_supervision, health.n_members = 1)
WORSE(key_old, before.ms = NOW_MS - DAYS(3 * 365))
WORSE(rehearsal, status.rehearsal = 1; facts.service = true)

WORSE(damaged, facts.answers.damaged = damaged; facts.answers.damaged_count = 1)
WORSE(no_copy, health.last_copy = NULL)
WORSE(copy_old, taken.ms = NOW_MS - 36 * (int64_t)DOCTOR_HOUR_MS)
WORSE(copy_older, taken.ms = NOW_MS - DAYS(7))
WORSE(room, health.journal_bytes = 40 * GIB)
WORSE(room_gone, health.state_bytes = 60 * GIB)
WORSE(chain, facts.record.chain_status = CTL_DIFFERENT; facts.record.chain_entries = 5)
WORSE(state, facts.record.state_status = 7)

static const struct {
    const char *check;
    void (*worse)(void);
    enum doctor_verdict verdict;
} cases[] = {
    {"clock",                  worse_clock,              DOCTOR_WARNING},
    {"time-zone",              worse_zone,               DOCTOR_WARNING},
    {"memory",                 worse_memory_low,         DOCTOR_WARNING},
    {"memory",                 worse_memory_gone,        DOCTOR_FAILED },
    {"files-open",             worse_files_many,         DOCTOR_WARNING},
    {"files-open",             worse_files_full,         DOCTOR_FAILED },
    {"listen-queue",           worse_queue,              DOCTOR_WARNING},
    {"disk-space",             worse_space_low,          DOCTOR_WARNING},
    {"disk-space",             worse_space_gone,         DOCTOR_FAILED },
    {"disk-space",             worse_space_small,        DOCTOR_FAILED },
    {"disk-growth",            worse_growth,             DOCTOR_WARNING},
    {"disk-growth",            worse_growth_fast,        DOCTOR_FAILED },
    {"disk-inodes",            worse_inodes_low,         DOCTOR_WARNING},
    {"disk-inodes",            worse_inodes_gone,        DOCTOR_FAILED },
    {"file-system",            worse_network,            DOCTOR_FAILED },
    {"file-system",            worse_user_space,         DOCTOR_FAILED },
    {"file-system",            worse_in_memory,          DOCTOR_FAILED },
    {"file-system",            worse_layered,            DOCTOR_WARNING},
    {"mount-options",          worse_barrier,            DOCTOR_FAILED },
    {"mount-options",          worse_read_only,          DOCTOR_FAILED },
    {"configuration",          worse_config_wrong,       DOCTOR_FAILED },
    {"client-configuration",   worse_client_wrong,       DOCTOR_FAILED },
    {"client-configuration",   worse_client_elsewhere,   DOCTOR_FAILED },
    {"client-configuration",   worse_client_other_key,   DOCTOR_FAILED },
    {"settings-mode",          worse_settings_open,      DOCTOR_FAILED },
    {"server-key",             worse_server_key_open,    DOCTOR_FAILED },
    {"server-key",             worse_server_key_gone,    DOCTOR_FAILED },
    {"keys",                   worse_key_open,           DOCTOR_FAILED },
    {"two-keys",               worse_two_keys,           DOCTOR_WARNING},
    {"data-directory",         worse_data_open,          DOCTOR_FAILED },
    {"data-directory",         worse_data_gone,          DOCTOR_FAILED },
    {"data-files",             worse_data_foreign,       DOCTOR_FAILED },
    {"nonce-key",              worse_nonce_short,        DOCTOR_FAILED },
    {"nonce-key",              worse_nonce_gone,         DOCTOR_FAILED },
    {"spool",                  worse_spool_open,         DOCTOR_FAILED },
    {"channels",               worse_channels,           DOCTOR_FAILED },
    {"certificates",           worse_certificate_near,   DOCTOR_WARNING},
    {"certificates",           worse_certificate_nearer, DOCTOR_FAILED },
    {"certificates",           worse_certificate_over,   DOCTOR_FAILED },
    {"templates",              worse_templates,          DOCTOR_FAILED },
    {"programs",               worse_program_old,        DOCTOR_WARNING},
    {"programs",               worse_program_gone,       DOCTOR_FAILED },
    {"answers",                worse_silent,             DOCTOR_FAILED },
    {"answers",                worse_slow,               DOCTOR_WARNING},
    {"version",                worse_version,            DOCTOR_WARNING},
    {"program-replaced",       worse_replaced,           DOCTOR_WARNING},
    {"configuration-in-force", worse_file_other,         DOCTOR_WARNING},
    {"configuration-in-force", worse_restart,            DOCTOR_WARNING},
    {"clock-agrees",           worse_behind,             DOCTOR_FAILED },
    {"clock-agrees",           worse_clocks_differ,      DOCTOR_WARNING},
    {"descriptors",            worse_descriptors,        DOCTOR_WARNING},
    {"descriptors",            worse_descriptors_used,   DOCTOR_WARNING},
    {"limits",                 worse_address,            DOCTOR_WARNING},
    {"limits",                 worse_file_size,          DOCTOR_FAILED },
    {"bounds",                 worse_bound,              DOCTOR_WARNING},
    {"worker-scoring",         worse_no_scoring,         DOCTOR_FAILED },
    {"worker-notification",    worse_no_notification,    DOCTOR_FAILED },
    {"worker-revocation",      worse_no_revocation,      DOCTOR_FAILED },
    {"tasks-given-up",         worse_given_up,           DOCTOR_WARNING},
    {"tasks-waiting",          worse_task_waits,         DOCTOR_WARNING},
    {"tasks-waiting",          worse_task_waits_long,    DOCTOR_FAILED },
    {"due-fires",              worse_due,                DOCTOR_FAILED },
    {"disk-full",              worse_full,               DOCTOR_FAILED },
    {"unit-enabled",           worse_disabled,           DOCTOR_WARNING},
    {"units-running",          worse_unit_failed,        DOCTOR_FAILED },
    {"units-running",          worse_unit_restarts,      DOCTOR_WARNING},
    {"calendar",               worse_calendar_next,      DOCTOR_WARNING},
    {"calendar",               worse_calendar_this,      DOCTOR_FAILED },
    {"rulebook",               worse_no_rulebook,        DOCTOR_FAILED },
    {"alert-policy",           worse_no_policy,          DOCTOR_FAILED },
    {"people",                 worse_people,             DOCTOR_WARNING},
    {"messages",               worse_messages_given_up,  DOCTOR_FAILED },
    {"messages",               worse_messages_retried,   DOCTOR_WARNING},
    {"alerts",                 worse_unheard,            DOCTOR_FAILED },
    {"alerts",                 worse_alert_old,          DOCTOR_WARNING},
    {"deadlines",              worse_overdue,            DOCTOR_WARNING},
    {"cases-stuck",            worse_stuck,              DOCTOR_WARNING},
    {"countersignatures",      worse_countersignature,   DOCTOR_WARNING},
    {"administrator-key",      worse_no_administrator,   DOCTOR_FAILED },
    {"supervision-key",        worse_no_supervision,     DOCTOR_FAILED },
    {"keys-age",               worse_key_old,            DOCTOR_WARNING},
    {"rehearsal",              worse_rehearsal,          DOCTOR_WARNING},
    {"records-damaged",        worse_damaged,            DOCTOR_FAILED },
    {"backup",                 worse_no_copy,            DOCTOR_WARNING},
    {"backup",                 worse_copy_old,           DOCTOR_WARNING},
    {"backup",                 worse_copy_older,         DOCTOR_FAILED },
    {"file-room",              worse_room,               DOCTOR_WARNING},
    {"file-room",              worse_room_gone,          DOCTOR_FAILED },
    {"chain",                  worse_chain,              DOCTOR_FAILED },
    {"state",                  worse_state,              DOCTOR_FAILED },
};

enum { CASES_COUNT = sizeof(cases) / sizeof(cases[0]) };

Test(doctor, an_office_that_is_well_passes_every_check)
{
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_finding finding = doctor_judge(&doctor_checks[i], &facts);
        cr_expect_eq(finding.verdict, DOCTOR_OK, "%s: %s", doctor_checks[i].name, finding.en);
    }
}

Test(doctor, one_thing_that_is_worse_is_found_by_its_check)
{
    for (size_t i = 0; i < CASES_COUNT; i++) {
        cases[i].worse();
        const struct doctor_finding finding = judged(cases[i].check);
        cr_expect_eq(finding.verdict, cases[i].verdict, "case %zu, %s: %s", i, cases[i].check,
                     finding.en);
        cr_expect(finding.zh[0] != '\0' && finding.en[0] != '\0', "%s", cases[i].check);
        arena_destroy(facts.arena);
        missing[0] = 2019;
        all_well();
    }
}

Test(doctor, every_check_is_seen_to_fail_and_says_what_to_do)
{
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_check *row = &doctor_checks[i];
        bool seen = false;
        for (size_t k = 0; k < CASES_COUNT; k++) {
            seen = seen || strcmp(cases[k].check, row->name) == 0;
        }
        cr_expect(seen, "%s", row->name);
        cr_expect(row->zh[0] != '\0' && row->en[0] != '\0', "%s", row->name);
        cr_expect(row->todo_zh[0] != '\0' && row->todo_en[0] != '\0', "%s", row->name);
        cr_expect(check_of(row->name) == row, "%s stands twice", row->name);
    }
    cr_assert_gt(doctor_checks_count, 30);
}

// ---- What could not be had

Test(doctor, where_awardd_is_silent_that_alone_fails_and_the_rest_was_not_looked_at)
{
    worse_silent();
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_check *row = &doctor_checks[i];
        enum doctor_verdict verdict = doctor_judge(row, &facts).verdict;
        bool asks = (row->needs & (DOCTOR_NEEDS_ANSWER | DOCTOR_NEEDS_HEALTH)) != 0;
        enum doctor_verdict wanted = asks ? DOCTOR_UNSEEN : DOCTOR_OK;
        cr_expect_eq(verdict, strcmp(row->name, "answers") == 0 ? DOCTOR_FAILED : wanted, "%s",
                     row->name);
    }
    cr_assert_not_null(strstr(judged("backup").en, "not looked at: awardd does not answer"));
}

Test(doctor, what_another_user_owns_is_not_looked_at_and_does_not_fail)
{
    facts.files.config = DOCTOR_TEXT_UNSEEN;
    facts.files.client = DOCTOR_TEXT_UNSEEN;
    facts.files.keys.error = EACCES;
    facts.files.spool.error = EACCES;
    facts.files.channels.error = EACCES;
    facts.process.program_error = EACCES;
    static const char *const closed[] = {
        "configuration", "client-configuration", "keys",       "spool",   "channels",
        "state",         "program-replaced",     "data-files", "two-keys"};
    for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
        cr_expect_eq(judged(closed[i]).verdict, DOCTOR_UNSEEN, "%s", closed[i]);
    }
}

Test(doctor, where_awardd_lives_elsewhere_its_files_are_no_matter)
{
    facts.files.config = DOCTOR_TEXT_ABSENT;
    cr_assert_eq(judged("configuration").verdict, DOCTOR_NOT_APPLICABLE);
    cr_assert_eq(judged("state").verdict, DOCTOR_NOT_APPLICABLE);
    cr_assert_eq(judged("worker-scoring").verdict, DOCTOR_OK);
}

Test(doctor, a_rehearsal_has_no_clock_of_the_host_and_may_lie_in_memory)
{
    status.rehearsal = 1;
    worse_clock();
    worse_in_memory();
    now.ms = NOW_MS - DAYS(1000);
    cr_assert_eq(judged("clock").verdict, DOCTOR_NOT_APPLICABLE);
    cr_assert_eq(judged("clock-agrees").verdict, DOCTOR_NOT_APPLICABLE);
    cr_assert_eq(judged("file-system").verdict, DOCTOR_OK);
}

// ---- Fine points

Test(doctor, the_next_years_calendar_is_not_missed_before_december)
{
    worse_calendar_next();
    now.ms = NOW_MS; // in November
    cr_assert_eq(judged("calendar").verdict, DOCTOR_OK);
    now.ms = NOW_MS + DAYS(2); // 1 December
    cr_assert_eq(judged("calendar").verdict, DOCTOR_WARNING);
}

Test(doctor, a_copy_to_which_nothing_was_added_does_not_grow_old)
{
    worse_copy_older();
    copy.entry = status.last_entry;
    cr_assert_eq(judged("backup").verdict, DOCTOR_OK);
}

Test(doctor, few_per_cent_of_a_large_disk_are_room_enough)
{
    facts.disk.bytes = 4000 * GIB;
    facts.disk.bytes_free = 21 * GIB;
    cr_assert_eq(judged("disk-space").verdict, DOCTOR_OK);
}

Test(doctor, a_journal_that_does_not_grow_lasts)
{
    health.entries_counted = 0;
    cr_assert_eq(judged("disk-growth").verdict, DOCTOR_OK);
    status.last_entry = 0;
    cr_assert_eq(judged("disk-growth").verdict, DOCTOR_OK);
}

Test(doctor, growth_is_entries_a_day_by_what_an_entry_takes)
{
    status.last_entry = 1000;
    health.journal_bytes = 800000;
    health.state_bytes = 200000; // 1,000 bytes an entry
    health.entries_counted = 3000;
    health.days_counted = 3; // 1,000 a day
    facts.disk.bytes_free = 100 * 1000 * 1000;
    const struct doctor_finding finding = judged("disk-growth");
    cr_assert_eq(finding.verdict, DOCTOR_OK);
    cr_assert_not_null(strstr(finding.en, "full in about 100 days"), "%s", finding.en);
}

Test(doctor, a_certificate_that_could_not_be_read_says_why_once_in_each_language)
{
    certificate = (struct doctor_certificate){
        .of = "mail:465", .wrong_zh = "连不上", .wrong_en = "not reached"};
    const struct doctor_finding finding = judged("certificates");
    cr_assert_eq(finding.verdict, DOCTOR_UNSEEN);
    cr_assert_str_eq(finding.zh, "没有看：mail:465：连不上");
    cr_assert_str_eq(finding.en, "not looked at: mail:465: not reached");
}

Test(doctor, a_closed_directory_shelters_an_open_one)
{
    worse_data_open();
    facts.files.data.sheltered = true;
    cr_assert_eq(judged("data-directory").verdict, DOCTOR_OK);
}

Test(doctor, the_line_that_mends_it_names_what_is_wrong)
{
    worse_server_key_open();
    cr_assert_str_eq(judged("server-key").command, "chmod 600 /srv/server.key");
    worse_key_open();
    cr_assert_str_eq(judged("keys").command, "chmod 600 /srv/keys/office.key");
    worse_restart();
    cr_assert_null(judged("configuration-in-force").command); // it is no service of systemd
    worse_no_scoring();
    cr_assert_str_eq(judged("worker-scoring").command,
                     "award-scoring --config /srv/awardctl.yaml &");
    cr_assert_str_eq(judged("worker-notification").command,
                     "award-notification --config /srv/awardctl.yaml --spool /srv/spool "
                     "--channels /srv/channels.yaml &");
    facts.files.channels.error = ENOENT;
    cr_assert_str_eq(judged("worker-notification").command,
                     "award-notification --config /srv/awardctl.yaml --spool /srv/spool &");
    facts.service = true;
    cr_assert_str_eq(judged("worker-scoring").command,
                     "systemctl start award-scoring@worker-scoring");
    cr_assert_str_eq(judged("configuration-in-force").command, "systemctl restart awardd.target");
    cr_assert_str_eq(judged("state").command, "awardd --config /srv/awardd.yaml verify");
}

// ---- Texts of the kernel

static const char mounts[] =
    "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n"
    "28 27 0:21 / /srv rw - xfs /dev/vdb rw,nobarrier\n"
    "29 28 0:22 / /srv/with\\040blank rw shared:1 - nfs4 host:/x rw,vers=4.2\n"
    "30 27 0:23 / /srv-other rw - tmpfs tmpfs rw\n";

static const char *type_at(const char *path)
{
    struct doctor_disk disk = {0};
    cr_assert(doctor_mount_find(mounts, path, facts.arena, &disk), "%s", path);
    return disk.type;
}

Test(doctor, a_path_lies_on_the_mount_that_is_nearest)
{
    cr_assert_str_eq(type_at("/var/lib/awardd"), "ext4");
    cr_assert_str_eq(type_at("/srv"), "xfs");
    cr_assert_str_eq(type_at("/srv/award/data"), "xfs");
    cr_assert_str_eq(type_at("/srv/with blank/data"), "nfs4");
    cr_assert_str_eq(type_at("/srv-others/data"), "ext4");
    struct doctor_disk disk = {0};
    cr_assert(doctor_mount_find(mounts, "/srv/award", facts.arena, &disk));
    cr_assert_str_eq(disk.options, "rw,rw,nobarrier");
    cr_assert_not(doctor_mount_find("", "/srv", facts.arena, &disk));
    cr_assert_not(
        doctor_mount_find("1 2 0:3 / /a\\0 rw - xfs d rw\nno line\n", "/srv", facts.arena, &disk));
}

Test(doctor, a_limit_is_the_one_in_force)
{
    static const char limits[] =
        "Limit                     Soft Limit           Hard Limit           Units     \n"
        "Max file size             unlimited            unlimited            bytes     \n"
        "Max open files            1024                 524288               files     \n";
    uint64_t limit;
    cr_assert(doctor_limit_find(limits, "Max open files", &limit));
    cr_assert_eq(limit, 1024);
    cr_assert(doctor_limit_find(limits, "Max file size", &limit));
    cr_assert_eq(limit, UINT64_MAX);
    cr_assert_not(doctor_limit_find(limits, "Max address space", &limit));
}

// ---- What it ends with

static enum doctor_status ends_with(const char *name, enum doctor_verdict verdict)
{
    const struct doctor_result results[] = {
        {check_of("clock"), {.verdict = DOCTOR_OK}},
        {check_of(name),    {.verdict = verdict}  },
    };
    return doctor_status_of(results, 2);
}

Test(doctor, it_ends_as_monitoring_plugins_do)
{
    cr_assert_eq(ends_with("backup", DOCTOR_OK), DOCTOR_STATUS_OK);
    cr_assert_eq(ends_with("backup", DOCTOR_NOT_APPLICABLE), DOCTOR_STATUS_OK);
    cr_assert_eq(ends_with("backup", DOCTOR_WARNING), DOCTOR_STATUS_WARNING);
    cr_assert_eq(ends_with("backup", DOCTOR_FAILED), DOCTOR_STATUS_FAILED);
    cr_assert_eq(ends_with("keys", DOCTOR_UNSEEN), DOCTOR_STATUS_OK);
    cr_assert_eq(ends_with("answers", DOCTOR_UNSEEN), DOCTOR_STATUS_UNKNOWN);
    const struct doctor_result alone = {check_of("keys"), {.verdict = DOCTOR_UNSEEN}};
    cr_assert_eq(doctor_status_of(&alone, 1), DOCTOR_STATUS_UNKNOWN);
}
