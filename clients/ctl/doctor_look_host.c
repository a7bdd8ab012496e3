// doctor_look_host - looks at the host: clock, zone, memory, kernel, the disk of the data
#include "clients/ctl/doctor_private.h"

#include "settings/file_text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>

enum { KIBIBYTE = 1024, PROC_BYTES = 1024 * 1024 };

static void look_clock(struct doctor_host *host)
{
    struct timex kernel = {.modes = 0};
    int state = adjtimex(&kernel);
    host->clock_seen = state >= 0;
    host->clock_synchronised = state != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0;
    host->clock_error_us = kernel.maxerror;
}

static void look_zone(struct doctor_facts *facts)
{
    struct tm local;
    time_t now = (time_t)(facts->now_ms / 1000);
    tzset();
    if (localtime_r(&now, &local) != NULL) {
        facts->host.zone_seconds = (int32_t)local.tm_gmtoff;
        facts->host.zone = arena_string(facts->arena, local.tm_zone);
    } else {
        facts->host.zone = "?";
    }
}

// The first number of a file of /proc, and its third where `third` is not NULL; 0 where they are
// not to be had.
static void numbers_read(const char *path, uint64_t *first, uint64_t *third)
{
    uint64_t rest = 0;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return;
    }
    int found = fscanf(file, "%" SCNu64 " %*u %" SCNu64, first, &rest);
    (void)fclose(file);
    if (third != NULL && found == 2) {
        *third = rest;
    }
}

static uint64_t memory_available(void)
{
    char line[128];
    uint64_t kibibytes = 0;
    FILE *file = fopen("/proc/meminfo", "re");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL &&
           sscanf(line, "MemAvailable: %" SCNu64 " kB", &kibibytes) != 1) {
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return kibibytes * KIBIBYTE;
}

void doctor_look_host(struct doctor_facts *facts)
{
    struct doctor_host *host = &facts->host;
    look_clock(host);
    look_zone(facts);
    host->memory_bytes = memory_available();
    numbers_read("/proc/sys/fs/file-nr", &host->files_open, &host->files_max);
    numbers_read("/proc/sys/net/core/somaxconn", &host->listen_queue, NULL);
}

// ---- The disk

static bool octal(char c)
{
    return c >= '0' && c <= '7';
}

// A path of mountinfo, in which blanks and the like are written as a backslash and three digits.
static void path_decode(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; to++) {
        if (at[0] == '\\' && octal(at[1]) && octal(at[2]) && octal(at[3])) {
            *to = (char)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0'));
            at += 4;
        } else {
            *to = *at++;
        }
    }
    *to = '\0';
}

static bool lies_below(const char *path, const char *mount)
{
    size_t length = strlen(mount);
    return strcmp(mount, "/") == 0 ||
           (strncmp(path, mount, length) == 0 && (path[length] == '/' || path[length] == '\0'));
}

// One line: "36 35 98:0 /root /mount options more - type source super".
struct mount_line {
    char mount[PATH_MAX];
    char options[512];
    char type[64];
    char super[1024];
};

static bool mount_line_read(const char *line, struct mount_line *read)
{
    const char *dash = strstr(line, " - ");
    read->super[0] = '\0';
    return sscanf(line, "%*s %*s %*s %*s %4095s %511s", read->mount, read->options) == 2 &&
           dash != NULL && sscanf(dash, " - %63s %*s %1023s", read->type, read->super) >= 1;
}

bool doctor_mount_find(const char *mounts, const char *path, struct arena *arena,
                       struct doctor_disk *disk)
{
    struct mount_line *line = arena_alloc(arena, sizeof(*line));
    size_t longest = 0;
    for (const char *at = mounts; at != NULL && *at != '\0';) {
        const char *end = strchrnul(at, '\n');
        const char *text = arena_format(arena, "%.*s", (int)(end - at), at);
        if (mount_line_read(text, line)) {
            path_decode(line->mount);
            // Of two at one place the later one lies above.
            if (lies_below(path, line->mount) && strlen(line->mount) >= longest) {
                longest = strlen(line->mount);
                disk->type = arena_string(arena, line->type);
                disk->options = arena_format(arena, "%s,%s", line->options, line->super);
            }
        }
        at = *end == '\n' ? end + 1 : end;
    }
    return longest > 0;
}

static void look_mount(struct doctor_facts *facts)
{
    char *whole = realpath(facts->files.data_directory, NULL);
    char *mounts = arena_alloc(facts->arena, PROC_BYTES);
    FILE *file = fopen("/proc/self/mountinfo", "re");
    if (file != NULL && fread(mounts, 1, PROC_BYTES - 1, file) > 0) {
        (void)doctor_mount_find(mounts, whole != NULL ? whole : facts->files.data_directory,
                                facts->arena, &facts->disk);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    free(whole);
}

void doctor_look_disk(struct doctor_facts *facts)
{
    struct statvfs found;
    struct doctor_disk *disk = &facts->disk;
    if (facts->files.data_directory == NULL) {
        return;
    }
    if (statvfs(facts->files.data_directory, &found) != 0) {
        disk->error = errno;
        return;
    }
    disk->bytes = (uint64_t)found.f_blocks * found.f_frsize;
    disk->bytes_free = (uint64_t)found.f_bavail * found.f_frsize;
    disk->inodes = found.f_files;
    disk->inodes_free = found.f_favail;
    look_mount(facts);
}
