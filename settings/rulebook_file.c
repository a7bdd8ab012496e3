// rulebook_file - reads a rulebook from YAML text into a plain struct
//
// The keys (rulebook_keys) check each value by itself; here stand the checks of values against each
// other, again as a table. Items are written inside their category and read into a draft, for
// struct rulebook keeps them in one list.
#include "settings/rulebook_file.h"

#include "settings/digest.h"
#include "settings/file_keys.h"
#include "settings/rulebook_draft.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

// ---- Values against each other

struct check {
    const struct key_reading *reading;
    const struct draft *draft;
    struct arena *arena;
};

// Whether to look at what comes next: all that is wrong is wanted, or nothing has been so far.
static bool go_on(const struct check *check, bool good)
{
    return good || check->reading->all != NULL;
}

static bool numbers_ordered(const struct check *check)
{
    const struct rulebook *book = &check->draft->rulebook;
    const struct {
        bool holds;
        const void *field;
        const char *zh;
        const char *en;
    } rows[] = {
        {book->nomination_threshold < book->award_threshold, &book->nomination_threshold,
         "提名奖分数线（16(3)）应低于奖项分数线；请改其中之一",         "the nomination's threshold (16(3)) must be below the award's; change one"  },
        {book->award_threshold <= book->total_points,        &book->award_threshold,
         "奖项分数线（16(3)）不应高于总分（15）；请改其中之一",          "the award's threshold (16(3)) must not exceed the total (15); change one"  },
        {book->team_members_min <= book->team_members_max,   &book->team_members_max,
         "评审组最多人数（8）不应少于最少人数；请改其中之一",          "team_members_max (8) must not be below team_members_min; change one"       },
        {book->visit_days_min <= book->visit_days_max,       &book->visit_days_max,
         "现场评审最多天数（16(5).1）不应少于最少天数；请改其中之一", "visit_days_max (16(5).1) must not be below visit_days_min; change one"     },
        {book->quorum_numerator < book->quorum_denominator,  &book->quorum_numerator,
         "法定人数（16(8).1）的分子应小于分母；请改其中之一",             "the quorum's numerator (16(8).1) must be below its denominator; change one"},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && go_on(check, good); i++) {
        if (!rows[i].holds) {
            good = keys_fail(check->reading, rows[i].field, rows[i].zh, rows[i].en);
        }
    }
    return good;
}

static bool weights_complete(const struct check *check)
{
    const struct rulebook *book = &check->draft->rulebook;
    unsigned sum = book->document_weight + book->site_weight;
    return sum == 100 ||
           keys_fail(
               check->reading, &book->site_weight,
               arena_format(check->arena, "两项权重（16(6).1）之和应为 100，现为 %u；请改", sum),
               arena_format(check->arena,
                            "the weights (16(6).1) must add up to 100, not %u; change them", sum));
}

static bool stages_once(const struct check *check)
{
    const struct rulebook *book = &check->draft->rulebook;
    unsigned seen = 0;
    for (size_t i = 0; i < book->last_stages_count; i++) {
        unsigned bit = 1U << book->last_stages[i];
        if ((seen & bit) != 0) {
            return keys_fail(check->reading, &book->last_stages[i],
                             "阶段重复（决定19）；publicity、deliberation、approval 各写一次",
                             "this stage stands twice (decision 19); write publicity, deliberation "
                             "and approval once each");
        }
        seen |= bit;
    }
    return true;
}

// What the life cycle can walk: publicity and deliberation in either order, then the approval.
static bool approval_last(const struct check *check)
{
    const struct rulebook *book = &check->draft->rulebook;
    const enum rulebook_stage *last = &book->last_stages[book->last_stages_count - 1];
    return *last == RULEBOOK_APPROVAL ||
           keys_fail(check->reading, last,
                     "审批（决定19）应在最后；publicity 和 deliberation 的先后可以选择",
                     "approval (decision 19) must come last; publicity and deliberation may stand "
                     "in either order");
}

// A day that every year has: 29 February is none.
static bool self_evaluation_day_exists(const struct check *check)
{
    const struct rulebook *book = &check->draft->rulebook;
    static const uint32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(book->self_evaluation_month >= 1 && book->self_evaluation_month <= 12);
    return book->self_evaluation_day <= lengths[book->self_evaluation_month - 1] ||
           keys_fail(check->reading, &book->self_evaluation_day,
                     "自我评价截止日（18）不是每年都有的日子；请改月或日",
                     "the day of the self-evaluation (18) does not exist in every year; change "
                     "month or day");
}

static bool industries_once(const struct check *check)
{
    const char *industries = check->draft->rulebook.industries;
    for (const char *at = industries; *at != '\0'; at++) {
        if (strchr(at + 1, *at) != NULL) {
            return keys_fail(check->reading, industries, "行业门类（2）有重复的字母；每个只写一次",
                             "a section of GB/T 4754 (2) stands twice; write each once");
        }
    }
    return true;
}

static bool fail_twice(const struct check *check, const char *key)
{
    return keys_fail(
        check->reading, key, arena_format(check->arena, "代号“%s”（15）重复；请换一个", key),
        arena_format(check->arena, "the word `%s` (15) stands twice; use another", key));
}

static bool fail_sum(const struct check *check, const void *field, const char *of_zh,
                     const char *of_en, int64_t sum, int64_t wanted)
{
    return keys_fail(
        check->reading, field,
        arena_format(check->arena, "%s（15）之和应为 %lld.%02lld，现为 %lld.%02lld；请改", of_zh,
                     (long long)wanted / 100, (long long)wanted % 100, (long long)sum / 100,
                     (long long)sum % 100),
        arena_format(check->arena,
                     "%s (15) must add up to %lld.%02lld, not %lld.%02lld; change them", of_en,
                     (long long)wanted / 100, (long long)wanted % 100, (long long)sum / 100,
                     (long long)sum % 100));
}

static bool items_complete(const struct check *check, const struct category_draft *category)
{
    int64_t sum = 0;
    bool good = true;
    for (size_t i = 0; i < category->items_count; i++) {
        sum += category->items[i].points;
        for (size_t j = 0; j < i && go_on(check, good); j++) {
            if (strcmp(category->items[i].key, category->items[j].key) == 0) {
                good = fail_twice(check, category->items[i].key);
                break;
            }
        }
    }
    if (!go_on(check, good) || category->items_count == 0 || sum == category->points) {
        return good;
    }
    return fail_sum(
        check, &category->points, arena_format(check->arena, "“%s”各条款的分数", category->key),
        arena_format(check->arena, "the items of `%s`", category->key), sum, category->points);
}

static bool categories_complete(const struct check *check)
{
    const struct draft *draft = check->draft;
    int64_t sum = 0;
    bool good = true;
    for (size_t i = 0; i < draft->categories_count && go_on(check, good); i++) {
        sum += draft->categories[i].points;
        for (size_t j = 0; j < i && go_on(check, good); j++) {
            if (strcmp(draft->categories[i].key, draft->categories[j].key) == 0) {
                good = fail_twice(check, draft->categories[i].key);
                break;
            }
        }
        good = go_on(check, good) && items_complete(check, &draft->categories[i]) && good;
    }
    if (!go_on(check, good) || sum == draft->rulebook.total_points) {
        return good;
    }
    return fail_sum(check, &draft->rulebook.total_points, "各类目的分数", "the categories", sum,
                    draft->rulebook.total_points);
}

static bool items_few(const struct check *check)
{
    size_t count = 0;
    for (size_t i = 0; i < check->draft->categories_count; i++) {
        count += check->draft->categories[i].items_count;
    }
    return count <= RULEBOOK_ITEMS_MAX ||
           keys_fail(check->reading, check->draft->categories,
                     arena_format(check->arena, "条款（15）共 %zu 项，最多 %d 项；请减少", count,
                                  RULEBOOK_ITEMS_MAX),
                     arena_format(check->arena, "%zu items (15) in all, %d at most; use fewer",
                                  count, RULEBOOK_ITEMS_MAX));
}

static bool (*const checks[])(const struct check *check) = {
    numbers_ordered, weights_complete,    stages_once, approval_last, self_evaluation_day_exists,
    industries_once, categories_complete, items_few,
};

// ---- From the draft to the rulebook

static void item_add(struct rulebook *book, const struct category_draft *category,
                     const struct item_draft *draft)
{
    assert(book->items_count < RULEBOOK_ITEMS_MAX);
    struct rulebook_item *item = &book->items[book->items_count++];
    (void)snprintf(item->key, sizeof(item->key), "%s.%s", category->key, draft->key);
    memcpy(item->zh, draft->zh, sizeof(item->zh));
    memcpy(item->en, draft->en, sizeof(item->en));
    item->points_max = draft->points;
    item->confirmed = draft->confirmed && category->confirmed;
    item->category = book->categories_count - 1;
}

static void category_add(struct rulebook *book, const struct category_draft *draft)
{
    assert(book->categories_count < RULEBOOK_CATEGORIES_MAX);
    struct rulebook_item *category = &book->categories[book->categories_count++];
    memcpy(category->key, draft->key, sizeof(draft->key));
    memcpy(category->zh, draft->zh, sizeof(category->zh));
    memcpy(category->en, draft->en, sizeof(category->en));
    category->points_max = draft->points;
    category->confirmed = draft->confirmed;
    category->category = book->categories_count - 1;
    for (size_t i = 0; i < draft->items_count; i++) {
        item_add(book, draft, &draft->items[i]);
    }
}

static bool draft_check(const struct key_reading *reading, const struct draft *draft)
{
    const struct check check = {.reading = reading, .draft = draft, .arena = reading->arena};
    bool good = true;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && go_on(&check, good); i++) {
        good = checks[i](&check) && good;
    }
    return good;
}

// With the arena of the reading, which is the caller's.
static bool text_read(struct key_reading *reading, const char *text, size_t length,
                      struct rulebook *rulebook)
{
    struct draft *draft = arena_alloc(reading->arena, sizeof(*draft));
    reading->table = &rulebook_keys;
    if (!keys_read(reading, text, length, draft) || !draft_check(reading, draft)) {
        return false;
    }
    for (size_t i = 0; i < draft->categories_count; i++) {
        category_add(&draft->rulebook, &draft->categories[i]);
    }
    *rulebook = draft->rulebook;
    digest_of(text, length, rulebook->digest);
    return true;
}

bool rulebook_file_read(const char *text, size_t length, struct rulebook *rulebook,
                        struct settings_error *error)
{
    struct key_reading reading = {.arena = arena_create(), .error = error};
    bool good = text_read(&reading, text, length, rulebook);
    arena_destroy(reading.arena);
    return good;
}

bool rulebook_file_check(const char *text, size_t length, struct rulebook *rulebook,
                         struct settings_errors *errors)
{
    struct settings_error error;
    struct key_reading reading = {.arena = arena_create(), .error = &error, .all = errors};
    errors->count = 0;
    bool good = text_read(&reading, text, length, rulebook);
    arena_destroy(reading.arena);
    return good;
}

bool rulebook_recorded_read(const char *text, size_t length, struct rulebook *rulebook,
                            struct settings_error *error)
{
    struct key_reading reading = {.recorded = true, .arena = arena_create(), .error = error};
    bool good = text_read(&reading, text, length, rulebook);
    arena_destroy(reading.arena);
    return good;
}
