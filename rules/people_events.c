// people_events - the roster, leave and addresses as they are reported (policy)
//
// The office keeps the roster. Of his leave and his addresses everybody reports himself, and the
// office for anyone. What ended before today is dropped when something new comes, so that the lists
// stay short; the journal keeps it.
#include "rules/decide.h"
#include "rules/messages.h"
#include "rules/morning.h"
#include "rules/people.h"

#include "common/limits.h"

#include <string.h>

enum { DIGEST_CHARACTERS = 64 };

// ---- Whom it is about

// Workers and the public are nobody's colleagues: nothing is sent to them.
static bool is_person(const Award__Principal *principal)
{
    switch ((int)principal->role) {
    case AWARD__ROLE__NAME__worker_scoring:
    case AWARD__ROLE__NAME__worker_notification:
    case AWARD__ROLE__NAME__worker_revocation:
    case AWARD__ROLE__NAME__coordinator:
    case AWARD__ROLE__NAME__public:
        return false;
    default:
        return true;
    }
}

// NULL and a rejection where he is nobody who could be told.
static const Award__Principal *colleague(struct deciding *d, const char *name)
{
    const Award__Principal *principal = principal_get(d, name);
    if (principal == NULL) {
        (void)reject(d, "no_such_principal", "order", say(d, "没有登记过 %s；请先登记。", name),
                     say(d, "%s is not enrolled; enrol the person first.", name));
        return NULL;
    }
    if (!is_person(principal)) {
        (void)reject(d, "not_a_person", "policy",
                     say(d, "%s（%s）不是工作人员，不能值班、请假或登记联系方式；请写人员的标识。",
                         name, role_zh(principal->role)),
                     say(d, "%s (%s) is nobody on the staff; name a person.", name,
                         role_name(principal->role)));
        return NULL;
    }
    return principal;
}

// The sender where nobody is named; another only from the office.
static const Award__Principal *himself(struct deciding *d, const char *name)
{
    if (text_blank(name)) {
        return colleague(d, d->sender->name);
    }
    if (strcmp(name, d->sender->name) != 0 && d->sender->role != AWARD__ROLE__NAME__office) {
        (void)reject(
            d, "not_about_you", "authority",
            say(d, "%s 只能登记自己的请假和联系方式；他人的请由办公室登记。", d->sender->name),
            say(d,
                "%s may report leave and addresses of his own only; ask the office to "
                "enter those of others.",
                d->sender->name));
        return NULL;
    }
    return colleague(d, name);
}

static Award__Person *person_of(struct deciding *d, const Award__Principal *principal)
{
    Award__Person *person = person_get(d, principal->name);
    if (person == NULL) {
        person = NEW(d, Award__Person, award__person);
        person->person = principal->name;
    }
    concerns(d, principal->name);
    return person;
}

// ---- Days

static bool days_check(struct deciding *d, const Award__Day *from, const Award__Day *until)
{
    if (until == NULL || until->number >= from->number) {
        return true;
    }
    return reject(d, "until_before_from", "form",
                  say(d, "末日 %s 早于首日 %s；请核对日期。", day_text(d, until->number),
                      day_text(d, from->number)),
                  say(d, "The last day %s is before the first, %s; check the days.",
                      day_text(d, until->number), day_text(d, from->number)));
}

static bool room_check(struct deciding *d, const char *name, size_t count)
{
    if (count < PERSON_LISTED_MAX) {
        return true;
    }
    return reject(
        d, "too_many_listed", "limit",
        say(d, "%s 已有 %d 条未到期的记录，不能再加；请先取消不用的。", name, PERSON_LISTED_MAX),
        say(d, "%s has %d such entries to come already; cancel what is not needed first.", name,
            PERSON_LISTED_MAX));
}

// ---- Duty

// What is left of the duties when another one, or none, holds from the day on.
static void duties_cut(struct deciding *d, Award__Person *person, int32_t from)
{
    size_t kept = 0;
    for (size_t i = 0; i < person->n_duties; i++) {
        Award__Person__Duty *duty = person->duties[i];
        if (duty->from->number >= from) {
            continue;
        }
        if (duty->until == NULL || duty->until->number >= from) {
            duty->until = day_make(d, from - 1);
        }
        if (duty->until->number >= d->today) {
            person->duties[kept++] = duty;
        }
    }
    person->n_duties = kept;
}

bool decide_duty_changed(struct deciding *d)
{
    const Award__DutyChanged *e = d->event->duty_changed;
    const Award__Principal *principal = colleague(d, e->person);
    if (principal == NULL || !days_check(d, e->from, e->until)) {
        return false;
    }
    Award__Person *person = person_of(d, principal);
    duties_cut(d, person, e->from->number);
    if (!room_check(d, principal->name, person->n_duties)) {
        return false;
    }
    if (e->has_post) {
        Award__Person__Duty *duty = NEW(d, Award__Person__Duty, award__person__duty);
        SET(duty, post, e->post);
        duty->from = e->from;
        duty->until = e->until;
        LIST_ADD(d, person, duties, duty);
    }
    person_put(d, person, "policy");
    return true;
}

// ---- Leave

static bool same_scope(const Award__Principal *one, const Award__Principal *other)
{
    const char *scope = one->scope != NULL ? one->scope : "";
    return strcmp(scope, other->scope != NULL ? other->scope : "") == 0;
}

static bool substitute_check(struct deciding *d, const Award__Principal *absent, const char *name)
{
    if (text_blank(name)) {
        return true;
    }
    const Award__Principal *substitute = principal_get(d, name);
    if (substitute != NULL && strcmp(name, absent->name) != 0 && substitute->role == absent->role &&
        same_scope(substitute, absent)) {
        return true;
    }
    return reject(d, "bad_substitute", "policy",
                  say(d, "%s 不能代替 %s：代理人须为已登记的、同一角色和范围的另一人；请另选一人。",
                      name, absent->name),
                  say(d,
                      "%s cannot stand in for %s: a substitute is somebody else of the same role "
                      "and scope who is enrolled; choose another.",
                      name, absent->name));
}

static bool absence_check(struct deciding *d, const Award__Principal *principal,
                          const Award__AbsenceRecorded *e)
{
    if (e->until == NULL || text_blank(e->reason)) {
        return reject(d, "field_missing", "form",
                      "请假须写明末日（until）和事由（reason）；请补充后重新提交。",
                      "An absence needs its last day (until) and a reason; add them and send the "
                      "event again.");
    }
    if (!days_check(d, e->from, e->until)) {
        return false;
    }
    if (e->until->number < d->today) {
        return reject(d, "absence_over", "order",
                      say(d, "这次请假已于 %s 结束，不再影响通知；请核对日期。",
                          day_text(d, e->until->number)),
                      say(d,
                          "This absence ended on %s and decides nothing any more; check the days.",
                          day_text(d, e->until->number)));
    }
    return substitute_check(d, principal, e->substitute);
}

// Takes out the one from this day, and those that are over. Whether there was one.
static bool absences_cut(struct deciding *d, Award__Person *person, int32_t from)
{
    bool found = false;
    size_t kept = 0;
    for (size_t i = 0; i < person->n_absences; i++) {
        Award__Person__Absence *absence = person->absences[i];
        bool this_one = absence->from->number == from;
        found = found || this_one;
        if (!this_one && absence->until->number >= d->today) {
            person->absences[kept++] = absence;
        }
    }
    person->n_absences = kept;
    return found;
}

static void absence_insert(struct deciding *d, Award__Person *person,
                           const Award__AbsenceRecorded *e)
{
    Award__Person__Absence *absence = NEW(d, Award__Person__Absence, award__person__absence);
    absence->from = e->from;
    absence->until = e->until;
    absence->substitute = text_blank(e->substitute) ? NULL : e->substitute;
    absence->reason = e->reason;
    LIST_ADD(d, person, absences, absence);
    size_t at = person->n_absences - 1;
    while (at > 0 && person->absences[at - 1]->from->number > e->from->number) {
        person->absences[at] = person->absences[at - 1];
        at--;
    }
    person->absences[at] = absence;
}

bool decide_absence_recorded(struct deciding *d)
{
    const Award__AbsenceRecorded *e = d->event->absence_recorded;
    const Award__Principal *principal = himself(d, e->person);
    if (principal == NULL || (!e->cancelled && !absence_check(d, principal, e))) {
        return false;
    }
    Award__Person *person = person_of(d, principal);
    bool found = absences_cut(d, person, e->from->number);
    if (e->cancelled) {
        if (!found) {
            return reject(d, "no_such_absence", "order",
                          say(d, "%s 没有从 %s 开始的请假；用 awardctl duty 查看。",
                              principal->name, day_text(d, e->from->number)),
                          say(d, "%s has no absence that begins on %s; awardctl duty shows them.",
                              principal->name, day_text(d, e->from->number)));
        }
    } else if (room_check(d, principal->name, person->n_absences)) {
        absence_insert(d, person, e);
    } else {
        return false;
    }
    person_put(d, person, "policy");
    return true;
}

// ---- Addresses

// The spool needs no address; of the others the digest stands for it, or an empty text removes it.
static bool address_check(struct deciding *d, const Award__AddressChanged__Address *address)
{
    bool has_digest = address->digest != NULL && strlen(address->digest) == DIGEST_CHARACTERS &&
                      strspn(address->digest, "0123456789abcdef") == DIGEST_CHARACTERS;
    bool removed = address->address != NULL && *address->address == '\0';
    bool spool = address->channel == AWARD__CHANNEL__NAME__spool;
    if (address->has_channel &&
        (removed ? address->digest == NULL : address->address == NULL && has_digest != spool)) {
        return true;
    }
    return reject(d, "bad_address", "form",
                  "每个联系方式须有渠道（channel）和地址（address），待印文件不需要地址；请补充。",
                  "Every address has a channel and the address itself, the spool none; add what is "
                  "missing.");
}

static bool addresses_check(struct deciding *d, const Award__AddressChanged *e)
{
    uint32_t seen = 0;
    for (size_t i = 0; i < e->n_addresses; i++) {
        if (!address_check(d, e->addresses[i])) {
            return false;
        }
        uint32_t bit = UINT32_C(1) << (unsigned)e->addresses[i]->channel;
        if ((seen & bit) != 0) {
            return reject(d, "channel_twice", "form", "同一渠道写了两个地址；请只留一个。",
                          "Two addresses are given for one channel; leave one of them.");
        }
        seen |= bit;
    }
    return true;
}

static bool hours_check(struct deciding *d, const Award__AddressChanged *e)
{
    bool both = e->has_hours_from && e->has_hours_until;
    bool none = !e->has_hours_from && !e->has_hours_until;
    if (none || (both && e->hours_from < e->hours_until && e->hours_until <= HOURS_DAY_MINUTES)) {
        return true;
    }
    return reject(d, "bad_hours", "form",
                  "接收时段须有起止（hours_from、hours_until，当日的分钟数），起早于止，止不晚于 "
                  "1440；请改正。",
                  "Hours have a beginning and a later end (hours_from, hours_until, minutes of the "
                  "day up to 1440); correct them.");
}

static bool quiet_check(struct deciding *d, const Award__AddressChanged *e)
{
    bool both = e->has_quiet_from && e->has_quiet_until;
    bool none = !e->has_quiet_from && !e->has_quiet_until;
    if (none ||
        (both && e->quiet_from < HOURS_DAY_MINUTES && e->quiet_until <= HOURS_DAY_MINUTES)) {
        return true;
    }
    return reject(
        d, "bad_quiet", "form",
        "免打扰时段须有起止（quiet_from、quiet_until，当日的分钟数），起早于 1440，止不晚于 "
        "1440；请改正。",
        "Quiet hours have a beginning and an end (quiet_from before 1440, quiet_until up "
        "to 1440, minutes of the day); correct them.");
}

static bool anything_changed(const Award__AddressChanged *e)
{
    return e->n_addresses > 0 || e->has_language || e->has_hours_from || e->has_quiet_from ||
           e->has_digest || e->has_silence;
}

static void address_set(struct deciding *d, Award__Person *person,
                        const Award__AddressChanged__Address *change)
{
    size_t kept = 0;
    for (size_t i = 0; i < person->n_addresses; i++) {
        if (person->addresses[i]->channel != change->channel) {
            person->addresses[kept++] = person->addresses[i];
        }
    }
    person->n_addresses = kept;
    if (change->address != NULL) {
        return; // removed
    }
    Award__Person__Address *address = NEW(d, Award__Person__Address, award__person__address);
    SET(address, channel, change->channel);
    address->digest = change->digest;
    LIST_ADD(d, person, addresses, address);
}

static void person_fill(struct deciding *d, Award__Person *person, const Award__AddressChanged *e)
{
    for (size_t i = 0; i < e->n_addresses; i++) {
        address_set(d, person, e->addresses[i]);
    }
    if (e->has_language) {
        SET(person, language, e->language);
    }
    if (e->has_hours_from) {
        SET(person, hours_from, e->hours_from);
        SET(person, hours_until, e->hours_until);
    }
    if (e->has_quiet_from) {
        SET(person, quiet_from, e->quiet_from);
        SET(person, quiet_until, e->quiet_until);
    }
    if (e->has_digest) {
        SET(person, digest, e->digest);
    }
    if (e->has_silence) {
        SET(person, silence, e->silence);
    }
}

// The hours and quiet hours of the person as he will be.
static bool hours_remain(struct deciding *d, const Award__Person *person)
{
    struct hours hours = hours_of(d, person);
    if (hours_leave_time(&hours)) {
        return true;
    }
    const char *open = hours_span(d, hours.from, hours.until);
    const char *quiet = hours_span(d, hours.quiet_from, hours.quiet_until);
    return reject(d, "all_hours_quiet", "form",
                  say(d,
                      "%s 的免打扰时段 %s 盖住了全部接收时段 "
                      "%s，可等待的提醒将无时可发；请改其一，起止相同为没有免打扰时段。",
                      person->person, quiet, open),
                  say(d,
                      "The quiet hours %s of %s leave nothing of the hours %s in which what can "
                      "wait comes; change one of them. Quiet hours that end where they begin are "
                      "none.",
                      quiet, person->person, open));
}

bool decide_address_changed(struct deciding *d)
{
    const Award__AddressChanged *e = d->event->address_changed;
    const Award__Principal *principal = himself(d, e->person);
    if (principal == NULL || !addresses_check(d, e) || !hours_check(d, e) || !quiet_check(d, e)) {
        return false;
    }
    if (!anything_changed(e)) {
        return reject(d, "field_missing", "form",
                      "请写明要改的联系方式、语言、时段、每日摘要或静默证明。",
                      "Say what changes: an address, the language, the hours, the digest or the "
                      "proof of silence.");
    }
    Award__Person *person = person_of(d, principal);
    person_fill(d, person, e);
    if ((e->has_hours_from || e->has_quiet_from) && !hours_remain(d, person)) {
        return false;
    }
    person_put(d, person, "policy");
    morning_arm(d);
    return true;
}

// ---- Whether it reaches him

bool decide_message_tried(struct deciding *d)
{
    const Award__MessageTried *e = d->event->message_tried;
    const Award__Principal *principal = colleague(d, e->person);
    if (principal == NULL) {
        return false;
    }
    concerns(d, principal->name);
    const char *channel =
        protobuf_c_enum_descriptor_get_value(&award__channel__name__descriptor, (int)e->channel)
            ->name;
    return message_try(d, principal->name, e->channel) ||
           reject(
               d, "no_address", "form",
               say(d, "%s 没有登记 %s 的地址；请先登记，或换一种方式。", principal->name, channel),
               say(d, "%s has no address for %s; enter one first, or try another channel.",
                   principal->name, channel));
}
