// templates - the wording of every message
#pragma once

#include "record.pb-c.h"

// Chinese and English with {fact} placeholders (workers/writing.h).
struct template
{
    const char *subject_zh;
    const char *subject_en;
    const char *body_zh;
    const char *body_en;
};

// NULL where there is no such message.
const struct template *template_of(Award__Template__Name name);
