// query_roster - who is on duty, by role, post and day, and what is on record of a person
//
// Days in a row on which the same person is told in the same post are one row; a post that somebody
// has on record has a row for the days on which nobody has it, too.
#include "daemon/query_parts.h"
#include "rules/roster.h"

#include <string.h>

enum { ROSTER_DAYS = 14, ROSTER_DAYS_MAX = 92 };

struct listing {
    struct asking *asking;
    Award__Roster *all;
    int32_t from;
    int32_t until;
    Award__Role__Name role;
    struct roster roster;
    size_t first; // row of the role and post at hand
};

// ---- Who may see what

static bool sees_everybody(const struct asking *asking)
{
    return viewer_has_role(asking, SEES_ALL | ROLE(administrator));
}

// Whose rows are wanted and may be seen; NULL: everybody's.
static const char *whose(const struct asking *asking)
{
    const char *person = asking->query->roster->person;
    if (!text_blank(person)) {
        return person;
    }
    return sees_everybody(asking) ? NULL : asking->viewer->name;
}

static bool person_check(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *name = asking->query->roster->person;
    if (text_blank(name)) {
        return true;
    }
    bool may = sees_everybody(asking) || strcmp(asking->viewer->name, name) == 0;
    if (may && principal_get(d, name) != NULL) {
        return true;
    }
    query_refuse(
        asking, may ? "no_such_principal" : "out_of_scope", may ? "order" : "authority",
        say(d, "没有人员 %s，或 %s 只能查询自己的值班；用 awardctl principals 查看。", name,
            asking->viewer->name),
        say(d,
            "There is no person %s whose duty %s may see, but its own; awardctl principals "
            "lists them.",
            name, asking->viewer->name));
    return false;
}

static bool days_read(struct asking *asking, struct listing *listing)
{
    const Award__QueryRoster *query = asking->query->roster;
    uint32_t days = query->has_days ? query->days : ROSTER_DAYS;
    if (days < 1 || days > ROSTER_DAYS_MAX) {
        query_refuse(asking, "bad_length", "limit",
                     say(asking->d, "天数应为 1 至 %d；请改正后重新查询。", ROSTER_DAYS_MAX),
                     say(asking->d, "The number of days is 1 to %d; correct it, then ask anew.",
                         ROSTER_DAYS_MAX));
        return false;
    }
    listing->from = query->from != NULL ? query->from->number : asking->d->today;
    listing->until = listing->from + (int32_t)days - 1;
    return true;
}

// ---- Rows

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

// Makes the row of the day before one day longer, or a new one.
static void day_add(struct listing *listing, Award__Post__Name post, int32_t day,
                    const struct recipient *one)
{
    struct deciding *d = listing->asking->d;
    char *name = one != NULL ? one->principal->name : NULL;
    const char *stands_for = one != NULL ? one->stands_for : NULL;
    for (size_t i = listing->first; i < listing->all->n_rows; i++) {
        Award__Roster__Row *row = listing->all->rows[i];
        if (row->until->number == day - 1 && same_text(row->person, name) &&
            same_text(row->stands_for, stands_for)) {
            row->until = day_make(d, day);
            return;
        }
    }
    Award__Roster__Row *row = NEW(d, Award__Roster__Row, award__roster__row);
    SET(row, role, listing->role);
    SET(row, post, post);
    row->from = day_make(d, day);
    row->until = row->from;
    row->person = name;
    row->full_name = one != NULL ? one->principal->full_name : NULL;
    row->stands_for = stands_for != NULL ? arena_string(d->arena, stands_for) : NULL;
    LIST_ADD(d, listing->all, rows, row);
}

static void post_list(struct listing *listing, Award__Post__Name post)
{
    listing->first = listing->all->n_rows;
    for (int32_t day = listing->from; day <= listing->until; day++) {
        struct recipient *list;
        size_t count = roster_on_duty(&listing->roster, post, day, &list);
        for (size_t i = 0; i < count; i++) {
            day_add(listing, post, day, &list[i]);
        }
        if (count == 0) {
            day_add(listing, post, day, NULL);
        }
    }
}

static void role_list(struct listing *listing)
{
    listing->roster = roster_read(listing->asking->d, listing->role, NULL, NULL);
    for (int post = AWARD__POST__NAME__clerk; post <= AWARD__POST__NAME__director; post++) {
        if (roster_has_post(&listing->roster, (Award__Post__Name)post)) {
            post_list(listing, (Award__Post__Name)post);
        }
    }
}

// ---- What of it goes into the reply

static void rows_fill(struct asking *asking, const Award__Roster *all, Award__Roster *seen)
{
    const Award__QueryRoster *query = asking->query->roster;
    const char *person = whose(asking);
    size_t after = query->has_after ? query->after : 0;
    size_t wanted = 0;
    seen->rows = arena_alloc(asking->arena, (all->n_rows + 1) * sizeof(void *));
    for (size_t i = 0; i < all->n_rows; i++) {
        const Award__Roster__Row *row = all->rows[i];
        if (person != NULL && !same_text(row->person, person) &&
            !same_text(row->stands_for, person)) {
            continue;
        }
        if (wanted++ < after) {
            continue;
        }
        if (!query_row_fits(asking, seen->n_rows, &row->base)) {
            return;
        }
        seen->rows[seen->n_rows++] = all->rows[i];
    }
}

static void person_fill(struct asking *asking, Award__Roster *seen)
{
    const char *name = whose(asking);
    Award__Person *person = name != NULL ? person_get(asking->d, name) : NULL;
    ProtobufCMessage *record = person != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_PERSON,
                                                           &person->base, asking->arena)
                                              : NULL;
    if (record != NULL) {
        LIST_ADD(asking->d, seen, persons, record);
    }
}

void query_roster(struct asking *asking)
{
    struct listing listing = {.asking = asking};
    if (!person_check(asking) || !days_read(asking, &listing)) {
        return;
    }
    listing.all = NEW(asking->d, Award__Roster, award__roster);
    for (unsigned role = AWARD__ROLE__NAME__office; role < AWARD__ROLE__NAME__coordinator; role++) {
        listing.role = (Award__Role__Name)role;
        role_list(&listing);
    }
    Award__Roster *seen = NEW(asking->d, Award__Roster, award__roster);
    rows_fill(asking, listing.all, seen);
    person_fill(asking, seen);
    asking->reply->roster = seen;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_ROSTER;
}
