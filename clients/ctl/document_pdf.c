// document_pdf - the text of a PDF file, by pdftotext of poppler-utils
//
// A PDF holds places of glyphs, not sentences: what comes out is what is printed, page numbers and
// running heads included, so a count from it is at least that of the manuscript. pdftotext runs in
// a process of its own, without a shell, reads the open file, and is bounded in time and output.
#include "clients/ctl/child.h"
#include "clients/ctl/document_private.h"
#include "common/limits.h"
#include "common/text.h"

#include <assert.h>
#include <unistd.h>

enum { PDF_MS_MAX = 60000 };

static bool absent(struct settings_error *error)
{
    return settings_error_set(error, 0, 0,
                              "统计 PDF 需要 pdftotext；请安装软件包 poppler-utils 和 poppler-data",
                              "counting a PDF needs pdftotext; install the packages poppler-utils "
                              "and poppler-data");
}

static bool failed(struct settings_error *error)
{
    return settings_error_set(
        error, 0, 0, "PDF 读不了（已损坏，或加了密码）；请重新导出，不加密码",
        "the PDF cannot be read (damaged, or under a password); export it anew without one");
}

static bool bound_passed(struct settings_error *error)
{
    return settings_error_set(error, 0, 0, "PDF 过大或过于复杂，未能读完；请提供 DOCX 或文本",
                              "the PDF is too large to be read to its end; hand in DOCX or text");
}

bool document_pdf_text(int fd, struct arena *arena, const char **text, size_t *text_length,
                       struct settings_error *error)
{
    static const char *const words[] = {"pdftotext", "-q", "-enc", "UTF-8",
                                        "-nopgbrk",  "-",  "-",    NULL};
    const struct child child = {
        .words = words,
        .input = fd,
        .output_bytes_max = LIMIT_DOCUMENT_TEXT_BYTES,
        .milliseconds_max = PDF_MS_MAX,
    };
    (void)lseek(fd, 0, SEEK_SET);
    switch (child_run(&child, arena, text, text_length)) {
    case CHILD_DONE:
        return text_valid(*text, *text_length) || failed(error);
    case CHILD_ABSENT:
        return absent(error);
    case CHILD_FAILED:
        return failed(error);
    case CHILD_TOO_LONG:
    case CHILD_TOO_MUCH:
        return bound_passed(error);
    }
    assert(false);
    return false;
}
