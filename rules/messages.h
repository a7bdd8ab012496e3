// messages - what is sent to people, and who they are
#pragma once

#include "rules/deciding.h"

// A name and a value for a template. The last of a list has no name.
struct fact {
    const char *name;
    const char *value;
};

// Seals one message to each principal of the roles (of a district bureau, an enterprise and the
// like only those whose scope is that of the case's enterprise) and queues its delivery; to who has
// quiet hours now, when they end. `c` may be NULL.
void message_to_roles(struct deciding *d, uint32_t roles, Award__Template__Name template_name,
                      const Award__Case *c, const struct fact *facts);

// The same to one principal; to nobody where the name is none.
void message_to_principal(struct deciding *d, const char *name, Award__Template__Name template_name,
                          const Award__Case *c, const struct fact *facts);

// Seals a message that only shows whether this channel reaches him. False where he has no address
// for it; the spool reaches him, too, who has none at all.
bool message_try(struct deciding *d, const char *name, Award__Channel__Name channel);

// Whether a principal's scope fits what concerns this enterprise (NULL: nobody's in particular).
bool recipient_fits(struct deciding *d, const Award__Principal *principal,
                    const Award__Enterprise *enterprise);

// Whether he is of an enterprise that came from this one, and so carries its honours (decision 27).
bool recipient_succeeds(struct deciding *d, const Award__Principal *principal,
                        const Award__Enterprise *enterprise);

// Puts the alert into the messages that are collected for its recipient, one for each of his
// channels: at once where it is urgent, else in his hours. A message is sealed by its own row of
// the index. The caller puts the alert.
void message_collect_alert(struct deciding *d, Award__Alert *alert, bool urgent);

// Whether the message has not gone out yet; false for NULL.
bool message_collecting(struct deciding *d, const char *id);

// The message collects no more: its delivery is queued. `c` may be NULL.
void message_seal(struct deciding *d, Award__Message *message, const Award__Case *c);

// When the row of the index seals a message that collects.
int64_t message_seals_at(const Award__Message *message);

// Whether a message that was given up still waits for somebody to look after it (decision note
// 029): nobody acknowledged it; of alerts, one that it lists is open; of a morning's, it is that
// day; of one about another message, that one waits. False for what was not given up.
bool message_unsettled(struct deciding *d, const Award__Message *message, int32_t today);
