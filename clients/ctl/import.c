// import - `import KIND FILE.csv`: a list of the office, checked row by row and then sent
//
// The table is read whole (import_read), what would be sent and what is wrong is shown, and where
// nothing is wrong the events go out as `push` sends them. Their ids come of their content, so that
// the same file again changes nothing.
#include "clients/ctl/import.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/import_office.h"
#include "clients/ctl/import_show.h"
#include "clients/ctl/interrupt.h"
#include "clients/ctl/push.h"
#include "settings/file_text.h"
#include "settings/nearest.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int import_run(struct ctl *ctl, int argc, char **argv);

const struct command command_import = {
    .name = "import",
    .arguments = "pool|applications|sheets (FILE.csv [--dry-run | --yes] | --template [--cycle "
                 "CYCLE])",
    .zh = "从表格（CSV）批量提交",
    .en = "send what a spreadsheet (CSV) lists",
    .help =
        "pool 评审员专家库；applications 企业申报；sheets 独立评审评分表\n"
        "逐行显示将提交什么、哪里有误；有误则一行也不提交。同一文件再次导入不会改变任何东西。\n"
        "It shows row by row what it would send and what is wrong; with anything wrong nothing is\n"
        "sent. The same file again changes nothing.\n"
        "\n"
        "  --template     输出带表头的样表 / print a table with its headings\n"
        "  --cycle CYCLE  样表按哪次评选的细则（sheets）/ whose rulebook the template is by\n"
        "  --dry-run      只试算，不写入 / decide without writing\n"
        "  --yes          不再询问，直接提交 / send without asking\n",
    .run = import_run,
};

static const struct import_kind *const kinds[] = {&import_pool, &import_applications,
                                                  &import_sheets};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

struct choices {
    const char *cycle;
    bool dry_run;
    bool yes;
    bool wants_template;
};

// NULL when it has said that there is none.
static const struct import_kind *kind_find(const struct ctl *ctl, const char *name)
{
    struct word_search search = {.wanted = name};
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return kinds[i];
        }
        word_try(&search, kinds[i]->name);
    }
    const char *nearest = search.best != NULL ? search.best : "pool, applications, sheets";
    (void)ctl_error(CTL_USAGE, arena_format(ctl->arena, "不能导入 %s；是不是 %s？", name, nearest),
                    arena_format(ctl->arena, "%s cannot be imported; is it %s?", name, nearest));
    return NULL;
}

static int template_print(struct ctl *ctl, const struct import_kind *kind, const char *cycle)
{
    int status = CTL_OK;
    const struct rulebook *rulebook = NULL;
    if (kind->extend != NULL) {
        const struct import_office *office = import_office_open(ctl, &status);
        if (office == NULL) {
            return status;
        }
        rulebook = office->rulebook(office->context, cycle);
        if (rulebook == NULL) {
            return ctl_error(CTL_NOT_ADMITTED, "没有这次评选，或尚未载入细则参数；请核对 --cycle",
                             "there is no such cycle, or no rulebook; check --cycle");
        }
    }
    import_template(ctl, kind, rulebook);
    return CTL_OK;
}

// ---- Sending

struct sending {
    const struct import *import;
    size_t next;
};

static bool line_next(void *context, struct line *line)
{
    struct sending *sending = context;
    if (sending->next == sending->import->lines_count) {
        return false;
    }
    const struct import_line *from = &sending->import->lines[sending->next++];
    *line = (struct line){.text = from->text, .length = strlen(from->text), .number = from->row};
    return true;
}

static int lines_send(struct ctl *ctl, const struct import *import, bool dry_run)
{
    (void)interrupt_watch();
    struct sending sending = {.import = import};
    const struct push_lines_source source = {.next = line_next, .context = &sending};
    const struct push_options options = {
        .dry_run = dry_run, .clock_key = "admin", .echo_key = "supervision"};
    return push_lines(ctl, &options, &source);
}

// On a terminal; elsewhere the answer is no.
static bool confirmed(const struct import *import)
{
    char answer[16];
    if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1) {
        return false;
    }
    (void)fprintf(stderr, "提交以上 %zu 个事件？ send these events? [y/N] ", import->lines_count);
    return fgets(answer, sizeof(answer), stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y');
}

static int import_send(struct ctl *ctl, const struct import *import, const struct choices *choices)
{
    if (import->lines_count == 0) {
        return ctl_error(CTL_INPUT, "表格中没有数据行；请在表头下面填写",
                         "there is no row below the heading; fill some in");
    }
    if (choices->dry_run || choices->yes) {
        return lines_send(ctl, import, choices->dry_run);
    }
    int status = lines_send(ctl, import, true);
    if (interrupt_came() != 0) {
        return status;
    }
    if (!confirmed(import)) {
        (void)fflush(stdout);
        (void)fprintf(stderr, "以上为试算，没有提交；加 --yes 提交。\n"
                              "This was a trial and nothing was sent; add --yes to send it.\n");
        return status;
    }
    return lines_send(ctl, import, false);
}

// ---- The command

static int file_import(struct ctl *ctl, const struct import_kind *kind, const char *path,
                       const struct choices *choices)
{
    int status = CTL_OK;
    struct import_table table;
    struct settings_error error;
    if (!import_table_read(path, ctl->arena, &table, &error)) {
        return ctl_file_error(path, &error);
    }
    const struct import_office *office = import_office_open(ctl, &status);
    if (office == NULL) {
        return status;
    }
    const struct import *import =
        import_read(kind, &table, office, file_text_directory(path, ctl->arena), ctl->arena);
    import_show(ctl, import);
    if (import->problems_count > 0) {
        return ctl_error(CTL_INPUT,
                         arena_format(ctl->arena, "%zu 处有误，一行也没有提交；请改好后再导入",
                                      import->problems_count),
                         arena_format(ctl->arena,
                                      "%zu things are wrong and nothing was sent; mend them first",
                                      import->problems_count));
    }
    return import_send(ctl, import, choices);
}

static int import_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--dry-run",  NULL,           &choices.dry_run       },
        {"--yes",      NULL,           &choices.yes           },
        {"--template", NULL,           &choices.wants_template},
        {"--cycle",    &choices.cycle, NULL                   },
        {NULL,         NULL,           NULL                   },
    };
    argc = ctl_options(&command_import, options, argc, argv);
    if (argc != (choices.wants_template ? 1 : 2) || (choices.dry_run && choices.yes)) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_import);
    }
    const struct import_kind *kind = kind_find(ctl, argv[0]);
    if (kind == NULL) {
        return CTL_USAGE;
    }
    return choices.wants_template ? template_print(ctl, kind, choices.cycle)
                                  : file_import(ctl, kind, argv[1], &choices);
}
