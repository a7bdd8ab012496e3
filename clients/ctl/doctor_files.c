// doctor_files - judges files: the two configurations, keys, data, spool, channels, programs
#include "clients/ctl/doctor_private.h"

#include "common/time.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum {
    OTHERS_ALL = S_IRWXG | S_IRWXO,
    OTHERS_WRITE = S_IWGRP | S_IWOTH,
    NONCE_BYTES = 32, // of nonce.key
    CERTIFICATE_WARNING_DAYS = 30,
    CERTIFICATE_FAILED_DAYS = 7,
};

static struct doctor_finding path_failed(const struct doctor_facts *facts,
                                         const struct doctor_path *path)
{
    if (path->error == EACCES) {
        return doctor_found(DOCTOR_UNSEEN, said(facts, "没有看：%s 对此用户不可见", path->path),
                            said(facts, "not looked at: %s is closed to this user", path->path));
    }
    const char *why = strerror(path->error);
    return doctor_found(DOCTOR_FAILED, said(facts, "%s：%s", path->path, why),
                        said(facts, "%s: %s", path->path, why));
}

static struct doctor_finding path_open(const struct doctor_facts *facts,
                                       const struct doctor_path *path)
{
    unsigned mode = path->mode & ~(unsigned)S_IFMT;
    struct doctor_finding finding =
        doctor_found(DOCTOR_FAILED, said(facts, "%s 的权限为 %04o，他人可以访问", path->path, mode),
                     said(facts, "%s has mode %04o: others get at it", path->path, mode));
    finding.command = said(facts, "chmod %s %s", S_ISDIR(path->mode) ? "700" : "600", path->path);
    return finding;
}

// ---- The two configurations

// "PATH:3"; without a line where the file as a whole is meant.
static const char *place_of(const struct doctor_facts *facts, const char *path,
                            const struct settings_error *error)
{
    return error->line > 0 ? said(facts, "%s:%zu", path, error->line) : path;
}

struct doctor_finding judge_configuration(const struct doctor_facts *facts)
{
    const struct doctor_files *files = &facts->files;
    const char *path = said(facts, "%s/awardd.yaml", facts->home);
    if (files->config == DOCTOR_TEXT_UNSEEN) {
        return doctor_found(DOCTOR_UNSEEN, said(facts, "没有看：%s 对此用户不可读", path),
                            said(facts, "not looked at: %s is closed to this user", path));
    }
    if (files->config == DOCTOR_TEXT_GOOD) {
        return doctor_found(DOCTOR_OK, path, path);
    }
    const struct settings_error *first = &files->config_errors.list[0];
    const char *place = place_of(facts, path, first);
    size_t count = files->config_errors.count;
    struct doctor_finding finding =
        doctor_found(DOCTOR_FAILED, said(facts, "%s: %s（共 %zu 处）", place, first->zh, count),
                     said(facts, "%s: %s (%zu in all)", place, first->en, count));
    finding.command = said(facts, "awardd --config %s --check-config", path);
    return finding;
}

// Two endpoints are compared where both are files: a port may be reached by several names.
static bool endpoints_differ(const struct doctor_facts *facts, const char *client)
{
    const char *server = facts->files.daemon.client_endpoint;
    return facts->files.config == DOCTOR_TEXT_GOOD && strncmp(client, "ipc:", 4) == 0 &&
           strncmp(server, "ipc:", 4) == 0 && strcmp(client, server) != 0;
}

static struct doctor_finding client_fits(const struct doctor_facts *facts,
                                         const struct client_file *client)
{
    const struct doctor_files *files = &facts->files;
    if (endpoints_differ(facts, client->client_endpoint)) {
        return doctor_found(DOCTOR_FAILED,
                            said(facts,
                                 "awardctl.yaml 的 client_endpoint 是 %s，awardd.yaml 的是 %s",
                                 client->client_endpoint, files->daemon.client_endpoint),
                            said(facts, "client_endpoint is %s in awardctl.yaml, %s in awardd.yaml",
                                 client->client_endpoint, files->daemon.client_endpoint));
    }
    if (files->server_public_key != NULL &&
        strcmp(files->server_public_key, client->server_public_key) != 0) {
        return doctor_found(DOCTOR_FAILED, "server_public_key 不是服务器密钥的公钥",
                            "server_public_key is not the public half of the server's key");
    }
    return doctor_found(DOCTOR_OK, said(facts, "地址 %s", client->client_endpoint),
                        said(facts, "endpoint %s", client->client_endpoint));
}

struct doctor_finding judge_client_configuration(const struct doctor_facts *facts)
{
    const struct doctor_files *files = &facts->files;
    const char *path = said(facts, "%s/awardctl.yaml", facts->home);
    switch (files->client) {
    case DOCTOR_TEXT_GOOD:
        break;
    case DOCTOR_TEXT_UNSEEN:
        return doctor_found(DOCTOR_UNSEEN, said(facts, "没有看：%s 对此用户不可读", path),
                            said(facts, "not looked at: %s is closed to this user", path));
    case DOCTOR_TEXT_ABSENT:
    case DOCTOR_TEXT_WRONG:
        path = place_of(facts, path, &files->client_error);
        return doctor_found(DOCTOR_FAILED, said(facts, "%s: %s", path, files->client_error.zh),
                            said(facts, "%s: %s", path, files->client_error.en));
    }
    return client_fits(facts, &files->client_settings);
}

struct doctor_finding judge_settings_mode(const struct doctor_facts *facts)
{
    const struct doctor_paths *settings = &facts->files.settings;
    for (size_t i = 0; i < settings->count; i++) {
        const struct doctor_path *path = &settings->list[i];
        if (path->error == 0 && (path->mode & OTHERS_WRITE) != 0) {
            struct doctor_finding finding =
                doctor_found(DOCTOR_FAILED, said(facts, "%s 他人可写", path->path),
                             said(facts, "others can write %s", path->path));
            finding.command = said(facts, "chmod go-w %s", path->path);
            return finding;
        }
    }
    return doctor_found(DOCTOR_OK, said(facts, "%s 及其中的配置", facts->home),
                        said(facts, "%s and the settings in it", facts->home));
}

// ---- Keys

struct doctor_finding judge_server_key(const struct doctor_facts *facts)
{
    const struct doctor_path *key = &facts->files.server_key;
    if (key->error != 0) {
        return path_failed(facts, key);
    }
    if ((key->mode & OTHERS_ALL) != 0) {
        return path_open(facts, key);
    }
    return doctor_found(DOCTOR_OK, key->path, key->path);
}

static struct doctor_finding keys_unlisted(const struct doctor_facts *facts)
{
    int error = facts->files.keys.error;
    if (error == ENOENT) {
        return doctor_found(DOCTOR_NOT_APPLICABLE, "这里没有密钥目录",
                            "there is no directory of keys here");
    }
    return doctor_found(
        DOCTOR_UNSEEN, said(facts, "没有看：密钥目录读不了（%s）", strerror(error)),
        said(facts, "not looked at: the directory of keys cannot be read (%s)", strerror(error)));
}

struct doctor_finding judge_keys(const struct doctor_facts *facts)
{
    const struct doctor_paths *keys = &facts->files.keys;
    const char *names = "";
    size_t count = 0;
    if (keys->error != 0) {
        return keys_unlisted(facts);
    }
    for (size_t i = 0; i < keys->count; i++) {
        if ((keys->list[i].mode & OTHERS_ALL) != 0) {
            names = doctor_names_add(facts, names, &count, keys->list[i].path);
        }
    }
    if (count == 0) {
        return doctor_found(DOCTOR_OK, said(facts, "%zu 把密钥", keys->count),
                            said(facts, "%zu keys", keys->count));
    }
    struct doctor_finding finding =
        doctor_found(DOCTOR_FAILED, said(facts, "%zu 把密钥他人可读：%s", count, names),
                     said(facts, "others can read %zu keys: %s", count, names));
    finding.command =
        count == 1 ? said(facts, "chmod 600 %s", names) : "chmod 600 KEYS_DIRECTORY/*.key";
    return finding;
}

// The role of the principal whose key the file NAME.key is; none where he is not known.
static Award__Role__Name role_of_file(const struct doctor_facts *facts, const char *path)
{
    const Award__Principals *principals = facts->answers.principals;
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    for (size_t i = 0; principals != NULL && i < principals->n_rows; i++) {
        const Award__Principal *principal = principals->rows[i]->principal;
        size_t length = strlen(principal->name);
        if (strncmp(file, principal->name, length) == 0 && strcmp(file + length, ".key") == 0) {
            return principal->role;
        }
    }
    return AWARD__ROLE__NAME__coordinator; // nobody has this one
}

struct doctor_finding judge_two_keys(const struct doctor_facts *facts)
{
    const struct doctor_paths *keys = &facts->files.keys;
    const char *administrator = NULL;
    const char *supervision = NULL;
    if (keys->error != 0) {
        return keys_unlisted(facts);
    }
    for (size_t i = 0; i < keys->count; i++) {
        Award__Role__Name role = role_of_file(facts, keys->list[i].path);
        administrator =
            role == AWARD__ROLE__NAME__administrator ? keys->list[i].path : administrator;
        supervision =
            role == AWARD__ROLE__NAME__supervision_committee ? keys->list[i].path : supervision;
    }
    if (administrator != NULL && supervision != NULL) {
        return doctor_found(DOCTOR_WARNING, said(facts, "%s 和 %s", administrator, supervision),
                            said(facts, "%s and %s", administrator, supervision));
    }
    return doctor_found(DOCTOR_OK, "不同在此处", "they do not both lie here");
}

// ---- Data

struct doctor_finding judge_data_directory(const struct doctor_facts *facts)
{
    const struct doctor_path *data = &facts->files.data;
    if (data->error != 0) {
        return path_failed(facts, data);
    }
    if (!S_ISDIR(data->mode)) {
        return doctor_found(DOCTOR_FAILED, said(facts, "%s 不是目录", data->path),
                            said(facts, "%s is no directory", data->path));
    }
    if ((data->mode & OTHERS_ALL) != 0 && !data->sheltered) {
        return path_open(facts, data);
    }
    return doctor_found(DOCTOR_OK, said(facts, "%s，所有者 %u", data->path, data->user),
                        said(facts, "%s, of user %u", data->path, data->user));
}

struct doctor_finding judge_data_files(const struct doctor_facts *facts)
{
    const struct doctor_paths *found = &facts->files.data_files;
    const char *names = "";
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct doctor_path *path = &found->list[i];
        if (path->error == 0 && path->user != facts->files.data.user) {
            names = doctor_names_add(facts, names, &count, path->path);
        }
    }
    if (count == 0) {
        return doctor_found(
            DOCTOR_OK, said(facts, "%zu 个文件属于用户 %u", found->count, facts->files.data.user),
            said(facts, "%zu files of user %u", found->count, facts->files.data.user));
    }
    struct doctor_finding finding =
        doctor_found(DOCTOR_FAILED, said(facts, "%zu 个文件属于别的用户：%s", count, names),
                     said(facts, "%zu files are another user's: %s", count, names));
    finding.command = said(facts, "chown -R %u %s", facts->files.data.user, facts->files.data.path);
    return finding;
}

struct doctor_finding judge_nonce_key(const struct doctor_facts *facts)
{
    const struct doctor_path *key = &facts->files.nonce_key;
    if (key->error != 0) {
        return path_failed(facts, key);
    }
    enum doctor_verdict verdict = key->bytes == NONCE_BYTES ? DOCTOR_OK : DOCTOR_FAILED;
    return doctor_found(
        verdict, said(facts, "%s，%" PRIu64 " 字节，应为 %d", key->path, key->bytes, NONCE_BYTES),
        said(facts, "%s has %" PRIu64 " bytes of %d", key->path, key->bytes, NONCE_BYTES));
}

// ---- Messages

struct doctor_finding judge_spool(const struct doctor_facts *facts)
{
    const struct doctor_path *spool = &facts->files.spool;
    if (spool->error == ENOENT) {
        return doctor_found(DOCTOR_NOT_APPLICABLE,
                            said(facts, "没有 %s（在别处的用 --spool 写明）", spool->path),
                            said(facts, "there is no %s (name it with --spool)", spool->path));
    }
    if (spool->error != 0) {
        return path_failed(facts, spool);
    }
    if ((spool->mode & OTHERS_ALL) != 0 && !spool->sheltered) {
        return path_open(facts, spool);
    }
    return doctor_found(DOCTOR_OK, spool->path, spool->path);
}

struct doctor_finding judge_channels(const struct doctor_facts *facts)
{
    const struct doctor_files *files = &facts->files;
    if (files->channels.error != 0) {
        return path_failed(facts, &files->channels);
    }
    if (files->channels_wrong != NULL) {
        return doctor_found(DOCTOR_FAILED, files->channels_wrong, files->channels_wrong);
    }
    return doctor_found(DOCTOR_OK, files->channels.path, files->channels.path);
}

static struct doctor_finding certificate_judge(const struct doctor_facts *facts,
                                               const struct doctor_certificate *certificate)
{
    if (certificate->ends_ms == 0) {
        return doctor_found(
            DOCTOR_UNSEEN, said(facts, "没有看：%s：%s", certificate->of, certificate->wrong_zh),
            said(facts, "not looked at: %s: %s", certificate->of, certificate->wrong_en));
    }
    int64_t days = (certificate->ends_ms - facts->now_ms) / DAY_MS;
    if (certificate->ends_ms < facts->now_ms) {
        return doctor_found(DOCTOR_FAILED, said(facts, "%s 的证书已过期", certificate->of),
                            said(facts, "the certificate of %s has ended", certificate->of));
    }
    enum doctor_verdict verdict = days < CERTIFICATE_FAILED_DAYS    ? DOCTOR_FAILED
                                  : days < CERTIFICATE_WARNING_DAYS ? DOCTOR_WARNING
                                                                    : DOCTOR_OK;
    return doctor_found(
        verdict, said(facts, "%s 的证书还有 %" PRId64 " 天", certificate->of, days),
        said(facts, "the certificate of %s has %" PRId64 " days left", certificate->of, days));
}

// The worst of them.
struct doctor_finding judge_certificates(const struct doctor_facts *facts)
{
    const struct doctor_record *record = &facts->record;
    struct doctor_finding worst =
        doctor_found(DOCTOR_NOT_APPLICABLE, "channels.yaml 没有用到证书的通道",
                     "channels.yaml has no channel with a certificate");
    for (size_t i = 0; i < record->certificates_count; i++) {
        struct doctor_finding finding = certificate_judge(facts, &record->certificates[i]);
        if (finding.verdict < worst.verdict) {
            worst = finding;
        }
    }
    return worst;
}

struct doctor_finding judge_templates(const struct doctor_facts *facts)
{
    const char *wrong = facts->files.templates_wrong;
    return wrong != NULL ? doctor_found(DOCTOR_FAILED, wrong, wrong)
                         : doctor_found(DOCTOR_OK, "全部模板可读", "all of them can be read");
}

// ---- Programs

struct doctor_finding judge_programs(const struct doctor_facts *facts)
{
    const char *version = facts->files.awardd_version;
    if (version == NULL) {
        return doctor_found(DOCTOR_FAILED, "本机没有能运行的 awardd",
                            "there is no awardd on this host that can be run");
    }
    enum doctor_verdict verdict = strcmp(version, AWARD_VERSION) == 0 ? DOCTOR_OK : DOCTOR_WARNING;
    return doctor_found(verdict, said(facts, "awardd %s，awardctl %s", version, AWARD_VERSION),
                        said(facts, "awardd %s, awardctl %s", version, AWARD_VERSION));
}
