// settings_error - what is wrong in a file, where, and what would be right
#pragma once

#include <stddef.h>

struct settings_error {
    size_t line;   // from 1; 0 where the file as a whole is meant
    size_t column; // from 1
    char zh[512];
    char en[512];
};
