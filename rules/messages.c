// messages - what is sent to people, and who they are
//
// A message is one thing sent to one person at one time. Its identity is recipient, moment and a
// number, so that it is the same in every run. Alerts of one moment share a message; the others go
// out one by one, sealed at once.
#include "rules/messages.h"

#include "common/time.h"
#include "rules/lineage.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

static Award__Message *message_begin(struct deciding *d, const char *id, const char *recipient,
                                     Award__Template__Name template_name)
{
    Award__Message *message = NEW(d, Award__Message, award__message);
    message->message = arena_string(d->arena, id);
    message->recipient = arena_string(d->arena, recipient);
    message->channel = arena_string(d->arena, "mail");
    SET(message, template_, template_name);
    message->created = moment_make(d, d->now_ms);
    return message;
}

// The first number of this recipient and moment that is free, or still collecting where that is
// asked.
static const char *message_id(struct deciding *d, const char *recipient, bool collecting,
                              Award__Message **found)
{
    *found = NULL;
    for (unsigned ordinal = 1;; ordinal++) {
        const char *id = say(d, "%s/%s/%u", recipient, moment_text(d, d->now_ms), ordinal);
        Award__Message *message = message_get(d, id);
        if (message == NULL) {
            return id;
        }
        if (collecting && message->state == AWARD__MESSAGE__STATE__collecting) {
            *found = message;
            return id;
        }
    }
}

bool recipient_fits(struct deciding *d, const Award__Principal *principal,
                    const Award__Enterprise *enterprise)
{
    (void)d;
    switch ((int)principal->role) {
    case AWARD__ROLE__NAME__enterprise:
        return enterprise != NULL && principal->scope != NULL &&
               strcmp(principal->scope, enterprise->enterprise) == 0;
    case AWARD__ROLE__NAME__district_bureau:
        return enterprise != NULL && principal->scope != NULL && enterprise->district != NULL &&
               strcmp(principal->scope, enterprise->district) == 0;
    default:
        return true;
    }
}

bool recipient_succeeds(struct deciding *d, const Award__Principal *principal,
                        const Award__Enterprise *enterprise)
{
    return principal->role == AWARD__ROLE__NAME__enterprise && enterprise != NULL &&
           principal->scope != NULL &&
           lineage_succeeds(d, principal->scope, enterprise->enterprise);
}

// Of an honour its successors are told, too.
static bool told(struct deciding *d, const Award__Principal *principal, const Award__Case *c,
                 const Award__Enterprise *enterprise)
{
    bool honour = c != NULL && c->honour != NULL;
    return recipient_fits(d, principal, enterprise) ||
           (honour && recipient_succeeds(d, principal, enterprise));
}

static void facts_copy(struct deciding *d, Award__Message *message, const struct fact *facts)
{
    for (; facts != NULL && facts->name != NULL; facts++) {
        Award__Message__Fact *fact = NEW(d, Award__Message__Fact, award__message__fact);
        fact->name = arena_string(d->arena, facts->name);
        fact->value = arena_string(d->arena, facts->value != NULL ? facts->value : "");
        LIST_ADD(d, message, facts, fact);
    }
}

static void message_seal(struct deciding *d, const Award__Principal *recipient,
                         Award__Template__Name template_name, const Award__Case *c,
                         const struct fact *facts)
{
    Award__Message *found;
    const char *id = message_id(d, recipient->name, false, &found);
    Award__Message *message = message_begin(d, id, recipient->name, template_name);
    SET(message, state, AWARD__MESSAGE__STATE__sealed);
    message->case_ = c != NULL ? c->case_ : NULL;
    facts_copy(d, message, facts);
    message_put(d, message, d->row->article);
    task_queue(d, AWARD__TASK_KIND__NAME__deliver_message, message->message, NULL, 1, c);
}

void message_to_roles(struct deciding *d, uint32_t roles, Award__Template__Name template_name,
                      const Award__Case *c, const struct fact *facts)
{
    const Award__Enterprise *enterprise = c != NULL ? enterprise_get(d, c->enterprise) : NULL;
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    Award__Principal *principal;
    while ((principal = (Award__Principal *)record_walk_next(&walk)) != NULL) {
        if ((roles >> (unsigned)principal->role & 1U) != 0 && told(d, principal, c, enterprise)) {
            message_seal(d, principal, template_name, c, facts);
        }
    }
}

void message_to_principal(struct deciding *d, const char *name, Award__Template__Name template_name,
                          const Award__Case *c, const struct fact *facts)
{
    const Award__Principal *principal = text_blank(name) ? NULL : principal_get(d, name);
    if (principal != NULL) {
        message_seal(d, principal, template_name, c, facts);
    }
}

void message_collect_alert(struct deciding *d, Award__Alert *alert)
{
    Award__Message *message;
    const char *id = message_id(d, alert->recipient, true, &message);
    if (message == NULL) {
        message = message_begin(d, id, alert->recipient, AWARD__TEMPLATE__NAME__alerts);
        SET(message, state, AWARD__MESSAGE__STATE__collecting);
        Award__Due *due = NEW(d, Award__Due, award__due);
        due->moment = moment_make(d, d->now_ms);
        SET(due, kind, AWARD__DUE__KIND__message);
        due->subject = message->message;
        SET(due, step, 0);
        record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "policy");
    }
    alert->message = message->message;
    LIST_ADD(d, message, alerts, alert->alert);
    message_put(d, message, "policy");
}
