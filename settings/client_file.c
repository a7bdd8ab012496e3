// client_file - reads awardctl.yaml: where the coordinator is and whose key is used
//
// Workers find the coordinator by the same file.
#include "settings/client_file.h"

#include "settings/file_keys.h"

#define LETTERS_DIGITS "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define Z85_ALPHABET LETTERS_DIGITS ".-:+=^!/*?&<>()[]{}@%$#"
#define NAME_ALPHABET "abcdefghijklmnopqrstuvwxyz0123456789-"
#define IN_FILE(member) KEY_AT(struct client_file, member)

enum { Z85_CHARACTERS = CLIENT_KEY_BYTES - 1 };

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "awardctl 的配置", .en = "configuration of awardctl"},
    {"client_endpoint",   KEY_ENDPOINT, 1, 0, NULL, IN_FILE(client_endpoint), .zh = "awardd 的客户端连接处", .en = "where awardd takes clients"},
    {"feed_endpoint",     KEY_ENDPOINT, 1, 0, NULL, IN_FILE(feed_endpoint), .zh = "awardd 的消息流连接处", .en = "where awardd publishes its feed"},
    {"worker_endpoint",   KEY_ENDPOINT, 1, 0, "", IN_FILE(worker_endpoint), .zh = "awardd 的后台程序连接处", .en = "where awardd takes workers"},
    {"worker_log_level",  KEY_CHOICE, 0, 0, "info", IN_FILE(worker_log_level), .reloads = true, .zh = "后台程序的日志级别", .en = "how much the workers log", .choices = log_level_choices},
    {"worker_log_format", KEY_CHOICE, 0, 0, "text", IN_FILE(worker_log_format), .reloads = true, .zh = "后台程序的日志格式", .en = "how the workers write a line of their logs", .choices = log_format_choices},
    {"server_public_key", KEY_TEXT, Z85_CHARACTERS, Z85_CHARACTERS, NULL, IN_FILE(server_public_key), .zh = "服务器公钥，加引号", .en = "public key of the server, in quotes", .alphabet = Z85_ALPHABET},
    {"keys_directory",    KEY_PATH, 0, 0, NULL, IN_FILE(keys_directory), .zh = "密钥目录", .en = "directory of keys"},
    {"default_principal", KEY_TEXT, 0, CLIENT_PRINCIPAL_BYTES - 1, "", IN_FILE(default_principal), .zh = "默认以谁的名义", .en = "in whose name, where none is given", .alphabet = NAME_ALPHABET},
};
// clang-format on

const struct key_table client_keys = {rows, sizeof(rows) / sizeof(rows[0])};

bool client_file_read(const char *text, size_t length, const char *path, struct client_file *file,
                      struct settings_error *error)
{
    *file = (struct client_file){0};
    return keys_read_file(&client_keys, text, length, path, file, error);
}
