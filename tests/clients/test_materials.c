// Tests of documents named on a command line: what they become, and what is said of a wrong word.
#include "clients/ctl/materials.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#define DOCUMENTS SOURCE_DIR "/tests/clients/documents/"

static struct ctl ctl_make(void)
{
    return (struct ctl){.arena = arena_create()};
}

Test(materials, those_of_13_come_first_and_proofs_have_issuer_and_title)
{
    struct ctl ctl = ctl_make();
    struct materials_named named = {.profile = DOCUMENTS "profile.docx"};
    char word[] = "市经济信息委=" DOCUMENTS "revised.docx";
    struct materials found;
    cr_assert_eq(materials_read(&ctl, &named, 1, (char *[]){word}, &found), CTL_OK);
    cr_assert_eq(found.count, 2);
    cr_expect_eq(found.list[0]->kind, AWARD__MATERIAL__KIND__organisation_profile);
    cr_expect_eq(found.list[0]->characters, 13);
    cr_expect_eq(found.list[1]->kind, AWARD__MATERIAL__KIND__evidence);
    cr_expect_str_eq(found.list[1]->issuer, "市经济信息委");
    cr_expect_str_eq(found.list[1]->title, "revised");
    arena_destroy(ctl.arena);
}

Test(materials, a_proof_without_issuer_or_file_is_refused)
{
    cr_redirect_stderr();
    char *words[] = {(char[]){"revised.docx"}, (char[]){"=revised.docx"},
                     (char[]){"市经济信息委="}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct ctl ctl = ctl_make();
        struct materials_named named = {0};
        struct materials found;
        cr_expect_eq(materials_read(&ctl, &named, 1, &words[i], &found), CTL_USAGE, "%s", words[i]);
        arena_destroy(ctl.arena);
    }
}

Test(materials, a_file_that_is_not_there_is_a_fault_of_input)
{
    cr_redirect_stderr();
    struct ctl ctl = ctl_make();
    struct materials_named named = {.form = DOCUMENTS "absent.docx"};
    struct materials found;
    cr_expect_eq(materials_read(&ctl, &named, 0, NULL, &found), CTL_INPUT);
    arena_destroy(ctl.arena);
}
