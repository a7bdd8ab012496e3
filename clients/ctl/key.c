// key - `key new`, `key list`, `key revoke`: keys in files, and what the coordinator says of them
#include "clients/ctl/commands.h"
#include "clients/ctl/principals.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/show.h"
#include "common/limits.h"
#include "rules/events.h"
#include "settings/digest.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int key_new_run(struct ctl *ctl, int argc, char **argv);
static int key_list_run(struct ctl *ctl, int argc, char **argv);
static int key_revoke_run(struct ctl *ctl, int argc, char **argv);

const struct command command_key_new = {
    .name = "key new",
    .arguments = "NAME",
    .zh = "生成一把新密钥",
    .en = "make a new key",
    .help = "写出 NAME.key（仅本人可读），显示公钥和登记它的命令。\n"
            "Writes NAME.key, for its owner's eyes only, and shows the line that enrols it.\n",
    .run = key_new_run,
};

const struct command command_key_list = {
    .name = "key list",
    .arguments = "",
    .zh = "列出密钥及其登记情况",
    .en = "list keys and whether they are enrolled",
    .run = key_list_run,
};

const struct command command_key_revoke = {
    .name = "key revoke",
    .arguments = "PUBLICKEY --reason TEXT",
    .zh = "吊销一把密钥",
    .en = "revoke a key",
    .help = "立即生效。不加 --as 时用管理员 admin 的密钥。公钥含特殊字符，请加单引号。\n"
            "Takes effect at once. Without --as the key of admin is used. Quote the public key.\n",
    .needs_settings = true,
    .run = key_revoke_run,
};

static const struct ctl_option no_options[] = {
    {NULL, NULL, NULL}
};

static const char NAME_ALPHABET[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
static const char SUFFIX[] = ".key";

// ---- key new

static bool name_valid(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= LIMIT_ID_BYTES && strspn(name, NAME_ALPHABET) == length;
}

static int key_write(struct ctl *ctl, const char *name)
{
    struct settings_error error;
    struct keyfile key = {0};
    const char *path = arena_format(ctl->arena, "%s/%s%s", ctl->keys, name, SUFFIX);
    (void)snprintf(key.name, sizeof(key.name), "%s", name);
    if (!bus_keys_generate(&key.keys)) {
        return ctl_error(CTL_INPUT, "本机的 ZeroMQ 不支持 CURVE 加密；请安装 Debian 的 libzmq5",
                         "ZeroMQ here has no CURVE; install Debian's libzmq5");
    }
    if (!keyfile_write(path, &key, &error)) {
        return ctl_file_error(path, &error);
    }
    if (ctl->output == CTL_JSON) {
        (void)printf("{\"name\":\"%s\",\"public_key\":\"%s\"}\n", name, key.keys.public_key);
        return CTL_OK;
    }
    (void)printf("%s\n公钥 public key: %s\n登记 enrol it with:\n"
                 "  awardctl send key_enrolled name=%s public_key='%s' --as admin\n",
                 path, key.keys.public_key, name, key.keys.public_key);
    return CTL_OK;
}

static int key_new_run(struct ctl *ctl, int argc, char **argv)
{
    argc = ctl_options(&command_key_new, no_options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_key_new);
    }
    if (!name_valid(argv[0])) {
        return ctl_error(CTL_USAGE, "名称只用小写字母、数字和连字符，最多 64 个",
                         "a name has lower-case letters, digits and hyphens, at most 64");
    }
    if (mkdir(ctl->keys, S_IRWXU) != 0 && errno != EEXIST) {
        return ctl_error(CTL_INPUT, arena_format(ctl->arena, "无法建立目录 %s", ctl->keys),
                         arena_format(ctl->arena, "cannot make the directory %s", ctl->keys));
    }
    return key_write(ctl, argv[0]);
}

// ---- key list

static int is_key(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > strlen(SUFFIX) && strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX) == 0;
}

// What the coordinator says; NULL when it was not to be asked, which has been said.
static const Award__Principals *principals_heard(struct ctl *ctl)
{
    int status;
    bool asks = ctl->settings_read && ctl->principal[0] != '\0';
    return asks ? principals_ask(ctl, &status) : NULL;
}

struct standing {
    const char *text;
    const char *role;
};

static struct standing key_standing(struct ctl *ctl, const Award__Principals *principals,
                                    const char *public_key)
{
    if (principals == NULL) {
        return (struct standing){NULL, NULL};
    }
    for (size_t i = 0; i < principals->n_rows; i++) {
        const Award__Principals__Row *row = principals->rows[i];
        for (size_t k = 0; k < row->n_keys; k++) {
            if (row->keys[k]->public_key != NULL &&
                strcmp(row->keys[k]->public_key, public_key) == 0) {
                return (struct standing){
                    row->keys[k]->revoked ? "已吊销 revoked" : "已登记 enrolled",
                    row->principal != NULL
                        ? show_word(ctl, &award__role__name__descriptor, row->principal->has_role,
                                    (int)row->principal->role)
                        : NULL};
            }
        }
    }
    return (struct standing){"未登记 not enrolled", NULL};
}

static void key_show(struct ctl *ctl, struct printing *printing,
                     const Award__Principals *principals, const char *file)
{
    struct settings_error error;
    struct keyfile key;
    const char *path = arena_format(ctl->arena, "%s/%s", ctl->keys, file);
    if (!keyfile_read(path, &key, &error)) {
        (void)ctl_file_error(path, &error);
        return;
    }
    struct standing standing = key_standing(ctl, principals, key.keys.public_key);
    const char *const cells[] = {key.name, key.keys.public_key,
                                 key.keys.secret_key[0] != '\0' ? "有 yes" : "无 no", standing.role,
                                 standing.text};
    printing_row(printing, cells);
}

static int key_list_run(struct ctl *ctl, int argc, char **argv)
{
    static const char *const heads[] = {"名称 name", "公钥 public_key", "私钥 secret",
                                        "角色 role", "登记 standing",   NULL};
    struct dirent **files;
    argc = ctl_options(&command_key_list, no_options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_key_list);
    }
    int count = scandir(ctl->keys, &files, is_key, alphasort);
    if (count < 0) {
        return ctl_error(
            CTL_INPUT, arena_format(ctl->arena, "读不了密钥目录 %s", ctl->keys),
            arena_format(ctl->arena, "cannot read the directory of keys %s", ctl->keys));
    }
    const Award__Principals *principals = principals_heard(ctl);
    struct printing printing = printing_begin(ctl, heads);
    for (int i = 0; i < count; i++) {
        key_show(ctl, &printing, principals, files[i]->d_name);
        free(files[i]);
    }
    free(files);
    printing_end(&printing);
    return CTL_OK;
}

// ---- key revoke

static int key_revoke_run(struct ctl *ctl, int argc, char **argv)
{
    const char *reason = NULL;
    const struct ctl_option options[] = {
        {"--reason", &reason, NULL},
        {NULL,       NULL,    NULL}
    };
    char digest[DIGEST_TEXT_BYTES];
    Award__Event event;
    Award__KeyRevoked revoked;
    award__event__init(&event);
    award__key_revoked__init(&revoked);
    argc = ctl_options(&command_key_revoke, options, argc, argv);
    if (argc != 1 || reason == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_key_revoke);
    }
    if (!bus_key_valid(argv[0])) {
        return ctl_error(CTL_USAGE, "公钥应为 40 个字符；请用 awardctl key list 查看，并加单引号",
                         "a public key has 40 characters; see awardctl key list, and quote it");
    }
    digest_of(argv[0], strlen(argv[0]), digest);
    event.id = arena_format(ctl->arena, "key-revoked-%.32s", digest);
    event.body_case = AWARD__EVENT__BODY_KEY_REVOKED;
    event.key_revoked = &revoked;
    revoked.public_key = argv[0];
    revoked.reason = arena_string(ctl->arena, reason);
    ctl->principal = ctl->as != NULL ? ctl->as : "admin";
    return ctl_send_one(ctl, &event, false);
}
