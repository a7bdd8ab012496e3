// nearest - which known word somebody may have meant
//
// Optimal string alignment over three rows of the usual table.
#include "settings/nearest.h"

#include <stdint.h>
#include <string.h>

enum { WORD_BYTES_MAX = 64 };

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

size_t word_distance(const char *one, const char *other)
{
    size_t rows[3][WORD_BYTES_MAX + 1] = {{0}};
    size_t height = strlen(one);
    size_t width = strlen(other);
    if (height > WORD_BYTES_MAX || width > WORD_BYTES_MAX) {
        return SIZE_MAX;
    }
    for (size_t x = 0; x <= width; x++) {
        rows[0][x] = x;
    }
    for (size_t y = 1; y <= height; y++) {
        size_t *row = rows[y % 3];
        const size_t *above = rows[(y - 1) % 3];
        const size_t *two_above = rows[(y + 1) % 3];
        row[0] = y;
        for (size_t x = 1; x <= width; x++) {
            size_t change = one[y - 1] == other[x - 1] ? 0 : 1;
            row[x] = least(least(above[x], row[x - 1]) + 1, above[x - 1] + change);
            if (y > 1 && x > 1 && one[y - 1] == other[x - 2] && one[y - 2] == other[x - 1]) {
                row[x] = least(row[x], two_above[x - 2] + 1);
            }
        }
    }
    return rows[height % 3][width];
}

bool word_near(size_t distance, const char *word)
{
    size_t length = strlen(word);
    return distance <= (length < 4 ? 1 : length < 12 ? 2 : 3);
}

void word_try(struct word_search *search, const char *word)
{
    size_t distance = word_distance(search->wanted, word);
    bool nearer = search->best == NULL || distance < search->least;
    if (nearer && word_near(distance, word)) {
        search->best = word;
        search->least = distance;
    }
}
