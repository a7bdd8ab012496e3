// init_files - where data lies, and the texts of the two configurations
#include "clients/ctl/init.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *init_program_directory(struct ctl *ctl)
{
    char path[SETTINGS_PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (length <= 0) {
        return ".";
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    return arena_string(ctl->arena, path);
}

const char *init_data_file(struct ctl *ctl, const char *given, const char *name)
{
    if (given != NULL) {
        return given;
    }
    const char *program = init_program_directory(ctl);
    const char *const places[] = {
        arena_format(ctl->arena, "%s/../share/awardd/%s", program, name),
        arena_format(ctl->arena, "%s/../../../rulebooks/%s", program, name), // a source tree
        arena_format(ctl->arena, "/usr/share/awardd/%s", name),
    };
    enum { PLACES = sizeof(places) / sizeof(places[0]) };
    for (size_t i = 0; i < PLACES; i++) {
        if (access(places[i], R_OK) == 0) {
            return places[i];
        }
    }
    return places[PLACES - 1];
}

// The endpoint of one of the three sockets: a file in DIR/run, or a port from the given one on.
static const char *endpoint(struct ctl *ctl, const struct init *init, const char *name,
                            unsigned offset)
{
    if (init->listen == NULL) {
        return arena_format(ctl->arena, "ipc://run/%s.sock", name);
    }
    const char *colon = strrchr(init->listen, ':');
    unsigned long port = strtoul(colon + 1, NULL, 10);
    return arena_format(ctl->arena, "%.*s:%lu", (int)(colon - init->listen), init->listen,
                        port + offset);
}

const char *init_daemon_text(struct ctl *ctl, const struct init *init)
{
    return arena_format(ctl->arena,
                        "# awardd 的配置 / configuration of awardd\n"
                        "# 相对路径以本文件所在目录为准 / relative paths begin at this file's "
                        "directory\n"
                        "data_directory: data            # 数据库 / the database\n"
                        "server_key_file: server.key     # 只有 awardd 可读 / for awardd only\n"
                        "client_endpoint: \"%s\"\n"
                        "worker_endpoint: \"%s\"\n"
                        "feed_endpoint: \"%s\"\n"
                        "log_level: info                 # error, warn, info, debug\n",
                        endpoint(ctl, init, "clients", 0), endpoint(ctl, init, "workers", 1),
                        endpoint(ctl, init, "feed", 2));
}

const char *init_client_text(struct ctl *ctl, const struct init *init, const char *server_key)
{
    return arena_format(ctl->arena,
                        "# awardctl 的配置 / configuration of awardctl\n"
                        "client_endpoint: \"%s\"\n"
                        "feed_endpoint: \"%s\"\n"
                        "server_public_key: \"%s\"\n"
                        "keys_directory: keys            # NAME.key\n"
                        "default_principal: %s\n",
                        endpoint(ctl, init, "clients", 0), endpoint(ctl, init, "feed", 2),
                        server_key, init->principal);
}
