// init_place - where the files of an office lie, and the making of them
//
// The data directory of a service belongs to the user that the package made for it. That user could
// put a link where root is about to write, so root never writes there: awardd makes the database
// under that user from its start, and nothing has to be given away afterwards.
#include "clients/ctl/init.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char service_directory[] = "/etc/awardd";
static const char service_data[] = "/var/lib/awardd";
static const char service_sockets[] = "/run/awardd";

enum {
    OWN_DIRECTORY_MODE = 0700,
    SEEN_DIRECTORY_MODE = 0755,
    OWN_FILE_MODE = 0600,
    SEEN_FILE_MODE = 0644,
};

// The directory without slashes at its end.
static const char *directory_plain(struct ctl *ctl, const char *directory)
{
    size_t length = strlen(directory);
    while (length > 1 && directory[length - 1] == '/') {
        length--;
    }
    return arena_format(ctl->arena, "%.*s", (int)length, directory);
}

struct init_place init_place_of(struct ctl *ctl, const char *directory)
{
    struct arena *arena = ctl->arena;
    const char *plain = directory_plain(ctl, directory);
    bool service = strcmp(plain, service_directory) == 0;
    return (struct init_place){
        .service = service,
        .directory = plain,
        .keys = arena_format(arena, "%s/keys", plain),
        .sockets = service ? service_sockets : arena_format(arena, "%s/run", plain),
        .data = service ? service_data : arena_format(arena, "%s/data", plain),
        .genesis = arena_format(arena, "%s/genesis.json", plain),
        .server_key = arena_format(arena, "%s/server.key", plain),
        .daemon_config = arena_format(arena, "%s/awardd.yaml", plain),
        .client_config = arena_format(arena, "%s/awardctl.yaml", plain),
    };
}

bool init_systemd_runs(void)
{
    return access("/run/systemd/system", F_OK) == 0; // as sd_booted(3) asks
}

void init_told(const char *path, bool made, const char *zh, const char *en)
{
    (void)printf("%s %-28s %s / %s\n", made ? "+" : "=", path, zh, en);
}

static int failed(struct ctl *ctl, const char *what, const char *path)
{
    const char *why = strerror(errno);
    return ctl_error(CTL_INPUT,
                     arena_format(ctl->arena,
                                  "无法%s %s：%s；请检查路径、权限（服务由 root 建立）和磁盘空间",
                                  what, path, why),
                     arena_format(ctl->arena,
                                  "cannot make %s: %s; check the path, its permissions (a service "
                                  "is made by root) and the room on its disk",
                                  path, why));
}

static int directory_make(struct ctl *ctl, const char *path, mode_t mode)
{
    if (mkdir(path, mode) == 0 || errno == EEXIST) {
        return CTL_OK;
    }
    return failed(ctl, "建立目录", path);
}

int init_directories(struct ctl *ctl, const struct init_place *place)
{
    mode_t seen = place->service ? SEEN_DIRECTORY_MODE : OWN_DIRECTORY_MODE;
    if (place->service) {
        (void)umask(S_IWGRP | S_IWOTH); // modes as they are asked for: the service is another user
    }
    int status = directory_make(ctl, place->directory, seen);
    if (status == CTL_OK) {
        status = directory_make(ctl, place->keys, OWN_DIRECTORY_MODE);
    }
    if (status == CTL_OK) {
        status = directory_make(ctl, place->data, OWN_DIRECTORY_MODE);
    }
    if (status == CTL_OK && !(place->service && init_systemd_runs())) {
        status = directory_make(ctl, place->sockets, seen); // else the units make it
    }
    return status;
}

// The whole text, on disk, in a file of its own that was not there before.
static bool text_write(const char *path, mode_t mode, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    size_t length = strlen(text);
    if (file < 0) {
        return false;
    }
    errno = ENOSPC; // where fewer bytes were written than asked
    bool good = write(file, text, length) == (ssize_t)length && fsync(file) == 0;
    int cause = errno;
    good = close(file) == 0 && good;
    errno = cause;
    return good;
}

// It gets its name when all of it is there: half a file would be taken for whole ever after.
int init_file(struct ctl *ctl, const struct init_place *place, const char *path, const char *text,
              const char *zh, const char *en)
{
    mode_t mode = place->service ? SEEN_FILE_MODE : OWN_FILE_MODE;
    if (access(path, F_OK) == 0) {
        init_told(path, false, zh, en);
        return CTL_OK;
    }
    const char *part = arena_format(ctl->arena, "%s.part", path);
    (void)unlink(part); // of an init that was cut off
    if (!text_write(part, mode, text) || rename(part, path) != 0) {
        int status = failed(ctl, "写文件", path);
        (void)unlink(part);
        return status;
    }
    init_told(path, true, zh, en);
    return CTL_OK;
}

// Whose the database shall be: NULL where it is whoever runs this.
static const struct awardd_user *owner_find(const struct init_place *place,
                                            struct awardd_user *owner)
{
    struct stat found;
    if (!place->service || geteuid() != 0 || stat(place->data, &found) != 0 || found.st_uid == 0) {
        return NULL;
    }
    *owner = (struct awardd_user){.user = found.st_uid, .group = found.st_gid};
    return owner;
}

bool init_database_there(struct ctl *ctl, const struct init_place *place)
{
    const char *journal = arena_format(ctl->arena, "%s/journal", place->data);
    const char *cut_off = arena_format(ctl->arena, "%s/being-made", place->data); // of awardd
    return access(journal, F_OK) == 0 && access(cut_off, F_OK) != 0;
}

int init_database(struct ctl *ctl, const struct init_place *place)
{
    struct awardd_user owner;
    const char *const words[] = {"--config", place->daemon_config, "--create", place->genesis,
                                 NULL};
    bool there = init_database_there(ctl, place);
    if (!there && awardd_run_as(ctl, words, owner_find(place, &owner)) != 0) {
        return ctl_error(CTL_INPUT, "awardd 未能建立数据库（原因见上）",
                         "awardd did not make the database (see above)");
    }
    init_told(place->data, !there, "数据库", "the database");
    return CTL_OK;
}
