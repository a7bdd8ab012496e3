// authority - who the key says a sender is
//
// A key is asked for at the handshake, and again with every message: one that was revoked is
// refused at once, on connections that are open, too.
#include "daemon/authority.h"

#include "rules/record.h"

static ProtobufCMessage *record_read(const struct view *view, Award__Change__RecordCase kind,
                                     const char *id, struct arena *arena)
{
    struct bytes value;
    struct bytes key = record_key(arena, kind, id);
    if (view->get(view, key, arena, &value) != VIEW_FOUND) {
        return NULL;
    }
    return codec_unpack_trusted(record_descriptor(kind), value, arena);
}

Award__Principal *authority_principal(const struct view *view, const char *public_key,
                                      struct arena *arena)
{
    const Award__Key *key =
        (const Award__Key *)record_read(view, AWARD__CHANGE__RECORD_KEY, public_key, arena);
    if (key == NULL || key->revoked || key->principal == NULL) {
        return NULL;
    }
    return (Award__Principal *)record_read(view, AWARD__CHANGE__RECORD_PRINCIPAL, key->principal,
                                           arena);
}
