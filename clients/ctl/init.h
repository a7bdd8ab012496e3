// init - what `awardctl init` makes, in parts
#pragma once

#include "clients/ctl/ctl.h"
#include "event.pb-c.h"

// What was asked for. Texts are borrowed.
struct init {
    const char *directory;
    const char *city;
    const char *rulebook; // files
    const char *calendar;
    const char *alerts;
    const char *people;    // NULL: a small default set
    const char *start;     // of a manual clock; NULL: today
    const char *listen;    // "tcp://127.0.0.1:7000"; NULL: sockets in the directory
    const char *principal; // whose key awardctl uses by default
    bool manual_clock;
};

// The first entry of the database: texts read and checked, people, and a key for each of them that
// is made in DIR/keys unless it is there. NULL when it has said why not.
Award__Genesis *init_genesis(struct ctl *ctl, const struct init *init);

// The two configurations, as text in the arena.
const char *init_daemon_text(struct ctl *ctl, const struct init *init);
const char *init_client_text(struct ctl *ctl, const struct init *init, const char *server_key);

// Makes DIR/keys/NAME.key unless it is there, and reads it. False when it has said why not.
bool init_key(struct ctl *ctl, const char *path, const char *name, struct keyfile *key);
