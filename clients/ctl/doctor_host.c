// doctor_host - judges the host: clock, memory, kernel, and the disk that the data lies on
#include "clients/ctl/doctor_private.h"

#include "common/clock.h"

#include <string.h>

enum {
    BEIJING_SECONDS = 8 * 3600,
    MEMORY_SPARE_MEBIBYTES = 64, // that awardd takes beside its changes in memory
    OVERLAY_MEBIBYTES = 256,     // where the configuration is not known: its default
    FILES_WARNING_PERCENT = 80,
    FILES_FAILED_PERCENT = 95,
    LISTEN_QUEUE_LEAST = 128, // ZeroMQ asks for 100
    SPACE_WARNING_PERCENT = 10,
    SPACE_FAILED_PERCENT = 2,
    SPACE_FAILED_MEBIBYTES = 256,
    SPACE_ENOUGH_MEBIBYTES = 20 * 1024, // that few per cent of a large disk may be
    GROWTH_WARNING_DAYS = 90,
    GROWTH_FAILED_DAYS = 14,
    GROWTH_LONG_DAYS = 36500,
    INODES_WARNING_PERCENT = 10,
    INODES_FAILED_PERCENT = 2,
};

struct doctor_finding judge_clock(const struct doctor_facts *facts)
{
    const struct doctor_host *host = &facts->host;
    if (!host->clock_seen) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：内核不回答 adjtimex",
                            "not looked at: the kernel does not answer adjtimex");
    }
    if (!host->clock_synchronised) {
        return doctor_found(DOCTOR_WARNING, "内核报告时钟未同步；期限以主机时刻为准",
                            "the kernel says that it is not synchronised; deadlines go by it");
    }
    int64_t ms = host->clock_error_us / US_PER_MS;
    return doctor_found(DOCTOR_OK, said(facts, "已同步，误差至多 %" PRId64 " 毫秒", ms),
                        said(facts, "synchronised, at most %" PRId64 " ms off", ms));
}

struct doctor_finding judge_time_zone(const struct doctor_facts *facts)
{
    const struct doctor_host *host = &facts->host;
    enum doctor_verdict verdict =
        host->zone_seconds == BEIJING_SECONDS ? DOCTOR_OK : DOCTOR_WARNING;
    int minutes = host->zone_seconds / 60;
    const char *offset =
        said(facts, "%s (UTC%c%02d:%02d)", host->zone, minutes < 0 ? '-' : '+',
             (minutes < 0 ? -minutes : minutes) / 60, (minutes < 0 ? -minutes : minutes) % 60);
    return doctor_found(verdict, said(facts, "时区 %s", offset), said(facts, "it is %s", offset));
}

struct doctor_finding judge_memory(const struct doctor_facts *facts)
{
    uint64_t available = facts->host.memory_bytes;
    bool config = facts->files.config == DOCTOR_TEXT_GOOD;
    uint64_t bound = config ? facts->files.daemon.overlay_megabytes : OVERLAY_MEBIBYTES;
    const Award__Status *status = facts->answers.status;
    uint64_t taken = status != NULL ? status->overlay_bytes / DOCTOR_MEBIBYTE : 0;
    const uint64_t spare = (uint64_t)MEMORY_SPARE_MEBIBYTES * DOCTOR_MEBIBYTE;
    uint64_t wanted = (bound > taken ? bound - taken : 0) * DOCTOR_MEBIBYTE + spare;
    if (available == 0) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：/proc/meminfo 读不了",
                            "not looked at: /proc/meminfo cannot be read");
    }
    enum doctor_verdict verdict = available >= wanted  ? DOCTOR_OK
                                  : available >= spare ? DOCTOR_WARNING
                                                       : DOCTOR_FAILED;
    return doctor_found(verdict,
                        said(facts, "可用 %s，awardd 至多还要 %s", doctor_bytes(facts, available),
                             doctor_bytes(facts, wanted)),
                        said(facts, "%s can be had, awardd may take up to %s more",
                             doctor_bytes(facts, available), doctor_bytes(facts, wanted)));
}

struct doctor_finding judge_files_open(const struct doctor_facts *facts)
{
    const struct doctor_host *host = &facts->host;
    if (host->files_max == 0) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：/proc/sys/fs/file-nr 读不了",
                            "not looked at: /proc/sys/fs/file-nr cannot be read");
    }
    uint64_t one = host->files_max / DOCTOR_PERCENT;
    enum doctor_verdict verdict = host->files_open >= one * FILES_FAILED_PERCENT    ? DOCTOR_FAILED
                                  : host->files_open >= one * FILES_WARNING_PERCENT ? DOCTOR_WARNING
                                                                                    : DOCTOR_OK;
    return doctor_found(
        verdict,
        said(facts, "已打开 %" PRIu64 "，上限 %" PRIu64, host->files_open, host->files_max),
        said(facts, "%" PRIu64 " are open of %" PRIu64, host->files_open, host->files_max));
}

struct doctor_finding judge_listen_queue(const struct doctor_facts *facts)
{
    uint64_t queue = facts->host.listen_queue;
    if (queue == 0) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：net.core.somaxconn 读不了",
                            "not looked at: net.core.somaxconn cannot be read");
    }
    return doctor_found(
        queue < LISTEN_QUEUE_LEAST ? DOCTOR_WARNING : DOCTOR_OK,
        said(facts, "net.core.somaxconn 为 %" PRIu64 "，应不低于 %d", queue, LISTEN_QUEUE_LEAST),
        said(facts, "net.core.somaxconn is %" PRIu64 ", it should be %d or more", queue,
             LISTEN_QUEUE_LEAST));
}

// ---- The disk

static uint64_t percent_of(uint64_t part, uint64_t whole)
{
    return whole >= DOCTOR_PERCENT ? part / (whole / DOCTOR_PERCENT) : 0;
}

static enum doctor_verdict space_verdict(const struct doctor_disk *disk)
{
    uint64_t percent = percent_of(disk->bytes_free, disk->bytes);
    uint64_t mebibytes = disk->bytes_free / DOCTOR_MEBIBYTE;
    if (mebibytes < SPACE_FAILED_MEBIBYTES) {
        return DOCTOR_FAILED;
    }
    if (mebibytes >= SPACE_ENOUGH_MEBIBYTES || percent >= SPACE_WARNING_PERCENT) {
        return DOCTOR_OK;
    }
    return percent < SPACE_FAILED_PERCENT ? DOCTOR_FAILED : DOCTOR_WARNING;
}

struct doctor_finding judge_disk_space(const struct doctor_facts *facts)
{
    const struct doctor_disk *disk = &facts->disk;
    uint64_t percent = percent_of(disk->bytes_free, disk->bytes);
    const char *space = doctor_bytes(facts, disk->bytes_free);
    return doctor_found(
        space_verdict(disk),
        said(facts, "%s 剩余 %s（%" PRIu64 "%%）", facts->files.data_directory, space, percent),
        said(facts, "%s free (%" PRIu64 "%%) at %s", space, percent, facts->files.data_directory));
}

// What an entry takes on disk, of journal and state, by all entries there are; how many there were
// a day, by those of the last days.
struct doctor_finding judge_disk_growth(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    uint64_t entries = facts->answers.status->last_entry;
    uint64_t bytes = health->journal_bytes + health->state_bytes;
    uint64_t days = health->days_counted > 0 ? health->days_counted : 1;
    uint64_t each = entries > 0 ? bytes / entries : 0;
    uint64_t daily = each * health->entries_counted / days;
    uint64_t left = daily > 0 ? facts->disk.bytes_free / daily : GROWTH_LONG_DAYS;
    enum doctor_verdict verdict = left < GROWTH_FAILED_DAYS    ? DOCTOR_FAILED
                                  : left < GROWTH_WARNING_DAYS ? DOCTOR_WARNING
                                                               : DOCTOR_OK;
    bool longer = left >= GROWTH_LONG_DAYS;
    left = longer ? GROWTH_LONG_DAYS : left;
    return doctor_found(verdict,
                        said(facts,
                             "近 %" PRIu64 " 日 %" PRIu64 " 条，每条约 %s，每日约 %s：%s %" PRIu64
                             " 日后写满",
                             days, health->entries_counted, doctor_bytes(facts, each),
                             doctor_bytes(facts, daily), longer ? "超过" : "约", left),
                        said(facts,
                             "%" PRIu64 " entries in %" PRIu64
                             " days, about %s each, %s a day: full in %s %" PRIu64 " days",
                             health->entries_counted, days, doctor_bytes(facts, each),
                             doctor_bytes(facts, daily), longer ? "more than" : "about", left));
}

struct doctor_finding judge_disk_inodes(const struct doctor_facts *facts)
{
    const struct doctor_disk *disk = &facts->disk;
    if (disk->inodes == 0) {
        return doctor_found(DOCTOR_NOT_APPLICABLE, "该文件系统不限文件数",
                            "this file system has no fixed number of files");
    }
    uint64_t percent = percent_of(disk->inodes_free, disk->inodes);
    enum doctor_verdict verdict = percent < INODES_FAILED_PERCENT    ? DOCTOR_FAILED
                                  : percent < INODES_WARNING_PERCENT ? DOCTOR_WARNING
                                                                     : DOCTOR_OK;
    return doctor_found(
        verdict,
        said(facts, "还可建 %" PRIu64 " 个文件（%" PRIu64 "%%）", disk->inodes_free, percent),
        said(facts, "%" PRIu64 " more files (%" PRIu64 "%%) can be made", disk->inodes_free,
             percent));
}

// Types of /proc/self/mountinfo; one that ends with a dot stands for all that begin so.
static const char *const networks[] = {
    "nfs",  "nfs4", "cifs",  "smb3",   "smbfs",  "9p",       "afs",  "coda",      "ceph",  "lustre",
    "gpfs", "gfs2", "ocfs2", "vboxsf", "vmhgfs", "virtiofs", "fuse", "glusterfs", "fuse.", NULL};
static const char *const memories[] = {"tmpfs", "ramfs", "rootfs", NULL};
static const char *const layers[] = {"overlay", "aufs", NULL};

static bool type_among(const char *type, const char *const list[])
{
    for (size_t i = 0; list[i] != NULL; i++) {
        size_t length = strlen(list[i]);
        bool begins = list[i][length - 1] == '.';
        if (begins ? strncmp(type, list[i], length) == 0 : strcmp(type, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

struct doctor_finding judge_file_system(const struct doctor_facts *facts)
{
    const char *type = facts->disk.type;
    bool rehearsal = facts->answers.status != NULL && facts->answers.status->rehearsal;
    if (type == NULL) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：/proc/self/mountinfo 中找不到",
                            "not looked at: it is not in /proc/self/mountinfo");
    }
    if (type_among(type, networks)) {
        return doctor_found(DOCTOR_FAILED, said(facts, "数据在 %s 上：锁和映射不可靠", type),
                            said(facts, "the data lies on %s: locks and maps fail there", type));
    }
    if (type_among(type, memories) && !rehearsal) {
        return doctor_found(DOCTOR_FAILED, said(facts, "数据在 %s 上：重启即失", type),
                            said(facts, "the data lies on %s: gone with a reboot", type));
    }
    if (type_among(type, layers) && !rehearsal) {
        return doctor_found(DOCTOR_WARNING, said(facts, "数据在 %s 上：随容器一同删除", type),
                            said(facts, "the data lies on %s: removed with its container", type));
    }
    return doctor_found(DOCTOR_OK, said(facts, "文件系统 %s", type), said(facts, "it is %s", type));
}

// The option of a list with commas; NULL where it has none of these.
static const char *option_among(const char *options, const char *const list[])
{
    for (size_t i = 0; list[i] != NULL; i++) {
        size_t length = strlen(list[i]);
        for (const char *at = options; at != NULL; at = strchr(at, ',')) {
            at += *at == ',' ? 1 : 0;
            if (strncmp(at, list[i], length) == 0 && (at[length] == ',' || at[length] == '\0')) {
                return list[i];
            }
        }
    }
    return NULL;
}

struct doctor_finding judge_mount_options(const struct doctor_facts *facts)
{
    static const char *const loses[] = {"nobarrier", "barrier=0", "ro", NULL};
    const char *options = facts->disk.options;
    if (options == NULL) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：/proc/self/mountinfo 中找不到",
                            "not looked at: it is not in /proc/self/mountinfo");
    }
    const char *found = option_among(options, loses);
    if (found == NULL) {
        return doctor_found(DOCTOR_OK, said(facts, "挂载选项 %s", options),
                            said(facts, "mounted with %s", options));
    }
    bool read_only = strcmp(found, "ro") == 0;
    return doctor_found(
        DOCTOR_FAILED,
        said(facts, "挂载选项 %s：%s", found,
             read_only ? "什么也写不进" : "断电会丢失已答复的事件"),
        said(facts, "mounted with %s: %s", found,
             read_only ? "nothing can be written" : "a power cut loses events that were answered"));
}
