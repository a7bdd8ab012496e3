// html - the text of a message as a page of the same content
//
// No styles of its own, nothing that is loaded from elsewhere: a heading, paragraphs, lists, and
// what is to be typed in monospace.
#pragma once

#include "common/arena.h"

// `body` is text whose lines end with \n: "- " begins an item of a list, 【…】 is a heading, "----"
// stands between two languages, "-- " before the signature, and what follows "awardctl " on a line
// is a command. Everything is escaped. In the arena; lines end with \n.
char *html_format(const char *subject, const char *body, struct arena *arena);
