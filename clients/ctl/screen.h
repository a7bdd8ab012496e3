// screen - how wide the terminal is, and lines that end where it does
#pragma once

#include <stddef.h>

// Columns of the terminal that standard output is. SIZE_MAX where it is none: what goes into a pipe
// or a file has one line for each thing, for grep and the like.
size_t screen_columns(void);

// Prints the text from a column on; where the line is full it goes on in that column of the next.
// `columns` is what screen_columns has said, more than `column` by some letters.
void screen_text(const char *text, size_t column, size_t columns);

// Prints a text that is read and not searched from a column on, and ends the line: at most 100
// columns, in a pipe too.
void screen_prose(const char *text, size_t column);
