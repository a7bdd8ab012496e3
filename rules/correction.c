// correction - what a sender got wrong in an event that is on record (policy)
//
// The original stays as it was decided, and the correction stands beside it, wherever the original
// is shown. It decides nothing anew: what was decided rested on what was on record then, and who
// wants it changed sends the event that changes it (a supplement, a finding of liability, a tie
// decision). So the correction lists what came after the original about the same subjects, for
// those who have to look at it. It is sent by who sent the original, and takes effect once the
// supervision committee has countersigned. Its form is tested when it is sent, so that none waits
// which nobody could sign, and again when it is signed.
#include "common/limits.h"
#include "rules/decide.h"
#include "rules/form.h"
#include "rules/reading.h"

#include <string.h>

static bool name_sound(const Award__EventName *name)
{
    return !text_blank(name->principal) && !text_blank(name->id) &&
           strlen(name->principal) <= LIMIT_ID_BYTES && strlen(name->id) <= LIMIT_ID_BYTES;
}

static const Award__EventName *correction_name(const Award__Event *event)
{
    bool corrects = event->body_case == AWARD__EVENT__BODY_CORRECTION;
    const Award__EventName *name = corrects ? event->correction->event : NULL;
    return name != NULL && name_sound(name) ? name : NULL;
}

const Award__EventName *rules_corrects(const Award__Event *event, const struct view *view,
                                       struct arena *arena)
{
    if (event->body_case != AWARD__EVENT__BODY_COUNTERSIGNED) {
        return correction_name(event);
    }
    const Award__EventName *signed_name = event->countersigned->event;
    if (signed_name == NULL || !name_sound(signed_name)) {
        return NULL;
    }
    struct deciding *d = reading_over(view, arena);
    const Award__Pending *pending = (const Award__Pending *)record_get(
        d, AWARD__CHANGE__RECORD_PENDING, "countersignature",
        say(d, "%s/%s", signed_name->principal, signed_name->id));
    return pending != NULL && pending->event != NULL ? correction_name(pending->event) : NULL;
}

// ---- Whether it may be corrected

static bool same_name(const Award__Event *event, const Award__EventName *name)
{
    return event->principal != NULL && event->id != NULL &&
           strcmp(event->principal, name->principal) == 0 && strcmp(event->id, name->id) == 0;
}

static bool correctable(const Award__Event *original, const Award__EventName *name)
{
    return same_name(original, name) && original->body_case != AWARD__EVENT__BODY_CORRECTION &&
           original->body_case != AWARD__EVENT__BODY_COUNTERSIGNED &&
           original->body_case != AWARD__EVENT__BODY_COUNTERSIGN_DECLINED &&
           original->body_case != AWARD__EVENT__BODY_ADDRESS_CHANGED; // would say it in clear
}

static bool original_check(struct deciding *d)
{
    const Award__EventName *name = d->event->correction->event;
    if (!name_sound(name) || strcmp(name->principal, d->sender->name) != 0) {
        return reject(d, "not_your_event", "authority",
                      "只能更正自己提交的事件；请由原提交人更正，并写明其 principal 和 id。",
                      "Only who sent an event corrects it; name its principal and id, or have its "
                      "sender correct it.");
    }
    if (d->in->corrected == NULL) {
        return reject(
            d, "no_such_event", "order",
            say(d, "记录中没有您提交的事件 %s；请用 awardctl journal 查看编号。", name->id),
            say(d, "No event %s of yours is on record; awardctl journal shows the ids.", name->id));
    }
    if (!correctable(d->in->corrected->entry->event, name)) {
        return reject(
            d, "not_correctable", "policy",
            say(d,
                "事件 %s 是更正、复核、联系方式变更，或经复核生效的事件，不能更正；"
                "请就原事件重新更正，或提交相应的变更事件。",
                name->id),
            say(d,
                "Event %s is a correction, a countersignature or a change of addresses, or took "
                "effect by a countersignature; correct the original anew, or send the event that "
                "changes it.",
                name->id));
    }
    return true;
}

static bool bodies_equal(struct deciding *d, const Award__Event *one, const Award__Event *other)
{
    struct bytes a = codec_pack((const ProtobufCMessage *)one->database_created, d->arena);
    struct bytes b = codec_pack((const ProtobufCMessage *)other->database_created, d->arena);
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

// The form of what it should have been, as if it were sent itself.
static bool content_form(struct deciding *d, const Award__Event *content)
{
    struct deciding inner = *d;
    inner.event = content;
    inner.row = event_row(content->body_case);
    inner.body = (const ProtobufCMessage *)content->database_created; // any member
    return form_check(&inner);
}

static bool content_check(struct deciding *d)
{
    const Award__Event *content = d->event->correction->content;
    const Award__Event *original = d->in->corrected->entry->event;
    if (content->body_case != original->body_case) {
        return reject(d, "wrong_content", "form",
                      say(d, "更正的内容应为完整的“%s”事件（%s）；请补全 content。",
                          event_row(original->body_case)->zh, event_name(original->body_case)),
                      say(d, "The new content must be a whole event %s; complete `content`.",
                          event_name(original->body_case)));
    }
    if (!content_form(d, content)) {
        return false;
    }
    if (bodies_equal(d, content, original)) {
        return reject(d, "nothing_corrected", "form", "更正的内容与原事件相同；请核对 content。",
                      "The new content is that of the original; check `content`.");
    }
    return true;
}

// ---- What is kept

static void followers_list(struct deciding *d, Award__Corrected *corrected)
{
    const struct rules_corrected *found = d->in->corrected;
    for (size_t i = 0; i < found->later_count; i++) {
        const Award__Event *event = found->later[i]->event;
        Award__Corrected__Follower *follower =
            NEW(d, Award__Corrected__Follower, award__corrected__follower);
        follower->event = NEW(d, Award__EventName, award__event_name);
        follower->event->principal = event->principal;
        follower->event->id = event->id;
        follower->name = arena_string(d->arena, event_name(event->body_case));
        LIST_ADD(d, corrected, followers, follower);
    }
    SET(corrected, more, found->more);
}

static Award__Event *content_make(struct deciding *d)
{
    const Award__Correction *e = d->event->correction;
    Award__Event *content = NEW(d, Award__Event, award__event);
    content->principal = e->event->principal;
    content->id = e->event->id;
    content->body_case = e->content->body_case;
    content->database_created = e->content->database_created; // any member
    return content;
}

bool correction_check(struct deciding *d)
{
    return original_check(d) && content_check(d);
}

// decision 28
bool decide_correction(struct deciding *d)
{
    const Award__Correction *e = d->event->correction;
    if (!correction_check(d)) {
        return false;
    }
    const Award__Decision *original = d->in->corrected->entry->decision;
    Award__Corrected *corrected = NEW(d, Award__Corrected, award__corrected);
    corrected->original = say(d, "%s/%s", e->event->principal, e->event->id);
    corrected->correction = say(d, "%s/%s", d->event->principal, d->event->id);
    corrected->content = content_make(d);
    corrected->reason = e->reason;
    corrected->on = day_make(d, d->today);
    corrected->case_ = original->case_;
    followers_list(d, corrected);
    record_put(d, AWARD__CHANGE__RECORD_CORRECTION, &corrected->base, "policy");
    for (size_t i = 0; i < original->n_concerns; i++) {
        concerns(d, original->concerns[i]);
    }
    d->decision->case_ = original->case_;
    return true;
}
