// screen - a line ends at a blank or behind a Chinese mark
#include "clients/ctl/screen.h"

#include "common/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    COLUMNS_LEAST = 60,     // a narrower terminal breaks lines by itself
    COLUMNS_STANDARD = 100, // where the terminal does not say
};

size_t screen_columns(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) != 1) {
        return SIZE_MAX;
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return COLUMNS_STANDARD;
    }
    return size.ws_col < COLUMNS_LEAST ? COLUMNS_LEAST : size.ws_col;
}

// Whether a Chinese mark ends at this byte of the text.
static bool mark_before(const char *text, size_t at)
{
    static const char *const marks[] = {"，", "；", "。", "、", "：", "）"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t length = strlen(marks[i]);
        if (at >= length && memcmp(text + at - length, marks[i], length) == 0) {
            return true;
        }
    }
    return false;
}

// A letter of an id, a path or a word of English.
static bool letter(char byte)
{
    return byte > ' ' && (unsigned char)byte < 0x80;
}

// Bytes of the text for a line of so many columns. A word that is longer stays whole, so that an id
// can be copied from the screen.
static size_t line_bytes(const char *text, size_t room)
{
    size_t fit = text_fit(text, room);
    for (size_t at = fit; at > fit / 4; at--) {
        if (text[at] == ' ' || mark_before(text, at)) {
            return at;
        }
    }
    while (letter(text[fit - 1]) && letter(text[fit])) {
        fit++;
    }
    return fit;
}

void screen_text(const char *text, size_t column, size_t columns)
{
    while (text_width(text) > columns - column) {
        size_t length = line_bytes(text, columns - column);
        const char *rest = text + length + strspn(text + length, " ");
        (void)printf("%.*s", (int)length, text);
        if (*rest == '\0') {
            return;
        }
        (void)printf("\n%*s", (int)column, "");
        text = rest;
    }
    (void)fputs(text, stdout);
}
