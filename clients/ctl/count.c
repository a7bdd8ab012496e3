// count - `count FILE...`: 字数 and digest of documents (13, decision 13)
#include "clients/ctl/commands.h"
#include "clients/ctl/document.h"
#include "clients/ctl/table.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

static int count_run(struct ctl *ctl, int argc, char **argv);

const struct command command_count = {
    .name = "count",
    .arguments = "FILE ...",
    .zh = "统计文件字数，并给出 SHA-256 摘要",
    .en = "count the characters (字数) of documents; their SHA-256",
    .help =
        "UTF-8（或 GB18030、UTF-16）文本、DOCX、PDF。DOCX "
        "计正文、表格、文本框和脚注，不计页眉页脚；\n"
        "PDF 计印出的全部文字，页码在内，需要 poppler-utils。\n"
        "Text in UTF-8 (GB18030, UTF-16 too), DOCX, PDF. Of DOCX body, tables, text boxes and "
        "notes\n"
        "count, headers and footers do not; of PDF all that is printed (needs poppler-utils).\n",
    .run = count_run,
};

static const char *const heads[] = {"文件 file", "种类 kind", ">字数 characters", "SHA-256", NULL};
static const char *const csv_heads[] = {"file", "kind", "characters", "sha256", NULL};

static void json_add(json_t *list, const char *path, const struct document *document)
{
    json_t *row = json_object();
    (void)json_object_set_new(row, "file", json_string(path));
    (void)json_object_set_new(row, "kind", json_string(document_kind_name(document->kind)));
    if (document->encoding != NULL) {
        (void)json_object_set_new(row, "encoding", json_string(document->encoding));
    }
    (void)json_object_set_new(row, "characters", json_integer(document->characters));
    (void)json_object_set_new(row, "sha256", json_string(document->digest));
    (void)json_array_append_new(list, row);
}

static void row_add(struct ctl *ctl, struct table *table, const char *path,
                    const struct document *document)
{
    const char *kind = document_kind_name(document->kind);
    if (document->encoding != NULL && ctl->output == CTL_TABLE) {
        kind = arena_format(ctl->arena, "%s %s", kind, document->encoding);
    }
    table_row(table, (const char *const[]){
                         path,
                         kind,
                         arena_format(ctl->arena, "%" PRIu32, document->characters),
                         document->digest,
                     });
}

static void end(const struct ctl *ctl, struct table *table, json_t *list)
{
    if (ctl->output == CTL_JSON) {
        (void)json_dumpf(list, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        (void)putchar('\n');
    } else {
        table_end(table);
    }
    json_decref(list);
}

static int count_run(struct ctl *ctl, int argc, char **argv)
{
    const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_count, none, argc, argv);
    if (argc < 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_count);
    }
    int status = CTL_OK;
    struct table *table = table_begin(ctl, ctl->output == CTL_CSV ? csv_heads : heads);
    json_t *list = json_array();
    for (int i = 0; i < argc; i++) {
        struct document document;
        struct settings_error error;
        struct arena *arena = arena_create(); // a document is large; one at a time
        if (document_read(argv[i], true, arena, &document, &error)) {
            row_add(ctl, table, argv[i], &document);
            json_add(list, argv[i], &document);
        } else {
            status = ctl_error(CTL_INPUT, arena_format(ctl->arena, "%s：%s", argv[i], error.zh),
                               arena_format(ctl->arena, "%s: %s", argv[i], error.en));
        }
        arena_destroy(arena);
    }
    end(ctl, table, list);
    return status;
}
