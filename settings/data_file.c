// data_file - where the files that come with the programs lie
#include "settings/data_file.h"

#include "settings/file_text.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

const char *data_program_directory(struct arena *arena)
{
    char path[SETTINGS_PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (length <= 0) {
        return ".";
    }
    path[length] = '\0';
    return file_text_directory(path, arena);
}

const char *data_file(const char *name, struct arena *arena)
{
    const char *program = data_program_directory(arena);
    const char *const places[] = {
        arena_format(arena, "%s/../share/awardd/%s", program, name),
        arena_format(arena, "%s/../../../rulebooks/%s", program, name), // a source tree
        arena_format(arena, "/usr/share/awardd/%s", name),
    };
    enum { PLACES = sizeof(places) / sizeof(places[0]) };
    for (size_t i = 0; i < PLACES; i++) {
        char found[PATH_MAX];
        if (access(places[i], R_OK) == 0 && realpath(places[i], found) != NULL) {
            return arena_string(arena, found);
        }
    }
    return places[PLACES - 1];
}
