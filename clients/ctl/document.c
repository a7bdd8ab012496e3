// document - a file that is handed in: its kind, its 字数 (decision 13), its digest
//
// The file is opened once: what is counted is what the digest is of. The kind is told by the first
// bytes, for names lie; a ZIP archive is a DOCX if it has the parts of one.
#include "clients/ctl/document.h"

#include "clients/ctl/document_private.h"
#include "clients/ctl/text_decode.h"
#include "common/limits.h"
#include "common/text.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// clang-format off
static const struct signature {
    const char *bytes;
    size_t length;
    enum document_kind kind;
} signatures[] = {
    {"%PDF-",                            5, DOCUMENT_PDF},
    {"PK\x03\x04",                       4, DOCUMENT_DOCX},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, DOCUMENT_OTHER}, // the .doc and .wps of old
    {"\xFF\xD8\xFF",                     3, DOCUMENT_OTHER}, // JPEG
    {"\x89PNG",                          4, DOCUMENT_OTHER},
};
// clang-format on

static enum document_kind kind_of(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        const struct signature *row = &signatures[i];
        if (length >= row->length && memcmp(bytes, row->bytes, row->length) == 0) {
            return row->kind;
        }
    }
    return DOCUMENT_TEXT;
}

const char *document_kind_name(enum document_kind kind)
{
    static const char *const names[] = {
        [DOCUMENT_TEXT] = "text",
        [DOCUMENT_DOCX] = "docx",
        [DOCUMENT_PDF] = "pdf",
        [DOCUMENT_OTHER] = "other",
    };
    assert((size_t)kind < sizeof(names) / sizeof(names[0]));
    return names[kind];
}

// ---- The bytes

static bool unreadable(struct arena *arena, const char *why_zh, const char *why_en,
                       struct settings_error *error)
{
    return settings_error_set(
        error, 0, 0, arena_format(arena, "文件读不了（%s）；请检查路径和权限", why_zh),
        arena_format(arena, "it cannot be read (%s); check the path", why_en));
}

static bool size_check(const struct stat *about, struct arena *arena, struct settings_error *error)
{
    if (!S_ISREG(about->st_mode)) {
        return unreadable(arena, "不是普通文件", "no regular file", error);
    }
    if (about->st_size > LIMIT_DOCUMENT_BYTES) {
        return settings_error_set(
            error, 0, 0,
            arena_format(arena, "文件超过 %d MiB；请压缩其中的图片", LIMIT_DOCUMENT_BYTES >> 20),
            arena_format(arena, "it is larger than %d MiB; make its pictures smaller",
                         LIMIT_DOCUMENT_BYTES >> 20));
    }
    return about->st_size > 0 || settings_error_set(error, 0, 0, "文件是空的；请核对是否选错文件",
                                                    "it is empty; is it the right file?");
}

static bool bytes_read(int fd, struct arena *arena, char **bytes, size_t *length,
                       struct settings_error *error)
{
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return unreadable(arena, strerror(errno), strerror(errno), error);
    }
    if (!size_check(&about, arena, error)) {
        return false;
    }
    size_t size = (size_t)about.st_size;
    *bytes = arena_alloc(arena, size + 1);
    *length = 0;
    while (*length < size) {
        ssize_t got = pread(fd, *bytes + *length, size - *length, (off_t)*length);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return unreadable(arena, "读到一半中断", "it ended half way", error);
        }
        *length += got > 0 ? (size_t)got : 0;
    }
    return true;
}

// ---- The text

static bool text_of(int fd, const char *bytes, size_t length, struct arena *arena,
                    struct document *out, struct decoded *text, struct settings_error *error)
{
    switch (out->kind) {
    case DOCUMENT_TEXT:
        if (!text_decode(bytes, length, arena, text, error)) {
            return false;
        }
        out->encoding = text->encoding;
        return true;
    case DOCUMENT_DOCX:
        return document_docx_text(bytes, length, arena, &text->text, &text->length, error);
    case DOCUMENT_PDF:
        return document_pdf_text(fd, arena, &text->text, &text->length, error);
    case DOCUMENT_OTHER:
        break;
    }
    return settings_error_set(
        error, 0, 0, "这种文件不能统计字数；请另存为 DOCX、PDF 或 UTF-8 文本",
        "its characters cannot be counted; save it as DOCX, PDF or UTF-8 text");
}

static bool characters_count(int fd, const char *bytes, size_t length, struct arena *arena,
                             struct document *out, struct settings_error *error)
{
    struct decoded text = {0};
    if (!text_of(fd, bytes, length, arena, out, &text, error)) {
        return false;
    }
    out->characters = text_characters(text.text, text.length);
    return out->characters > 0 ||
           settings_error_set(error, 0, 0, "其中没有文字（可能是扫描件）；请提供可复制文字的文件",
                              "there is no text in it (a scan?); hand in a file with its text");
}

static bool opened_read(int fd, bool counted, struct arena *arena, struct document *out,
                        struct settings_error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    if (!bytes_read(fd, arena, &bytes, &length, error)) {
        return false;
    }
    assert(bytes != NULL);
    out->kind = kind_of(bytes, length);
    digest_of(bytes, length, out->digest);
    return !counted || characters_count(fd, bytes, length, arena, out, error);
}

bool document_read(const char *path, bool counted, struct arena *arena, struct document *out,
                   struct settings_error *error)
{
    *out = (struct document){.kind = DOCUMENT_OTHER};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe is refused, not waited for
    if (fd < 0) {
        return unreadable(arena, strerror(errno), strerror(errno), error);
    }
    bool good = opened_read(fd, counted, arena, out, error);
    (void)close(fd);
    return good;
}
