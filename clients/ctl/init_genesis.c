// init_genesis - the first entry of a database, from files and people
#include "clients/ctl/init.h"

#include "common/limits.h"
#include "common/text.h"
#include "common/time.h"
#include "rules/events.h"
#include "settings/alert_policy_file.h"
#include "settings/calendar_file.h"
#include "settings/data_file.h"
#include "settings/digest.h"
#include "settings/people_file.h"
#include "settings/rulebook_file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// Who works an office at the least; reviewers, districts and enterprises are enrolled later. What
// the organs are called is the rulebook's word (decision 16): office, government, bureau.
#define DEFAULT_PEOPLE                                                                             \
    "- {name: office, role: office, full_name: \"%s\"}\n"                                          \
    "- {name: government, role: government, full_name: \"%s\"}\n"                                  \
    "- {name: bureau, role: bureau, full_name: \"%s\"}\n"                                          \
    "- {name: review-committee, role: review_committee, full_name: 评审委员会}\n"             \
    "- {name: selection-committee, role: selection_committee, full_name: 评选委员会}\n"       \
    "- {name: supervision, role: supervision_committee, full_name: 评审监督委员会}\n"       \
    "- {name: public, role: public, full_name: 公众}\n"                                          \
    "- {name: admin, role: administrator, full_name: 管理员}\n"                                 \
    "- {name: worker-scoring, role: worker_scoring, full_name: 评分程序}\n"                    \
    "- {name: worker-notification, role: worker_notification, full_name: 通知程序}\n"          \
    "- {name: worker-revocation, role: worker_revocation, full_name: 撤销程序}\n"

struct source {
    const char *path;
    const char *text;
    size_t length;
};

// The file as given, or the one of this name that comes with the programs.
static bool source_read(struct ctl *ctl, const char *given, const char *name, struct source *source)
{
    struct settings_error error;
    source->path = given != NULL ? given : data_file(name, ctl->arena);
    if (file_text_read(source->path, LIMIT_FILE_TEXT_BYTES, ctl->arena, &source->text,
                       &source->length, &error)) {
        return true;
    }
    (void)ctl_file_error(source->path, &error);
    return false;
}

static char *digest_text(struct ctl *ctl, const struct source *source)
{
    char *digest = arena_alloc(ctl->arena, DIGEST_TEXT_BYTES);
    digest_of(source->text, source->length, digest);
    return digest;
}

static bool rulebook_add(struct ctl *ctl, const struct init *init, struct rulebook *rulebook,
                         Award__Genesis *genesis)
{
    struct source source;
    struct settings_error error;
    if (!source_read(ctl, init->rulebook, "chongqing-2015.yaml", &source)) {
        return false;
    }
    if (!rulebook_file_read(source.text, source.length, rulebook, &error)) {
        return ctl_file_error(source.path, &error) == CTL_OK;
    }
    genesis->rulebook = arena_alloc(ctl->arena, sizeof(*genesis->rulebook));
    award__rulebook_loaded__init(genesis->rulebook);
    genesis->rulebook->text = arena_string(ctl->arena, source.text);
    genesis->rulebook->digest = digest_text(ctl, &source);
    return true;
}

static bool policy_add(struct ctl *ctl, const struct init *init, Award__Genesis *genesis)
{
    struct source source;
    struct alert_policy policy;
    struct settings_error error;
    if (!source_read(ctl, init->alerts, "alerts.yaml", &source)) {
        return false;
    }
    if (!alert_policy_file_read(source.text, source.length, &policy, &error)) {
        return ctl_file_error(source.path, &error) == CTL_OK;
    }
    genesis->alert_policy = arena_alloc(ctl->arena, sizeof(*genesis->alert_policy));
    award__alert_policy_loaded__init(genesis->alert_policy);
    genesis->alert_policy->text = arena_string(ctl->arena, source.text);
    genesis->alert_policy->digest = digest_text(ctl, &source);
    return true;
}

// Where the calendars are from, as it is told of a year later: the file, and that it came with the
// database and not by a notice of its own.
static const char *calendar_source(struct ctl *ctl, const struct source *source)
{
    const char *slash = strrchr(source->path, '/');
    return arena_format(ctl->arena, "%s（随数据库建立时载入 came with the database）",
                        slash != NULL ? slash + 1 : source->path);
}

static bool calendar_add(struct ctl *ctl, const struct init *init, Award__Genesis *genesis)
{
    static const char name[] = "cn-holidays.tsv";
    struct source source;
    struct settings_error error;
    if (!source_read(ctl, init->calendar, name, &source)) {
        return false;
    }
    if (!calendar_file_read(source.text, source.length, calendar_source(ctl, &source), ctl->arena,
                            &genesis->calendars, &genesis->n_calendars, &error)) {
        return ctl_file_error(source.path, &error) == CTL_OK;
    }
    return true;
}

bool init_key(const char *path, const char *name, struct keyfile *key)
{
    struct settings_error error;
    bool good = true;
    if (access(path, F_OK) != 0) {
        memset(key, 0, sizeof(*key));
        (void)snprintf(key->name, sizeof(key->name), "%s", name);
        (void)settings_error_set(&error, 0, 0,
                                 "本机的 ZeroMQ 不支持 CURVE 加密；请安装 Debian 的 libzmq5",
                                 "ZeroMQ here has no CURVE; install Debian's libzmq5");
        good = bus_keys_generate(&key->keys) && keyfile_write(path, key, &error);
    } else {
        good = keyfile_read(path, key, &error);
    }
    if (!good) {
        (void)ctl_file_error(path, &error);
    }
    return good;
}

bool init_rulebook_good(struct ctl *ctl, const char *path)
{
    struct source source;
    struct rulebook rulebook;
    struct settings_error error;
    return source_read(ctl, path, NULL, &source) &&
           (rulebook_file_read(source.text, source.length, &rulebook, &error) ||
            ctl_file_error(source.path, &error) == CTL_OK);
}

bool init_people_good(struct ctl *ctl, const char *path)
{
    struct source source;
    Award__PrincipalEnrolled **people;
    size_t count;
    struct settings_error error;
    return source_read(ctl, path, NULL, &source) &&
           (people_file_read(source.text, source.length, ctl->arena, &people, &count, &error) ||
            ctl_file_error(source.path, &error) == CTL_OK);
}

// The person's key, which is told with his name.
static bool person_key(struct ctl *ctl, const struct init_place *place,
                       const Award__PrincipalEnrolled *person, struct keyfile *key)
{
    const char *path = arena_format(ctl->arena, "%s/%s.key", place->keys, person->name);
    bool there = access(path, F_OK) == 0;
    if (!init_key(path, person->name, key)) {
        return false;
    }
    init_told(path, !there, person->full_name != NULL ? person->full_name : person->name,
              role_name(person->role));
    return true;
}

static bool people_add(struct ctl *ctl, const struct init *init, const struct rulebook *rulebook,
                       Award__Genesis *genesis)
{
    const char *text = arena_format(ctl->arena, DEFAULT_PEOPLE, rulebook->office_zh,
                                    rulebook->government_zh, rulebook->bureau_zh);
    struct source source = {.path = "people", .text = text, .length = strlen(text)};
    struct settings_error error;
    if (init->people != NULL && !source_read(ctl, init->people, NULL, &source)) {
        return false;
    }
    return people_file_read(source.text, source.length, ctl->arena, &genesis->principals,
                            &genesis->n_principals, &error) ||
           ctl_file_error(source.path, &error) == CTL_OK;
}

bool init_people_keys(struct ctl *ctl, const struct init_place *place, Award__Genesis *genesis)
{
    genesis->keys = arena_alloc(ctl->arena, genesis->n_principals * sizeof(*genesis->keys));
    for (size_t i = 0; i < genesis->n_principals; i++) {
        struct keyfile key;
        if (!person_key(ctl, place, genesis->principals[i], &key)) {
            return false;
        }
        Award__KeyEnrolled *enrolled = arena_alloc(ctl->arena, sizeof(*enrolled));
        award__key_enrolled__init(enrolled);
        enrolled->name = genesis->principals[i]->name;
        enrolled->public_key = arena_string(ctl->arena, key.keys.public_key);
        genesis->keys[genesis->n_keys++] = enrolled;
    }
    return true;
}

bool init_city_good(struct ctl *ctl, const char *city)
{
    size_t length = strlen(city);
    bool good = text_valid(city, length) && text_present(city) && length <= LIMIT_ID_BYTES;
    for (size_t i = 0; i < length; i++) {
        good = good && (unsigned char)city[i] >= ' ' && city[i] != 0x7F;
    }
    return good ||
           ctl_error(CTL_INPUT,
                     arena_format(ctl->arena, "城市名应为 1 至 %d 字节的 UTF-8 文字，不含控制字符",
                                  LIMIT_ID_BYTES),
                     arena_format(ctl->arena,
                                  "the name of the city is UTF-8 text of 1 to %d bytes without "
                                  "control characters",
                                  LIMIT_ID_BYTES)) == CTL_OK;
}

// awardctl's own principal has to be one of them.
static bool principal_good(struct ctl *ctl, const struct init *init, const Award__Genesis *genesis)
{
    const char *name = init->principal;
    bool there = name == NULL;
    for (size_t i = 0; i < genesis->n_principals; i++) {
        there = there || strcmp(genesis->principals[i]->name, name) == 0;
    }
    return there ||
           ctl_error(CTL_INPUT,
                     arena_format(ctl->arena, "--default：首批人员中没有 %s；请用其中一人", name),
                     arena_format(ctl->arena,
                                  "--default: %s is none of the first people; name one of them",
                                  name)) == CTL_OK;
}

int init_start_wrong(void)
{
    return ctl_error(CTL_USAGE, "--start 应为 2018-01-02T09:00:00+08:00 这样的时刻",
                     "--start is a moment such as 2018-01-02T09:00:00+08:00");
}

static bool clock_add(struct ctl *ctl, const struct init *init, Award__Genesis *genesis)
{
    genesis->has_manual_clock = 1;
    genesis->manual_clock = init->clock != NULL && strcmp(init->clock, "manual") == 0;
    if (!genesis->manual_clock) {
        return init->start == NULL ||
               ctl_error(CTL_USAGE, "--start 只用于演练库；请加 --clock manual",
                         "--start is for a rehearsal; add --clock manual") == CTL_OK;
    }
    genesis->start = arena_alloc(ctl->arena, sizeof(*genesis->start));
    award__moment__init(genesis->start);
    genesis->start->has_ms = 1;
    genesis->start->ms = (int64_t)time(NULL) * 1000;
    if (init->start != NULL &&
        !moment_parse(init->start, strlen(init->start), &genesis->start->ms)) {
        return init_start_wrong() == CTL_OK;
    }
    return true;
}

// What awardd would refuse of it is said before anything is written.
static bool genesis_good(struct ctl *ctl, const Award__Genesis *genesis)
{
    struct codec_error error;
    return codec_check(&genesis->base, ctl->arena, &error) ||
           ctl_error(CTL_INPUT, error.zh, error.en) == CTL_OK;
}

Award__Genesis *init_genesis(struct ctl *ctl, const struct init *init)
{
    struct rulebook rulebook;
    Award__Genesis *genesis = arena_alloc(ctl->arena, sizeof(*genesis));
    award__genesis__init(genesis);
    genesis->city = arena_string(ctl->arena, init->city);
    bool good = init_city_good(ctl, init->city) && clock_add(ctl, init, genesis) &&
                rulebook_add(ctl, init, &rulebook, genesis) && policy_add(ctl, init, genesis) &&
                calendar_add(ctl, init, genesis) && people_add(ctl, init, &rulebook, genesis) &&
                principal_good(ctl, init, genesis) && genesis_good(ctl, genesis);
    return good ? genesis : NULL;
}
