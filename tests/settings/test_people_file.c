// Tests of people_file: the list of the first people.
#include "settings/people_file.h"

#include "mutation.h"
#include "settings/file_keys.h"

#include <criterion/criterion.h>
#include <string.h>

static const char text[] = "- name: office\n"
                           "  role: office\n"
                           "  full_name: 评选委员会办公室\n"
                           "- name: bureau-yubei\n"
                           "  role: district_bureau\n"
                           "  scope: \"500112\"\n"
                           "  full_name: 渝北区质监局\n"
                           "- name: changan\n"
                           "  role: enterprise\n"
                           "  scope: 9150000020286320X6\n"
                           "  full_name: 长安公司\n";

static bool read_people(const char *changed, size_t size, struct settings_error *found)
{
    Award__PrincipalEnrolled **people;
    size_t count;
    struct arena *arena = arena_create();
    bool good = people_file_read(changed, size, arena, &people, &count, found);
    arena_destroy(arena);
    return good;
}

Test(people_file, people_are_read_in_order_and_a_scope_only_where_there_is_one)
{
    struct arena *arena = arena_create();
    struct settings_error error = {0};
    Award__PrincipalEnrolled **people;
    size_t count;
    cr_assert(people_file_read(text, strlen(text), arena, &people, &count, &error), "%zu:%zu %s",
              error.line, error.column, error.en);
    cr_assert_eq(count, 3);
    cr_assert_str_eq(people[0]->name, "office");
    cr_assert(people[0]->has_role && people[0]->role == AWARD__ROLE__NAME__office);
    cr_assert_null(people[0]->scope);
    cr_assert_str_eq(people[0]->full_name, "评选委员会办公室");
    cr_assert_str_eq(people[1]->scope, "500112");
    cr_assert_eq(people[2]->role, AWARD__ROLE__NAME__enterprise);
    cr_assert_str_eq(people[2]->scope, "9150000020286320X6");
    arena_destroy(arena);
}

// clang-format off
static const struct bad_file bad_files[] = {
    {"name: changan", "name: ^office", "重复", "twice"},
    {"name: changan", "name: ^Changan", "只用", "characters of"},
    {"name: changan", "name: ^chang_an", "只用", "characters of"},
    {"role: office", "role: ^clerk", "office, district_bureau", "one of office"},
    {"role: office", "role: ^coordinator", "awardd 自己", "awardd itself"},
    {"role: office", "role: office\n  scope: ^\"500112\"", "请删去 scope", "remove it"},
    {"\"500112\"", "^\"50011\"", "六位", "six digits"},
    {"\"500112\"", "^\"50011A\"", "六位", "six digits"},
    {"9150000020286320X6", "^9150000020286320X", "18 位", "18 characters"},
    {"- name: changan\n  role: enterprise\n  scope: 9150000020286320X6\n", "- name: ^changan\n  role: enterprise\n", "18 位", "18 characters"},
    {"- name: office", "- ^nam: office", "是否应为“name”", "did you mean `name`"},
};
// clang-format on

Test(people_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(text, &bad_files[i], read_people);
    }
}

Test(people_file, a_map_where_the_list_should_be_is_named)
{
    struct settings_error error;
    cr_assert_not(read_people("name: office\n", 13, &error));
    cr_assert(error.line == 1 && error.column == 1);
    cr_assert_not_null(strstr(error.en, "a list of 1 to 1000"), "%s", error.en);
    cr_assert_not(read_people("[]", 2, &error));
}

Test(people_file, every_key_is_checked_for_garbage_misspelling_and_absence)
{
    mutation_walk(&people_keys, text, read_people);
}
