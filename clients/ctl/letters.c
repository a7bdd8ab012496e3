// letters - `template list`, `show` and `check`: the wording of the messages
#include "clients/ctl/letters.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/show.h"
#include "letters/template_fields.h"

#include <stdio.h>
#include <unistd.h>

static int template_list_run(struct ctl *ctl, int argc, char **argv);
static int template_show_run(struct ctl *ctl, int argc, char **argv);
static int template_check_run(struct ctl *ctl, int argc, char **argv);

const struct command command_template_list = {
    .name = "template list",
    .arguments = "[--templates DIR]",
    .zh = "列出各种通知的模板及其文件",
    .en = "list the templates of all messages and their files",
    .help =
        "本单位的模板放在配置目录的 templates 中，或用 --templates 指定；没有的用随程序安装的。\n"
        "The office's own lie in `templates` beside awardctl.yaml, or where --templates says; the\n"
        "bundled ones serve for the rest.\n",
    .run = template_list_run,
};

const struct command command_template_show = {
    .name = "template show",
    .arguments = "TEMPLATE [--templates DIR]",
    .zh = "显示一种通知的模板和可用的字段",
    .en = "show the template of a message and the fields that it may name",
    .run = template_show_run,
};

const struct command command_template_check = {
    .name = "template check",
    .arguments = "DIR",
    .zh = "检查本单位的模板目录",
    .en = "check a directory of the office's own templates",
    .help = "列出其中的模板；有误时指出文件、行、列和应写什么，退出码 3。\n"
            "Lists those in it. What is wrong is said with its file, line, column and what is "
            "wanted; status 3.\n",
    .run = template_check_run,
};

// ---- Which

const struct templates *letters_read(struct ctl *ctl, const char *own)
{
    const char *beside = arena_format(ctl->arena, "%s/templates", ctl->home);
    if (own == NULL && access(beside, F_OK) == 0) {
        own = beside;
    }
    const char *path;
    struct settings_error error;
    const struct templates *templates = templates_read(own, ctl->arena, &path, &error);
    if (templates == NULL) {
        (void)ctl_file_error(path, &error);
    }
    return templates;
}

bool letters_choose(const char *name, Award__Template__Name *number)
{
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(names, name);
    if (value != NULL) {
        *number = (Award__Template__Name)value->value;
        return true;
    }
    const char *nearest = template_nearest(name);
    const char *best = nearest != NULL ? nearest : "";
    (void)fflush(stdout);
    (void)fprintf(stderr,
                  "awardctl: 没有名为 %s 的通知；%s%s%sawardctl template list 列出全部\n"
                  "          there is no message %s; %s%s%sawardctl template list lists them all\n",
                  name, *best != '\0' ? "是不是 " : "", best, *best != '\0' ? "？" : "", name,
                  *best != '\0' ? "is it " : "", best, *best != '\0' ? "? " : "");
    return false;
}

const char *letters_whose(const struct template *form)
{
    return form->own ? "本单位 own" : "随程序 bundled";
}

// ---- Commands

static void list_print(struct ctl *ctl, const struct templates *templates, bool own_alone)
{
    static const char *const heads[] = {"模板 template", "来源 from", "主题 subject", "文件 file",
                                        NULL};
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    struct printing printing = printing_begin(ctl, heads);
    for (unsigned i = 0; i < names->n_values; i++) {
        const struct template *form =
            template_of(templates, (Award__Template__Name)names->values[i].value);
        if (form->own || !own_alone) {
            printing_row(&printing,
                         (const char *const[]){names->values[i].name, letters_whose(form),
                                               form->subject_zh, form->file});
        }
    }
    printing_end(&printing);
}

static int template_list_run(struct ctl *ctl, int argc, char **argv)
{
    const char *own = NULL;
    const struct ctl_option options[] = {
        {"--templates", &own, NULL},
        {NULL,          NULL, NULL},
    };
    argc = ctl_options(&command_template_list, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_template_list);
    }
    const struct templates *templates = letters_read(ctl, own);
    if (templates == NULL) {
        return CTL_INPUT;
    }
    list_print(ctl, templates, false);
    return CTL_OK;
}

static void fields_print(struct ctl *ctl, Award__Template__Name name)
{
    static const char *const heads[] = {"字段 field", "含义 zh", "meaning", "示例 example", NULL};
    struct printing printing = printing_begin(ctl, heads);
    const char *list = template_fields(name);
    const char *field;
    size_t size;
    while (template_field_next(&list, &field, &size)) {
        const struct template_field *row = template_field_find(field, size);
        printing_row(&printing, (const char *const[]){row->name, row->zh, row->en, row->example});
    }
    printing_end(&printing);
}

static void form_print(struct ctl *ctl, const struct template *form)
{
    show_fact(ctl, "文件", "file", form->file);
    show_fact(ctl, "来源", "from", letters_whose(form));
    show_fact(ctl, "主题", "subject", form->subject_zh);
    show_fact(ctl, "", "", form->subject_en);
    (void)printf("\n%s\n----\n\n%s\n", form->body_zh, form->body_en);
}

static int template_show_run(struct ctl *ctl, int argc, char **argv)
{
    const char *own = NULL;
    const struct ctl_option options[] = {
        {"--templates", &own, NULL},
        {NULL,          NULL, NULL},
    };
    Award__Template__Name name;
    argc = ctl_options(&command_template_show, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_template_show);
    }
    if (!letters_choose(argv[0], &name)) {
        return CTL_USAGE;
    }
    const struct templates *templates = letters_read(ctl, own);
    if (templates == NULL) {
        return CTL_INPUT;
    }
    if (ctl->output == CTL_TABLE) {
        form_print(ctl, template_of(templates, name));
    }
    fields_print(ctl, name);
    return CTL_OK;
}

static int template_check_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_template_check, 1, argc, argv, &status)) {
        return status;
    }
    const struct templates *templates = letters_read(ctl, argv[0]);
    if (templates == NULL) {
        return CTL_INPUT;
    }
    list_print(ctl, templates, true);
    return CTL_OK;
}
