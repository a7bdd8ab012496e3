// genesis - entry 1 of a database, and its starts and stops
//
// The first entry has the city, its rulebook, its calendars and the first people with their keys.
// Nobody countersigns it: whoever creates a database is seen by everybody who uses it. Later
// enrolments need a second person.
#include "rules/decide.h"
#include "rules/setup.h"

#include "common/time.h"

#include <assert.h>

static void city_put(struct deciding *d, const Award__Genesis *genesis, uint64_t epoch)
{
    Award__City *city = NEW(d, Award__City, award__city);
    city->name = genesis->city;
    SET(city, rehearsal, genesis->manual_clock);
    SET(city, epoch, epoch);
    record_put(d, AWARD__CHANGE__RECORD_CITY, &city->base, "policy");
    if (!genesis->manual_clock) {
        return;
    }
    Award__Clock *clock = NEW(d, Award__Clock, award__clock);
    clock->now = moment_make(d, genesis->start != NULL ? genesis->start->ms : d->now_ms);
    record_put(d, AWARD__CHANGE__RECORD_CLOCK, &clock->base, "policy");
}

static bool genesis_check(struct deciding *d, const Award__Genesis *genesis)
{
    if (record_get(d, AWARD__CHANGE__RECORD_CITY) != NULL) {
        return reject(d, "already_created", "order", "数据库已经建立；请另选目录。",
                      "The database is created already; choose another directory.");
    }
    if (text_blank(genesis->city) || genesis->n_principals == 0) {
        return reject(d, "field_missing", "form",
                      "创始文件须有城市（city）和首批人员（principals）。",
                      "A genesis needs a city and the first principals.");
    }
    if (genesis->start != NULL && (!genesis->manual_clock || !moment_valid(genesis->start->ms))) {
        return reject(d, "bad_start", "form", "只有手动时钟才有起始时刻（start），且须为有效时刻。",
                      "Only a manual clock has a start, and it must be a valid moment.");
    }
    return true;
}

static bool settings_admit(struct deciding *d, const Award__Genesis *genesis)
{
    if (genesis->rulebook != NULL && !rulebook_admit(d, genesis->rulebook)) {
        return false;
    }
    if (genesis->alert_policy != NULL && !alert_policy_admit(d, genesis->alert_policy)) {
        return false;
    }
    for (size_t i = 0; i < genesis->n_calendars; i++) {
        if (!calendar_year_admit(d, genesis->calendars[i])) {
            return false;
        }
    }
    return true;
}

bool decide_database_created(struct deciding *d)
{
    const Award__DatabaseCreated *e = d->event->database_created;
    const Award__Genesis *genesis = e->genesis;
    if (!genesis_check(d, genesis) || !settings_admit(d, genesis)) {
        return false;
    }
    city_put(d, genesis, e->epoch);
    for (size_t i = 0; i < genesis->n_principals; i++) {
        if (!principal_admit(d, genesis->principals[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < genesis->n_keys; i++) {
        if (!key_admit(d, genesis->keys[i])) {
            return false;
        }
    }
    return true;
}

// The entry itself is all: version, host, whether the stop before was a clean one.
bool decide_started(struct deciding *d)
{
    (void)d;
    return true;
}

// What is answered from now on is told apart from what was answered before the disk was lost.
bool decide_database_restored(struct deciding *d)
{
    Award__City *city = (Award__City *)record_get(d, AWARD__CHANGE__RECORD_CITY);
    if (city == NULL) {
        return false; // its record is damaged
    }
    assert(d->event->database_restored->epoch > city->epoch);
    SET(city, epoch, d->event->database_restored->epoch);
    record_put(d, AWARD__CHANGE__RECORD_CITY, &city->base, "policy");
    return true;
}

bool decide_stopped(struct deciding *d)
{
    (void)d;
    return true;
}
