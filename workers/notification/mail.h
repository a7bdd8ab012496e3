// mail - one message as RFC 5322 wants it: headers, and a body of UTF-8 text
//
// The same message gives the same bytes: its date is when it was made, its Message-ID its identity,
// and so is what stands between its parts.
#pragma once

#include "letters/letter.h"

#include <stdbool.h>
#include <stdint.h>

struct mail {
    const char *from_name;
    const char *from;       // an address; NULL: awardd@award.invalid, for the spool
    const char *to_name;    // as printed; may be NULL
    const char *to;         // name of the principal
    const char *to_address; // NULL: NAME@award.invalid, for the spool
    int64_t date_ms;        // in Asia/Shanghai on the header
    const char *identity;   // stable
    const char *subject;
    const char *body; // lines end with \n
    bool rehearsal;
    bool html; // as text and as a page of the same content, for a server; otherwise text alone
};

// A letter as a mail to its recipient.
struct mail mail_of_letter(const struct letter *letter);

// In the arena. Lines end with \r\n; control characters become blanks.
char *mail_format(const struct mail *mail, struct arena *arena);
