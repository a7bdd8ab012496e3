// apply - `apply CYCLE ENTERPRISE`: an application from the files themselves (13, 14, 16(2))
//
// It reads each file, counts and digests it, shows what it found, and sends
// application_submitted. The files stay where they are: awardd keeps what identifies them.
#include "clients/ctl/commands.h"
#include "clients/ctl/materials.h"
#include "clients/ctl/moment.h"
#include "clients/ctl/send_named.h"

static int apply_run(struct ctl *ctl, int argc, char **argv);

const struct command command_apply = {
    .name = "apply",
    .arguments = "CYCLE CREDIT_CODE --form FILE --profile FILE --report FILE ISSUER=FILE ... "
                 "[--electronic MOMENT] [--paper MOMENT] [--id ID] [--dry-run]",
    .zh = "用文件申报：计算摘要和字数后提交",
    .en = "apply with files: count and digest them, then send",
    // clang-format off
    .help = MATERIALS_HELP
            "  --electronic MOMENT  电子材料收到时刻（仅办公室填写）/ when it came (office only)\n"
            "  --paper MOMENT       书面材料收到时刻（仅办公室填写）/ when the paper came (office "
            "only)\n"
            "  --id ID              事件编号；失败后重发请用同一编号 / its id, to send it again\n"
            "  --dry-run            只试算 / decide without writing\n",
    // clang-format on
    .needs_settings = true,
    .run = apply_run,
};

struct choices {
    struct materials_named named;
    const char *electronic;
    const char *paper;
    const char *id;
    bool dry_run;
};

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
        {"--form",       &choices.named.form,    NULL            },
        {"--profile",    &choices.named.profile, NULL            },
        {"--report",     &choices.named.report,  NULL            },
        {"--electronic", &choices.electronic,    NULL            },
        {"--paper",      &choices.paper,         NULL            },
        {"--id",         &choices.id,            NULL            },
        {"--dry-run",    NULL,                   &choices.dry_run},
        {NULL,           NULL,                   NULL            },
    };
    argc = ctl_options(&command_apply, options, argc, argv);
    if (argc < 2 || argc > MATERIALS_MAX - 3) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_apply);
    }
    Award__ApplicationSubmitted form = AWARD__APPLICATION_SUBMITTED__INIT;
    form.cycle = argv[0];
    form.enterprise = argv[1];
    struct materials found;
    int status = moment_take(ctl, choices.electronic, &form.electronic_receipt);
    if (status == CTL_OK) {
        status = moment_take(ctl, choices.paper, &form.paper_receipt);
    }
    if (status == CTL_OK) {
        status = materials_read(ctl, &choices.named, argc - 2, argv + 2, &found);
    }
    if (status != CTL_OK) {
        return status;
    }
    form.n_materials = found.count;
    form.materials = found.list;
    materials_show(ctl, &found);
    return form_send(ctl, &form, &choices);
}
