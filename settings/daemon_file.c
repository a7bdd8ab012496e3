// daemon_file - reads awardd.yaml, the configuration of the coordinator
#include "settings/daemon_file.h"

#include "settings/file_keys.h"

enum {
    LEASE_SECONDS_MAX = 3600,
    CLOCK_BEHIND_SECONDS_MAX = 366 * 24 * 3600,
    OVERLAY_MEGABYTES_MIN = 8,
    UNREAD_BYTES_MIN = 4 * 1024 * 1024,
    WAITING_BYTES_MIN = 8 * 1024 * 1024,
    BYTES_MAX = 1024 * 1024 * 1024,
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
    {"connections",         KEY_NUMBER, 16, 65536, "1024", IN_FILE(connections), .zh = "同时的连接数上限", .en = "connections at one time"},
    {"connections_per_key", KEY_NUMBER, 1, 65536, "64", IN_FILE(connections_per_key), .zh = "一把密钥同时的连接数上限", .en = "connections of one key at one time"},
    {"greetings",           KEY_NUMBER, 16, 65536, "1024", IN_FILE(greetings), .zh = "尚未表明密钥的连接数上限；超过即断开最早的", .en = "connections that have not said whose they are; beyond, the oldest is ended"},
    {"unread_bytes",        KEY_NUMBER, UNREAD_BYTES_MIN, BYTES_MAX, "8388608", IN_FILE(unread_bytes), .zh = "发给一把密钥而未被读取的字节数上限；过半即暂停受理", .en = "bytes sent to one key and not read; from half of it on the key is not served"},
    {"waiting_bytes",       KEY_NUMBER, WAITING_BYTES_MIN, BYTES_MAX, "16777216", IN_FILE(waiting_bytes), .zh = "一把密钥排队待处理的字节数上限", .en = "bytes of one key that wait to be taken"},
    {"queued_messages",     KEY_NUMBER, 100, 100000, "4096", IN_FILE(queued_messages), .zh = "一个连接每个方向排队的消息数上限", .en = "messages queued on one connection, each way"},
    {"turn_events",         KEY_NUMBER, 1, 1024, "64", IN_FILE(turn_events), .zh = "多把密钥同时提交时，一组受理的事件数上限", .en = "events taken together while several keys send"},
    {"public_events_a_minute", KEY_NUMBER, 1, 100000, "60", IN_FILE(public_events_a_minute), .zh = "公众每分钟可提交的事件数", .en = "events a minute from the public"},
    {"task_seconds",        KEY_NUMBER, 1, 86400, "600", IN_FILE(task_seconds), .zh = "任务未答复超过这么多秒，即收回另行分派", .en = "seconds after which a task without answer is taken back and given out again"},
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
