// doctor_service - judges the running programs: awardd's answer, version, limits, bounds, workers
#include "clients/ctl/doctor_private.h"

#include "settings/file_keys.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOW_ANSWER_MS = 3000,
    CLOCKS_DIFFER_MS = 5000,
    OTHER_DESCRIPTORS = 128, // as daemon/bounds.c reckons
    DESCRIPTORS_PERCENT = 90,
    BOUND_PERCENT = 90,
    TASK_WARNING_MINUTES = 60,
    TASK_FAILED_MINUTES = 24 * 60,
    MINUTE_MS = 60 * 1000,
    DUE_LATE_MS = 60 * 1000,
    RESTARTS_MOST = 3,
};

// With what starts it where it lives here and systemd does not start it.
static struct doctor_finding silent_found(const struct doctor_facts *facts)
{
    struct doctor_finding finding =
        doctor_found(DOCTOR_FAILED, facts->answers.zh, facts->answers.en);
    if (!facts->service && facts->files.config != DOCTOR_TEXT_ABSENT) {
        finding.command = said(facts, "awardd --config %s/awardd.yaml &", facts->home);
    }
    return finding;
}

struct doctor_finding judge_answers(const struct doctor_facts *facts)
{
    const struct doctor_answers *answers = &facts->answers;
    switch (answers->answering) {
    case DOCTOR_SILENT:
        return silent_found(facts);
    case DOCTOR_NOT_ASKED:
        return doctor_found(DOCTOR_UNSEEN, said(facts, "没有看：%s", answers->zh),
                            said(facts, "not looked at: %s", answers->en));
    case DOCTOR_ANSWERED:
        break;
    }
    return doctor_found(
        answers->took_ms > SLOW_ANSWER_MS ? DOCTOR_WARNING : DOCTOR_OK,
        said(facts, "%s，%" PRId64 " 毫秒", answers->status->city, answers->took_ms),
        said(facts, "%s, in %" PRId64 " ms", answers->status->city, answers->took_ms));
}

struct doctor_finding judge_version(const struct doctor_facts *facts)
{
    const char *version = facts->answers.status->version;
    version = version != NULL ? version : "?";
    return doctor_found(strcmp(version, AWARD_VERSION) == 0 ? DOCTOR_OK : DOCTOR_WARNING,
                        said(facts, "运行中的 awardd %s，awardctl %s", version, AWARD_VERSION),
                        said(facts, "awardd %s runs, awardctl is %s", version, AWARD_VERSION));
}

struct doctor_finding judge_program_replaced(const struct doctor_facts *facts)
{
    const struct doctor_process *process = &facts->process;
    if (process->program_error != 0) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：awardd 是别的用户的进程；请以 root 运行",
                            "not looked at: awardd is another user's process; run it as root");
    }
    if (process->program_replaced) {
        return doctor_found(
            DOCTOR_WARNING, said(facts, "进程 %u 的程序已被替换或删除", process->number),
            said(facts, "the program of process %u was replaced or removed", process->number));
    }
    return doctor_found(DOCTOR_OK, said(facts, "进程 %u", process->number),
                        said(facts, "process %u", process->number));
}

// ---- The configuration

// The row's value in the file, in the arena; NULL where the file is not read, or has no such key.
static const char *value_in_file(const struct doctor_facts *facts, const char *name)
{
    for (size_t i = 1; i < daemon_keys.rows_count; i++) {
        const struct key *key = &daemon_keys.rows[i];
        if (facts->files.config == DOCTOR_TEXT_GOOD && strcmp(key->path, name) == 0) {
            return daemon_file_value(&facts->files.daemon, key, facts->arena);
        }
    }
    return NULL;
}

static bool row_waits(const struct doctor_facts *facts, const Award__Config__Row *row)
{
    const char *value = value_in_file(facts, row->key);
    return row->waits || (value != NULL && strcmp(value, row->value) != 0);
}

struct doctor_finding judge_in_force(const struct doctor_facts *facts)
{
    const Award__Config *config = facts->answers.config;
    const char *reload = "";
    const char *restart = "";
    size_t reloads = 0;
    size_t restarts = 0;
    for (size_t i = 0; config != NULL && i < config->n_rows; i++) {
        const Award__Config__Row *row = config->rows[i];
        if (row_waits(facts, row) && row->reloads) {
            reload = doctor_names_add(facts, reload, &reloads, row->key);
        } else if (row_waits(facts, row)) {
            restart = doctor_names_add(facts, restart, &restarts, row->key);
        }
    }
    if (reloads + restarts == 0) {
        return doctor_found(DOCTOR_OK, "文件与现行配置相同", "the file says what is in force");
    }
    struct doctor_finding finding = doctor_found(
        DOCTOR_WARNING,
        said(facts, "文件已改：%s%s%s%s%s", restarts > 0 ? "待重启 " : "", restart,
             reloads > 0 && restarts > 0 ? "；" : "", reloads > 0 ? "待重新加载 " : "", reload),
        said(facts, "the file was changed: %s%s%s%s%s", restarts > 0 ? "a restart awaits " : "",
             restart, reloads > 0 && restarts > 0 ? "; " : "",
             reloads > 0 ? "a reload awaits " : "", reload));
    finding.command =
        restarts > 0 ? "systemctl restart awardd.target" : "systemctl reload awardd.service";
    return finding;
}

struct doctor_finding judge_clock_agrees(const struct doctor_facts *facts)
{
    const Award__Status *status = facts->answers.status;
    if (status->has_clock_behind_seconds) {
        unsigned long long behind = status->clock_behind_seconds;
        return doctor_found(
            DOCTOR_FAILED,
            said(facts, "主机时钟比最后一条记录落后 %llu 秒：不接受任何事件", behind),
            said(facts, "the host's clock is %llu s behind the last entry: no event is taken",
                 behind));
    }
    int64_t differ = status->now != NULL ? llabs(status->now->ms - facts->answers.asked_ms) : 0;
    int64_t seconds = differ / 1000;
    return doctor_found(differ > CLOCKS_DIFFER_MS + facts->answers.took_ms ? DOCTOR_WARNING
                                                                           : DOCTOR_OK,
                        said(facts, "相差 %" PRId64 " 秒", seconds),
                        said(facts, "they differ by %" PRId64 " s", seconds));
}

// ---- Limits of the process

// A number in force; 0 where awardd did not tell it.
static uint64_t setting(const struct doctor_facts *facts, const char *name)
{
    const Award__Config *config = facts->answers.config;
    for (size_t i = 0; config != NULL && i < config->n_rows; i++) {
        if (strcmp(config->rows[i]->key, name) == 0) {
            return strtoull(config->rows[i]->value, NULL, 10);
        }
    }
    return 0;
}

static const char *limit_words(const struct doctor_facts *facts, uint64_t limit)
{
    return limit == UINT64_MAX ? "∞" : said(facts, "%" PRIu64, limit);
}

struct doctor_finding judge_descriptors(const struct doctor_facts *facts)
{
    const struct doctor_process *process = &facts->process;
    uint64_t needed =
        setting(facts, "connections") + setting(facts, "greetings") + OTHER_DESCRIPTORS;
    const char *most = limit_words(facts, process->descriptors_max);
    bool few = process->descriptors_max < needed;
    bool used =
        process->descriptors != UINT64_MAX &&
        process->descriptors >= process->descriptors_max / DOCTOR_PERCENT * DESCRIPTORS_PERCENT;
    const char *open =
        process->descriptors != UINT64_MAX ? said(facts, "%" PRIu64, process->descriptors) : "?";
    return doctor_found(
        few || used ? DOCTOR_WARNING : DOCTOR_OK,
        said(facts, "上限 %s，连接全满时需 %" PRIu64 "，已打开 %s", most, needed, open),
        said(facts, "%s may be open, all connections need %" PRIu64 ", %s are open", most, needed,
             open));
}

struct doctor_finding judge_limits(const struct doctor_facts *facts)
{
    const struct doctor_process *process = &facts->process;
    const Award__Health *health = facts->answers.health;
    uint64_t largest =
        health->journal_bytes > health->state_bytes ? health->journal_bytes : health->state_bytes;
    uint64_t mapped = 2 * health->file_bytes_max; // journal and state
    enum doctor_verdict verdict = DOCTOR_OK;
    if (process->address_bytes_max < mapped || process->file_bytes_max / 2 < largest) {
        verdict = process->file_bytes_max <= largest ? DOCTOR_FAILED : DOCTOR_WARNING;
    }
    const char *address = limit_words(facts, process->address_bytes_max);
    const char *file = limit_words(facts, process->file_bytes_max);
    return doctor_found(
        verdict,
        said(facts, "地址空间 %s（映射需 %s），文件大小 %s（最大的已 %s）", address,
             doctor_bytes(facts, mapped), file, doctor_bytes(facts, largest)),
        said(facts, "address space %s (maps need %s), file size %s (the largest has %s)", address,
             doctor_bytes(facts, mapped), file, doctor_bytes(facts, largest)));
}

// Beyond a bound somebody is kept within it, which is what it is for; that it is nearly used up
// tells that it may be too low.
struct doctor_finding judge_bounds(const struct doctor_facts *facts)
{
    const Award__Status *status = facts->answers.status;
    const char *full = "";
    const char *reached = "";
    size_t fulls = 0;
    size_t reacheds = 0;
    for (size_t i = 0; i < status->n_bounds; i++) {
        const Award__Status__Bound *bound = status->bounds[i];
        if (bound->has_now && bound->now * DOCTOR_PERCENT >= bound->limit * BOUND_PERCENT) {
            const char *words =
                said(facts, "%s %" PRIu64 "/%" PRIu64, bound->name, bound->now, bound->limit);
            full = doctor_names_add(facts, full, &fulls, words);
        }
        if (bound->reached > 0) {
            const char *words = said(facts, "%s %" PRIu64, bound->name, bound->reached);
            reached = doctor_names_add(facts, reached, &reacheds, words);
        }
    }
    const char *since = reacheds > 0 ? reached : "-";
    if (fulls > 0) {
        return doctor_found(
            DOCTOR_WARNING, said(facts, "快要用满：%s；启动后触及次数：%s", full, since),
            said(facts, "nearly used up: %s; reached since the start: %s", full, since));
    }
    return doctor_found(DOCTOR_OK, said(facts, "启动后触及次数：%s", since),
                        said(facts, "reached since the start: %s", since));
}

// ---- Workers and their tasks

// What starts it where systemd does not; NULL: the command of the check.
static const char *worker_command(const struct doctor_facts *facts, const char *program,
                                  const char *more)
{
    return facts->service
               ? NULL
               : said(facts, "%s --config %s/awardctl.yaml%s &", program, facts->home, more);
}

static struct doctor_finding worker_judge(const struct doctor_facts *facts, Award__Role__Name role,
                                          const char *command)
{
    const Award__Health *health = facts->answers.health;
    uint32_t keys = 0;
    uint32_t connected = 0;
    for (size_t i = 0; i < health->n_members; i++) {
        if (health->members[i]->role == role) {
            keys = health->members[i]->keys;
            connected = health->members[i]->connected;
        }
    }
    if (keys == 0) {
        struct doctor_finding finding =
            doctor_found(DOCTOR_FAILED, "没有登记这种程序的密钥；先生成一把，登记，会签",
                         "no key of such a worker is enrolled: make one, enrol it and have it "
                         "countersigned first");
        finding.command = "awardctl key new NAME";
        return finding;
    }
    struct doctor_finding finding =
        doctor_found(connected > 0 ? DOCTOR_OK : DOCTOR_FAILED,
                     said(facts, "已连接 %u 个，登记 %u 把密钥", connected, keys),
                     said(facts, "%u connected, keys enrolled: %u", connected, keys));
    finding.command = command;
    return finding;
}

struct doctor_finding judge_worker_scoring(const struct doctor_facts *facts)
{
    return worker_judge(facts, AWARD__ROLE__NAME__worker_scoring,
                        worker_command(facts, "award-scoring", ""));
}

struct doctor_finding judge_worker_notification(const struct doctor_facts *facts)
{
    const struct doctor_files *files = &facts->files;
    const char *channels =
        files->channels.error == 0 ? said(facts, " --channels %s", files->channels.path) : "";
    const char *more = said(facts, " --spool %s%s", files->spool.path, channels);
    return worker_judge(facts, AWARD__ROLE__NAME__worker_notification,
                        worker_command(facts, "award-notification", more));
}

struct doctor_finding judge_worker_revocation(const struct doctor_facts *facts)
{
    return worker_judge(facts, AWARD__ROLE__NAME__worker_revocation,
                        worker_command(facts, "award-revocation", ""));
}

struct doctor_finding judge_tasks_given_up(const struct doctor_facts *facts)
{
    uint32_t count = facts->answers.health->tasks_given_up;
    return doctor_found(count > 0 ? DOCTOR_WARNING : DOCTOR_OK, said(facts, "%u 项", count),
                        said(facts, "%u of them", count));
}

struct doctor_finding judge_tasks_waiting(const struct doctor_facts *facts)
{
    const Award__Moment *oldest = facts->answers.health->oldest_task;
    if (oldest == NULL) {
        return doctor_found(DOCTOR_OK, "没有等候的任务", "no task waits");
    }
    int64_t minutes = (facts->answers.status->now->ms - oldest->ms) / MINUTE_MS;
    enum doctor_verdict verdict = minutes >= TASK_FAILED_MINUTES    ? DOCTOR_FAILED
                                  : minutes >= TASK_WARNING_MINUTES ? DOCTOR_WARNING
                                                                    : DOCTOR_OK;
    return doctor_found(verdict, said(facts, "最早的一项已等 %" PRId64 " 分钟", minutes),
                        said(facts, "the oldest has waited for %" PRId64 " minutes", minutes));
}

struct doctor_finding judge_due_fires(const struct doctor_facts *facts)
{
    const Award__Moment *due = facts->answers.status->next_due;
    if (due == NULL) {
        return doctor_found(DOCTOR_OK, "没有将到期的事项", "nothing comes due");
    }
    int64_t late_ms = facts->answers.status->now->ms - due->ms;
    if (late_ms > DUE_LATE_MS) {
        return doctor_found(
            DOCTOR_FAILED, said(facts, "有事项到期 %" PRId64 " 秒未触发", late_ms / 1000),
            said(facts, "something was due %" PRId64 " s ago and has not fired", late_ms / 1000));
    }
    return doctor_found(DOCTOR_OK, "下一项未到", "the next one is still to come");
}

struct doctor_finding judge_disk_full(const struct doctor_facts *facts)
{
    return facts->answers.health->disk_full
               ? doctor_found(DOCTOR_FAILED, "磁盘已满，状态写不进去",
                              "the disk is full, the state cannot be written")
               : doctor_found(DOCTOR_OK, "状态已写入", "the state was written");
}

// ---- Units

struct doctor_finding judge_unit_enabled(const struct doctor_facts *facts)
{
    const char *enabled = facts->units.enabled;
    if (enabled == NULL) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：systemctl 没有回答",
                            "not looked at: systemctl did not say");
    }
    return doctor_found(strcmp(enabled, "enabled") == 0 ? DOCTOR_OK : DOCTOR_WARNING,
                        said(facts, "awardd.target：%s", enabled),
                        said(facts, "awardd.target is %s", enabled));
}

struct doctor_finding judge_units_running(const struct doctor_facts *facts)
{
    const struct doctor_units *units = &facts->units;
    if (units->failed == NULL) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：systemctl 没有回答",
                            "not looked at: systemctl did not say");
    }
    if (units->failed[0] != '\0') {
        return doctor_found(DOCTOR_FAILED, said(facts, "未在运行：%s", units->failed),
                            said(facts, "not active: %s", units->failed));
    }
    return doctor_found(units->restarts > RESTARTS_MOST ? DOCTOR_WARNING : DOCTOR_OK,
                        said(facts, "都在运行，自动重启 %" PRIu64 " 次", units->restarts),
                        said(facts, "all are active, %" PRIu64 " restarts", units->restarts));
}
