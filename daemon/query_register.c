// query_register - the public register of laureates, as it stood on a day
//
// Everybody may ask: an honour is published (16(9)), and so is its revocation (20). It stands from
// the day of publication until the day before the approval of the revocation. What is shown of a
// past day is what is on record now about that day; names of enterprises are those of today.
#include "daemon/query_parts.h"

#include "rules/laureate.h"

#include <string.h>

// The approved revocation ends the honour; it says by which ground.
static void revocation_fill(struct asking *asking, const Award__Case *c, int32_t on,
                            Award__Register__Row *row)
{
    int32_t approved_on = c->honour->until != NULL ? c->honour->until->number + 1 : INT32_MAX;
    if (approved_on > on) {
        return; // the day does not know of it
    }
    row->revoked_on = day_make(asking->d, approved_on);
    const Award__Revocation *revocation =
        !text_blank(c->revocation) ? revocation_get(asking->d, c->revocation) : NULL;
    if (revocation != NULL && revocation->has_ground) {
        SET(row, ground, revocation->ground);
    }
}

static void enterprise_fill(struct asking *asking, const Award__Case *c, Award__Register__Row *row)
{
    row->enterprise = arena_string(asking->arena, c->enterprise);
    Award__Enterprise *enterprise = enterprise_get(asking->d, c->enterprise);
    if (enterprise != NULL) {
        row->name = enterprise->name;
        row->n_successors = enterprise->n_successors;
        row->successors = enterprise->successors;
    }
}

// NULL where the case was no laureate's by that day.
static Award__Register__Row *row_make(struct asking *asking, const Award__Case *c, int32_t on)
{
    const Award__Case__Honoured *honour = c->honour;
    if (honour == NULL || honour->from == NULL || honour->from->number > on) {
        return NULL;
    }
    Award__Register__Row *row = NEW(asking->d, Award__Register__Row, award__register__row);
    row->case_ = arena_string(asking->arena, c->case_);
    row->cycle = arena_string(asking->arena, c->cycle);
    enterprise_fill(asking, c, row);
    SET(row, honour, honour->kind);
    row->from = day_make(asking->d, honour->from->number);
    if (honour->certificate != NULL) {
        row->certificate = arena_string(asking->arena, honour->certificate);
    }
    SET(row, stands, honour_stood(c, on));
    SET(row, earlier, c->earlier != NULL);
    revocation_fill(asking, c, on, row);
    return row;
}

static void rows_fill(struct asking *asking, int32_t on, Award__Register *found)
{
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_CASE, NULL);
    const char *after = asking->query->register_->after;
    if (after != NULL) {
        scan_after(&scan, record_key(asking->arena, AWARD__CHANGE__RECORD_CASE, after));
    }
    ProtobufCMessage *record;
    for (size_t looked = 0; (record = scan_next(&scan)) != NULL; looked++) {
        const Award__Case *c = (const Award__Case *)record;
        if (looked == QUERY_LOOKED_AT_MAX) {
            SET(asking->reply, more, 1);
            break;
        }
        Award__Register__Row *row = row_make(asking, c, on);
        if (row != NULL && !query_row_fits(asking, found->n_rows, &row->base)) {
            break;
        }
        if (row != NULL) {
            LIST_ADD(asking->d, found, rows, row);
        }
        found->looked_to = arena_string(asking->arena, c->case_);
    }
    scan_end(&scan);
}

void query_register(struct asking *asking)
{
    struct deciding *d = asking->d;
    const Award__Day *stated = asking->query->register_->on;
    int32_t on = stated != NULL ? stated->number : d->today;
    if (on > d->today) {
        query_refuse(asking, "in_the_future", "order",
                     say(d, "%s 尚未到来；请查询今天（%s）或过去的日期。", day_text(d, on),
                         day_text(d, d->today)),
                     say(d, "%s is still to come; ask for today (%s) or a day before.",
                         day_text(d, on), day_text(d, d->today)));
        return;
    }
    Award__Register *found = NEW(d, Award__Register, award__register);
    found->on = day_make(d, on);
    rows_fill(asking, on, found);
    asking->reply->register_ = found;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_REGISTER;
}
