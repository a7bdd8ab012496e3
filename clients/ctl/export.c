// export - `export`: the journal's events as lines that can be pushed again
#include "clients/ctl/export.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/entries.h"
#include "clients/ctl/principals.h"
#include "clients/ctl/show.h"
#include "common/codec.h"
#include "rules/events.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int export_run(struct ctl *ctl, int argc, char **argv);

const struct command command_export = {
    .name = "export",
    .arguments = "[--all]",
    .zh = "导出事件，每行一条 JSON，可再次 push",
    .en = "print the events as JSON lines that can be pushed again",
    .help =
        "保留各事件的名义人和编号，at 为记录时刻；同一文件再次 push 不产生任何变化。\n"
        "不含系统、后台程序的事件和拨钟；--all 全部导出，供审计用。只有办公室和评审监督委员会\n"
        "看得到全部内容，可以导出。\n"
        "Principals and ids are kept, `at` is the moment of recording; pushing the file again\n"
        "changes nothing. What the coordinator and the workers reported is left out, and so is\n"
        "setting the clock; --all has everything, for an audit. Only the office and the\n"
        "supervision committee see everything and may export.\n",
    .needs_settings = true,
    .run = export_run,
};

bool export_wanted(const Award__Event *event)
{
    const struct event_row *row = event_row(event->body_case);
    return row != NULL && (row->from & ~PROGRAMS) != 0 &&
           event->body_case != AWARD__EVENT__BODY_CLOCK_SET;
}

// ---- Whether the viewer sees all

// Refuses those who see a part only. Where the list of principals does not say it, the walk will.
static int viewer_check(struct ctl *ctl)
{
    int status = CTL_OK;
    const Award__Principals *principals = principals_ask(ctl, &status);
    for (size_t i = 0; principals != NULL && i < principals->n_rows; i++) {
        const Award__Principal *principal = principals->rows[i]->principal;
        bool own = strcmp(principal->name, ctl->principal) == 0;
        if (own && principal->role != AWARD__ROLE__NAME__office &&
            principal->role != AWARD__ROLE__NAME__supervision_committee) {
            return ctl_error(CTL_NOT_ADMITTED,
                             "只有办公室和评审监督委员会看得到全部事件；请加 --as 其名称再导出",
                             "only the office and the supervision committee see all events; "
                             "export with --as one of them");
        }
    }
    return principals != NULL ? CTL_OK : status;
}

// ---- Lines

struct exporting {
    struct ctl *ctl;
    bool all;
    uint64_t withheld; // the first entry that is not shown; 0: none
};

static bool entry_export(void *context, const Award__HistoryItem *item)
{
    struct exporting *exporting = context;
    if (item->event == NULL || item->event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        exporting->withheld = item->entry;
        return false;
    }
    if (exporting->all || export_wanted(item->event)) {
        Award__Event event = *item->event;
        event.at = item->recorded;
        (void)puts(codec_to_json(&event.base, CODEC_JSON_LINE, exporting->ctl->arena));
    }
    return true;
}

static int export_run(struct ctl *ctl, int argc, char **argv)
{
    struct exporting exporting = {.ctl = ctl};
    const struct ctl_option options[] = {
        {"--all", NULL, &exporting.all},
        {NULL,    NULL, NULL          },
    };
    argc = ctl_options(&command_export, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_export);
    }
    int status = viewer_check(ctl);
    if (status == CTL_OK) {
        status = entries_walk(ctl, 1, NULL, entry_export, &exporting);
    }
    if (exporting.withheld == 0) {
        return status;
    }
    return ctl_error(
        CTL_NOT_ADMITTED,
        arena_format(ctl->arena,
                     "第 %" PRIu64 " 条现在不能看全（如评分未齐的独立评分），导出到此为止；请由评审"
                     "监督委员会导出",
                     exporting.withheld),
        arena_format(ctl->arena,
                     "entry %" PRIu64 " may not be seen now (a sheet before the team's are in), so "
                     "the export ends before it; let the supervision committee export",
                     exporting.withheld));
}
