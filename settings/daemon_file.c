// daemon_file - reads awardd.yaml, the configuration of the coordinator
#include "settings/daemon_file.h"

#include "settings/file_keys.h"

enum {
    LEASE_SECONDS_MAX = 3600,
    CLOCK_BEHIND_SECONDS_MAX = 366 * 24 * 3600,
    OVERLAY_MEGABYTES_MIN = 8,
    OVERLAY_MEGABYTES_MAX = 16 * 1024,
};

static const struct key_choice log_levels[] = {
    {"error",   LOG_ERROR},
    {"warn",         LOG_WARN},
    {"info",LOG_INFO},
    {"debug",    LOG_DEBUG},
    {0        },
};

#define IN_FILE(member) KEY_AT(struct daemon_file, member)

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "awardd 的配置", .en = "configuration of awardd"},
    {"data_directory",  KEY_PATH, 0, 0, NULL, IN_FILE(data_directory), .zh = "数据库目录", .en = "directory of the database"},
    {"client_endpoint", KEY_ENDPOINT, 0, 0, NULL, IN_FILE(client_endpoint), .zh = "客户端连接处", .en = "where clients connect"},
    {"worker_endpoint", KEY_ENDPOINT, 0, 0, NULL, IN_FILE(worker_endpoint), .zh = "工作进程连接处", .en = "where workers connect"},
    {"feed_endpoint",   KEY_ENDPOINT, 0, 0, NULL, IN_FILE(feed_endpoint), .zh = "消息流连接处", .en = "where the feed is published"},
    {"server_key_file", KEY_PATH, 0, 0, NULL, IN_FILE(server_key_file), .zh = "服务器密钥文件", .en = "file with the server's key"},
    {"log_level",       KEY_CHOICE, 0, 0, "info", IN_FILE(log_level), .zh = "日志级别", .en = "how much is logged", .choices = log_levels},
    {"overlay_megabytes", KEY_NUMBER, OVERLAY_MEGABYTES_MIN, OVERLAY_MEGABYTES_MAX, "256", IN_FILE(overlay_megabytes), .zh = "尚未写入状态库的变更所用内存上限（MiB）", .en = "memory for changes that are not in the state on disk yet, in MiB"},
    {"lease_seconds",   KEY_NUMBER, 1, LEASE_SECONDS_MAX, "60", IN_FILE(lease_seconds), .zh = "任务租期（秒）", .en = "seconds after which a silent worker's task is given to another"},
    {"clock_behind_seconds", KEY_NUMBER, 1, CLOCK_BEHIND_SECONDS_MAX, "300", IN_FILE(clock_behind_seconds), .zh = "主机时钟落后于最后一条记录超过这么多秒，就不接受事件", .en = "seconds that the host's clock may be behind the last entry before no event is taken"},
};
// clang-format on

const struct key_table daemon_keys = {rows, sizeof(rows) / sizeof(rows[0])};

bool daemon_file_read(const char *text, size_t length, const char *path, struct daemon_file *file,
                      struct settings_error *error)
{
    *file = (struct daemon_file){0};
    return keys_read_file(&daemon_keys, text, length, path, file, error);
}
