// screen - how wide it is, and what goes on in the next line
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
    COLUMNS_STANDARD = 100, // where the terminal does not say, and of prose
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

void screen_text(const char *text, size_t column, size_t columns)
{
    while (text_width(text) > columns - column) {
        size_t length = text_line(text, columns - column);
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

void screen_prose(const char *text, size_t column)
{
    size_t columns = screen_columns();
    screen_text(text, column, columns < COLUMNS_STANDARD ? columns : COLUMNS_STANDARD);
    (void)putchar('\n');
}
