// material_file - a document on disk as a material of an application (13, 14)
#pragma once

#include "clients/ctl/document.h"
#include "event.pb-c.h"

// Its digest, its 字数 where 13 limits it, and for a proof its issuer and as title the name of the
// file without ending. In the arena. NULL and *error when it cannot be read or counted.
Award__Material *material_file_read(Award__Material__Kind kind, const char *path,
                                    const char *issuer, struct arena *arena,
                                    struct settings_error *error);

// Whether 13 limits the 字数 of this kind.
bool material_file_measured(Award__Material__Kind kind);
