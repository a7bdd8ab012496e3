// init_kept - what a repeated `init` is given, and an office that is there has otherwise
//
// Nothing is changed. Each value that was given is compared with the one that the office was made
// with: with genesis.json, with awardd.yaml, with awardctl.yaml. What is not the same is said with
// both values and the way to change it, for what stands in genesis.json is entry 1 for good.
#include "clients/ctl/init.h"

#include "common/codec.h"
#include "common/limits.h"
#include "common/time.h"
#include "rules/events.h"
#include "settings/daemon_file.h"
#include "settings/digest.h"
#include "settings/file_text.h"
#include "settings/people_file.h"

#include <string.h>
#include <unistd.h>

enum kept_option {
    KEPT_CITY,
    KEPT_RULEBOOK,
    KEPT_CALENDAR,
    KEPT_ALERTS,
    KEPT_PEOPLE,
    KEPT_CLOCK,
    KEPT_START,
    KEPT_LISTEN,
    KEPT_DEFAULT,
};

// How it is changed.
static const struct {
    const char *option;
    const char *zh;
    const char *en;
} ROWS[] = {
    [KEPT_CITY] = {"--city",     "城市不能更改；请在另一个目录另建",
                   "the city of a database never changes: make another office in another "
                   "directory"                                                                                                                 },
    [KEPT_RULEBOOK] = {"--rulebook", "请用 awardctl rulebook load 文件，供以后开启的年度使用",
                   "use awardctl rulebook load FILE, for cycles that are opened from then on"                                                  },
    [KEPT_CALENDAR] = {"--calendar", "请用 awardctl calendar add 或 calendar import",
                   "use awardctl calendar add or calendar import"                                                                              },
    [KEPT_ALERTS] = {"--alerts",   "请用 awardctl policy load 文件",                                          "use awardctl policy load FILE"},
    [KEPT_PEOPLE] = {"--people",   "请用 awardctl send principal_enrolled 和 key_enrolled 登记",
                   "enrol people with awardctl send principal_enrolled and key_enrolled"                                                       },
    [KEPT_CLOCK] = {"--clock",    "演练库与正式库不能互换；请在另一个目录另建",
                   "a rehearsal never becomes real, nor the other way round: make another office "
                    "in another directory"                                                                                                     },
    [KEPT_START] = {"--start",    "请用 awardctl clock set 把时钟往后拨",
                   "move the clock forward with awardctl clock set"                                                                            },
    [KEPT_LISTEN] = {"--listen",
                   "请修改 awardd.yaml 和 awardctl.yaml 中的三个连接处，然后重新启动 awardd",
                   "change the three endpoints in awardd.yaml and awardctl.yaml, then restart "
                     "awardd"                                                                                                                  },
    [KEPT_DEFAULT] = {"--default",  "请修改 awardctl.yaml 中的 default_principal，或每次加 --as",
                   "change default_principal in awardctl.yaml, or add --as each time"                                                          },
};

struct kept {
    struct ctl *ctl;
    const struct init *init;
    const struct init_place *place;
    const Award__Genesis *genesis;
    int status;
};

static void differ(struct kept *kept, enum kept_option which, const char *given, const char *there)
{
    struct arena *arena = kept->ctl->arena;
    const char *option = ROWS[which].option;
    kept->status = ctl_error(
        CTL_DIFFERENT,
        arena_format(arena, "%s 与现有的不同，未作更改：所给 %s，现有 %s。%s", option, given, there,
                     ROWS[which].zh),
        arena_format(arena,
                     "%s is not what is there, and nothing was changed: given %s, kept %s; "
                     "%s",
                     option, given, there, ROWS[which].en));
}

static void text_compare(struct kept *kept, enum kept_option which, const char *given,
                         const char *there)
{
    if (given != NULL && strcmp(given, there != NULL ? there : "") != 0) {
        differ(kept, which, given, there != NULL ? there : "-");
    }
}

// ---- Files that are in the genesis

// False where none was given, or it has said why it cannot be read.
static bool file_given(struct kept *kept, const char *path, const char **text, size_t *length)
{
    struct settings_error error;
    if (path == NULL) {
        return false;
    }
    if (!file_text_read(path, LIMIT_LINE_BYTES, kept->ctl->arena, text, length, &error)) {
        kept->status = ctl_file_error(path, &error);
        return false;
    }
    return true;
}

static void file_compare(struct kept *kept, enum kept_option which, const char *path,
                         const char *there)
{
    char digest[DIGEST_TEXT_BYTES];
    const char *text;
    size_t length;
    if (!file_given(kept, path, &text, &length)) {
        return;
    }
    digest_of(text, length, digest);
    if (there == NULL || strcmp(digest, there) != 0) {
        differ(kept, which, arena_format(kept->ctl->arena, "%s (SHA-256 %s)", path, digest),
               arena_format(kept->ctl->arena, "SHA-256 %s", there != NULL ? there : "-"));
    }
}

// As one line; "-" where there is nobody.
static const char *person_text(struct kept *kept, const Award__PrincipalEnrolled *person)
{
    return person != NULL ? codec_to_json(&person->base, CODEC_JSON_LINE, kept->ctl->arena) : "-";
}

// The first who is not the same is named.
static void people_compare(struct kept *kept)
{
    const char *path = kept->init->people;
    const Award__Genesis *genesis = kept->genesis;
    const char *text;
    size_t length;
    Award__PrincipalEnrolled **people;
    size_t count;
    struct settings_error error;
    if (!file_given(kept, path, &text, &length)) {
        return;
    }
    if (!people_file_read(text, length, kept->ctl->arena, &people, &count, &error)) {
        kept->status = ctl_file_error(path, &error);
        return;
    }
    for (size_t i = 0; i < count || i < genesis->n_principals; i++) {
        const char *given = person_text(kept, i < count ? people[i] : NULL);
        const char *there =
            person_text(kept, i < genesis->n_principals ? genesis->principals[i] : NULL);
        if (strcmp(given, there) != 0) {
            differ(kept, KEPT_PEOPLE, arena_format(kept->ctl->arena, "%s %s", path, given), there);
            return;
        }
    }
}

// ---- The clock

static void clock_compare(struct kept *kept)
{
    const struct init *init = kept->init;
    const Award__Genesis *genesis = kept->genesis;
    text_compare(kept, KEPT_CLOCK, init->clock, genesis->manual_clock ? "manual" : "system");
    if (init->start == NULL || genesis->start == NULL) {
        return;
    }
    int64_t start_ms;
    if (!moment_parse(init->start, strlen(init->start), &start_ms)) {
        kept->status = init_start_wrong();
    } else if (start_ms != genesis->start->ms) {
        differ(kept, KEPT_START, init->start, ctl_moment(kept->ctl, genesis->start));
    }
}

// ---- The two configurations

static void listen_compare(struct kept *kept)
{
    struct daemon_file *file = arena_alloc(kept->ctl->arena, sizeof(*file));
    const char *path = kept->place->daemon_config;
    const char *text;
    size_t length;
    struct settings_error error;
    if (kept->init->listen == NULL || !file_given(kept, path, &text, &length)) {
        return;
    }
    if (!daemon_file_read(text, length, path, file, &error)) {
        kept->status = ctl_file_error(path, &error);
        return;
    }
    text_compare(kept, KEPT_LISTEN, init_client_endpoint(kept->ctl, kept->init, kept->place),
                 file->client_endpoint);
}

static void default_compare(struct kept *kept)
{
    struct client_file *file = arena_alloc(kept->ctl->arena, sizeof(*file));
    const char *path = kept->place->client_config;
    const char *text;
    size_t length;
    struct settings_error error;
    if (kept->init->principal == NULL || !file_given(kept, path, &text, &length)) {
        return;
    }
    if (!client_file_read(text, length, path, file, &error)) {
        kept->status = ctl_file_error(path, &error);
        return;
    }
    text_compare(kept, KEPT_DEFAULT, kept->init->principal, file->default_principal);
}

static const Award__Genesis *genesis_read(struct kept *kept)
{
    const char *path = kept->place->genesis;
    const char *text;
    size_t length;
    struct codec_error error;
    if (!file_given(kept, path, &text, &length)) {
        return NULL;
    }
    const Award__Genesis *genesis = (const Award__Genesis *)codec_from_json(
        &award__genesis__descriptor, text, length, kept->ctl->arena, &error);
    if (genesis == NULL) {
        kept->status =
            ctl_error(CTL_INPUT, arena_format(kept->ctl->arena, "%s：%s", path, error.zh),
                      arena_format(kept->ctl->arena, "%s: %s", path, error.en));
    }
    return genesis;
}

static void genesis_compare(struct kept *kept)
{
    const struct init *init = kept->init;
    const Award__Genesis *genesis = kept->genesis = genesis_read(kept);
    if (genesis == NULL) {
        return;
    }
    text_compare(kept, KEPT_CITY, init->city, genesis->city);
    file_compare(kept, KEPT_RULEBOOK, init->rulebook,
                 genesis->rulebook != NULL ? genesis->rulebook->digest : NULL);
    file_compare(kept, KEPT_CALENDAR, init->calendar,
                 genesis->n_calendars > 0 ? genesis->calendars[0]->digest : NULL);
    file_compare(kept, KEPT_ALERTS, init->alerts,
                 genesis->alert_policy != NULL ? genesis->alert_policy->digest : NULL);
    people_compare(kept);
    clock_compare(kept);
}

static bool anything_given(const struct init *init)
{
    return init->city != NULL || init->rulebook != NULL || init->calendar != NULL ||
           init->alerts != NULL || init->people != NULL || init->clock != NULL ||
           init->start != NULL;
}

// What the office was made with stands in its database alone.
static int uncompared(struct kept *kept)
{
    const char *path = kept->place->genesis;
    return ctl_error(
        CTL_DIFFERENT,
        arena_format(kept->ctl->arena,
                     "%s 不在，所给的无从核对，未作更改；现有的请用 awardctl status 查看", path),
        arena_format(kept->ctl->arena,
                     "%s is gone: what was given cannot be compared, and nothing was changed; "
                     "awardctl status shows what there is",
                     path));
}

int init_kept(struct ctl *ctl, const struct init *init, const struct init_place *place)
{
    struct kept kept = {.ctl = ctl, .init = init, .place = place, .status = CTL_OK};
    if (access(place->genesis, F_OK) == 0) {
        genesis_compare(&kept);
    } else if (anything_given(init)) {
        kept.status = uncompared(&kept);
    }
    listen_compare(&kept);
    default_compare(&kept);
    return kept.status;
}
