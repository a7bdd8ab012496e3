// yaml - a small, strict reading of YAML text into a flat list of nodes
//
// The part of YAML that a person writes by hand: maps, lists and scalars, one document. Anchors,
// aliases, tags, directives, control characters and keys that stand twice are refused, line breaks
// but in a literal block (`|`) too, and size, depth and numbers of entries are bounded. Every node
// knows its line and column.
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

enum { YAML_NONE = -1 }; // no node

struct yaml_node {
    enum yaml_kind kind;
    int parent;       // index of the map or list that it stands in; YAML_NONE for the root
    int previous;     // the entry before it in its parent; YAML_NONE for the first
    size_t index;     // the how-manieth entry of its parent, from 0
    size_t entries;   // of a map or list
    const char *key;  // in a map; else NULL
    const char *text; // of a scalar
    bool plain;       // of a scalar: written without quotes
    size_t line;      // of the value, from 1
    size_t column;    // in characters, from 1
    size_t key_line;  // of the key; of the value where there is none
    size_t key_column;
};

// In the order of the text, so that a parent comes before its entries; the first is the root.
struct yaml_document {
    struct yaml_node *nodes;
    size_t nodes_count;
};

// Nodes and texts lie in the arena. False and *error when the text is not such YAML.
bool yaml_read(const char *text, size_t length, struct arena *arena, struct yaml_document *document,
               struct settings_error *error);
