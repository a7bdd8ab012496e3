// document - a file that is handed in: its kind, its 字数 (decision 13), its digest
#pragma once

#include "common/arena.h"
#include "settings/digest.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stdint.h>

enum document_kind { DOCUMENT_TEXT, DOCUMENT_DOCX, DOCUMENT_PDF, DOCUMENT_OTHER };

struct document {
    enum document_kind kind; // by its content, whatever its name says
    const char *encoding;    // of a text; NULL of others
    uint32_t characters;     // 字数; 0 of others
    char digest[DIGEST_TEXT_BYTES];
};

// Reads a file of at most LIMIT_DOCUMENT_BYTES. With `counted` its text is read too: one whose
// characters cannot be counted is then an error; else only its kind and digest are told. False and
// *error (line 0) when it cannot be read.
bool document_read(const char *path, bool counted, struct arena *arena, struct document *out,
                   struct settings_error *error);

const char *document_kind_name(enum document_kind kind); // "text", "docx", "pdf", "other"
