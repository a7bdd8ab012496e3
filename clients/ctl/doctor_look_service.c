// doctor_look_service - looks at awardd's process, and at what systemd says of the units
#include "clients/ctl/doctor_private.h"

#include "clients/ctl/child.h"
#include "clients/ctl/init.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_BYTES = 16 * 1024, CHILD_MS = 5000 };

// ---- The process

static bool text_of(const char *path, char text[TEXT_BYTES])
{
    FILE *file = fopen(path, "re");
    size_t size = file != NULL ? fread(text, 1, TEXT_BYTES - 1, file) : 0;
    text[size] = '\0';
    if (file != NULL) {
        (void)fclose(file);
    }
    return size > 0;
}

bool doctor_limit_find(const char *limits, const char *name, uint64_t *limit)
{
    const char *line = strstr(limits, name);
    char word[32];
    if (line == NULL || sscanf(line + strlen(name), "%31s", word) != 1) {
        return false;
    }
    *limit = strcmp(word, "unlimited") == 0 ? UINT64_MAX : strtoull(word, NULL, 10);
    return true;
}

static uint64_t descriptors_count(const char *directory)
{
    DIR *open = opendir(directory);
    uint64_t count = 0;
    if (open == NULL) {
        return UINT64_MAX;
    }
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        count += entry->d_name[0] != '.' ? 1 : 0;
    }
    (void)closedir(open);
    return count;
}

static void look_program(struct doctor_process *process, const char *path)
{
    static const char replaced[] = " (deleted)";
    char program[PATH_MAX];
    ssize_t length = readlink(path, program, sizeof(program) - 1);
    if (length < 0) {
        process->program_error = errno;
        return;
    }
    size_t size = (size_t)length;
    process->program_replaced = size > strlen(replaced) && memcmp(program + size - strlen(replaced),
                                                                  replaced, strlen(replaced)) == 0;
}

// Where the number is that of another program here, awardd runs elsewhere.
static void look_process(struct doctor_facts *facts)
{
    struct doctor_process *process = &facts->process;
    char *text = arena_alloc(facts->arena, TEXT_BYTES);
    const Award__Health *health = facts->answers.health;
    if (health == NULL || !text_of(said(facts, "/proc/%u/comm", health->process), text) ||
        strcmp(text, "awardd\n") != 0 ||
        !text_of(said(facts, "/proc/%u/limits", health->process), text) ||
        !doctor_limit_find(text, "Max open files", &process->descriptors_max) ||
        !doctor_limit_find(text, "Max address space", &process->address_bytes_max) ||
        !doctor_limit_find(text, "Max file size", &process->file_bytes_max)) {
        return;
    }
    process->number = health->process;
    process->descriptors = descriptors_count(said(facts, "/proc/%u/fd", process->number));
    look_program(process, said(facts, "/proc/%u/exe", process->number));
}

// ---- Units

// What systemctl writes; NULL where it did not run. `is-enabled` ends with a status of its own.
static const char *systemctl(struct doctor_facts *facts, const char *const words[])
{
    const char *output;
    size_t length;
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const struct child child = {words, nothing, TEXT_BYTES, CHILD_MS};
    enum child_end end = child_run(&child, facts->arena, &output, &length);
    if (nothing >= 0) {
        (void)close(nothing);
    }
    return (end == CHILD_DONE || end == CHILD_FAILED) && length > 0 ? output : NULL;
}

static void look_enabled(struct doctor_facts *facts)
{
    const char *const words[] = {"systemctl", "is-enabled", "awardd.target", NULL};
    const char *text = systemctl(facts, words);
    if (text != NULL) {
        facts->units.enabled = said(facts, "%.*s", (int)strcspn(text, "\n"), text);
    }
}

// Of each unit "Id=...", "ActiveState=...", "NRestarts=...", in the order in which systemd has
// them, and an empty line.
static void look_running(struct doctor_facts *facts)
{
    const char *const words[] = {"systemctl",
                                 "show",
                                 "--property=Id,ActiveState,NRestarts",
                                 "awardd.service",
                                 "award-scoring@worker-scoring.service",
                                 "award-notification@worker-notification.service",
                                 "award-revocation@worker-revocation.service",
                                 NULL};
    const char *text = systemctl(facts, words);
    const char *id = "?";
    const char *failed = "";
    bool active = true;
    if (text == NULL) {
        return;
    }
    for (const char *at = text; *at != '\0';) {
        int length = (int)strcspn(at, "\n");
        const char *line = said(facts, "%.*s", length, at);
        id = strncmp(line, "Id=", 3) == 0 ? line + 3 : id;
        active = strncmp(line, "ActiveState=", 12) == 0 ? strcmp(line + 12, "active") == 0 : active;
        facts->units.restarts +=
            strncmp(line, "NRestarts=", 10) == 0 ? strtoull(line + 10, NULL, 10) : 0;
        at += length + (at[length] == '\n' ? 1 : 0);
        if ((length == 0 || *at == '\0') && !active) {
            failed = said(facts, "%s%s%s", failed, failed[0] != '\0' ? " " : "", id);
            active = true;
        }
    }
    facts->units.failed = failed;
}

void doctor_look_service(struct doctor_facts *facts)
{
    look_process(facts);
    facts->units.manager = facts->service && init_systemd_runs();
    if (facts->units.manager) {
        look_enabled(facts);
        look_running(facts);
    }
}
