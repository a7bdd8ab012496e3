// principal_roles - the principals on record, by role, read once in a decision
//
// Of most only the role is looked at: those of a role that nobody asks for stay packed.
#include "rules/principal_roles.h"

enum {
    ROLE_FIELD = 2, // of Principal
    ROLES_MAX = 32, // of a set
};

struct principal_rows {
    struct record_walk walk; // that met them
    struct principal_row {
        Award__Role__Name role;
        struct record_met met;
    } * list; // ascending by name
    size_t count;
    size_t room;
};

static void row_add(struct principal_rows *rows, Award__Role__Name role,
                    const struct record_met *met)
{
    rows->list = list_room(rows->walk.d, rows->list, rows->count, &rows->room, sizeof(*rows->list));
    rows->list[rows->count++] = (struct principal_row){role, *met};
}

static struct principal_rows *rows_read(struct deciding *d)
{
    struct principal_rows *rows = arena_alloc(d->arena, sizeof(*rows));
    *rows = (struct principal_rows){.count = 0};
    rows->walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    struct record_met met;
    while (record_walk_step(&rows->walk, &met)) {
        uint64_t role;
        if (met.record == NULL && codec_number_peek(met.packed, ROLE_FIELD, &role)) {
            row_add(rows, (Award__Role__Name)role, &met);
            continue;
        }
        met.record = record_of_met(&rows->walk, &met);
        const Award__Principal *principal = (const Award__Principal *)met.record;
        if (principal != NULL && principal->has_role) {
            row_add(rows, principal->role, &met);
        }
    }
    return rows;
}

struct principals_walk principals_of(struct deciding *d, uint32_t roles)
{
    if (d->principals_seen == NULL) {
        d->principals_seen = rows_read(d);
    }
    return (struct principals_walk){.rows = d->principals_seen, .roles = roles};
}

const Award__Principal *principals_next(struct principals_walk *walk)
{
    struct principal_rows *rows = walk->rows;
    while (walk->next < rows->count) {
        struct principal_row *row = &rows->list[walk->next++];
        if ((unsigned)row->role >= ROLES_MAX || (walk->roles >> (unsigned)row->role & 1U) == 0) {
            continue;
        }
        row->met.record = record_of_met(&rows->walk, &row->met);
        if (row->met.record != NULL) {
            return (const Award__Principal *)row->met.record;
        }
    }
    return NULL;
}
