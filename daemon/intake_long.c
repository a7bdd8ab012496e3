// intake_long - queries that have to look at more than one turn of the loop allows
//
// Each has an arena in which all of it lies: the query and who asked as they came, and what has
// been found. They take turns, a slice each, so that a turn of the loop is no longer the more of
// them there are. Who has gone meanwhile is not waited for: his reply is not sent, as with any
// other.
#include "daemon/intake_private.h"

#include "common/limits.h"

#include <string.h>

struct long_query {
    TAILQ_ENTRY(long_query) next;
    struct arena *arena;
    struct query_work *work;
    struct reply reply; // to be
};

static struct long_query *long_query_create(struct intake *intake, const struct reply *asked)
{
    struct arena *arena = arena_create();
    struct long_query *query = arena_alloc(arena, sizeof(*query));
    query->arena = arena;
    query->reply = *asked;
    query->reply.query = (const Award__Query *)codec_copy(&asked->query->base, arena);
    query->reply.sender = (const Award__Principal *)codec_copy(&asked->sender->base, arena);
    query->work = query_begin(query->reply.query, query->reply.sender, intake->ledger, arena);
    return query;
}

static void long_query_destroy(struct long_query *query)
{
    query_abandon(query->work);
    arena_destroy(query->arena);
}

// Another slice; true when it has been answered, and is gone.
static bool long_query_go_on(struct intake *intake, struct long_query *query)
{
    struct query_server server = intake_query_server(intake, query->reply.query);
    Award__QueryReply *answer = query_go_on(query->work, &server, LIMIT_SLICE_RECORDS);
    if (answer == NULL) {
        return false;
    }
    intake_query_answered(intake, &query->reply, answer);
    long_query_destroy(query);
    return true;
}

// Who has waited for a while asks again; there will be one answer.
static bool asked_again(struct intake *intake, const struct reply *asked)
{
    const struct long_query *query;
    struct bytes again = codec_pack(&asked->query->base, intake->arena);
    TAILQ_FOREACH(query, &intake->long_queries, next)
    {
        const struct bus_route *route = &query->reply.route;
        struct bytes before = codec_pack(&query->reply.query->base, intake->arena);
        if (query->reply.request == asked->request && query->reply.to_worker == asked->to_worker &&
            route->size == asked->route.size &&
            memcmp(route->id, asked->route.id, route->size) == 0 &&
            view_key_compare(before, again) == 0) {
            return true;
        }
    }
    return false;
}

uint32_t intake_long_count(const struct intake *intake)
{
    const struct long_query *query;
    uint32_t count = 0;
    TAILQ_FOREACH(query, &intake->long_queries, next)
    {
        count++;
    }
    return count;
}

static bool room_for(const struct intake *intake, const Award__Principal *sender)
{
    const struct long_query *query;
    size_t of_sender = 0;
    TAILQ_FOREACH(query, &intake->long_queries, next)
    {
        of_sender += strcmp(query->reply.sender->name, sender->name) == 0 ? 1 : 0;
    }
    return intake_long_count(intake) < intake->long_queries_max &&
           of_sender < LIMIT_LONG_QUERIES_PER_PRINCIPAL;
}

void intake_long_take(struct intake *intake, const struct reply *asked)
{
    static const struct codec_error busy = {
        .code = "busy",
        .zh = "要遍历大量记录的查询，同时进行的已达上限；请等到已有的答复，再重新查询。",
        .en = "As many queries that look at very many records are on their way as may be; wait for "
              "the answers that are due, then ask again.",
    };
    if (asked_again(intake, asked)) {
        return;
    }
    if (!room_for(intake, asked->sender)) {
        intake->long_queries_refused++;
        struct reply refused = *asked;
        refused.refusal = &busy;
        intake_refuse(intake, &refused);
        return;
    }
    struct long_query *query = long_query_create(intake, asked);
    bool others_wait = intake_slices_wait(intake);
    if (others_wait || !long_query_go_on(intake, query)) {
        TAILQ_INSERT_TAIL(&intake->long_queries, query, next);
    }
}

bool intake_slices_wait(const struct intake *intake)
{
    return !TAILQ_EMPTY(&intake->long_queries);
}

void intake_slice(struct intake *intake)
{
    struct long_query *query = TAILQ_FIRST(&intake->long_queries);
    TAILQ_REMOVE(&intake->long_queries, query, next);
    if (!long_query_go_on(intake, query)) {
        TAILQ_INSERT_TAIL(&intake->long_queries, query, next);
    }
}

void intake_long_abandon(struct intake *intake)
{
    struct long_query *query;
    while ((query = TAILQ_FIRST(&intake->long_queries)) != NULL) {
        TAILQ_REMOVE(&intake->long_queries, query, next);
        long_query_destroy(query);
    }
}
