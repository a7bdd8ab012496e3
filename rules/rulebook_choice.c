// rulebook_choice - which of the rulebooks that are loaded serves where no case or cycle says it
#include "rules/rulebook_choice.h"

static const struct rulebook *rulebook_by_digest(struct deciding *d, const char *digest)
{
    return d->in->rulebook(d->in->rulebook_context, digest);
}

// The first rulebook in the order of digests, and how many there are.
static const Award__Rulebook *rulebook_first(struct deciding *d, size_t *count)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_RULEBOOK, 0);
    const Award__Rulebook *first = NULL;
    const ProtobufCMessage *record;
    *count = 0;
    while ((record = record_walk_next(&walk)) != NULL) {
        first = first == NULL ? (const Award__Rulebook *)record : first;
        (*count)++;
    }
    return first;
}

bool no_rulebook(struct deciding *d)
{
    return reject(d, "no_rulebook", "23", "尚未载入实施细则参数；请办公室先提交 rulebook_loaded。",
                  "No rulebook is loaded; the office has to send rulebook_loaded first.");
}

const struct rulebook *rulebook_choose(struct deciding *d, const char *digest)
{
    if (!text_blank(digest)) {
        const struct rulebook *named = rulebook_by_digest(d, digest);
        if (named == NULL) {
            (void)reject(
                d, "no_such_rulebook", "23",
                say(d, "没有载入摘要为 %s 的细则参数；请核对摘要或先载入。", digest),
                say(d, "No rulebook of digest %s is loaded; check it or load it first.", digest));
        }
        return named;
    }
    size_t count;
    const Award__Rulebook *first = rulebook_first(d, &count);
    if (first == NULL) {
        (void)no_rulebook(d);
        return NULL;
    }
    if (count > 1) {
        (void)reject(d, "rulebook_unnamed", "23",
                     say(d, "已载入 %zu 份细则参数；请在 rulebook 字段写明摘要。", count),
                     say(d,
                         "%zu rulebooks are loaded; name one by its digest in the field "
                         "rulebook.",
                         count));
        return NULL;
    }
    return rulebook_by_digest(d, first->digest);
}

const struct rulebook *rulebook_in_force(struct deciding *d)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_CYCLE, 0);
    const Award__Cycle *latest = NULL;
    const Award__Cycle *cycle;
    while ((cycle = (const Award__Cycle *)record_walk_next(&walk)) != NULL) {
        if (cycle->earlier) {
            continue; // what served an old honour is none of the present
        }
        if (latest == NULL || cycle->opened_on->number > latest->opened_on->number) {
            latest = cycle;
        }
    }
    size_t count;
    const Award__Rulebook *first = rulebook_first(d, &count);
    const char *digest = latest != NULL ? latest->rulebook : NULL;
    if (digest == NULL && first != NULL) {
        digest = first->digest;
    }
    return digest != NULL ? rulebook_by_digest(d, digest) : NULL;
}
