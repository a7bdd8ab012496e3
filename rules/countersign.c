// countersign - the second person's signature, wherever the events table asks for one
//
// What waits is on record and without effect. A signature decides it now, by what is on record now;
// if it is rejected now, so is the signature, and it waits on. A refusal to sign ends it.
#include "rules/decide.h"

#include <string.h>

static Award__Pending *pending_load(struct deciding *d, const Award__EventName *name)
{
    Award__Pending *pending = NULL;
    if (!text_blank(name->principal) && !text_blank(name->id)) {
        pending = (Award__Pending *)record_get(d, AWARD__CHANGE__RECORD_PENDING, "countersignature",
                                               say(d, "%s/%s", name->principal, name->id));
    }
    if (pending == NULL) {
        (void)reject(d, "not_pending", "order",
                     "没有等待复核的这一事件；可能已经复核，请核对提交人和编号。",
                     "No such event waits for a countersignature; it may be signed already, check "
                     "principal and id.");
    }
    return pending;
}

static bool signer_check(struct deciding *d, const Award__Event *event)
{
    if (strcmp(d->sender->name, event->principal) == 0) {
        return reject(d, "same_person", "authority", "复核人不能是提交人本人；请由另一人复核。",
                      "The one who signs must be another than the one who sent it.");
    }
    const struct event_row *row = event_row(event->body_case);
    if (row == NULL || (row->countersign >> (unsigned)d->sender->role & 1U) == 0) {
        return reject(d, "not_authorised", "authority",
                      say(d, "%s（%s）无权复核此事件。", d->sender->name, role_zh(d->sender->role)),
                      say(d, "%s (%s) may not countersign this event.", d->sender->name,
                          role_name(d->sender->role)));
    }
    return true;
}

static void pending_remove(struct deciding *d, const Award__Pending *pending)
{
    record_remove(d, "policy", AWARD__CHANGE__RECORD_PENDING, pending->waits_for, pending->subject);
}

bool decide_countersigned(struct deciding *d)
{
    Award__EventName *name = d->event->countersigned->event;
    Award__Pending *pending = pending_load(d, name);
    if (pending == NULL || !signer_check(d, pending->event)) {
        return false;
    }
    Award__Principal *sender = principal_get(d, pending->event->principal);
    if (sender == NULL) {
        return reject(
            d, "no_such_principal", "authority",
            say(d, "提交人 %s 已不在册；请不予复核。", pending->event->principal),
            say(d, "Its sender %s is no longer enrolled; decline it.", pending->event->principal));
    }
    pending_remove(d, pending);
    if (!decide_instead(d, pending->event, sender)) {
        return false;
    }
    d->decision->settles = name;
    return true;
}

bool decide_countersign_declined(struct deciding *d)
{
    Award__EventName *name = d->event->countersign_declined->event;
    Award__Pending *pending = pending_load(d, name);
    if (pending == NULL || !signer_check(d, pending->event)) {
        return false;
    }
    pending_remove(d, pending);
    d->decision->settles = name;
    return true;
}
