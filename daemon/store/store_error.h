// store_error - what may go wrong on disk, in words; no MDB_ code leaves daemon/store
#pragma once

enum store_code {
    STORE_OK = 0,
    STORE_ABSENT = -1,  // no such entry or key
    STORE_DAMAGED = -2, // a hash or checksum does not fit, or the bytes cannot be read
    STORE_FULL = -3,    // disk or map full; nothing was written
    STORE_IO = -4,      // the operating system failed us
    STORE_LOCKED = -5,  // another process has it open
    STORE_FORMAT = -6,  // made by a newer version
    STORE_EXISTS = -7,  // asked to create what is there
    STORE_LEFT = -8,    // told to leave off before the end
};

struct store_error {
    int code;
    char text[1024]; // what happened to what, why, and what to do next; Chinese, then English
};

// Sets code and text: "PATH: " and then the format. `error` may be NULL. Returns the code, so that
// `return store_error_set(...)` is one line.
int store_error_set(struct store_error *error, int code, const char *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// The same where the operating system refused a call on a file: STORE_IO, and what errno says.
int store_error_system(struct store_error *error, const char *path);
