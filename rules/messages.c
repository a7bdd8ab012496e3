// messages - what is sent to people, and who they are
//
// A message is one thing sent to one person at one time by one channel. Its identity is recipient,
// moment and a number, so that it is the same in every run. Alerts of one moment share a message;
// the others go out one by one, sealed at once.
#include "rules/messages.h"

#include "common/time.h"
#include "rules/ladders.h"
#include "rules/lineage.h"
#include "rules/people.h"
#include "rules/principal_roles.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

enum {
    MESSAGE_ALERTS_MAX = 200, // that are listed; of the others it says that there are more
    CHANNELS_MAX = 4,
    MINUTE_MS = 60000,
};

// The channels by which somebody is told: those of his addresses, the spool where he has none.
struct channels {
    Award__Channel__Name list[CHANNELS_MAX];
    size_t count;
};

static struct channels channels_of(struct deciding *d, const char *name)
{
    struct channels channels = {.count = 0};
    const Award__Person *person = person_get(d, name);
    for (size_t i = 0; person != NULL && i < person->n_addresses && i < CHANNELS_MAX; i++) {
        channels.list[channels.count++] = person->addresses[i]->channel;
    }
    if (channels.count == 0) {
        channels.list[channels.count++] = AWARD__CHANNEL__NAME__spool;
    }
    return channels;
}

static const char *channel_name(Award__Channel__Name channel)
{
    return protobuf_c_enum_descriptor_get_value(&award__channel__name__descriptor, (int)channel)
        ->name;
}

// What is being made for one channel.
struct sending {
    const char *recipient;
    Award__Channel__Name channel;
    Award__Template__Name template_name;
    int64_t moment_ms; // when it goes out
};

static Award__Message *message_begin(struct deciding *d, const char *id,
                                     const struct sending *sending)
{
    Award__Message *message = NEW(d, Award__Message, award__message);
    message->message = arena_string(d->arena, id);
    message->recipient = arena_string(d->arena, sending->recipient);
    message->channel = arena_string(d->arena, channel_name(sending->channel));
    SET(message, template_, sending->template_name);
    message->created = moment_make(d, sending->moment_ms);
    return message;
}

// The first number of this recipient and moment that is free, or still collecting for the channel
// where that is asked.
static const char *message_id(struct deciding *d, const struct sending *sending, bool collecting,
                              Award__Message **found)
{
    *found = NULL;
    for (unsigned ordinal = 1;; ordinal++) {
        const char *id =
            say(d, "%s/%s/%u", sending->recipient, moment_text(d, sending->moment_ms), ordinal);
        Award__Message *message = message_get(d, id);
        if (message == NULL) {
            return id;
        }
        if (collecting && message->state == AWARD__MESSAGE__STATE__collecting &&
            message->template_ == sending->template_name &&
            strcmp(message->channel, channel_name(sending->channel)) == 0) {
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
           enterprise->n_successors > 0 && principal->scope != NULL &&
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

// One millisecond behind its moment, so that all that fires at that moment goes along.
int64_t message_seals_at(const Award__Message *message)
{
    return message->created->ms + 1;
}

static void seal_plan(struct deciding *d, const Award__Message *message)
{
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = moment_make(d, message_seals_at(message));
    SET(due, kind, AWARD__DUE__KIND__message);
    due->subject = message->message;
    SET(due, step, 0);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "policy");
}

void message_seal(struct deciding *d, Award__Message *message, const Award__Case *c)
{
    SET(message, state, AWARD__MESSAGE__STATE__sealed);
    message_put(d, message, d->row->article);
    task_queue(d, AWARD__TASK_KIND__NAME__deliver_message, message->message, NULL, 1, c);
}

// Sealed at once; by its row of the index where it goes out later.
static void message_make(struct deciding *d, const struct sending *sending, const Award__Case *c,
                         const struct fact *facts)
{
    Award__Message *found;
    Award__Message *message = message_begin(d, message_id(d, sending, false, &found), sending);
    message->case_ = c != NULL ? c->case_ : NULL;
    facts_copy(d, message, facts);
    if (sending->moment_ms <= d->now_ms) {
        message_seal(d, message, c);
        return;
    }
    SET(message, state, AWARD__MESSAGE__STATE__collecting);
    message_put(d, message, d->row->article);
    seal_plan(d, message);
}

// What is no alert waits for nothing but the end of quiet hours.
static void message_send(struct deciding *d, const char *recipient,
                         Award__Template__Name template_name, const Award__Case *c,
                         const struct fact *facts)
{
    struct channels channels = channels_of(d, recipient);
    int64_t moment_ms = person_not_quiet(d, recipient, d->now_ms);
    for (size_t i = 0; i < channels.count; i++) {
        const struct sending sending = {recipient, channels.list[i], template_name, moment_ms};
        message_make(d, &sending, c, facts);
    }
}

void message_to_roles(struct deciding *d, uint32_t roles, Award__Template__Name template_name,
                      const Award__Case *c, const struct fact *facts)
{
    const Award__Enterprise *enterprise = c != NULL ? enterprise_get(d, c->enterprise) : NULL;
    struct principals_walk walk = principals_of(d, roles);
    const Award__Principal *principal;
    while ((principal = principals_next(&walk)) != NULL) {
        if (told(d, principal, c, enterprise)) {
            message_send(d, principal->name, template_name, c, facts);
        }
    }
}

void message_to_principal(struct deciding *d, const char *name, Award__Template__Name template_name,
                          const Award__Case *c, const struct fact *facts)
{
    const Award__Principal *principal = text_blank(name) ? NULL : principal_get(d, name);
    if (principal != NULL) {
        message_send(d, principal->name, template_name, c, facts);
    }
}

bool message_try(struct deciding *d, const char *name, Award__Channel__Name channel)
{
    const struct fact facts[] = {
        {"person",  name                 },
        {"channel", channel_name(channel)},
        {NULL,      NULL                 },
    };
    struct channels channels = channels_of(d, name);
    for (size_t i = 0; i < channels.count; i++) {
        if (channels.list[i] == channel) {
            const struct sending sending = {name, channel, AWARD__TEMPLATE__NAME__try, d->now_ms};
            message_make(d, &sending, NULL, facts);
            return true;
        }
    }
    return false;
}

static Award__Message *message_collecting_for(struct deciding *d, const struct sending *sending)
{
    Award__Message *message;
    const char *id = message_id(d, sending, true, &message);
    if (message == NULL) {
        message = message_begin(d, id, sending);
        SET(message, state, AWARD__MESSAGE__STATE__collecting);
        seal_plan(d, message);
    }
    return message;
}

static void alert_add(struct deciding *d, Award__Message *message, Award__Alert *alert)
{
    if (list_has(message->n_alerts, message->alerts, alert->alert)) {
        return;
    }
    if (message->n_alerts < MESSAGE_ALERTS_MAX) {
        LIST_ADD(d, message, alerts, alert->alert);
        message_put(d, message, "policy");
    } else if (!message->more) {
        SET(message, more, 1);
        message_put(d, message, "policy");
    }
}

// When what can go out at this moment does, unless the recipient's hours are others.
static int64_t sent_at(struct deciding *d, const Award__Alert *alert, bool urgent,
                       int64_t moment_ms)
{
    return urgent ? moment_ms : person_hours(d, alert->recipient, moment_ms);
}

// What fires within one minute goes out together. Of many that were due at its beginning the first
// may fire on it and the others some milliseconds later: they go along while the message waits.
static Award__Message *message_of_minute(struct deciding *d, const Award__Alert *alert,
                                         Award__Channel__Name channel, bool urgent)
{
    int64_t begun_ms = d->now_ms / MINUTE_MS * MINUTE_MS;
    int64_t over_ms = begun_ms < d->now_ms ? begun_ms + MINUTE_MS : begun_ms;
    struct sending sending = {alert->recipient, channel, AWARD__TEMPLATE__NAME__alerts,
                              sent_at(d, alert, urgent, begun_ms)};
    Award__Message *message;
    (void)message_id(d, &sending, true, &message);
    if (message == NULL) {
        sending.moment_ms = sent_at(d, alert, urgent, over_ms);
        message = message_collecting_for(d, &sending);
    }
    return message;
}

void message_collect_alert(struct deciding *d, Award__Alert *alert, bool urgent)
{
    struct channels channels = channels_of(d, alert->recipient);
    for (size_t i = 0; i < channels.count; i++) {
        Award__Message *message = message_of_minute(d, alert, channels.list[i], urgent);
        if (i == 0) {
            alert->message = message->message;
        }
        alert_add(d, message, alert);
    }
}

bool message_collecting(struct deciding *d, const char *id)
{
    const Award__Message *message = id != NULL ? message_get(d, id) : NULL;
    return message != NULL && message->state == AWARD__MESSAGE__STATE__collecting;
}

// ---- What was given up

// A message lists alerts of its recipient alone.
static bool lists_open_alert(struct deciding *d, const Award__Message *message)
{
    for (size_t i = 0; i < message->n_alerts; i++) {
        const Award__Alert *alert = (const Award__Alert *)record_get(
            d, AWARD__CHANGE__RECORD_ALERT, message->recipient, message->alerts[i]);
        if (alert != NULL && alert_open(alert)) {
            return true;
        }
    }
    return false;
}

static bool waits_itself(struct deciding *d, const Award__Message *message, int32_t today)
{
    if (message->state != AWARD__MESSAGE__STATE__failed || message->acknowledged_by != NULL) {
        return false;
    }
    switch ((int)message->template_) {
    case AWARD__TEMPLATE__NAME__alerts:
        return lists_open_alert(d, message);
    case AWARD__TEMPLATE__NAME__digest:
    case AWARD__TEMPLATE__NAME__silence:
        return day_of_moment(message->created->ms) == today;
    default:
        return true;
    }
}

// The message that one of template `undeliverable` tells of; NULL where it is gone.
static const Award__Message *message_told_of(struct deciding *d, const Award__Message *message)
{
    for (size_t i = 0; i < message->n_facts; i++) {
        if (strcmp(message->facts[i]->name, "undelivered") == 0) {
            return message_get(d, message->facts[i]->value);
        }
    }
    return NULL;
}

bool message_unsettled(struct deciding *d, const Award__Message *message, int32_t today)
{
    if (!waits_itself(d, message, today)) {
        return false;
    }
    if (message->template_ != AWARD__TEMPLATE__NAME__undeliverable) {
        return true;
    }
    const Award__Message *other = message_told_of(d, message);
    return other != NULL && waits_itself(d, other, today);
}
