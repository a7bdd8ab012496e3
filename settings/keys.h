// keys - files of settings by tables of their keys
//
// One row a key: path, type, bounds, default, where it goes in a plain struct, the article it rests
// on, and help. Checking, error messages and help come from the row alone. Paths name maps with
// dots and the elements of a list with brackets: "publicity.length", "categories[].items[].points";
// the first row is the root, with an empty path, and a map or list has its row before its entries'.
#pragma once

#include "common/arena.h"
#include "settings/yaml.h"

#include <protobuf-c/protobuf-c.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_type {
    KEY_MAP,      // the struct at its place
    KEY_LIST,     // an array and its count; min and max are of the number of elements
    KEY_NUMBER,   // a whole number, decimal without leading zeros
    KEY_POINTS,   // hundredths, from a number of at most two decimals; min and max in hundredths
    KEY_FLAG,     // a bool: yes or no
    KEY_CHOICE,   // one word of `choices` or `enumeration`
    KEY_BIT,      // the same in a list: sets 1 << its number in the place of the list
    KEY_TIME,     // minute of the day, from "09:00"; "24:00", too, where max is KEY_TIME_END
    KEY_TEXT,     // min and max are bytes; only characters of `alphabet` where there is one
    KEY_LINES,    // the same, of several lines
    KEY_PATH,     // of a file; a relative one is taken from the directory of the file that is read
    KEY_ENDPOINT, // tcp://host:port, and ipc://path unless max is ENDPOINT_TCP; min is the lowest
                  // port, `*` being 0; "" too, where that is the default
};

enum {
    KEY_TIME_END = 24 * 60,
    ENDPOINT_TCP = 1,
    ENDPOINT_PATH_BYTES_MAX = 107, // what the address of a Unix socket holds
};

struct key_choice {
    const char *name; // NULL ends the list
    int64_t value;
};

struct key {
    const char *path;
    enum key_type type;
    int64_t min;
    int64_t max;
    const char
        *standard; // the value where the key is missing, as it would be written; NULL: required
    const char
        *before;   // what a text that was recorded before there was this key meant, as it would
                   // be written, the words of a list with blanks between; NULL: the key is old
    size_t offset; // in the struct of the map or element that it stands in
    size_t size;   // of the field
    size_t stride; // of a list: size of an element; 0 for a list of KEY_BIT, without a count
    size_t count_offset; // of a list: where its size_t count stands, beside offset
    const char *article; // of the regulation, "decision 3", "policy"; NULL: none
    const char *zh;      // what it is
    const char *en;
    const char *alphabet;
    const struct key_choice *choices;
    const ProtobufCEnumDescriptor *enumeration;
    bool reloads; // a running program takes over a change of it; else it wants a restart
};

// Where a row's value goes.
#define KEY_AT(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)
#define KEY_ARRAY_AT(type, member)                                                                 \
    .offset = offsetof(type, member), .size = sizeof(((type *)0)->member),                         \
    .stride = sizeof(((type *)0)->member[0]), .count_offset = offsetof(type, member##_count)
#define KEY_ELEMENT(type) .size = sizeof(type)

struct key_table {
    const struct key *rows;
    size_t rows_count;
};

// What was read, kept to say where a field was written.
struct key_reading {
    bool recorded; // the text is on record already: keys that are newer have what stood for them
    const struct key_table *table;
    struct arena *arena;
    const char *directory; // of the file, for relative paths
    struct settings_error *error;
    struct settings_errors *all; // all that is wrong; NULL: reading ends at the first
    struct yaml_document document;
    const struct key **row_of; // by node
    unsigned char **place_of;  // NULL: it is wrong, or stands in what is
};

// Reads the text into *target, which is zeroed. `directory` may be NULL where no row is a path.
// What is found wrong first, in the order of the text, goes to *error. With `all` it reads on, and
// all of it goes there; what stands within something wrong is passed over.
bool keys_read(struct key_reading *reading, const char *text, size_t length, void *target);

// The same for a file of which nothing but its rows is checked: with an arena of its own, and the
// directory taken from the path.
bool keys_read_file(const struct key_table *table, const char *text, size_t length,
                    const char *path, void *target, struct settings_error *error);

// The key's line in what was read, from 1; 0 where it was left to its default.
size_t keys_line(const struct key_reading *reading, const struct key *key);

// Reports that the value of a field of the target, or the map or list at it, is wrong, to `all`,
// too, where that is wanted and has room; returns false.
bool keys_fail(const struct key_reading *reading, const void *field, const char *zh,
               const char *en);

// What a value of the row must be, in words.
const char *key_expectation_zh(const struct key *key, struct arena *arena);
const char *key_expectation_en(const struct key *key, struct arena *arena);

// The article behind a comma, to stand after the help; empty where the row has none.
// "12(2)", "决定19", "政策": "decision " and "policy" are the only English words of an article.
const char *article_zh(const char *article, struct arena *arena);

const char *key_article_zh(const struct key *key, struct arena *arena);
const char *key_article_en(const struct key *key, struct arena *arena);
