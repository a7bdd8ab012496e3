// text_decode - bytes of a text file as UTF-8
//
// Valid UTF-8 is taken for UTF-8: Chinese text in GB18030 is practically never valid as such. The
// other way about it is not certain, so GB18030 is tried last, and strictly.
#include "clients/ctl/text_decode.h"

#include "common/text.h"

#include <assert.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

// Two bytes of UTF-16 or of GB18030 become three of UTF-8 at most.
enum { GROWTH = 3 };

struct mark {
    const char *bytes;
    size_t length;
    const char *name;     // as it is told
    const char *encoding; // as iconv knows it; NULL: nothing is to be converted
};

// clang-format off
static const struct mark marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8",  NULL},
    {"\xFF\xFE",     2, "UTF-16", "UTF-16LE"},
    {"\xFE\xFF",     2, "UTF-16", "UTF-16BE"},
};
// clang-format on

static const struct mark *mark_find(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0) {
            return &marks[i];
        }
    }
    return NULL;
}

// Every byte must be part of a character.
static bool convert(const char *encoding, const char *bytes, size_t length, struct arena *arena,
                    struct decoded *out)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) {
        return false; // a system without its tables
    }
    size_t room = length * GROWTH;
    char *text = arena_alloc(arena, room + 1);
    char *input = arena_copy(arena, bytes, length > 0 ? length : 1);
    char *end = text;
    size_t left = length;
    size_t result = iconv(converter, &input, &left, &end, &room);
    (void)iconv_close(converter);
    out->text = text;
    out->length = (size_t)(end - text);
    return result != (size_t)-1 && left == 0 && text_valid(out->text, out->length);
}

static bool undecodable(struct settings_error *error)
{
    return settings_error_set(
        error, 0, 0, "不是 UTF-8、UTF-16 或 GB18030 文本；请在表格或文字软件中另存为 UTF-8",
        "this is no text in UTF-8, UTF-16 or GB18030; save it as UTF-8");
}

bool text_decode(const char *bytes, size_t length, struct arena *arena, struct decoded *out,
                 struct settings_error *error)
{
    const struct mark *mark = mark_find(bytes, length);
    size_t skipped = mark != NULL ? mark->length : 0;
    out->text = bytes + skipped;
    out->length = length - skipped;
    out->encoding = mark != NULL ? mark->name : "UTF-8";
    if (mark != NULL && mark->encoding != NULL) {
        return convert(mark->encoding, out->text, out->length, arena, out) || undecodable(error);
    }
    if (text_valid(out->text, out->length)) {
        return true;
    }
    out->encoding = "GB18030";
    return (mark == NULL && convert("GB18030", bytes, length, arena, out)) || undecodable(error);
}
