// keyfile - the key of a principal in a file
//
// A text of three lines, "name: office", "public-key: Z85", "secret-key: Z85"; without the last one
// it may be handed on. Empty lines and lines that begin with # are left out. Where a service
// manager hands over credentials ($CREDENTIALS_DIRECTORY) and one has the name of the file, it is
// read in the place of the file.
#pragma once

#include "common/bus.h"
#include "settings/settings_error.h"

enum { KEYFILE_NAME_BYTES = 65 };

struct keyfile {
    char name[KEYFILE_NAME_BYTES]; // of the principal
    struct bus_keys keys;          // secret_key is empty in a file without it
};

// False and *error (line 0: the sentence says the file that was read and, where there is one, the
// line). A secret key that others than its owner may read is refused, but in a credential: who may
// read that is the service manager's affair, and its mode shows the mask of an access list.
bool keyfile_read(const char *path, struct keyfile *out, struct settings_error *error);

// Writes a new file that only its owner may read; one that is there already stays as it is, and the
// call fails. With an empty secret key it writes two lines, for everybody to read.
bool keyfile_write(const char *path, const struct keyfile *keyfile, struct settings_error *error);
