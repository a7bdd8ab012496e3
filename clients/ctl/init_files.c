// init_files - where data lies, and the texts of the two configurations
#include "clients/ctl/init.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
