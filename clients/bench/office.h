// office - the office that is measured: its two files of settings, a connection
#pragma once

#include "clients/client.h"
#include "common/arena.h"
#include "settings/client_file.h"
#include "settings/daemon_file.h"

#include <stdint.h>

struct bench_office {
    const char *home;
    struct arena *arena; // of the settings
    struct client_file client_settings;
    struct daemon_file daemon_settings;
};

// Says what is wrong on standard error, and what to do. Always false.
bool bench_fail(const char *zh, const char *en);

// How far something is that takes long: a line a second on standard error, none in the first
// second. It begins anew where `done` is no more than it was.
void bench_progress(const char *what, uint64_t done, uint64_t all);

// Reads awardctl.yaml and awardd.yaml in `home`. False when one cannot be read; that has been said.
bool bench_office_open(struct bench_office *office, const char *home);
void bench_office_close(struct bench_office *office);

// Connects under a principal's key, in the loop of another connection unless it is NULL. NULL when
// it cannot, which has been said.
struct client *bench_office_connect(const struct bench_office *office, const char *principal,
                                    struct client *beside);

// Where the database keeps its entries, and its state; in the office's arena.
const char *bench_office_journal(const struct bench_office *office);
const char *bench_office_state(const struct bench_office *office);
