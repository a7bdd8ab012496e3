// channel - the ways by which a message reaches a person: a table, a file each
//
// A further robot is a row of the table and a file. `send` says what becomes of a message at once,
// or prepares a transfer; `judge` says what became of it from what the server answered.
//   taken: the server has it. later: nobody's fault for good; it is tried again by the policy.
//   never: no further attempt will help.
#pragma once

#include "settings/notification_file.h"
#include "settings/secret_file.h"
#include "workers/notification/mail.h"
#include "workers/notification/transfer.h"

#include "value.pb-c.h"

enum { CHANNEL_RATE_MAX = 20, CHANNEL_RATE_SECONDS = 60 };

// What went out by a channel that takes only so many messages a minute.
struct channel_rate {
    int64_t sent_s[CHANNEL_RATE_MAX]; // a ring of monotonic moments
    uint64_t sent;                    // so many in all
    uint32_t put_off;                 // of those that are to come again
    int64_t held_s;                   // until then nothing goes out: the server said so
};

// The configuration, and what lies in its files.
struct channel_settings {
    bool given; // there was a file
    struct notification_file file;
    char mail_password[SECRET_BYTES];
    char webhook_secret[SECRET_BYTES];
    char wecom_key[SECRET_BYTES];
    struct channel_rate wecom_rate;
    const char *spool; // its directory
};

struct channel_message {
    struct mail mail;      // what it says
    const char *message;   // its stable identity
    const char *recipient; // name of the principal
    const char *address;   // of this channel
    const char *template_name;
    const char *case_; // NULL
};

enum channel_fate { CHANNEL_TAKEN, CHANNEL_LATER, CHANNEL_NEVER };

struct channel_outcome {
    enum channel_fate fate;
    const char *reply;     // what the server said, or why not; one line
    uint32_t wait_seconds; // before another attempt, at least; 0: as the policy has it
};

struct channel {
    const char *name; // of Channel.Name
    // The transfer that is to be run; or NULL and what became of the message.
    struct transfer *(*send)(struct channel_settings *settings,
                             const struct channel_message *message, struct arena *arena,
                             struct channel_outcome *outcome);
    // NULL where none is ever run.
    struct channel_outcome (*judge)(struct channel_settings *settings,
                                    const struct transfer *transfer);
};

extern const struct channel channel_mail;
extern const struct channel channel_webhook;
extern const struct channel channel_wecom;
extern const struct channel channel_spool;

// NULL where there is no channel of that name.
const struct channel *channel_find(const char *name);

// Reads the file of channels (NULL: none is configured) and its secrets. False and a sentence in
// *reason.
bool channel_settings_read(const char *path, struct channel_settings *settings, struct arena *arena,
                           const char **reason);

// 0: a message may go out now, and is counted. Otherwise the seconds after which it is likely to
// find room, behind those that were put off before it.
uint32_t channel_rate_take(struct channel_rate *rate, uint32_t per_minute, int64_t now_s);

// The server has had too much: nothing more goes out for a minute.
void channel_rate_hold(struct channel_rate *rate, int64_t now_s);

// ---- For the channels themselves

// No transfer: what became of the message at once.
struct transfer *channel_never(struct channel_outcome *outcome, const char *reply);
struct transfer *channel_later(struct channel_outcome *outcome, uint32_t wait_seconds,
                               const char *reply);

// It is asked for and not in the file of channels.
struct transfer *channel_missing(struct channel_outcome *outcome, const char *name,
                                 struct arena *arena);

// Text of a server on one line: bounded, of whole characters, without control characters.
const char *channel_reply(struct arena *arena, const char *text);

// The same of what this one's server said, with *** in the place of the words that are hidden:
// servers like to repeat whom a message was for, gateways and proxies what was asked of them.
const char *channel_said(const struct transfer *transfer, const char *text);

// The text with *** for each occurrence of the word that is no part of a longer one of letters and
// digits; in the arena, or the text itself where the word is empty.
const char *channel_mask(const char *text, const char *word, struct arena *arena);

// What an answer of HTTP means by its status alone: 2xx taken; 429, 408, 5xx, no answer later; any
// other never.
struct channel_outcome channel_judge_http(const struct transfer *transfer);

// A POST of JSON, with the headers that all have; more may be added to its list before it is run.
struct transfer *channel_post(struct arena *arena, const struct transfer_limits *limits,
                              const char *url, const char *json);
