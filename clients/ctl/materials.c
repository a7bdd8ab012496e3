// materials - documents named on a command line as materials of an application (13, 14)
#include "clients/ctl/materials.h"

#include "clients/ctl/field_words.h"
#include "clients/ctl/material_file.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <inttypes.h>
#include <string.h>

static int file_error(struct ctl *ctl, const char *path, const struct settings_error *error)
{
    return ctl_error(CTL_INPUT, arena_format(ctl->arena, "%s：%s", path, error->zh),
                     arena_format(ctl->arena, "%s: %s", path, error->en));
}

static int material_add(struct ctl *ctl, struct materials *found, Award__Material__Kind kind,
                        const char *path, const char *issuer)
{
    struct settings_error error;
    if (path == NULL) {
        return CTL_OK; // what is missing is told by the answer, with its article
    }
    Award__Material *material = material_file_read(kind, path, issuer, ctl->arena, &error);
    if (material == NULL) {
        return file_error(ctl, path, &error);
    }
    found->list[found->count++] = material;
    return CTL_OK;
}

static int proof_add(struct ctl *ctl, struct materials *found, const char *word)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word || equals[1] == '\0') {
        return ctl_error(
            CTL_USAGE, arena_format(ctl->arena, "证明材料应写作“出具部门=文件”，而不是“%s”", word),
            arena_format(ctl->arena, "a proof is written ISSUER=FILE, not %s", word));
    }
    return material_add(ctl, found, AWARD__MATERIAL__KIND__evidence, equals + 1,
                        arena_format(ctl->arena, "%.*s", (int)(equals - word), word));
}

int materials_read(struct ctl *ctl, const struct materials_named *named, int count, char **words,
                   struct materials *found)
{
    const struct {
        Award__Material__Kind kind;
        const char *path;
    } files[] = {
        {AWARD__MATERIAL__KIND__application_form,       named->form   },
        {AWARD__MATERIAL__KIND__organisation_profile,   named->profile},
        {AWARD__MATERIAL__KIND__self_evaluation_report, named->report },
    };
    int status = CTL_OK;
    found->count = 0;
    found->list = arena_alloc(ctl->arena, MATERIALS_MAX * sizeof(Award__Material *));
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && status == CTL_OK; i++) {
        status = material_add(ctl, found, files[i].kind, files[i].path, NULL);
    }
    for (int i = 0; i < count && status == CTL_OK; i++) {
        status = proof_add(ctl, found, words[i]);
    }
    return status;
}

void materials_show(struct ctl *ctl, const struct materials *found)
{
    static const char *const heads[] = {"材料 material", ">字数 characters", "出具单位 issuer",
                                        "标题 title",    "SHA-256",          NULL};
    if (ctl->output != CTL_TABLE) {
        return;
    }
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < found->count; i++) {
        const Award__Material *material = found->list[i];
        const char *kind =
            show_word(ctl, &award__material__kind__descriptor, true, (int)material->kind);
        const char *characters = material->has_characters
                                     ? arena_format(ctl->arena, "%" PRIu32, material->characters)
                                     : NULL;
        table_row(table, (const char *const[]){kind, characters, material->issuer, material->title,
                                               material->digest});
    }
    table_end(table);
}
