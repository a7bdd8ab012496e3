// service - what a service manager is told: ready, one line, signs of life
//
// Where none listens (NOTIFY_SOCKET is not set) the calls do nothing.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// How often it wants a sign of life, in milliseconds: half of what it waits; 0: never.
int64_t service_sign_ms(void);
void service_alive(void);

void service_ready(void);
void service_reloading(void); // until it is ready again

// Asked to read its settings again (SIGHUP) while it has no handler for that yet, or no more, a
// program would be ended: the signal waits from `hold` on and comes with `take`.
void service_hangup_hold(void);
void service_hangup_take(void);

void service_stopping(void);

// Before anything is opened: where standard input, output or error is closed, what is opened next
// would take its place, and a line of the log would be written into the database. Reading and
// writing there fail as if it were closed.
void service_standard_hold(void);

// At the end: whether something of standard output was lost, now or before.
bool service_output_lost(void);

// The status to end with: where something was lost, that is said under the program's name, and
// `lost` takes the place of 0; a status that says more stays.
int service_output_end(const char *program, int status, int lost);

// One line on how it is, for whoever looks; at most 256 bytes of it are told.
void service_status(const char *format, ...) __attribute__((format(printf, 1, 2)));
