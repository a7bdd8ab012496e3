// doctor_needs - what a check rests on, and what is said where that could not be had
#include "clients/ctl/doctor_private.h"

#include <errno.h>
#include <string.h>

static bool here(const struct doctor_facts *facts)
{
    return facts->files.config != DOCTOR_TEXT_ABSENT;
}

static bool config(const struct doctor_facts *facts)
{
    return facts->files.config == DOCTOR_TEXT_GOOD;
}

static bool disk(const struct doctor_facts *facts)
{
    return facts->files.data_directory != NULL && facts->disk.error == 0;
}

static bool data(const struct doctor_facts *facts)
{
    return facts->files.data_files.error == 0;
}

static bool answer(const struct doctor_facts *facts)
{
    return facts->answers.answering == DOCTOR_ANSWERED;
}

static bool health(const struct doctor_facts *facts)
{
    return facts->answers.health != NULL;
}

static bool process(const struct doctor_facts *facts)
{
    return facts->process.number != 0;
}

// Where awardd is silent the clock counts: it may be a real one.
static bool real(const struct doctor_facts *facts)
{
    return facts->answers.status == NULL || !facts->answers.status->rehearsal;
}

static bool units(const struct doctor_facts *facts)
{
    return facts->units.manager;
}

static bool channels(const struct doctor_facts *facts)
{
    return facts->files.channels.error != ENOENT;
}

// clang-format off
// In this order: the first that is not met is what is said.
static const struct need_row {
    enum doctor_need need;
    bool (*met)(const struct doctor_facts *facts);
    enum doctor_verdict verdict;
    const char *zh;
    const char *en;
} needs[] = {
    {DOCTOR_NEEDS_HERE, here, DOCTOR_NOT_APPLICABLE,
     "这里没有 awardd.yaml：awardd 不在本机", "there is no awardd.yaml here: awardd lives on another host"},
    {DOCTOR_NEEDS_CONFIG, config, DOCTOR_UNSEEN,
     "没有看：awardd.yaml 读不了或有误", "not looked at: awardd.yaml cannot be read, or is wrong"},
    {DOCTOR_NEEDS_UNITS, units, DOCTOR_NOT_APPLICABLE,
     "不是 systemd 的服务", "it is no service of systemd"},
    {DOCTOR_NEEDS_CHANNELS, channels, DOCTOR_NOT_APPLICABLE,
     "没有 channels.yaml：消息只进待发目录（在别处的用 --channels 写明）", "there is no channels.yaml: messages stay in the spool (name it with --channels)"},
    {DOCTOR_NEEDS_REAL, real, DOCTOR_NOT_APPLICABLE,
     "演练库，时钟由人设定", "a rehearsal, whose clock is set by hand"},
    {DOCTOR_NEEDS_ANSWER, answer, DOCTOR_UNSEEN,
     "没有看：awardd 没有应答", "not looked at: awardd does not answer"},
    {DOCTOR_NEEDS_HEALTH, health, DOCTOR_UNSEEN,
     "没有看：这把密钥不可查询运行状况（请加 --as admin），或 awardd 较旧", "not looked at: this key may not ask how it is (add --as admin), or awardd is older"},
    {DOCTOR_NEEDS_PROCESS, process, DOCTOR_UNSEEN,
     "没有看：本机看不到 awardd 的进程", "not looked at: the process of awardd is not to be seen on this host"},
    {DOCTOR_NEEDS_DISK, disk, DOCTOR_UNSEEN,
     "没有看：看不到数据目录所在的磁盘", "not looked at: the disk of the data directory is not to be seen"},
    {DOCTOR_NEEDS_DATA, data, DOCTOR_UNSEEN,
     "没有看：数据目录进不去；请以 root 或其所有者运行", "not looked at: the data directory is closed to this user; run it as root or as its owner"},
};
// clang-format on

bool doctor_need_unmet(unsigned wanted, const struct doctor_facts *facts,
                       struct doctor_finding *finding)
{
    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        const struct need_row *row = &needs[i];
        if ((wanted & row->need) != 0 && !row->met(facts)) {
            *finding = doctor_found(row->verdict, row->zh, row->en);
            return true;
        }
    }
    return false;
}

// As it can be typed here: with the office's directory, and none of systemd where it runs nothing.
static const char *command_typed(const struct doctor_check *check, const struct doctor_facts *facts,
                                 const char *command)
{
    bool of_systemd =
        strncmp(command, "systemctl", 9) == 0 || strncmp(command, "journalctl", 10) == 0;
    if (check->group == DOCTOR_SERVICE && of_systemd && !facts->service) {
        return NULL;
    }
    const char *home = strstr(command, "HOME/");
    return home == NULL ? command
                        : said(facts, "%.*s%s%s", (int)(home - command), command, facts->home,
                               home + strlen("HOME"));
}

struct doctor_finding doctor_judge(const struct doctor_check *check,
                                   const struct doctor_facts *facts)
{
    struct doctor_finding finding;
    if (!doctor_need_unmet(check->needs, facts, &finding)) {
        finding = check->judge(facts);
    }
    const char *command = finding.command != NULL ? finding.command : check->command;
    finding.command = command != NULL ? command_typed(check, facts, command) : NULL;
    return finding;
}

// A key that cannot be read leaves the coordinator unasked: who watches must not take that for
// well.
enum doctor_status doctor_status_of(const struct doctor_result *results, size_t count)
{
    size_t counts[DOCTOR_VERDICTS] = {0};
    bool unasked = false;
    for (size_t i = 0; i < count; i++) {
        enum doctor_verdict verdict = results[i].finding.verdict;
        counts[verdict]++;
        unasked =
            unasked || (verdict == DOCTOR_UNSEEN && strcmp(results[i].check->name, "answers") == 0);
    }
    if (counts[DOCTOR_FAILED] > 0) {
        return DOCTOR_STATUS_FAILED;
    }
    if (counts[DOCTOR_WARNING] > 0) {
        return DOCTOR_STATUS_WARNING;
    }
    bool nothing = counts[DOCTOR_OK] == 0 && counts[DOCTOR_UNSEEN] > 0;
    return unasked || nothing ? DOCTOR_STATUS_UNKNOWN : DOCTOR_STATUS_OK;
}

// ---- Words

struct word {
    const char *name;
    const char *zh;
};

// clang-format off
static const struct word groups[DOCTOR_GROUPS] = {
    [DOCTOR_HOST]    = {"host", "主机"},
    [DOCTOR_FILES]   = {"files", "文件"},
    [DOCTOR_SERVICE] = {"service", "服务"},
    [DOCTOR_OFFICE]  = {"office", "办公室"},
    [DOCTOR_RECORD]  = {"record", "记录"},
};

static const struct word verdicts[DOCTOR_VERDICTS] = {
    [DOCTOR_FAILED]         = {"failed", "失败"},
    [DOCTOR_WARNING]        = {"warning", "警告"},
    [DOCTOR_UNSEEN]         = {"unseen", "没有看"},
    [DOCTOR_OK]             = {"ok", "正常"},
    [DOCTOR_NOT_APPLICABLE] = {"not_applicable", "不适用"},
};
// clang-format on

const char *doctor_group_name(enum doctor_group group)
{
    return groups[group].name;
}

const char *doctor_group_zh(enum doctor_group group)
{
    return groups[group].zh;
}

const char *doctor_verdict_name(enum doctor_verdict verdict)
{
    return verdicts[verdict].name;
}

const char *doctor_verdict_zh(enum doctor_verdict verdict)
{
    return verdicts[verdict].zh;
}

const char *doctor_bytes(const struct doctor_facts *facts, uint64_t bytes)
{
    enum { UNIT = 1024, TENTHS = 10 };
    static const char *const units_names[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    size_t unit = 0;
    uint64_t below = 0;
    while (bytes >= UNIT && unit + 1 < sizeof(units_names) / sizeof(units_names[0])) {
        below = bytes % UNIT;
        bytes /= UNIT;
        unit++;
    }
    return unit > 1 ? said(facts, "%" PRIu64 ".%" PRIu64 " %s", bytes, below * TENTHS / UNIT,
                           units_names[unit])
                    : said(facts, "%" PRIu64 " %s", bytes, units_names[unit]);
}

const char *doctor_names_add(const struct doctor_facts *facts, const char *names, size_t *count,
                             const char *name)
{
    (*count)++;
    if (*count > DOCTOR_NAMES_MAX) {
        return *count == DOCTOR_NAMES_MAX + 1 ? said(facts, "%s …", names) : names;
    }
    return *count == 1 ? name : said(facts, "%s, %s", names, name);
}
