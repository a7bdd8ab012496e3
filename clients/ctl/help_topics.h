// help_topics - what `awardctl help` tells beside commands: subjects, and files by their keys
#pragma once

#include "settings/keys.h"

#include <stddef.h>

struct help_topic {
    const char *name; // "dates"
    const char *also; // the Chinese name, which may be typed in its place
    const char *en;   // one line of what it is
    const char *text_zh;
    const char *text_en;
};

const struct help_topic *help_topics(size_t *count);

struct help_file {
    const char *name; // "awardd.yaml"
    const char *page; // of the manual
    const struct key_table *table;
};

const struct help_file *help_files(size_t *count);
