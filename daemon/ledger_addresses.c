// ledger_addresses - addresses never reach an entry
//
// Before anything is decided the addresses of an address_changed are tested, and a salted digest is
// put in the place of each; salt and address are kept beside the journal if the event is not
// rejected. The same event sent again must be known as the same: its digests are made with the
// salts of the first time. Where an address was erased since, nobody can tell any more whether it
// is the same, so that what is on record is taken for it. What servers say of a delivery comes back
// with their addresses masked.
#include "daemon/ledger_private.h"

#include "common/log.h"
#include "common/reply_mask.h"
#include "daemon/address_form.h"
#include "rules/record.h"

#include <string.h>

struct sealed {
    char digest[PERSONAL_DIGEST_BYTES];
    uint8_t salt[PERSONAL_SALT_BYTES];
    const char *address;
};

const char *ledger_address(const struct ledger *ledger, const char *digest, struct arena *arena)
{
    const char *address = NULL;
    if (!personal_find(journal_personal(ledger->journal), digest, arena, NULL, &address)) {
        log_say(SAY_ADDRESS_UNREADABLE, .digest = digest);
        return NULL;
    }
    return address;
}

// ---- What was recorded under the event's name

static const Award__AddressChanged *recorded_find(const struct ledger *ledger,
                                                  const struct view *view,
                                                  const Award__Event *event, struct arena *arena)
{
    struct receipt receipt;
    if (receipt_find(view, event->principal, event->id, arena, &receipt) != VIEW_FOUND) {
        return NULL;
    }
    const Award__Entry *entry = ledger_read(ledger, receipt.entry, arena, NULL);
    return entry != NULL && entry->event->body_case == AWARD__EVENT__BODY_ADDRESS_CHANGED
               ? entry->event->address_changed
               : NULL;
}

static const char *recorded_digest(const Award__AddressChanged *recorded, size_t index)
{
    return recorded != NULL && index < recorded->n_addresses ? recorded->addresses[index]->digest
                                                             : NULL;
}

// ---- What servers repeat

// The text in which a worker reports what a server said; NULL of other events.
static char **server_text(const Award__Event *event)
{
    switch ((int)event->body_case) {
    case AWARD__EVENT__BODY_MESSAGE_DELIVERED:
        return &event->message_delivered->reply;
    case AWARD__EVENT__BODY_MESSAGE_FAILED:
        return &event->message_failed->reply;
    case AWARD__EVENT__BODY_TASK_FAILED:
        return &event->task_failed->reason;
    default:
        return NULL;
    }
}

// ---- Sealing

static Award__Answer *address_wrong(const struct ledger *ledger, const Award__Event *event,
                                    const Award__AddressChanged__Address *address,
                                    struct arena *arena)
{
    const ProtobufCEnumValue *channel =
        address->has_channel ? protobuf_c_enum_descriptor_get_value(
                                   &award__channel__name__descriptor, (int)address->channel)
                             : NULL;
    if (channel == NULL) {
        return ledger_answer_rejected(ledger, event, "bad_address", "form",
                                      "联系方式缺少渠道（channel）；请补充后重新提交。",
                                      "An address lacks its channel; add it and send the event "
                                      "again.",
                                      arena);
    }
    return ledger_answer_rejected(
        ledger, event, "bad_address", "form",
        arena_format(arena, "渠道 %s 的地址应为%s，不接受摘要；请改正后重新提交。", channel->name,
                     address_form_zh(address->channel)),
        arena_format(arena,
                     "The address for %s should be %s, and no digest; correct it and send the "
                     "event again.",
                     channel->name, address_form_en(address->channel)),
        arena);
}

// A digest comes from outside only where an event is sent as it was exported.
static bool address_good(const Award__AddressChanged__Address *address, const char *before)
{
    if (!address->has_channel) {
        return false;
    }
    if (address->digest != NULL) {
        return address->address == NULL && before != NULL;
    }
    if (address->address == NULL) {
        return address->channel == AWARD__CHANNEL__NAME__spool;
    }
    return *address->address == '\0' || address_form_good(address->channel, address->address);
}

static void address_seal(const struct ledger *ledger, Award__AddressChanged__Address *address,
                         const char *before, struct arena *arena, struct sealing *sealing)
{
    struct sealed *sealed = &sealing->list[sealing->count];
    const struct personal *personal = journal_personal(ledger->journal);
    sealed->address = address->address;
    address->address = NULL;
    if (before != NULL && !personal_find(personal, before, arena, sealed->salt, NULL)) {
        address->digest = arena_string(arena, before); // erased
        return;
    }
    if (before == NULL) {
        personal_salt(sealed->salt);
    }
    personal_digest(sealed->address, sealed->salt, sealed->digest);
    address->digest = arena_string(arena, sealed->digest);
    sealing->count++;
}

Award__Answer *addresses_seal(const struct ledger *ledger, const struct view *view,
                              Award__Event *event, struct arena *arena, struct sealing *sealing)
{
    *sealing = (struct sealing){NULL, 0};
    char **said = server_text(event);
    if (said != NULL && *said != NULL) {
        *said = reply_mask(*said, arena);
    }
    if (event->body_case != AWARD__EVENT__BODY_ADDRESS_CHANGED) {
        return NULL;
    }
    Award__AddressChanged *changed = event->address_changed;
    const Award__AddressChanged *recorded = recorded_find(ledger, view, event, arena);
    sealing->list = arena_alloc(arena, (changed->n_addresses + 1) * sizeof(*sealing->list));
    for (size_t i = 0; i < changed->n_addresses; i++) {
        Award__AddressChanged__Address *address = changed->addresses[i];
        const char *before = recorded_digest(recorded, i);
        if (!address_good(address, before)) {
            return address_wrong(ledger, event, address, arena);
        }
        if (address->address != NULL && *address->address != '\0') {
            address_seal(ledger, address, before, arena, sealing);
        }
    }
    return NULL;
}

// ---- Keeping and erasing

static const Award__Person *person_before(const struct ledger *ledger, const char *name)
{
    const struct view *view = ledger_view(ledger);
    struct bytes key = record_key(ledger->group.arena, AWARD__CHANGE__RECORD_PERSON, name);
    struct bytes value;
    return view->get(view, key, ledger->group.arena, &value) == VIEW_FOUND
               ? (const Award__Person *)codec_unpack_trusted(&award__person__descriptor, value,
                                                             ledger->group.arena)
               : NULL;
}

bool ledger_address_of(const Award__Person *person, const char *digest)
{
    for (size_t i = 0; i < person->n_addresses; i++) {
        const char *one = person->addresses[i]->digest;
        if (one != NULL && strcmp(one, digest) == 0) {
            return true;
        }
    }
    return false;
}

static void replaced_erase(struct ledger *ledger, const Award__Person *person)
{
    const Award__Person *before = person_before(ledger, person->person);
    for (size_t i = 0; before != NULL && i < before->n_addresses; i++) {
        const char *digest = before->addresses[i]->digest;
        if (digest != NULL && !ledger_address_of(person, digest)) {
            personal_erase(journal_personal(ledger->journal), digest);
        }
    }
}

void addresses_settle(struct ledger *ledger, const Award__Decision *decision,
                      const struct sealing *sealing)
{
    for (size_t i = 0; i < decision->n_changes; i++) {
        if (decision->changes[i]->record_case == AWARD__CHANGE__RECORD_PERSON) {
            replaced_erase(ledger, decision->changes[i]->person);
        }
    }
    for (size_t i = 0; i < sealing->count; i++) {
        const struct sealed *sealed = &sealing->list[i];
        personal_put(journal_personal(ledger->journal), sealed->digest, sealed->salt,
                     sealed->address);
    }
}
