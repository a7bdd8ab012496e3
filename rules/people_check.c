// people_check - what would keep somebody from being told, found before it matters
//
// Role by role: the roster is read once and asked about each of the days. What is wrong on several
// days in a row is one finding. Each finding names the line of awardctl that mends it.
#include "rules/people_check.h"

#include "rules/laureate.h"
#include "rules/messages.h"
#include "rules/roster.h"

#include <string.h>

struct checking {
    struct deciding *d;
    Award__Check *check;
    Award__Role__Name role;
    struct roster roster;
};

// ---- Findings

static Award__Check__Finding *finding_add(struct checking *c, const char *code, const char *zh,
                                          const char *en, const char *next)
{
    struct deciding *d = c->d;
    Award__Check__Finding *finding = NEW(d, Award__Check__Finding, award__check__finding);
    finding->code = arena_string(d->arena, code);
    finding->zh = arena_string(d->arena, zh);
    finding->en = arena_string(d->arena, en);
    finding->next = arena_string(d->arena, next);
    SET(finding, role, c->role);
    LIST_ADD(d, c->check, findings, finding);
    return finding;
}

// Days in a row.
struct run {
    int32_t from;
    int32_t until;
};

typedef bool wrong_day(const struct checking *c, int32_t day, const void *what);

// The next days in a row, from *day on, that are wrong; *day is then behind them.
static bool run_next(const struct checking *c, wrong_day *wrong, const void *what, int32_t *day,
                     struct run *run)
{
    int32_t end = c->d->today + CHECKED_DAYS;
    while (*day < end && !wrong(c, *day, what)) {
        (*day)++;
    }
    run->from = *day;
    while (*day < end && wrong(c, *day, what)) {
        (*day)++;
    }
    run->until = *day - 1;
    return run->until >= run->from;
}

static void finding_days(struct checking *c, Award__Check__Finding *finding, const struct run *run)
{
    finding->from = day_make(c->d, run->from);
    finding->until = day_make(c->d, run->until);
}

static const char *days_zh(struct deciding *d, const struct run *run)
{
    return run->from == run->until
               ? day_text(d, run->from)
               : say(d, "%s 至 %s", day_text(d, run->from), day_text(d, run->until));
}

static const char *days_en(struct deciding *d, const struct run *run)
{
    return run->from == run->until
               ? say(d, "on %s", day_text(d, run->from))
               : say(d, "from %s until %s", day_text(d, run->from), day_text(d, run->until));
}

// ---- Posts

static bool nobody_on_duty(const struct checking *c, int32_t day, const void *what)
{
    struct recipient *list;
    return roster_on_duty(&c->roster, *(const Award__Post__Name *)what, day, &list) == 0;
}

static void post_check(struct checking *c, Award__Post__Name post)
{
    struct deciding *d = c->d;
    struct run run;
    for (int32_t day = d->today; run_next(c, nobody_on_duty, &post, &day, &run);) {
        Award__Check__Finding *finding = finding_add(
            c, "nobody_on_duty",
            say(d, "%s：%s 没有%s值班，提醒改发其他岗位；请排班。", role_zh(c->role),
                days_zh(d, &run), post_zh(post)),
            say(d, "%s: no %s is on duty %s, and alerts go to another post; put somebody on duty.",
                role_name(c->role), post_name(post), days_en(d, &run)),
            say(d, "awardctl duty set PERSON %s --from %s --until %s", post_name(post),
                day_text(d, run.from), day_text(d, run.until)));
        SET(finding, post, post);
        finding_days(c, finding, &run);
    }
}

static void post_not_held(struct checking *c, Award__Post__Name post)
{
    struct deciding *d = c->d;
    Award__Check__Finding *finding = finding_add(
        c, "post_not_held",
        say(d, "%s：提醒方案上报%s，但没有人任%s；请排班，或修改提醒方案。", role_zh(c->role),
            post_zh(post), post_zh(post)),
        say(d,
            "%s: the alert policy escalates to the %s, and nobody has that post; put somebody on "
            "duty, or change the policy.",
            role_name(c->role), post_name(post)),
        say(d, "awardctl duty set PERSON %s --from %s", post_name(post), day_text(d, d->today)));
    SET(finding, post, post);
}

static bool escalates_to(const struct alert_policy *policy, Award__Post__Name post)
{
    for (size_t i = 0; i < policy->escalation_count; i++) {
        if (policy->escalation[i].post == post) {
            return true;
        }
    }
    return false;
}

// The office answers for every deadline in the end: it needs its posts even where it has no roster.
static void posts_check(struct checking *c, const struct alert_policy *policy)
{
    bool office = c->role == AWARD__ROLE__NAME__office;
    for (int post = AWARD__POST__NAME__clerk; post <= AWARD__POST__NAME__director; post++) {
        if (roster_has_post(&c->roster, (Award__Post__Name)post)) {
            post_check(c, (Award__Post__Name)post);
        } else if ((c->roster.kept || office) && escalates_to(policy, (Award__Post__Name)post)) {
            post_not_held(c, (Award__Post__Name)post);
        }
    }
}

// ---- Persons

static bool nobody_there(const struct checking *c, int32_t day, const void *what)
{
    (void)what;
    for (size_t i = 0; i < c->roster.members_count; i++) {
        if (roster_stand_in(&c->roster, &c->roster.members[i], day) != NULL) {
            return false;
        }
    }
    return true;
}

// The line that records an absence anew, with another substitute.
static const char *absence_line(struct deciding *d, const char *name,
                                const Award__Person__Absence *absence)
{
    return say(d, "awardctl away %s --from %s --until %s --substitute PERSON --reason TEXT", name,
               day_text(d, absence->from->number), day_text(d, absence->until->number));
}

// A route that ends at no human.
static void recipients_check(struct checking *c)
{
    struct deciding *d = c->d;
    if (c->roster.members_count == 0) {
        (void)finding_add(c, "no_recipient",
                          say(d, "%s：没有登记任何人员，发给这一角色的提醒无人收到；请登记人员。",
                              role_zh(c->role)),
                          say(d,
                              "%s: nobody of this role is enrolled, so that its alerts reach "
                              "nobody; enrol somebody.",
                              role_name(c->role)),
                          say(d, "awardctl send principal_enrolled name=NAME role=%s --as admin",
                              role_name(c->role)));
        return;
    }
    const struct roster_member *first = &c->roster.members[0];
    struct run run;
    for (int32_t day = d->today; run_next(c, nobody_there, NULL, &day, &run);) {
        Award__Check__Finding *finding = finding_add(
            c, "no_recipient",
            say(d, "%s：%s 所有人员都请假，且无人代理；请指定代理人。", role_zh(c->role),
                days_zh(d, &run)),
            say(d, "%s: everybody is away %s, and nobody stands in; name a substitute.",
                role_name(c->role), days_en(d, &run)),
            absence_line(d, first->principal->name, person_absence(first->person, run.from)));
        finding_days(c, finding, &run);
    }
}

static bool laureate_reached(const struct checking *c, const Award__Enterprise *enterprise)
{
    for (size_t i = 0; i < c->roster.members_count; i++) {
        const Award__Principal *principal = c->roster.members[i].principal;
        if (recipient_fits(c->d, principal, enterprise) ||
            recipient_succeeds(c->d, principal, enterprise)) {
            return true;
        }
    }
    return false;
}

static void laureate_check(struct checking *c, const Award__Case *laureate)
{
    struct deciding *d = c->d;
    const Award__Enterprise *enterprise = enterprise_get(d, laureate->enterprise);
    if (enterprise == NULL || laureate_reached(c, enterprise)) {
        return;
    }
    const char *code = enterprise->enterprise;
    const char *name = enterprise->name != NULL ? enterprise->name : code;
    Award__Check__Finding *finding = finding_add(
        c, "no_recipient",
        say(d, "%s：获奖企业 %s（%s）没有登记人员，其期限的提醒企业收不到；请登记人员。",
            role_zh(c->role), name, code),
        say(d,
            "%s: nobody of the laureate %s (%s) is enrolled, so that the alerts of its deadlines "
            "do "
            "not reach it; enrol somebody.",
            role_name(c->role), name, code),
        say(d, "awardctl send principal_enrolled name=NAME role=enterprise scope=%s --as admin",
            code));
    finding->person = arena_string(d->arena, code);
}

// The deadlines of a laureate are told to its own people alone until they are there.
static void laureates_check(struct checking *c)
{
    if (c->role != AWARD__ROLE__NAME__enterprise || c->roster.members_count == 0) {
        return; // that nobody of the role is there is told already
    }
    struct record_walk walk = record_walk_begin(c->d, AWARD__CHANGE__RECORD_CASE, 0);
    const Award__Case *laureate;
    while ((laureate = (const Award__Case *)record_walk_next(&walk)) != NULL) {
        if (honour_stood(laureate, c->d->today)) {
            laureate_check(c, laureate);
        }
    }
}

// One absence, and who should stand in.
struct standing_in {
    const struct roster_member *absent;
    const Award__Person__Absence *absence;
    const struct roster_member *substitute; // NULL: no longer of the role
};

static bool substitute_away(const struct checking *c, int32_t day, const void *what)
{
    const struct standing_in *in = what;
    (void)c;
    return person_absence(in->absent->person, day) == in->absence &&
           (in->substitute == NULL || person_away(in->substitute->person, day));
}

static void substitute_check(struct checking *c, const struct standing_in *in)
{
    struct deciding *d = c->d;
    const char *absent = in->absent->principal->name;
    const char *name = in->absence->substitute;
    struct run run;
    for (int32_t day = d->today; run_next(c, substitute_away, in, &day, &run);) {
        Award__Check__Finding *finding =
            finding_add(c, "substitute_away",
                        say(d, "%s：%s 请假时由 %s 代理，但 %s %s；请另定代理人。",
                            role_zh(c->role), absent, name, days_zh(d, &run),
                            in->substitute != NULL ? "他自己也请假" : "他已不是这一角色"),
                        say(d, "%s: %s stands in for %s, and %s %s; name another substitute.",
                            role_name(c->role), name, absent,
                            in->substitute != NULL ? "is away himself" : "is no longer of the role",
                            days_en(d, &run)),
                        absence_line(d, absent, in->absence));
        finding->person = arena_string(d->arena, name);
        finding_days(c, finding, &run);
    }
}

static void substitutes_check(struct checking *c)
{
    for (size_t i = 0; i < c->roster.members_count; i++) {
        const struct roster_member *member = &c->roster.members[i];
        for (size_t k = 0; member->person != NULL && k < member->person->n_absences; k++) {
            const Award__Person__Absence *absence = member->person->absences[k];
            if (absence->substitute != NULL) {
                const struct standing_in in = {member, absence,
                                               roster_member(&c->roster, absence->substitute)};
                substitute_check(c, &in);
            }
        }
    }
}

// The first of those listed, with a separator between them.
static const char *first_names(struct deciding *d, const Award__Check__Finding *finding,
                               const char *separator)
{
    const char *names = "";
    for (size_t i = 0; i < finding->n_persons && i < FINDING_PERSONS_NAMED; i++) {
        names = say(d, "%s%s%s", names, i > 0 ? separator : "", finding->persons[i]);
    }
    return names;
}

void finding_persons_say(struct deciding *d, Award__Check__Finding *finding)
{
    uint32_t count = finding->persons_count;
    const char *zh = say(d, "%s ", first_names(d, finding, "、"));
    const char *en = first_names(d, finding, ", ");
    bool one = count == 1;
    if (count > FINDING_PERSONS_NAMED) {
        zh = say(d, "%s等 %u 人", zh, count);
        en = say(d, "%s and %u more", en, count - FINDING_PERSONS_NAMED);
    }
    finding->zh = say(d, "%s：%s没有登记联系方式，提醒只能打印后由人转交；请%s登记。",
                      role_zh(finding->role), zh, one ? "" : "逐一");
    finding->en = say(d,
                      "%s: %s %s no address, so that what is for %s has to be printed and taken "
                      "there; record %s.",
                      role_name(finding->role), en, one ? "has" : "have", one ? "him" : "them",
                      one ? "one" : "one for each");
    finding->next =
        say(d, "awardctl address %s --mail ADDRESS", one ? finding->persons[0] : "PERSON");
}

static void addresses_check(struct checking *c)
{
    struct deciding *d = c->d;
    Award__Check__Finding *finding = NULL;
    for (size_t i = 0; i < c->roster.members_count; i++) {
        const struct roster_member *member = &c->roster.members[i];
        if (member->person != NULL && member->person->n_addresses > 0) {
            continue;
        }
        if (finding == NULL) {
            finding = finding_add(c, "no_address", "", "", "");
        }
        SET(finding, persons_count, finding->persons_count + 1);
        if (finding->n_persons < FINDING_PERSONS_MAX) {
            LIST_ADD(d, finding, persons, member->principal->name);
        } else {
            SET(finding, more, 1);
        }
    }
    if (finding != NULL) {
        finding_persons_say(d, finding);
    }
}

// ---- Hours

// Whoever reports such hours is told so; a policy that is loaded later may do the same to others.
static void hours_check(struct checking *c)
{
    struct deciding *d = c->d;
    for (size_t i = 0; i < c->roster.members_count; i++) {
        const struct roster_member *member = &c->roster.members[i];
        const struct hours hours = hours_of(d, member->person);
        if (hours_leave_time(&hours)) {
            continue;
        }
        const char *name = member->principal->name;
        const char *open = hours_span(d, hours.from, hours.until);
        const char *quiet = hours_span(d, hours.quiet_from, hours.quiet_until);
        Award__Check__Finding *finding = finding_add(
            c, "all_hours_quiet",
            say(d, "%s：%s 的接收时段 %s 全在免打扰时段 %s 之内，免打扰因此不起作用；请改其一。",
                role_zh(c->role), name, open, quiet),
            say(d,
                "%s: the hours %s of %s lie within the quiet hours %s, which are passed over "
                "therefore; change one of them.",
                role_name(c->role), open, name, quiet),
            say(d, "awardctl address %s --hours FROM-UNTIL", name));
        finding->person = arena_string(d->arena, name);
    }
}

// ---- By role

static uint32_t ladder_roles(const struct alert_policy *policy)
{
    uint32_t roles = policy->unheard_roles;
    for (size_t i = 0; i < policy->ladders_count; i++) {
        for (size_t k = 0; k < policy->ladders[i].steps_count; k++) {
            roles |= policy->ladders[i].steps[k].roles;
        }
    }
    return roles;
}

Award__Check *people_check(struct deciding *d)
{
    struct checking c = {.d = d, .check = NEW(d, Award__Check, award__check)};
    const struct alert_policy *policy = d->in->policy;
    uint32_t told = policy != NULL ? ladder_roles(policy) : 0;
    uint32_t named = policy != NULL ? told | policy->digest_roles : 0;
    for (unsigned role = AWARD__ROLE__NAME__office; role < AWARD__ROLE__NAME__coordinator; role++) {
        uint32_t bit = UINT32_C(1) << role;
        c.role = (Award__Role__Name)role;
        if ((named & bit) == 0) {
            continue;
        }
        c.roster = roster_read(d, c.role, NULL, NULL);
        if ((told & bit) != 0) {
            recipients_check(&c);
            laureates_check(&c);
        }
        posts_check(&c, policy);
        substitutes_check(&c);
        hours_check(&c);
        addresses_check(&c);
    }
    return c.check;
}
