// init - what `awardctl init` makes, in parts
#pragma once

#include "clients/ctl/awardd.h"
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
    const char *listen;    // "tcp://127.0.0.1:7000"; NULL: sockets in a directory
    const char *clock;     // "manual", "system"; NULL: that of the host
    const char *principal; // whose key awardctl uses by default; NULL: that of the office
};

// ---- Questions

// Asks on the terminal for what was not given: directory, city, rulebook, first people. A file is
// read before the next question. False when somebody ended it.
bool init_ask(struct ctl *ctl, struct init *init);

// Whether a file can be a rulebook, or a list of people; if not, it has said why.
bool init_rulebook_good(struct ctl *ctl, const char *path);
bool init_people_good(struct ctl *ctl, const char *path);

// The same of the name of a city.
bool init_city_good(struct ctl *ctl, const char *city);

// ---- Files

// Where things lie. /etc/awardd is that of a service, with its data in /var/lib; any other
// directory keeps everything within itself, its owner's alone.
struct init_place {
    bool service;
    const char *directory; // of configuration and keys
    const char *keys;
    const char *sockets;
    const char *data;
    const char *genesis;
    const char *server_key;
    const char *daemon_config;
    const char *client_config;
};

struct init_place init_place_of(struct ctl *ctl, const char *directory);

// Whether this host was started by systemd.
bool init_systemd_runs(void);

// Makes the directories that are not there. Returns a status, as do the next two; it has been said
// what is wrong.
int init_directories(struct ctl *ctl, const struct init_place *place);

// Writes the file unless it is there, and says what it is.
int init_file(struct ctl *ctl, const struct init_place *place, const char *path, const char *text,
              const char *zh, const char *en);

// Whether there is one that was made to its end.
bool init_database_there(struct ctl *ctl, const struct init_place *place);

// Has awardd make the database, under the owner of its directory, unless it is there.
int init_database(struct ctl *ctl, const struct init_place *place);

// "+ PATH  what it is": made, or, with "=", there before.
void init_told(const char *path, bool made, const char *zh, const char *en);

// The first entry of the database, without keys: texts read and checked, people. NULL when it has
// said why not.
Award__Genesis *init_genesis(struct ctl *ctl, const struct init *init);

// A key for each of its people, which is made in DIR/keys unless it is there. False when it has
// said why not.
bool init_people_keys(struct ctl *ctl, const struct init_place *place, Award__Genesis *genesis);

// Says that --start is no moment. Returns CTL_USAGE.
int init_start_wrong(void);

// Says of what was given and is otherwise in the office at `place`, which is there, both values and
// the way to change it. Returns CTL_OK where all of it is the same, else a status.
int init_kept(struct ctl *ctl, const struct init *init, const struct init_place *place);

// Where clients connect, in the arena.
const char *init_client_endpoint(struct ctl *ctl, const struct init *init,
                                 const struct init_place *place);

// The two configurations, as text in the arena.
const char *init_daemon_text(struct ctl *ctl, const struct init *init,
                             const struct init_place *place);
const char *init_client_text(struct ctl *ctl, const struct init *init,
                             const struct init_place *place, const char *server_key);

// Whether awardd and awardctl will take those of them that are not there yet; if not, it has said
// why.
bool init_texts_good(struct ctl *ctl, const struct init *init, const struct init_place *place);

// Makes the key unless it is there, and reads it. False when it has said why not.
bool init_key(const char *path, const char *name, struct keyfile *key);
