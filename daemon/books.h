// books - rulebooks, alert policy and calendar as the rules want them, read from the state
//
// The state holds their texts; this keeps them parsed, and parses anew when one was loaded. Also
// what settings says of the text of one that is about to be loaded.
#pragma once

#include "event.pb-c.h"
#include "rules/rules.h"

struct books;

struct books *books_create(void);
void books_destroy(struct books *books);

// Reads what is in the view. Call at start and after each entry that loaded one of the three.
bool books_refresh(struct books *books, const struct view *view);
bool books_concerned(const Award__Event *event);

// As the rules ask for it; the context is the books.
const struct rulebook *books_rulebook(const void *context, const char *digest);
const struct alert_policy *books_policy(const struct books *books);
const struct calendar *books_calendar(const struct books *books);

// What is wrong with the text that an event loads, in the arena; false and both NULL if nothing is.
bool books_text_wrong(const Award__Event *event, struct arena *arena, const char **zh,
                      const char **en);

// The same for the texts that a genesis brings with it.
bool books_genesis_wrong(const Award__Genesis *genesis, struct arena *arena, const char **zh,
                         const char **en);
