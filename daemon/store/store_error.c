// store_error - puts an error into words
#include "daemon/store/store_error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// A text that did not fit ends before the character that was cut.
static void cut_to_whole_character(char *text)
{
    size_t end = strlen(text);
    size_t start = end;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
        start--;
    }
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)text[start - 1];
        size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (end - (start - 1) < whole) {
            text[start - 1] = '\0';
        }
    }
}

int store_error_set(struct store_error *error, int code, const char *path, const char *format, ...)
{
    assert(code < 0);
    if (error == NULL) {
        return code;
    }
    error->code = code;
    int used = snprintf(error->text, sizeof(error->text), "%.400s: ", path);
    assert(used > 0 && (size_t)used < sizeof(error->text));
    va_list args;
    va_start(args, format);
    (void)vsnprintf(error->text + used, sizeof(error->text) - (size_t)used, format, args);
    va_end(args);
    cut_to_whole_character(error->text);
    return code;
}
