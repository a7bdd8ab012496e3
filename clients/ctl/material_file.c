// material_file - a document on disk as a material of an application (13, 14)
#include "clients/ctl/material_file.h"

#include <string.h>

bool material_file_measured(Award__Material__Kind kind)
{
    return kind == AWARD__MATERIAL__KIND__organisation_profile ||
           kind == AWARD__MATERIAL__KIND__self_evaluation_report;
}

static char *title_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t length = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
    return arena_format(arena, "%.*s", (int)length, name);
}

Award__Material *material_file_read(Award__Material__Kind kind, const char *path,
                                    const char *issuer, struct arena *arena,
                                    struct settings_error *error)
{
    struct document document;
    bool measured = material_file_measured(kind);
    if (!document_read(path, measured, arena, &document, error)) {
        return NULL;
    }
    Award__Material *material = arena_alloc(arena, sizeof(*material));
    award__material__init(material);
    material->has_kind = 1;
    material->kind = kind;
    material->digest = arena_string(arena, document.digest);
    material->has_characters = measured;
    material->characters = document.characters;
    if (issuer != NULL) {
        material->issuer = arena_string(arena, issuer);
        material->title = title_of(path, arena);
    }
    return material;
}
