// interest - conflicts of interest: who must not review which enterprise (8, policy)
#include "rules/interest.h"

#include "rules/lineage.h"

#include <assert.h>
#include <string.h>

static bool texts_equal(const char *one, const char *other)
{
    return !text_blank(one) && other != NULL && strcmp(one, other) == 0;
}

static bool employer(const Award__ReviewerAdded *reviewer, const Award__Enterprise *enterprise)
{
    return texts_equal(reviewer->employer, enterprise->name) ||
           texts_equal(reviewer->employer, enterprise->enterprise);
}

static bool relation(const Award__ReviewerAdded *reviewer, const Award__Enterprise *enterprise)
{
    return list_has(reviewer->n_relations, reviewer->relations, enterprise->enterprise);
}

static bool district(const Award__ReviewerAdded *reviewer, const Award__Enterprise *enterprise)
{
    return texts_equal(reviewer->district, enterprise->district);
}

static const struct {
    bool (*holds)(const Award__ReviewerAdded *reviewer, const Award__Enterprise *enterprise);
    const char *zh;
    const char *en;
} interests[] = {
    {employer, "任职于该企业",                   "works there"                 },
    {relation, "与该企业有咨询或亲属关系", "is its adviser or a relative"},
    {district, "与该企业同属一个区县",       "is of its district"          },
};

static bool interest_in(const Award__ReviewerAdded *reviewer, const Award__Enterprise *enterprise,
                        struct interest *found)
{
    for (size_t i = 0; i < sizeof(interests) / sizeof(interests[0]); i++) {
        if (interests[i].holds(reviewer, enterprise)) {
            *found = (struct interest){interests[i].zh, interests[i].en, enterprise};
            return true;
        }
    }
    return false;
}

bool interest_find(struct deciding *d, const Award__ReviewerAdded *reviewer,
                   const Award__Enterprise *enterprise, struct interest *found)
{
    for (int direction = LINEAGE_PREDECESSORS; direction <= LINEAGE_SUCCESSORS; direction++) {
        size_t count;
        Award__Enterprise **line =
            lineage_of(d, enterprise, (enum lineage_direction)direction, &count);
        for (size_t i = 0; i < count; i++) {
            if (interest_in(reviewer, line[i], found)) {
                return true;
            }
        }
    }
    return false;
}

bool interest_check(struct deciding *d, const char *person, const char *enterprise_code)
{
    const Award__Reviewer *reviewer = reviewer_get(d, person);
    const Award__Enterprise *enterprise = enterprise_get(d, enterprise_code);
    struct interest found;
    assert(reviewer != NULL);
    if (enterprise == NULL || reviewer->added == NULL ||
        !interest_find(d, reviewer->added, enterprise, &found)) {
        return true;
    }
    return reject(d, "conflict_of_interest", "policy",
                  say(d, "评审员 %s 对企业 %s（%s）应当回避：%s；请另选评审员。", person,
                      found.with->name, found.with->enterprise, found.zh),
                  say(d, "Reviewer %s must not review %s (%s): he %s; choose another.", person,
                      found.with->name, found.with->enterprise, found.en));
}
