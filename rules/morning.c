// morning - the digests of a working day, and the proof of silence of every day
//
// One row of the index fires each day at the hour of the policy and puts the next. What a digest
// says is what `today` shows its reader when it is delivered; here is decided who has one.
#include "rules/morning.h"

#include "common/limits.h"
#include "common/time.h"
#include "rules/decide.h"
#include "rules/ladders.h"
#include "rules/messages.h"
#include "rules/people_check.h"
#include "rules/tasks.h"

#include <string.h>

enum {
    SOON_DAYS = 7,
    GAPS_MAX = LIMIT_LIST_ELEMENTS, // that are remembered
    GAPS_TEXT_BYTES = 4096,         // that are spelled out; the others are counted
};

#define ROLES_OUTSIDE (ROLE(enterprise) | ROLE(reviewer) | ROLE(district_bureau))

static int64_t morning_after(const struct deciding *d, int64_t moment_ms)
{
    int64_t at_ms = (int64_t)d->in->policy->digest_at * 60000;
    int32_t day = day_of_moment(moment_ms);
    return day_start(day) + at_ms > moment_ms ? day_start(day) + at_ms : day_start(day + 1) + at_ms;
}

static void morning_put(struct deciding *d, Award__Morning *morning)
{
    record_put(d, AWARD__CHANGE__RECORD_MORNING, &morning->base, "policy");
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = morning->next;
    SET(due, kind, AWARD__DUE__KIND__morning);
    due->subject = arena_string(d->arena, "");
    SET(due, step, 0);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "policy");
}

static Award__Morning *morning_get(struct deciding *d)
{
    return (Award__Morning *)record_get(d, AWARD__CHANGE__RECORD_MORNING);
}

static void morning_drop(struct deciding *d, const Award__Morning *morning)
{
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, morning->next->ms,
                  (int)AWARD__DUE__KIND__morning, "", 0);
}

void morning_arm(struct deciding *d)
{
    if (morning_get(d) == NULL) {
        Award__Morning *morning = NEW(d, Award__Morning, award__morning);
        morning->next = moment_make(d, morning_after(d, d->now_ms));
        morning_put(d, morning);
    }
}

void morning_rearm(struct deciding *d)
{
    Award__Morning *morning = morning_get(d);
    if (morning != NULL) {
        morning_drop(d, morning);
        morning->next = moment_make(d, morning_after(d, d->now_ms));
        morning_put(d, morning);
    }
}

// Whoever can be reached has one, unless he does not want it.
static bool digest_wanted(struct deciding *d, const Award__Person *person)
{
    const Award__Principal *principal = principal_get(d, person->person);
    bool wanted = !person->has_digest || person->digest;
    return principal != NULL && wanted && person->n_addresses > 0 &&
           (d->in->policy->digest_roles >> (unsigned)principal->role & 1U) != 0 &&
           !person_away(person, d->today);
}

// ---- Whether there is something to say

// Deadlines that end within the days that a digest shows.
struct soon {
    size_t count;
    struct ladder_subject *list;
    size_t room;
};

static void soon_add(struct deciding *d, struct soon *soon, const Award__Deadline *deadline)
{
    soon->list = list_room(d, soon->list, soon->count, &soon->room, sizeof(*soon->list));
    soon->list[soon->count++] = ladder_subject_of(d, deadline);
}

static struct soon soon_read(struct deciding *d)
{
    struct soon soon = {.count = 0};
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_DUE, 0);
    Award__Due *due;
    while ((due = (Award__Due *)record_walk_next(&walk)) != NULL &&
           day_of_moment(due->moment->ms) <= d->today + SOON_DAYS + 1) {
        Award__Deadline *deadline =
            due->kind == AWARD__DUE__KIND__deadline ? deadline_get(d, due->subject) : NULL;
        if (deadline != NULL) {
            soon_add(d, &soon, deadline);
        }
    }
    return soon;
}

static bool told_and_open(struct deciding *d, const char *name)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_ALERT, 1, name);
    Award__Alert *alert;
    while ((alert = (Award__Alert *)record_walk_next(&walk)) != NULL) {
        const Award__Deadline *deadline =
            alert->taken_back ? NULL : deadline_get(d, alert->deadline);
        if (deadline != NULL && (deadline->state == AWARD__DEADLINE__STATE__open ||
                                 deadline->state == AWARD__DEADLINE__STATE__overdue)) {
            return true;
        }
    }
    return false;
}

// Those inside have one every working day, for what waits for them; an enterprise, a reviewer and a
// district only where a deadline of theirs is near or was missed.
static bool something_to_say(struct deciding *d, const Award__Person *person,
                             const struct soon *soon)
{
    const Award__Principal *principal = principal_get(d, person->person);
    if ((ROLES_OUTSIDE >> (unsigned)principal->role & 1U) == 0) {
        return true;
    }
    for (size_t i = 0; i < soon->count; i++) {
        if (ladder_concerned(d, principal, &soon->list[i])) {
            return true;
        }
    }
    return told_and_open(d, person->person);
}

// ---- What did not go out on earlier mornings

struct unsent {
    size_t count;
    Award__Message **list;
};

static struct unsent unsent_read(struct deciding *d)
{
    struct unsent unsent = {.count = 0};
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_TASK, 0);
    const Award__Task *task;
    while ((task = (const Award__Task *)record_walk_next(&walk)) != NULL) {
        Award__Message *message = task->kind == AWARD__TASK_KIND__NAME__deliver_message
                                      ? message_get(d, task->subject)
                                      : NULL;
        if (message != NULL && message->state == AWARD__MESSAGE__STATE__sealed &&
            (message->template_ == AWARD__TEMPLATE__NAME__digest ||
             message->template_ == AWARD__TEMPLATE__NAME__silence)) {
            list_add(d, &unsent.count, &unsent.list, message);
        }
    }
    return unsent;
}

// It would say what this morning's says, under an earlier date: one goes out for all of them.
static void morning_send(struct deciding *d, const struct unsent *unsent, const char *person,
                         Award__Template__Name template_name)
{
    for (size_t i = 0; i < unsent->count; i++) {
        const Award__Message *message = unsent->list[i];
        if (message->template_ == template_name && strcmp(message->recipient, person) == 0) {
            task_withdraw(d, AWARD__TASK_KIND__NAME__deliver_message, message->message, 1);
            record_remove(d, "policy", AWARD__CHANGE__RECORD_MESSAGE, message->message);
        }
    }
    message_to_principal(d, person, template_name, NULL, NULL);
}

static void digests_send(struct deciding *d)
{
    struct soon soon = soon_read(d);
    struct unsent unsent = unsent_read(d);
    bool working = calendar_working(d->in->calendar, d->today);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PERSON, 0);
    Award__Person *person;
    while ((person = (Award__Person *)record_walk_next(&walk)) != NULL) {
        if (working && digest_wanted(d, person) && something_to_say(d, person, &soon)) {
            morning_send(d, &unsent, person->person, AWARD__TEMPLATE__NAME__digest);
        }
        if (person->silence) {
            morning_send(d, &unsent, person->person, AWARD__TEMPLATE__NAME__silence);
        }
    }
}

// ---- Gaps in duty and addresses

static char *gap_key(struct deciding *d, const Award__Check__Finding *finding, const char *person)
{
    bool to_come = finding->from != NULL && finding->from->number > d->today;
    return say(d, "%s/%s/%d/%s/%s", finding->code, role_name(finding->role), (int)finding->post,
               person != NULL ? person : "", to_come ? day_text(d, finding->from->number) : "");
}

// What is told of gaps: those of this morning are remembered, those of the one before are known.
struct gaps {
    struct deciding *d;
    const Award__Morning *before;
    Award__Morning *now;
    const char *zh;
    const char *en;
    size_t more; // that are not spelled out
};

static bool gap_remember(struct gaps *g, const Award__Check__Finding *finding, const char *person)
{
    if (g->now->n_gaps >= GAPS_MAX) {
        return false;
    }
    char *key = gap_key(g->d, finding, person);
    LIST_ADD(g->d, g->now, gaps, key);
    return !list_has(g->before->n_gaps, g->before->gaps, key);
}

// What of the finding came about since the morning before: of a list of persons, the new ones; NULL
// where nothing did.
static const Award__Check__Finding *gap_news(struct gaps *g, const Award__Check__Finding *finding)
{
    if (finding->n_persons == 0) {
        return gap_remember(g, finding, finding->person) ? finding : NULL;
    }
    Award__Check__Finding *news = NEW(g->d, Award__Check__Finding, award__check__finding);
    SET(news, role, finding->role);
    for (size_t i = 0; i < finding->n_persons; i++) {
        if (gap_remember(g, finding, finding->persons[i])) {
            LIST_ADD(g->d, news, persons, finding->persons[i]);
        }
    }
    SET(news, persons_count, (uint32_t)news->n_persons);
    if (news->n_persons == 0) {
        return NULL;
    }
    finding_persons_say(g->d, news);
    return news;
}

static void gap_tell(struct gaps *g, const Award__Check__Finding *finding)
{
    const Award__Check__Finding *news = gap_news(g, finding);
    if (news == NULL) {
        return;
    }
    if (strlen(g->zh) > GAPS_TEXT_BYTES || strlen(g->en) > GAPS_TEXT_BYTES) {
        g->more++;
        return;
    }
    g->zh = say(g->d, "%s- %s（%s）\n", g->zh, news->zh, news->next);
    g->en = say(g->d, "%s- %s (%s)\n", g->en, news->en, news->next);
}

// Lists of persons last: their names must not crowd out what else there is to remember.
static void gaps_collect(struct gaps *g)
{
    const Award__Check *check = people_check(g->d);
    for (int listed = 0; listed <= 1; listed++) {
        for (size_t i = 0; i < check->n_findings; i++) {
            if ((check->findings[i]->n_persons > 0) == (listed == 1)) {
                gap_tell(g, check->findings[i]);
            }
        }
    }
    if (g->more > 0) {
        g->zh = say(g->d, "%s- 另有 %zu 项（awardctl check）\n", g->zh, g->more);
        g->en = say(g->d, "%s- and %zu more (awardctl check)\n", g->en, g->more);
    }
}

// What came about since the morning before is told to those who can mend it.
static void gaps_tell(struct deciding *d, const Award__Morning *before, Award__Morning *now)
{
    struct gaps gaps = {.d = d, .before = before, .now = now, .zh = "", .en = ""};
    gaps_collect(&gaps);
    if (*gaps.zh != '\0') {
        const struct fact facts[] = {
            {"reason",    gaps.zh},
            {"reason_en", gaps.en},
            {NULL,        NULL   },
        };
        message_to_roles(d, ROLE(administrator) | ROLE(office), AWARD__TEMPLATE__NAME__duty_gap,
                         NULL, facts);
    }
}

bool decide_morning_came(struct deciding *d)
{
    const Award__Morning *morning = morning_get(d);
    if (morning == NULL || morning->next->ms != d->event->morning_came->due->ms) {
        return reject(d, "nothing_due", "order", "现在没有到时的每日摘要。",
                      "No digest is due now.");
    }
    Award__Morning *next = NEW(d, Award__Morning, award__morning);
    digests_send(d);
    gaps_tell(d, morning, next);
    morning_drop(d, morning);
    next->next = moment_make(d, morning_after(d, d->now_ms));
    morning_put(d, next);
    return true;
}
