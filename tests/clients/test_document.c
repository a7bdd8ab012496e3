// Documents: what counts of text, DOCX and PDF, and what cannot be counted. The files are made by
// documents/make_documents.py, which says beside each what is in it.
#include "clients/ctl/document.h"
#include "clients/ctl/material_file.h"
#include "clients/ctl/text_decode.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES SOURCE_DIR "/tests/clients/documents/"

static struct arena *arena;
static struct document document;
static struct settings_error error;
static char directory[] = "/tmp/award-document-XXXXXX";

static void setup(void)
{
    arena = arena_create();
    cr_assert_not_null(mkdtemp(directory));
}

static void teardown(void)
{
    (void)unlink(arena_format(arena, "%s/file", directory));
    (void)rmdir(directory);
    arena_destroy(arena);
}

TestSuite(document, .init = setup, .fini = teardown);

static const char *file_of(const char *bytes, size_t length)
{
    const char *path = arena_format(arena, "%s/file", directory);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, length, file), length);
    cr_assert_eq(fclose(file), 0);
    return path;
}

static void expect_count(const char *path, enum document_kind kind, uint32_t characters)
{
    cr_assert(document_read(path, true, arena, &document, &error), "%s", error.en);
    cr_assert_eq(document.kind, kind);
    cr_assert_eq(document.characters, characters, "%u", document.characters);
}

static void expect_error(const char *path, const char *word)
{
    cr_assert_not(document_read(path, true, arena, &document, &error));
    cr_assert_not_null(strstr(error.en, word), "%s", error.en);
    cr_assert_gt(strlen(error.zh), 0);
}

Test(document, of_text_is_counted_by_decision_13_and_digested)
{
    static const char text[] = "质量 ISO9001\n";
    expect_count(file_of(text, sizeof(text) - 1), DOCUMENT_TEXT, 3);
    cr_assert_str_eq(document.encoding, "UTF-8");
    cr_assert_str_eq(document.digest,
                     "1e255675f7fde5f8765e905b480b2425b4633902414e1a39af27045441dbd534");
}

Test(document, of_a_word_processor_counts_body_and_tables_without_header_and_footer)
{
    expect_count(FILES "profile.docx", DOCUMENT_DOCX, 13);
    cr_assert_null(document.encoding);
}

Test(document, with_revisions_boxes_fields_and_notes_counts_what_is_read)
{
    expect_count(FILES "revised.docx", DOCUMENT_DOCX, 15);
}

Test(document, of_pdf_counts_what_is_printed)
{
    expect_count(FILES "profile.pdf", DOCUMENT_PDF, 10);
}

Test(document, that_is_a_scan_says_that_it_has_no_text)
{
    expect_error(FILES "scan.pdf", "no text");
}

Test(document, that_is_damaged_is_an_error)
{
    expect_error(FILES "broken.docx", "no sound DOCX");
    expect_error(FILES "spreadsheet.xlsx", "no sound DOCX");
    expect_error(file_of("%PDF-1.4 nothing", 16), "cannot be read");
    expect_error(file_of("PK\x03\x04nothing", 11), "no sound DOCX");
}

Test(document, that_defines_entities_is_not_read)
{
    expect_error(FILES "entities.docx", "no sound DOCX");
}

Test(document, of_another_kind_cannot_be_counted)
{
    expect_error(file_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12), "DOCX, PDF or UTF-8");
    expect_error(file_of("\x89PNG\r\n", 6), "DOCX, PDF or UTF-8");
    expect_error(file_of("a\0b", 3), "UTF-8");
}

Test(document, of_another_kind_is_digested_where_nothing_is_counted)
{
    cr_assert(document_read(file_of("\x89PNG\r\n", 6), false, arena, &document, &error));
    cr_assert_eq(document.kind, DOCUMENT_OTHER);
    cr_assert_eq(strlen(document.digest), 64);
}

Test(document, that_is_missing_empty_or_no_file_is_an_error)
{
    expect_error(FILES "nothing.docx", "check the path");
    expect_error(file_of("", 0), "empty");
    expect_error(directory, "no regular file");
}

Test(document, that_is_too_large_is_an_error_before_it_is_read)
{
    const char *path = file_of("x", 1);
    cr_assert_eq(truncate(path, 64 * 1024 * 1024 + 1), 0);
    expect_error(path, "larger than 64 MiB");
}

Test(document, of_pdf_without_pdftotext_says_which_package_to_install)
{
    cr_assert_eq(setenv("PATH", directory, 1), 0);
    expect_error(FILES "profile.pdf", "poppler-utils");
}

Test(document, as_a_material_has_what_its_kind_needs)
{
    const Award__Material *profile = material_file_read(AWARD__MATERIAL__KIND__organisation_profile,
                                                        FILES "profile.docx", NULL, arena, &error);
    cr_assert_eq(profile->characters, 13);
    cr_assert_null(profile->issuer);
    const Award__Material *proof = material_file_read(
        AWARD__MATERIAL__KIND__evidence, FILES "scan.pdf", "市经济信息委", arena, &error);
    cr_assert_not(proof->has_characters);
    cr_assert_str_eq(proof->issuer, "市经济信息委");
    cr_assert_str_eq(proof->title, "scan");
}

// ---- Encodings

TestSuite(text_decode, .init = setup, .fini = teardown);

static void expect_text(const char *bytes, size_t length, const char *text, const char *encoding)
{
    struct decoded decoded;
    cr_assert(text_decode(bytes, length, arena, &decoded, &error), "%s", error.en);
    cr_assert_eq(decoded.length, strlen(text));
    cr_assert_arr_eq(decoded.text, text, decoded.length);
    cr_assert_str_eq(decoded.encoding, encoding);
}

Test(text_decode, leaves_a_mark_out)
{
    expect_text("\xEF\xBB\xBF质量", 9, "质量", "UTF-8");
    expect_text("质量", 6, "质量", "UTF-8");
    expect_text("", 0, "", "UTF-8");
}

Test(text_decode, converts_what_spreadsheets_write)
{
    expect_text("\xD6\xCA\xC1\xBF", 4, "质量", "GB18030");
    expect_text("\xFF\xFE\x28\x8D\xCF\x91", 6, "质量", "UTF-16");
    expect_text("\xFE\xFF\x8D\x28\x91\xCF", 6, "质量", "UTF-16");
}

Test(text_decode, refuses_what_is_no_text)
{
    struct decoded decoded;
    cr_assert_not(text_decode("\xFF\xFF\xFF", 3, arena, &decoded, &error));
    cr_assert_not(text_decode("\xD6\xCA\xC1", 3, arena, &decoded, &error)); // half a character
    cr_assert_not(text_decode("a\0b", 3, arena, &decoded, &error));
    cr_assert_not(text_decode("\xEF\xBB\xBF\xD6\xCA", 5, arena, &decoded, &error));
}
