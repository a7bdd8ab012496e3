// doctor_ask - asks awardd how it is
//
// The first question says why there is no answer; the others are silent, for each of them is
// something that this principal may not ask.
#include "clients/ctl/doctor_private.h"

#include "clients/ctl/principals.h"
#include "clients/ctl/show.h"
#include "common/clock.h"

#include <string.h>
#include <unistd.h>

enum { STUCK_PAGES_MAX = 100 };

// ---- The connection

static void not_asked(struct doctor_facts *facts, const char *zh, const char *en)
{
    facts->answers.answering = DOCTOR_NOT_ASKED;
    facts->answers.zh = zh;
    facts->answers.en = en;
}

static bool key_ready(struct ctl *ctl, struct doctor_facts *facts, struct keyfile *key)
{
    struct settings_error error;
    if (!ctl->settings_read) {
        not_asked(facts, "awardctl.yaml 读不了", "awardctl.yaml cannot be read");
        return false;
    }
    if (ctl->principal == NULL || ctl->principal[0] == '\0') {
        not_asked(facts, "不知道以谁的名义；请加 --as 名称", "in whose name? Add --as NAME");
        return false;
    }
    const char *path = said(facts, "%s/%s.key", ctl->keys, ctl->principal);
    if (!keyfile_read(path, key, &error)) {
        not_asked(facts, arena_string(facts->arena, error.zh),
                  arena_string(facts->arena, error.en));
        return false;
    }
    return true;
}

static void silent(struct doctor_facts *facts, const struct client_error *error)
{
    facts->answers.answering = DOCTOR_SILENT;
    facts->answers.zh = arena_string(facts->arena, error->zh);
    facts->answers.en = arena_string(facts->arena, error->en);
}

static bool connected(struct ctl *ctl, struct doctor_facts *facts)
{
    struct keyfile key;
    struct client_error error;
    if (!key_ready(ctl, facts, &key)) {
        return false;
    }
    const struct client_options options = {
        .endpoint = ctl->settings.client_endpoint,
        .server_key = ctl->settings.server_public_key,
        .keys = &key.keys,
        .timeout_ms = (int)ctl->timeout_ms,
    };
    ctl->client = client_open(&options, &error); // main closes it
    if (ctl->client == NULL) {
        silent(facts, &error);
    }
    return ctl->client != NULL;
}

static void status_ask(struct ctl *ctl, struct doctor_facts *facts)
{
    struct doctor_answers *answers = &facts->answers;
    struct client_error error;
    const Award__Envelope *reply;
    Award__QueryStatus body = AWARD__QUERY_STATUS__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    Award__Envelope request = AWARD__ENVELOPE__INIT;
    query.body_case = AWARD__QUERY__BODY_STATUS;
    query.status = &body;
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = &query;
    int64_t begun_ms = clock_monotonic_ms();
    answers->asked_ms = clock_wall_ms();
    if (!client_request(ctl->client, &request, facts->arena, &reply, &error)) {
        silent(facts, &error);
        return;
    }
    answers->took_ms = clock_monotonic_ms() - begun_ms;
    if (reply->body_case != AWARD__ENVELOPE__BODY_REPLY ||
        reply->reply->body_case != AWARD__QUERY_REPLY__BODY_STATUS) {
        answers->answering = DOCTOR_SILENT;
        answers->zh = "答复与所问不符；请使用同一版本的程序";
        answers->en = "it answered something else; use programs of the same release";
        return;
    }
    answers->answering = DOCTOR_ANSWERED;
    answers->status = reply->reply->status;
}

// ---- The rest

static void health_ask(struct ctl *ctl, struct doctor_answers *answers)
{
    Award__QueryHealth query = AWARD__QUERY_HEALTH__INIT;
    const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_HEALTH, &query.base);
    if (reply != NULL) {
        answers->health = reply->health;
        answers->damaged_count = reply->n_damaged;
        answers->damaged = reply->damaged;
    }
}

static void config_ask(struct ctl *ctl, struct doctor_facts *facts)
{
    Award__QueryConfig query = AWARD__QUERY_CONFIG__INIT;
    const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_CONFIG, &query.base);
    const Award__Config *config = reply != NULL ? reply->config : NULL;
    facts->answers.config = config;
    for (size_t i = 0; config != NULL && i < config->n_rows; i++) {
        if (facts->files.data_directory == NULL &&
            strcmp(config->rows[i]->key, "data_directory") == 0 &&
            access(config->rows[i]->value, F_OK) == 0) {
            facts->files.data_directory = config->rows[i]->value;
        }
    }
}

static void check_ask(struct ctl *ctl, struct doctor_answers *answers)
{
    Award__QueryCheck query = AWARD__QUERY_CHECK__INIT;
    const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_CHECK, &query.base);
    answers->check = reply != NULL ? reply->check : NULL;
}

static void stuck_ask(struct ctl *ctl, struct doctor_answers *answers)
{
    Award__QueryStuck query = AWARD__QUERY_STUCK__INIT;
    for (int page = 0; page < STUCK_PAGES_MAX; page++) {
        const Award__QueryReply *reply = show_try(ctl, AWARD__QUERY__BODY_STUCK, &query.base);
        if (reply == NULL) {
            return;
        }
        answers->stuck_seen = true;
        answers->stuck += reply->stuck->n_rows;
        if (!reply->more || !reply->stuck->has_looked_to) {
            return;
        }
        query.has_after = 1;
        query.after = reply->stuck->looked_to;
    }
}

void doctor_ask(struct ctl *ctl, struct doctor_facts *facts)
{
    struct doctor_answers *answers = &facts->answers;
    int status;
    if (!connected(ctl, facts)) {
        return;
    }
    status_ask(ctl, facts);
    if (answers->answering != DOCTOR_ANSWERED) {
        return;
    }
    health_ask(ctl, answers);
    if (answers->health == NULL) {
        return;
    }
    config_ask(ctl, facts);
    check_ask(ctl, answers);
    stuck_ask(ctl, answers);
    answers->principals = principals_ask(ctl, &status);
}
