// supplement - `supplement CASE`: one more or one better document for a case, from its file
//
// The file is read, counted and digested as for an application, and sent as material_supplemented.
// What it replaces stays on record beside it, and is shown before it is sent.
#include "clients/ctl/commands.h"
#include "clients/ctl/materials.h"
#include "clients/ctl/send_named.h"
#include "clients/ctl/show.h"
#include "rules/materials.h"

#include <stdio.h>

static int supplement_run(struct ctl *ctl, int argc, char **argv);

const struct command command_supplement = {
    .name = "supplement",
    .arguments = "CASE (--form FILE | --profile FILE | --report FILE | ISSUER=FILE) "
                 "[--title TITLE] "
                 "--reason TEXT [--id ID] [--dry-run]",
    .zh = "用文件补充一份材料：计算摘要和字数后提交，所替换的保留在案",
    .en = "supplement one material from its file; what it replaces stays on record",
    // clang-format off
    .help = MATERIALS_HELP
            "  --title TITLE        证明材料的标题；与原证明标题相同即为替换，默认为文件名\n"
            "                       title of a proof: one of the same title is replaced; default: "
            "the file's name\n"
            "  --reason TEXT        为何补充 / why\n"
            "  --id ID              事件编号；失败后重发请用同一编号 / its id, to send it again\n"
            "  --dry-run            只试算 / decide without writing\n",
    // clang-format on
    .needs_settings = true,
    .run = supplement_run,
};

struct choices {
    struct materials_named named;
    const char *title;
    const char *reason;
    const char *id;
    bool dry_run;
};

// Silent where the case cannot be asked for: the answer to the event says why.
static void replaced_show(struct ctl *ctl, char *case_name, const Award__Material *material)
{
    Award__QueryCase query = AWARD__QUERY_CASE__INIT;
    query.case_ = case_name;
    const Award__QueryReply *reply =
        ctl->output == CTL_TABLE ? show_try(ctl, AWARD__QUERY__BODY_CASE, &query.base) : NULL;
    const Award__Case *c = reply != NULL ? reply->case_->case_ : NULL;
    size_t count = 0;
    for (size_t i = 0; c != NULL && i < c->n_materials; i++) {
        if (material_replaces(material, c->materials[i])) {
            count++;
            (void)printf("替换 replaces %s %s\n",
                         show_word(ctl, &award__material__kind__descriptor, true,
                                   (int)c->materials[i]->kind),
                         c->materials[i]->digest);
        }
    }
    if (c != NULL && count == 0) {
        (void)puts("不替换任何材料，是新增的一份 replaces nothing: it is one more");
    }
}

static int material_choose(struct ctl *ctl, const struct choices *choices, int count, char **words,
                           Award__Material **material)
{
    struct materials found;
    int status = materials_read(ctl, &choices->named, count, words, &found);
    if (status != CTL_OK) {
        return status;
    }
    if (found.count != 1) {
        return ctl_error(CTL_USAGE, "一次补充一份材料：请只指定一个文件",
                         "one material at a time: name exactly one file");
    }
    *material = found.list[0];
    if (choices->title != NULL) {
        if ((*material)->kind != AWARD__MATERIAL__KIND__evidence) {
            return ctl_error(CTL_USAGE, "只有证明材料有标题；请去掉 --title",
                             "only a proof has a title; leave --title out");
        }
        (*material)->title = arena_string(ctl->arena, choices->title);
    }
    materials_show(ctl, &found);
    return CTL_OK;
}

static int supplement_send(struct ctl *ctl, char *case_name, Award__Material *material,
                           const struct choices *choices)
{
    Award__MaterialSupplemented supplemented = AWARD__MATERIAL_SUPPLEMENTED__INIT;
    supplemented.case_ = case_name;
    supplemented.material = material;
    supplemented.reason = arena_string(ctl->arena, choices->reason);
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_MATERIAL_SUPPLEMENTED;
    event.material_supplemented = &supplemented;
    return send_named(ctl, &event, choices->id, choices->dry_run);
}

static int supplement_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--form",    &choices.named.form,    NULL            },
        {"--profile", &choices.named.profile, NULL            },
        {"--report",  &choices.named.report,  NULL            },
        {"--title",   &choices.title,         NULL            },
        {"--reason",  &choices.reason,        NULL            },
        {"--id",      &choices.id,            NULL            },
        {"--dry-run", NULL,                   &choices.dry_run},
        {NULL,        NULL,                   NULL            },
    };
    argc = ctl_options(&command_supplement, options, argc, argv);
    if (argc < 1 || argc > 2 || choices.reason == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_supplement);
    }
    Award__Material *material = NULL;
    int status = material_choose(ctl, &choices, argc - 1, argv + 1, &material);
    if (status != CTL_OK) {
        return status;
    }
    replaced_show(ctl, argv[0], material);
    return supplement_send(ctl, argv[0], material, &choices);
}
