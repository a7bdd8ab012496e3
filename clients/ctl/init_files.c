// init_files - the texts of the two configurations
#include "clients/ctl/init.h"

#include "settings/client_file.h"
#include "settings/daemon_file.h"
#include "settings/daemon_file_text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The endpoint of one of the three sockets: a file, or a port from the given one on. In a directory
// of one's own it is named from there, so that the directory can be moved.
static const char *endpoint(struct ctl *ctl, const struct init *init,
                            const struct init_place *place, const char *name, unsigned offset)
{
    if (init->listen == NULL) {
        return arena_format(ctl->arena, "ipc://%s/%s.sock", place->service ? place->sockets : "run",
                            name);
    }
    const char *colon = strrchr(init->listen, ':');
    unsigned long port = strtoul(colon + 1, NULL, 10);
    return arena_format(ctl->arena, "%.*s:%lu", (int)(colon - init->listen), init->listen,
                        port + offset);
}

const char *init_client_endpoint(struct ctl *ctl, const struct init *init,
                                 const struct init_place *place)
{
    return endpoint(ctl, init, place, "clients", 0);
}

const char *init_daemon_text(struct ctl *ctl, const struct init *init,
                             const struct init_place *place)
{
    // A service is watched; of offices in directories of their own there may be many on a machine.
    static const char metrics[] = "tcp://127.0.0.1:9464";
    const struct daemon_file_entry entries[] = {
        {"data_directory",  place->service ? place->data : "data"},
        {"client_endpoint", init_client_endpoint(ctl,              init, place)},
        {"worker_endpoint",           endpoint(ctl,                                                init, place, "workers", 1)},
        {"feed_endpoint",endpoint(ctl,init, place, "feed", 2)},
        {"server_key_file",        "server.key"                                          },
        {place->service ? "metrics_endpoint" : NULL,   metrics                                 },
        {NULL,            NULL                                          },
    };
    return daemon_file_text(entries, ctl->arena);
}

const char *init_client_text(struct ctl *ctl, const struct init *init,
                             const struct init_place *place, const char *server_key)
{
    return arena_format(ctl->arena,
                        "# awardctl 的配置 / configuration of awardctl\n"
                        "client_endpoint: \"%s\"\n"
                        "feed_endpoint: \"%s\"\n"
                        "worker_endpoint: \"%s\"\n"
                        "server_public_key: \"%s\"\n"
                        "keys_directory: keys            # NAME.key\n"
                        "default_principal: %s\n"
                        "\n"
                        "# 后台程序的日志：error、warn、info、debug；text、json；SIGHUP 即生效\n"
                        "# the workers' logs; SIGHUP applies a change\n"
                        "#worker_log_level: info\n"
                        "#worker_log_format: text\n",
                        init_client_endpoint(ctl, init, place),
                        endpoint(ctl, init, place, "feed", 2),
                        endpoint(ctl, init, place, "workers", 1), server_key,
                        init->principal != NULL ? init->principal : "office");
}

static bool daemon_good(const char *text, const struct init_place *place, struct daemon_file *file,
                        struct settings_error *error)
{
    return access(place->daemon_config, F_OK) == 0 ||
           daemon_file_read(text, strlen(text), place->daemon_config, file, error);
}

static bool client_good(const char *text, const struct init_place *place, struct client_file *file,
                        struct settings_error *error)
{
    return access(place->client_config, F_OK) == 0 ||
           client_file_read(text, strlen(text), place->client_config, file, error);
}

bool init_texts_good(struct ctl *ctl, const struct init *init, const struct init_place *place)
{
    static const char key[] =
        "0000000000000000000000000000000000000000"; // it could be the server's
    struct settings_error error;
    bool good = daemon_good(init_daemon_text(ctl, init, place), place,
                            arena_alloc(ctl->arena, sizeof(struct daemon_file)), &error) &&
                client_good(init_client_text(ctl, init, place, key), place,
                            arena_alloc(ctl->arena, sizeof(struct client_file)), &error);
    return good || ctl_error(CTL_USAGE, error.zh, error.en) == CTL_OK;
}
