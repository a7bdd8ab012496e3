// apply - `apply CYCLE ENTERPRISE`: an application from the files themselves (13, 14, 16(2))
//
// It reads each file, counts and digests it, shows what it found, and sends
// application_submitted. The files stay where they are: awardd keeps what identifies them.
#include "clients/ctl/commands.h"
#include "clients/ctl/field_words.h"
#include "clients/ctl/material_file.h"
#include "clients/ctl/moment.h"
#include "clients/ctl/send_named.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int apply_run(struct ctl *ctl, int argc, char **argv);

const struct command command_apply = {
    .name = "apply",
    .arguments = "CYCLE CREDIT_CODE --form FILE --profile FILE --report FILE ISSUER=FILE ... "
                 "[--electronic MOMENT] [--paper MOMENT] [--id ID] [--dry-run]",
    .zh = "用文件申报：计算摘要和字数后提交",
    .en = "apply with files: count and digest them, then send",
    .help = "  --form FILE          申报表 / the application form\n"
            "  --profile FILE       组织简介 / the organisation profile\n"
            "  --report FILE        自我评价报告 / the self-evaluation report\n"
            "  ISSUER=FILE          证明材料，前面写出具部门 / a proof, behind who issued it\n"
            "  --electronic MOMENT  电子材料收到时刻（仅办公室填写）/ when it came (office only)\n"
            "  --paper MOMENT       书面材料收到时刻（仅办公室填写）/ when the paper came (office "
            "only)\n"
            "  --id ID              事件编号；失败后重发请用同一编号 / its id, to send it again\n"
            "  --dry-run            只试算 / decide without writing\n",
    .needs_settings = true,
    .run = apply_run,
};

enum { MATERIALS_MAX = 1000 };

struct choices {
    const char *form;
    const char *profile;
    const char *report;
    const char *electronic;
    const char *paper;
    const char *id;
    bool dry_run;
};

// ---- Materials

static int file_error(struct ctl *ctl, const char *path, const struct settings_error *error)
{
    return ctl_error(CTL_INPUT, arena_format(ctl->arena, "%s：%s", path, error->zh),
                     arena_format(ctl->arena, "%s: %s", path, error->en));
}

static int material_add(struct ctl *ctl, Award__ApplicationSubmitted *form,
                        Award__Material__Kind kind, const char *path, const char *issuer)
{
    struct settings_error error;
    if (path == NULL) {
        return CTL_OK; // what is missing is told by the answer, with its article
    }
    Award__Material *material = material_file_read(kind, path, issuer, ctl->arena, &error);
    if (material == NULL) {
        return file_error(ctl, path, &error);
    }
    form->materials[form->n_materials++] = material;
    return CTL_OK;
}

static int proof_add(struct ctl *ctl, Award__ApplicationSubmitted *form, const char *word)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word || equals[1] == '\0') {
        return ctl_error(
            CTL_USAGE, arena_format(ctl->arena, "证明材料应写作“出具部门=文件”，而不是“%s”", word),
            arena_format(ctl->arena, "a proof is written ISSUER=FILE, not %s", word));
    }
    return material_add(ctl, form, AWARD__MATERIAL__KIND__evidence, equals + 1,
                        arena_format(ctl->arena, "%.*s", (int)(equals - word), word));
}

static int materials_add(struct ctl *ctl, Award__ApplicationSubmitted *form,
                         const struct choices *choices, int count, char **words)
{
    const struct {
        Award__Material__Kind kind;
        const char *path;
    } named[] = {
        {AWARD__MATERIAL__KIND__application_form,       choices->form   },
        {AWARD__MATERIAL__KIND__organisation_profile,   choices->profile},
        {AWARD__MATERIAL__KIND__self_evaluation_report, choices->report },
    };
    int status = CTL_OK;
    form->materials = arena_alloc(ctl->arena, MATERIALS_MAX * sizeof(Award__Material *));
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]) && status == CTL_OK; i++) {
        status = material_add(ctl, form, named[i].kind, named[i].path, NULL);
    }
    for (int i = 0; i < count && status == CTL_OK; i++) {
        status = proof_add(ctl, form, words[i]);
    }
    return status;
}

static void materials_show(struct ctl *ctl, const Award__ApplicationSubmitted *form)
{
    static const char *const heads[] = {"材料 material", ">字数 characters", "出具单位 issuer",
                                        "标题 title",    "SHA-256",          NULL};
    if (ctl->output != CTL_TABLE) {
        return;
    }
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < form->n_materials; i++) {
        const Award__Material *material = form->materials[i];
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

// ---- Sending

static int moment_take(struct ctl *ctl, const char *text, Award__Moment **moment)
{
    int64_t ms;
    if (text == NULL) {
        return CTL_OK;
    }
    if (!moment_read(text, &ms)) {
        return ctl_error(
            CTL_USAGE, arena_format(ctl->arena, "时刻应写作 2018-03-07T10:00，而不是 %s", text),
            arena_format(ctl->arena, "write a moment as 2018-03-07T10:00, not %s", text));
    }
    *moment = arena_alloc(ctl->arena, sizeof(**moment));
    award__moment__init(*moment);
    (*moment)->has_ms = 1;
    (*moment)->ms = ms;
    return CTL_OK;
}

static int form_send(struct ctl *ctl, Award__ApplicationSubmitted *form,
                     const struct choices *choices)
{
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_APPLICATION_SUBMITTED;
    event.application_submitted = form;
    return send_named(ctl, &event, choices->id, choices->dry_run);
}

static int apply_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--form",       &choices.form,       NULL            },
        {"--profile",    &choices.profile,    NULL            },
        {"--report",     &choices.report,     NULL            },
        {"--electronic", &choices.electronic, NULL            },
        {"--paper",      &choices.paper,      NULL            },
        {"--id",         &choices.id,         NULL            },
        {"--dry-run",    NULL,                &choices.dry_run},
        {NULL,           NULL,                NULL            },
    };
    argc = ctl_options(&command_apply, options, argc, argv);
    if (argc < 2 || argc > MATERIALS_MAX - 3) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_apply);
    }
    Award__ApplicationSubmitted form = AWARD__APPLICATION_SUBMITTED__INIT;
    form.cycle = argv[0];
    form.enterprise = argv[1];
    int status = moment_take(ctl, choices.electronic, &form.electronic_receipt);
    if (status == CTL_OK) {
        status = moment_take(ctl, choices.paper, &form.paper_receipt);
    }
    if (status == CTL_OK) {
        status = materials_add(ctl, &form, &choices, argc - 2, argv + 2);
    }
    if (status != CTL_OK) {
        return status;
    }
    materials_show(ctl, &form);
    return form_send(ctl, &form, &choices);
}
