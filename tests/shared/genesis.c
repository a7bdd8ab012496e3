// genesis - the first entry of a database for tests
#include "tests/shared/genesis.h"

#include "common/time.h"
#include "settings/calendar_file.h"
#include "settings/digest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { FILE_BYTES = 64 * 1024 };

static char *file_text(struct arena *arena, const char *name, size_t *length)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/rulebooks/%s", SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    char *text = arena_alloc(arena, FILE_BYTES);
    *length = fread(text, 1, FILE_BYTES - 1, file);
    (void)fclose(file);
    return text;
}

static char *digest_text(struct arena *arena, const char *text, size_t length)
{
    char *digest = arena_alloc(arena, DIGEST_TEXT_BYTES);
    digest_of(text, length, digest);
    return digest;
}

static void texts_fill(struct arena *arena, Award__Genesis *genesis)
{
    size_t length;
    genesis->rulebook = arena_alloc(arena, sizeof(*genesis->rulebook));
    award__rulebook_loaded__init(genesis->rulebook);
    genesis->rulebook->text = file_text(arena, "chongqing-2015.yaml", &length);
    genesis->rulebook->digest = digest_text(arena, genesis->rulebook->text, length);
    genesis->alert_policy = arena_alloc(arena, sizeof(*genesis->alert_policy));
    award__alert_policy_loaded__init(genesis->alert_policy);
    genesis->alert_policy->text = file_text(arena, "alerts.yaml", &length);
    genesis->alert_policy->digest = digest_text(arena, genesis->alert_policy->text, length);
    struct settings_error error;
    const char *text = file_text(arena, "cn-holidays.tsv", &length);
    cr_assert(calendar_file_read(text, length, "notices", arena, &genesis->calendars,
                                 &genesis->n_calendars, &error),
              "%zu: %s", error.line, error.en);
}

static void principal_add(struct arena *arena, Award__Genesis *genesis, const char *name,
                          Award__Role__Name role, const char *scope)
{
    Award__PrincipalEnrolled *one = arena_alloc(arena, sizeof(*one));
    award__principal_enrolled__init(one);
    one->name = arena_string(arena, name);
    one->has_role = 1;
    one->role = role;
    one->scope = scope != NULL ? arena_string(arena, scope) : NULL;
    one->full_name = one->name;
    genesis->principals[genesis->n_principals++] = one;
}

static void principals_fill(struct arena *arena, Award__Genesis *genesis)
{
    static const struct {
        const char *name;
        Award__Role__Name role;
        const char *scope;
    } first[] = {
        {"office",              AWARD__ROLE__NAME__office,                NULL              },
        {"government",          AWARD__ROLE__NAME__government,            NULL              },
        {"bureau",              AWARD__ROLE__NAME__bureau,                NULL              },
        {"review-committee",    AWARD__ROLE__NAME__review_committee,      NULL              },
        {"selection-committee", AWARD__ROLE__NAME__selection_committee,   NULL              },
        {"supervision",         AWARD__ROLE__NAME__supervision_committee, NULL              },
        {"public",              AWARD__ROLE__NAME__public,                NULL              },
        {"admin",               AWARD__ROLE__NAME__administrator,         NULL              },
        {"worker-scoring",      AWARD__ROLE__NAME__worker_scoring,        NULL              },
        {"worker-notification", AWARD__ROLE__NAME__worker_notification,   NULL              },
        {"worker-revocation",   AWARD__ROLE__NAME__worker_revocation,     NULL              },
        {"bureau-500112",       AWARD__ROLE__NAME__district_bureau,       "500112"          },
        {"ent-a",               AWARD__ROLE__NAME__enterprise,            GENESIS_ENTERPRISE},
    };
    genesis->principals = arena_alloc(arena, 64 * sizeof(*genesis->principals));
    for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
        principal_add(arena, genesis, first[i].name, first[i].role, first[i].scope);
    }
    for (int i = 1; i <= 12; i++) {
        principal_add(arena, genesis, arena_format(arena, "reviewer-%02d", i),
                      AWARD__ROLE__NAME__reviewer, NULL);
    }
}

Award__Genesis *genesis_make(struct arena *arena)
{
    Award__Genesis *genesis = arena_alloc(arena, sizeof(*genesis));
    award__genesis__init(genesis);
    genesis->city = arena_string(arena, "重庆");
    genesis->has_manual_clock = 1;
    genesis->manual_clock = 1;
    genesis->start = arena_alloc(arena, sizeof(*genesis->start));
    award__moment__init(genesis->start);
    genesis->start->has_ms = 1;
    static const char start[] = "2018-01-02T09:00:00+08:00";
    cr_assert(moment_parse(start, strlen(start), &genesis->start->ms));
    texts_fill(arena, genesis);
    principals_fill(arena, genesis);
    return genesis;
}
