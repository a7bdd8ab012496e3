// facts - what the placeholders of a template are filled with
#include "letters/facts.h"

#include "common/time.h"
#include "letters/words.h"

#include <assert.h>
#include <string.h>

enum { FIRST_FACTS = 32, FACT_BYTES_MAX = 64 * 1024 };

struct facts facts_begin(struct arena *arena)
{
    return (struct facts){
        .arena = arena,
        .list = arena_alloc(arena, FIRST_FACTS * sizeof(struct writing_fact)),
        .capacity = FIRST_FACTS,
    };
}

void fact_add(struct facts *facts, const char *name, const char *value)
{
    if (facts->count + 1 == facts->capacity) {
        size_t capacity = facts->capacity * 2;
        struct writing_fact *larger = arena_alloc(facts->arena, capacity * sizeof(*larger));
        memcpy(larger, facts->list, facts->count * sizeof(*larger));
        facts->list = larger;
        facts->capacity = capacity;
    }
    facts->list[facts->count++] =
        (struct writing_fact){name, writing_cut(facts->arena, value, FACT_BYTES_MAX)};
    assert(facts->count < facts->capacity); // the arena's zeros end the list
}

void fact_add_day(struct facts *facts, const char *name, const Award__Day *day)
{
    char text[DAY_TEXT_BYTES] = "";
    if (day != NULL) {
        day_format(day->number, text);
    }
    fact_add(facts, name, arena_string(facts->arena, text));
}

void facts_add_words(struct facts *facts)
{
    for (size_t i = 0, count = facts->count; i < count; i++) {
        struct writing_fact fact = facts->list[i];
        const struct word *word = word_of_fact(fact.name, fact.value);
        fact_add(facts, arena_format(facts->arena, "%s_zh", fact.name),
                 word != NULL ? word->zh : fact.value);
        fact_add(facts, arena_format(facts->arena, "%s_en", fact.name),
                 word != NULL ? word->en : fact.value);
    }
}
