// nearest - which known word somebody may have meant
#pragma once

#include <stdbool.h>
#include <stddef.h>

// The number of single characters to insert, remove, change or swap with their neighbour to turn
// one word into the other. Words longer than 64 bytes are as far away as can be (SIZE_MAX).
size_t word_distance(const char *one, const char *other);

// Whether the distance is small enough, for words of this length, that one may be the other
// mistyped.
bool word_near(size_t distance, const char *word);

// The nearest of the words that were tried, of those that are near.
struct word_search {
    const char *wanted;
    const char *best; // NULL: none is near
    size_t least;     // its distance
};

void word_try(struct word_search *search, const char *word);
