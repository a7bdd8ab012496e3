// channel_spool - a file that the office prints or sends by hand
//
// A message is taken when its file is in the spool, synced. A spool that cannot be written is tried
// again.
#include "workers/notification/channel.h"
#include "workers/notification/spool.h"

static struct transfer *spool_send(struct channel_settings *settings,
                                   const struct channel_message *message, struct arena *arena,
                                   struct channel_outcome *outcome)
{
    const char *why = NULL;
    const char *file = spool_name(message->message, ".eml", arena);
    if (!spool_write(settings->spool, file, mail_format(&message->mail, arena), arena, &why)) {
        return channel_later(outcome, 0, why);
    }
    *outcome = (struct channel_outcome){
        .fate = CHANNEL_TAKEN,
        .reply = arena_format(arena, "spooled: %s", file),
    };
    return NULL;
}

const struct channel channel_spool = {.name = "spool", .send = spool_send};
