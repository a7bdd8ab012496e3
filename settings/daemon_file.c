// daemon_file - reads awardd.yaml, the configuration of the coordinator
//
// Reading, comparing and taking over walk the table alone: a new key is a row and a member. What a
// row marks with RELOADS is looked at each time that it matters, or has a function that sets it.
#include "settings/daemon_file.h"

#include "settings/file_keys.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    LEASE_SECONDS_MAX = 3600,
    CLOCK_BEHIND_SECONDS_MAX = 366 * 24 * 3600,
    OVERLAY_MEGABYTES_MIN = 8,
    UNREAD_BYTES_MIN = 4 * 1024 * 1024,
    WAITING_BYTES_MIN = 8 * 1024 * 1024,
    BYTES_MAX = 1024 * 1024 * 1024,
    OVERLAY_MEGABYTES_MAX = 16 * 1024,
};

const struct key_choice log_level_choices[] = {
    {"error",   LOG_ERROR},
    {"warn",         LOG_WARN},
    {"info",LOG_INFO},
    {"debug",    LOG_DEBUG},
    {0        },
};

const struct key_choice log_format_choices[] = {
    {"text",    LOG_TEXT},
    {"json",         LOG_JSON},
    {0},
};

static const struct key_choice metrics_from[] = {
    {"host",                 METRICS_FROM_HOST},
    {"anywhere",                      METRICS_FROM_ANYWHERE},
    {0},
};

#define RELOADS .reloads = true
#define IN_FILE(member) KEY_AT(struct daemon_file, member)

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "awardd 的配置", .en = "configuration of awardd"},
    {"data_directory",  KEY_PATH, 0, 0, NULL, IN_FILE(data_directory), .zh = "数据库目录", .en = "directory of the database"},
    {"client_endpoint", KEY_ENDPOINT, 0, 0, NULL, IN_FILE(client_endpoint), .zh = "客户端连接处", .en = "where clients connect"},
    {"worker_endpoint", KEY_ENDPOINT, 0, 0, NULL, IN_FILE(worker_endpoint), .zh = "工作进程连接处", .en = "where workers connect"},
    {"feed_endpoint",   KEY_ENDPOINT, 0, 0, NULL, IN_FILE(feed_endpoint), .zh = "消息流连接处", .en = "where the feed is published"},
    {"server_key_file", KEY_PATH, 0, 0, NULL, IN_FILE(server_key_file), .zh = "服务器密钥文件", .en = "file with the server's key"},
    {"metrics_endpoint", KEY_ENDPOINT, 0, ENDPOINT_TCP, "", IN_FILE(metrics_endpoint), .zh = "指标和健康状况的 HTTP 端口，如 tcp://127.0.0.1:9464；空为不开放", .en = "HTTP port of metrics and health, such as tcp://127.0.0.1:9464; empty: none"},
    {"metrics_from",    KEY_CHOICE, 0, 0, "host", IN_FILE(metrics_from), .zh = "谁可以读指标：host 仅本机，anywhere 端口所及之处（不加密、不认证）", .en = "who may read metrics: host is this machine alone, anywhere is whoever reaches the port (not encrypted, nobody is asked who he is)", .choices = metrics_from},
    {"log_level",       KEY_CHOICE, 0, 0, "info", IN_FILE(log_level), RELOADS, .zh = "日志级别", .en = "how much is logged", .choices = log_level_choices},
    {"log_format",      KEY_CHOICE, 0, 0, "text", IN_FILE(log_format), RELOADS, .zh = "日志格式：每行是文字，还是一个 JSON 对象；系统日志（journald）总是收到字段", .en = "how a line of the log is written: text, or a JSON object; the system's journal gets fields in any case", .choices = log_format_choices},
    {"overlay_megabytes", KEY_NUMBER, OVERLAY_MEGABYTES_MIN, OVERLAY_MEGABYTES_MAX, "256", IN_FILE(overlay_megabytes), RELOADS, .zh = "尚未写入状态库的变更所用内存上限（MiB）", .en = "memory for changes that are not in the state on disk yet, in MiB"},
    {"connections",         KEY_NUMBER, 16, 65536, "1024", IN_FILE(connections), RELOADS, .zh = "同时的连接数上限", .en = "connections at one time"},
    {"connections_per_key", KEY_NUMBER, 1, 65536, "64", IN_FILE(connections_per_key), RELOADS, .zh = "一把密钥同时的连接数上限", .en = "connections of one key at one time"},
    {"greetings",           KEY_NUMBER, 16, 65536, "1024", IN_FILE(greetings), RELOADS, .zh = "尚未表明密钥的连接数上限；超过即断开最早的", .en = "connections that have not said whose they are; beyond, the oldest is ended"},
    {"unread_bytes",        KEY_NUMBER, UNREAD_BYTES_MIN, BYTES_MAX, "8388608", IN_FILE(unread_bytes), RELOADS, .zh = "发给一把密钥而未被读取的字节数上限；过半即暂停受理", .en = "bytes sent to one key and not read; from half of it on the key is not served"},
    {"waiting_bytes",       KEY_NUMBER, WAITING_BYTES_MIN, BYTES_MAX, "16777216", IN_FILE(waiting_bytes), RELOADS, .zh = "一把密钥排队待处理的字节数上限", .en = "bytes of one key that wait to be taken"},
    {"queued_messages",     KEY_NUMBER, 100, 100000, "4096", IN_FILE(queued_messages), .zh = "一个连接每个方向排队的消息数上限", .en = "messages queued on one connection, each way"},
    {"turn_events",         KEY_NUMBER, 1, 1024, "64", IN_FILE(turn_events), RELOADS, .zh = "多把密钥同时提交时，一组受理的事件数上限", .en = "events taken together while several keys send"},
    {"public_events_a_minute", KEY_NUMBER, 1, 100000, "60", IN_FILE(public_events_a_minute), RELOADS, .zh = "公众每分钟可提交的事件数", .en = "events a minute from the public"},
    {"long_queries",        KEY_NUMBER, 1, 1000, "32", IN_FILE(long_queries), RELOADS, .zh = "同时进行的、要遍历全部记录的查询数上限", .en = "queries on their way at one time that look at everything"},
    {"task_seconds",        KEY_NUMBER, 1, 86400, "600", IN_FILE(task_seconds), RELOADS, .zh = "任务未答复超过这么多秒，即收回另行分派", .en = "seconds after which a task without answer is taken back and given out again"},
    {"lease_seconds",   KEY_NUMBER, 1, LEASE_SECONDS_MAX, "60", IN_FILE(lease_seconds), RELOADS, .zh = "任务租期（秒）", .en = "seconds after which a silent worker's task is given to another"},
    {"trace_events",    KEY_NUMBER, 1024, 1048576, "65536", IN_FILE(trace_events), RELOADS, .zh = "记住最近这么多事件的经过，供 awardctl trace 查看", .en = "events whose way is remembered, for awardctl trace"},
    {"clock_behind_seconds", KEY_NUMBER, 1, CLOCK_BEHIND_SECONDS_MAX, "300", IN_FILE(clock_behind_seconds), RELOADS, .zh = "主机时钟落后于最后一条记录超过这么多秒，就不接受事件", .en = "seconds that the host's clock may be behind the last entry before no event is taken"},
};
// clang-format on

const struct key_table daemon_keys = {rows, sizeof(rows) / sizeof(rows[0])};

enum { FIRST = 1 }; // row behind the root

_Static_assert(sizeof(rows) / sizeof(rows[0]) <= DAEMON_KEYS_MAX, "a line for each row");

static const void *value_of(const struct daemon_file *file, const struct key *key)
{
    return (const unsigned char *)file + key->offset;
}

// ---- Reading

// "127.0.0.1:9464", "[::1]:9464", "localhost:9464".
static bool loopback(const char *host)
{
    bool four = strncmp(host, "127.", 4) == 0 && host[strspn(host, "0123456789.")] == ':';
    return four || strncmp(host, "[::1]:", 6) == 0 || strncmp(host, "localhost:", 10) == 0;
}

// What is told there is for this machine, unless the administrator says that it is for others.
static bool metrics_check(const struct key_reading *reading, const struct daemon_file *file)
{
    static const char tcp[] = "tcp://";
    const char *endpoint = file->metrics_endpoint;
    if (endpoint[0] != '\0' && file->metrics_from == METRICS_FROM_HOST &&
        !loopback(endpoint + strlen(tcp))) {
        return keys_fail(reading, endpoint,
                         "“metrics_endpoint”不是本机地址；请用 tcp://127.0.0.1:端口，或设 "
                         "metrics_from: anywhere（不加密、不认证，请另行防护）",
                         "`metrics_endpoint` is no address of this machine alone; use "
                         "tcp://127.0.0.1:port, or set metrics_from: anywhere (it is not "
                         "encrypted and asks nobody who he is, so guard it otherwise)");
    }
    return true;
}

// Two places that are one; a port that the system chooses is another each time.
static bool same_place(const char *one, const char *other)
{
    const char *colon = strrchr(one, ':');
    return strcmp(one, other) == 0 && colon != NULL && strcmp(colon, ":*") != 0;
}

// An earlier key with the same place as this one, or NULL.
static const struct key *same_before(const struct daemon_file *file, size_t row)
{
    for (size_t i = FIRST; i < row; i++) {
        if (rows[i].type == KEY_ENDPOINT && rows[row].type == KEY_ENDPOINT &&
            same_place(value_of(file, &rows[i]), value_of(file, &rows[row]))) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool endpoints_check(const struct key_reading *reading, const struct daemon_file *file)
{
    bool good = true;
    for (size_t i = FIRST; good && i < daemon_keys.rows_count; i++) {
        const struct key *other = same_before(file, i);
        good = other == NULL ||
               keys_fail(reading, value_of(file, &rows[i]),
                         arena_format(reading->arena, "“%s”与“%s”是同一处；请各用一处",
                                      rows[i].path, other->path),
                         arena_format(reading->arena,
                                      "`%s` is the same place as `%s`; each needs its own",
                                      rows[i].path, other->path));
    }
    return good;
}

static bool reading_run(struct key_reading *reading, const char *text, size_t length,
                        const char *path, struct daemon_file *file)
{
    *file = (struct daemon_file){0};
    reading->table = &daemon_keys;
    reading->arena = arena_create();
    reading->directory = file_text_directory(path, reading->arena);
    bool good = keys_read(reading, text, length, file) && metrics_check(reading, file) &&
                endpoints_check(reading, file);
    for (size_t i = FIRST; good && i < daemon_keys.rows_count; i++) {
        file->lines[i] = (uint32_t)keys_line(reading, &rows[i]);
    }
    const char *slash = strrchr(path, '/');
    (void)snprintf(file->path, sizeof(file->path), "%s%s%s", reading->directory,
                   strcmp(reading->directory, "/") == 0 ? "" : "/",
                   slash != NULL ? slash + 1 : path);
    arena_destroy(reading->arena);
    return good;
}

bool daemon_file_read(const char *text, size_t length, const char *path, struct daemon_file *file,
                      struct settings_error *error)
{
    struct key_reading reading = {.error = error};
    return reading_run(&reading, text, length, path, file);
}

bool daemon_file_check(const char *text, size_t length, const char *path, struct daemon_file *file,
                       struct settings_errors *errors)
{
    struct settings_error error;
    struct key_reading reading = {.error = &error, .all = errors};
    errors->count = 0;
    return reading_run(&reading, text, length, path, file);
}

// ---- Comparing

static void *place_of(struct daemon_file *file, const struct key *key)
{
    return (unsigned char *)file + key->offset;
}

static const char *choice_name(const struct key *key, uint32_t number)
{
    const struct key_choice *choice = key->choices;
    while (choice->name != NULL && choice->value != (int64_t)number) {
        choice++;
    }
    assert(choice->name != NULL);
    return choice->name;
}

const char *daemon_file_value(const struct daemon_file *file, const struct key *key,
                              struct arena *arena)
{
    if (key->type == KEY_PATH || key->type == KEY_ENDPOINT) {
        return arena_string(arena, value_of(file, key));
    }
    uint32_t number;
    assert(key->type == KEY_NUMBER || key->type == KEY_CHOICE);
    assert(key->size == sizeof(number));
    memcpy(&number, value_of(file, key), sizeof(number));
    return key->type == KEY_CHOICE ? choice_name(key, number) : arena_format(arena, "%u", number);
}

// Texts are followed by zeros, so that bytes can be compared.
static bool same(const struct daemon_file *one, const struct daemon_file *other,
                 const struct key *key)
{
    return memcmp(value_of(one, key), value_of(other, key), key->size) == 0;
}

size_t daemon_file_compare(const struct daemon_file *running, const struct daemon_file *read,
                           struct arena *arena, struct daemon_change **changes)
{
    size_t count = 0;
    *changes = arena_alloc(arena, daemon_keys.rows_count * sizeof(**changes));
    for (size_t i = FIRST; i < daemon_keys.rows_count; i++) {
        if (!same(running, read, &rows[i])) {
            (*changes)[count++] = (struct daemon_change){
                .key = &rows[i],
                .from = daemon_file_value(running, &rows[i], arena),
                .to = daemon_file_value(read, &rows[i], arena),
            };
        }
    }
    return count;
}

void daemon_file_reload(struct daemon_file *running, const struct daemon_file *read)
{
    for (size_t i = FIRST; i < daemon_keys.rows_count; i++) {
        const struct key *key = &rows[i];
        running->waits[i] = !key->reloads && !same(running, read, key);
        if (running->waits[i]) {
            continue; // the line, too, is that of the value in force
        }
        memcpy(place_of(running, key), value_of(read, key), key->size);
        running->lines[i] = read->lines[i];
    }
}
