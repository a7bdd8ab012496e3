// import_office - what an import asks the coordinator, each thing once
#include "clients/ctl/import_office.h"

#include "clients/ctl/show.h"
#include "common/codec.h"
#include "settings/rulebook_file.h"

#include <assert.h>
#include <string.h>

struct known_rulebook {
    struct known_rulebook *next;
    const char *cycle;               // NULL: that in force
    const struct rulebook *rulebook; // NULL: there is none
};

struct asked {
    struct import_office office;
    struct ctl *ctl;
    struct known_rulebook *rulebooks;
    const char **reviewers;
    size_t reviewers_count;
};

// The reply is large beside what is kept of it.
static const Award__Enterprise *enterprise_ask(void *context, const char *code)
{
    const struct asked *asked = context;
    struct ctl scratch = *asked->ctl;
    scratch.arena = arena_create();
    Award__QueryEnterprise query = AWARD__QUERY_ENTERPRISE__INIT;
    query.enterprise = arena_string(scratch.arena, code);
    const Award__QueryReply *reply = show_try(&scratch, AWARD__QUERY__BODY_ENTERPRISE, &query.base);
    const Award__Enterprise *found = NULL;
    if (reply != NULL && reply->enterprise->enterprise != NULL) {
        found = (const Award__Enterprise *)codec_copy(&reply->enterprise->enterprise->base,
                                                      asked->ctl->arena);
    }
    arena_destroy(scratch.arena);
    return found;
}

static const struct rulebook *rulebook_fetch(struct ctl *ctl, const char *cycle)
{
    Award__QueryRulebook query = AWARD__QUERY_RULEBOOK__INIT;
    query.cycle = cycle != NULL ? arena_string(ctl->arena, cycle) : NULL;
    const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_RULEBOOK, &query.base);
    struct settings_error error;
    struct rulebook *rulebook = arena_alloc(ctl->arena, sizeof(*rulebook));
    bool good = reply != NULL && reply->rulebook->text != NULL &&
                rulebook_recorded_read(reply->rulebook->text, strlen(reply->rulebook->text),
                                       rulebook, &error);
    return good ? rulebook : NULL;
}

static bool same(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

static const struct rulebook *rulebook_ask(void *context, const char *cycle)
{
    struct asked *asked = context;
    for (struct known_rulebook *known = asked->rulebooks; known != NULL; known = known->next) {
        if (same(known->cycle, cycle)) {
            return known->rulebook;
        }
    }
    struct known_rulebook *known = arena_alloc(asked->ctl->arena, sizeof(*known));
    known->cycle = cycle != NULL ? arena_string(asked->ctl->arena, cycle) : NULL;
    known->rulebook = rulebook_fetch(asked->ctl, cycle);
    known->next = asked->rulebooks;
    asked->rulebooks = known;
    return known->rulebook;
}

static void reviewers_fetch(struct asked *asked)
{
    Award__QueryPrincipals query = AWARD__QUERY_PRINCIPALS__INIT;
    const Award__QueryReply *reply =
        show_try(asked->ctl, AWARD__QUERY__BODY_PRINCIPALS, &query.base);
    size_t rows = reply != NULL ? reply->principals->n_rows : 0;
    asked->reviewers = arena_alloc(asked->ctl->arena, (rows + 1) * sizeof(char *));
    for (size_t i = 0; i < rows; i++) {
        const Award__Principal *principal = reply->principals->rows[i]->principal;
        if (principal != NULL && principal->role == AWARD__ROLE__NAME__reviewer) {
            asked->reviewers[asked->reviewers_count++] = principal->name;
        }
    }
}

static const char *const *reviewers_ask(void *context, size_t *count)
{
    struct asked *asked = context;
    if (asked->reviewers == NULL) {
        reviewers_fetch(asked);
    }
    *count = asked->reviewers_count;
    return asked->reviewers;
}

const struct import_office *import_office_open(struct ctl *ctl, int *status)
{
    if (!ctl->settings_read) {
        *status = ctl_error(CTL_INPUT, "找不到 awardctl.yaml；请用 --home 指明目录",
                            "there is no awardctl.yaml; name its directory with --home");
        return NULL;
    }
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    if (show_ask(ctl, AWARD__QUERY__BODY_STATUS, &query.base, status) == NULL) {
        return NULL;
    }
    struct asked *asked = arena_alloc(ctl->arena, sizeof(*asked));
    asked->ctl = ctl;
    asked->office = (struct import_office){asked, enterprise_ask, rulebook_ask, reviewers_ask};
    return &asked->office;
}
