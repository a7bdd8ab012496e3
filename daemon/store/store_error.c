// store_error - puts an error into words
#include "daemon/store/store_error.h"

#include "common/text.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Of a text that does not fit, as many whole characters as do.
static void whole_characters_copy(char *to, size_t size, const char *text)
{
    size_t length = text_cut(text, size - 1);
    memcpy(to, text, length);
    to[length] = '\0';
}

int store_error_set(struct store_error *error, int code, const char *path, const char *format, ...)
{
    assert(code < 0);
    if (error == NULL) {
        return code;
    }
    error->code = code;
    char text[2 * sizeof(error->text)];
    int used = snprintf(text, sizeof(text), "%.400s: ", path);
    assert(used > 0 && (size_t)used < sizeof(error->text));
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text + used, sizeof(text) - (size_t)used, format, args);
    va_end(args);
    whole_characters_copy(error->text, sizeof(error->text), text);
    return code;
}

int store_error_system(struct store_error *error, const char *path)
{
    const char *cause = strerror(errno);
    return store_error_set(error, STORE_IO, path,
                           "不能读写（%s），请检查路径、权限和磁盘空间。 cannot be read or written "
                           "(%s): check the path, its permissions and the room on its disk.",
                           cause, cause);
}
