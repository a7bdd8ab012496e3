// people_file - reads the list of the first people of an office, for `awardctl init`
#include "settings/people_file.h"

#include "common/limits.h"
#include "settings/file_keys.h"

#include <stdint.h>
#include <string.h>

enum { SCOPE_BYTES = 19, FULL_NAME_BYTES = 129 };

struct person {
    char name[LIMIT_ID_BYTES + 1];
    Award__Role__Name role;
    char scope[SCOPE_BYTES];
    char full_name[FULL_NAME_BYTES];
};

struct people {
    struct person people[LIMIT_LIST_ELEMENTS];
    size_t people_count;
};

#define DIGITS "0123456789"
#define NAME_ALPHABET "abcdefghijklmnopqrstuvwxyz" DIGITS "-"
#define SCOPE_ALPHABET DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define IN_PERSON(member) KEY_AT(struct person, member)

// clang-format off
static const struct key rows[] = {
    {"", KEY_LIST, 1, LIMIT_LIST_ELEMENTS, NULL, KEY_ARRAY_AT(struct people, people), .zh = "人员名单", .en = "list of people"},
    {"[]",           KEY_MAP, KEY_ELEMENT(struct person), .zh = "一个人员", .en = "a person"},
    {"[].name",      KEY_TEXT, 1, LIMIT_ID_BYTES, NULL, IN_PERSON(name), .zh = "登录名", .en = "name of the principal", .alphabet = NAME_ALPHABET},
    {"[].role",      KEY_CHOICE, 0, 0, NULL, IN_PERSON(role), .zh = "角色", .en = "role", .enumeration = &award__role__name__descriptor},
    {"[].scope",     KEY_TEXT, 0, SCOPE_BYTES - 1, "", IN_PERSON(scope), .zh = "范围：区县代码或统一社会信用代码", .en = "scope: district code or credit code", .alphabet = SCOPE_ALPHABET},
    {"[].full_name", KEY_TEXT, 1, FULL_NAME_BYTES - 1, NULL, IN_PERSON(full_name), .zh = "全称", .en = "full name, as printed on messages"},
};
// clang-format on

const struct key_table people_keys = {rows, sizeof(rows) / sizeof(rows[0])};

// What the scope of a role looks like; a role without a row has none.
struct scope_form {
    Award__Role__Name role;
    size_t length;
    const char *alphabet;
    const char *zh;
    const char *en;
};

static const struct scope_form scope_forms[] = {
    {AWARD__ROLE__NAME__district_bureau, 6,  DIGITS,
     "区县主管局的范围应为六位区县代码，如 \"500112\"",                                            "the scope of a district bureau is its district's code of six digits, like \"500112\""},
    {AWARD__ROLE__NAME__enterprise,      18, SCOPE_ALPHABET, "企业的范围应为 18 位统一社会信用代码",
     "the scope of an enterprise is its social credit code of 18 characters"                                                                                                                               },
};

static bool scope_check(const struct key_reading *reading, const struct person *person)
{
    for (size_t i = 0; i < sizeof(scope_forms) / sizeof(scope_forms[0]); i++) {
        const struct scope_form *form = &scope_forms[i];
        if (form->role == person->role) {
            size_t length = strspn(person->scope, form->alphabet);
            bool good = length == form->length && person->scope[length] == '\0';
            const void *field = person->scope[0] != '\0' ? (const void *)person->scope : person;
            return good || keys_fail(reading, field, form->zh, form->en);
        }
    }
    return person->scope[0] == '\0' ||
           keys_fail(reading, person->scope, "只有区县主管局和企业有范围；请删去 scope",
                     "only district bureaus and enterprises have a scope; remove it");
}

static bool person_check(const struct key_reading *reading, const struct people *people,
                         size_t index)
{
    const struct person *person = &people->people[index];
    for (size_t i = 0; i < index; i++) {
        if (strcmp(people->people[i].name, person->name) == 0) {
            return keys_fail(reading, person->name, "登录名重复；请换一个",
                             "this name stands twice; use another");
        }
    }
    if (person->role == AWARD__ROLE__NAME__coordinator) {
        return keys_fail(reading, &person->role, "coordinator 是 awardd 自己；请用别的角色",
                         "coordinator is awardd itself; use another role");
    }
    return scope_check(reading, person);
}

static Award__PrincipalEnrolled *person_enrolled(const struct person *person, struct arena *arena)
{
    Award__PrincipalEnrolled *enrolled = arena_alloc(arena, sizeof(*enrolled));
    award__principal_enrolled__init(enrolled);
    enrolled->name = arena_string(arena, person->name);
    enrolled->has_role = true;
    enrolled->role = person->role;
    enrolled->scope = person->scope[0] != '\0' ? arena_string(arena, person->scope) : NULL;
    enrolled->full_name = arena_string(arena, person->full_name);
    return enrolled;
}

bool people_file_read(const char *text, size_t length, struct arena *arena,
                      Award__PrincipalEnrolled ***people, size_t *people_count,
                      struct settings_error *error)
{
    struct people *read = arena_alloc(arena, sizeof(*read));
    struct key_reading reading = {.table = &people_keys, .arena = arena, .error = error};
    if (!keys_read(&reading, text, length, read)) {
        return false;
    }
    for (size_t i = 0; i < read->people_count; i++) {
        if (!person_check(&reading, read, i)) {
            return false;
        }
    }
    *people = arena_alloc(arena, read->people_count * sizeof(Award__PrincipalEnrolled *));
    *people_count = read->people_count;
    for (size_t i = 0; i < read->people_count; i++) {
        (*people)[i] = person_enrolled(&read->people[i], arena);
    }
    return true;
}
