// paper_texts - the wording of the papers of a revocation
#pragma once

#include "event.pb-c.h"

// Chinese and English text with {fact} placeholders; papers.c says which facts there are.
struct paper_text {
    const char *zh;
    const char *en;
};

// A notice before the approval leaves room for its day; a refused revocation has no papers.
const struct paper_text *paper_text(Award__Paper__Kind kind);
