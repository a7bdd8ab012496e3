// rulebook - `rulebook check`, `diff`, `show`, `keys` and `load`: the numbers of another award
//
// All but `load` are local: no coordinator is asked.
#include "clients/ctl/commands.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/show.h"
#include "common/limits.h"
#include "settings/file_keys.h"
#include "settings/file_text.h"
#include "settings/rulebook_diff.h"
#include "settings/rulebook_file.h"
#include "settings/rulebook_words.h"

#include <stdio.h>
#include <string.h>

static int rulebook_check_run(struct ctl *ctl, int argc, char **argv);
static int rulebook_diff_run(struct ctl *ctl, int argc, char **argv);
static int rulebook_show_run(struct ctl *ctl, int argc, char **argv);
static int rulebook_keys_run(struct ctl *ctl, int argc, char **argv);
static int rulebook_load_run(struct ctl *ctl, int argc, char **argv);

const struct command command_rulebook_check = {
    .name = "rulebook check",
    .arguments = "FILE [--strict]",
    .zh = "检查评选规则文件，列出尚未核对的分值",
    .en = "check a rulebook file, and list the points that are unconfirmed",
    .help = "有误时逐处指出行、列、条款和应为什么，退出码 3。--strict：有未核对的分值时退出码 5。\n"
            "All that is wrong is said with its line, column, article and what would be right; "
            "status 3.\n"
            "--strict: status 5 where points are unconfirmed.\n",
    .run = rulebook_check_run,
};

const struct command command_rulebook_diff = {
    .name = "rulebook diff",
    .arguments = "OLD NEW",
    .zh = "逐条说明两份评选规则的不同，注明条款",
    .en = "say entry by entry, with its article, what changed between two rulebooks",
    .run = rulebook_diff_run,
};

const struct command command_rulebook_show = {
    .name = "rulebook show",
    .arguments = "FILE",
    .zh = "列出评选规则的各项及其条款",
    .en = "list the entries of a rulebook with their articles",
    .run = rulebook_show_run,
};

const struct command command_rulebook_keys = {
    .name = "rulebook keys",
    .arguments = "",
    .zh = "评选规则文件可写的键：条款、含义、取值",
    .en = "the keys of a rulebook file: article, meaning, values",
    .run = rulebook_keys_run,
};

const struct command command_rulebook_load = {
    .name = "rulebook load",
    .arguments = "FILE [--dry-run]",
    .zh = "检查并载入评选规则，供以后开启的评选年度使用",
    .en = "check a rulebook and load it, for cycles that are opened from now on",
    .help = "已开启的年度仍用其原来的规则。开启年度时在 cycle_opened 的 rulebook 字段写明摘要。\n"
            "Cycles that are open keep theirs. Name the digest in the field rulebook of\n"
            "cycle_opened.\n",
    .needs_settings = true,
    .run = rulebook_load_run,
};

// ---- Reading

struct source {
    const char *text;
    size_t length;
    struct rulebook rulebook;
};

static void errors_print(const char *path, const struct settings_errors *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        (void)ctl_file_error(path, &errors->list[i]);
    }
    if (errors->count == SETTINGS_ERRORS_MAX) {
        (void)ctl_error(CTL_INPUT, "可能还有；请改正以上各处后再检查",
                        "there may be more; correct these and check again");
    }
}

// NULL when it has said what is wrong, all of it.
static struct source *source_read(struct ctl *ctl, const char *path)
{
    struct source *source = arena_alloc(ctl->arena, sizeof(*source));
    struct settings_errors *errors = arena_alloc(ctl->arena, sizeof(*errors));
    if (!file_text_read(path, LIMIT_FILE_TEXT_BYTES, ctl->arena, &source->text, &source->length,
                        &errors->list[0])) {
        (void)ctl_file_error(path, &errors->list[0]);
        return NULL;
    }
    if (!rulebook_file_check(source->text, source->length, &source->rulebook, errors)) {
        errors_print(path, errors);
        return NULL;
    }
    return source;
}

// ---- Checking

static bool has_items(const struct rulebook *rulebook, size_t category)
{
    for (size_t i = 0; i < rulebook->items_count; i++) {
        if (rulebook->items[i].category == category) {
            return true;
        }
    }
    return false;
}

static void unconfirmed_row(struct ctl *ctl, struct printing *printing,
                            const struct rulebook_item *item)
{
    printing_row(printing, (const char *const[]){
                               "15", item->key, arena_format(ctl->arena, "%s", item->zh), item->en,
                               rulebook_points_text(item->points_max, ctl->arena)});
}

// Those whose points nobody has compared with the printed standard; returns how many.
static size_t unconfirmed_print(struct ctl *ctl, const struct rulebook *rulebook)
{
    static const char *const heads[] = {"条款 article", "键 key",       "名称 zh",
                                        "英文 en",      ">分值 points", NULL};
    struct printing printing = printing_begin(ctl, heads);
    size_t count = 0;
    for (size_t i = 0; i < rulebook->categories_count; i++) {
        if (!rulebook->categories[i].confirmed && !has_items(rulebook, i)) {
            unconfirmed_row(ctl, &printing, &rulebook->categories[i]);
            count++;
        }
    }
    for (size_t i = 0; i < rulebook->items_count; i++) {
        if (!rulebook->items[i].confirmed) {
            unconfirmed_row(ctl, &printing, &rulebook->items[i]);
            count++;
        }
    }
    printing_end(&printing);
    return count;
}

static int rulebook_check_run(struct ctl *ctl, int argc, char **argv)
{
    bool strict = false;
    const struct ctl_option options[] = {
        {"--strict", NULL, &strict},
        {NULL,       NULL, NULL   },
    };
    argc = ctl_options(&command_rulebook_check, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_rulebook_check);
    }
    const struct source *source = source_read(ctl, argv[0]);
    if (source == NULL) {
        return CTL_INPUT;
    }
    if (ctl->output == CTL_TABLE) {
        (void)printf(
            "%s：格式和数值无误 / the form and the numbers are right\n摘要 digest %s\n\n"
            "尚未与标准印刷本核对的分值 / points not compared with the printed standard:\n",
            source->rulebook.name, source->rulebook.digest);
    }
    size_t unconfirmed = unconfirmed_print(ctl, &source->rulebook);
    return strict && unconfirmed > 0 ? CTL_DIFFERENT : CTL_OK;
}

// ---- Comparing

static void changes_print(struct ctl *ctl, const struct rulebook_change *changes, size_t count)
{
    if (ctl->output != CTL_TABLE) {
        static const char *const heads[] = {"条款 article", "变化 zh", "英文 en", NULL};
        struct printing printing = printing_begin(ctl, heads);
        for (size_t i = 0; i < count; i++) {
            printing_row(&printing,
                         (const char *const[]){changes[i].article, changes[i].zh, changes[i].en});
        }
        printing_end(&printing);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        (void)printf("%s %s\n    %s %s\n", article_zh(changes[i].article, ctl->arena),
                     changes[i].zh, changes[i].article, changes[i].en);
    }
    if (count == 0) {
        (void)puts("两份规则相同 / the two rulebooks say the same");
    }
}

static int rulebook_diff_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_rulebook_diff, 2, argc, argv, &status)) {
        return status;
    }
    const struct source *older = source_read(ctl, argv[0]);
    const struct source *newer = older != NULL ? source_read(ctl, argv[1]) : NULL;
    if (newer == NULL) {
        return CTL_INPUT;
    }
    struct rulebook_change *changes;
    size_t count = rulebook_diff(&older->rulebook, &newer->rulebook, ctl->arena, &changes);
    changes_print(ctl, changes, count);
    return CTL_OK;
}

// ---- Showing

static const char *both(const struct ctl *ctl, const char *zh, const char *en)
{
    return strcmp(zh, en) == 0 ? zh : arena_format(ctl->arena, "%s / %s", zh, en);
}

// A name in quotes is the same in both languages.
static const char *value_both(const struct ctl *ctl, const struct rulebook *rulebook,
                              const struct key *key)
{
    const char *zh = rulebook_value_text(rulebook, key, RULEBOOK_ZH, ctl->arena);
    return key->type == KEY_TEXT
               ? zh
               : both(ctl, zh, rulebook_value_text(rulebook, key, RULEBOOK_EN, ctl->arena));
}

static void items_print(struct ctl *ctl, struct printing *printing,
                        const struct rulebook_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        printing_row(printing,
                     (const char *const[]){"15", items[i].key, both(ctl, items[i].zh, items[i].en),
                                           rulebook_points_text(items[i].points_max, ctl->arena)});
    }
}

static int rulebook_show_run(struct ctl *ctl, int argc, char **argv)
{
    static const char *const heads[] = {"条款 article", "键 key", "含义 what", "值 value", NULL};
    int status;
    if (!show_arguments(&command_rulebook_show, 1, argc, argv, &status)) {
        return status;
    }
    const struct source *source = source_read(ctl, argv[0]);
    if (source == NULL) {
        return CTL_INPUT;
    }
    struct printing printing = printing_begin(ctl, heads);
    for (size_t i = 0; i < rulebook_keys.rows_count; i++) {
        const struct key *key = &rulebook_keys.rows[i];
        if (rulebook_entry(key)) {
            printing_row(&printing,
                         (const char *const[]){key->article, key->path, both(ctl, key->zh, key->en),
                                               value_both(ctl, &source->rulebook, key)});
        }
    }
    items_print(ctl, &printing, source->rulebook.categories, source->rulebook.categories_count);
    items_print(ctl, &printing, source->rulebook.items, source->rulebook.items_count);
    printing_end(&printing);
    return CTL_OK;
}

static int rulebook_keys_run(struct ctl *ctl, int argc, char **argv)
{
    static const char *const heads[] = {"键 key", "条款 article", "含义 what", "应为 value", NULL};
    int status;
    if (!show_arguments(&command_rulebook_keys, 0, argc, argv, &status)) {
        return status;
    }
    struct printing printing = printing_begin(ctl, heads);
    for (size_t i = 1; i < rulebook_keys.rows_count; i++) {
        const struct key *key = &rulebook_keys.rows[i];
        const char *standard = key->standard != NULL && key->standard[0] != '\0'
                                   ? arena_format(ctl->arena, "；默认 default %s", key->standard)
                                   : "";
        printing_row(&printing,
                     (const char *const[]){
                         key->path, key->article,
                         arena_format(ctl->arena, "%s / %s", key->zh, key->en),
                         arena_format(ctl->arena, "%s / %s%s", key_expectation_zh(key, ctl->arena),
                                      key_expectation_en(key, ctl->arena), standard)});
    }
    printing_end(&printing);
    return CTL_OK;
}

// ---- Loading

static int rulebook_load_run(struct ctl *ctl, int argc, char **argv)
{
    bool dry_run = false;
    const struct ctl_option options[] = {
        {"--dry-run", NULL, &dry_run},
        {NULL,        NULL, NULL    },
    };
    argc = ctl_options(&command_rulebook_load, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_rulebook_load);
    }
    struct source *source = source_read(ctl, argv[0]);
    if (source == NULL) {
        return CTL_INPUT;
    }
    Award__RulebookLoaded loaded = AWARD__RULEBOOK_LOADED__INIT;
    loaded.text = arena_string(ctl->arena, source->text);
    loaded.digest = source->rulebook.digest;
    Award__Event event = AWARD__EVENT__INIT;
    event.id = arena_format(ctl->arena, "rulebook-%.32s", source->rulebook.digest);
    event.body_case = AWARD__EVENT__BODY_RULEBOOK_LOADED;
    event.rulebook_loaded = &loaded;
    int status = ctl_send_one(ctl, &event, dry_run);
    if (status == CTL_OK && ctl->output == CTL_TABLE) {
        (void)printf("开启年度时写 / when a cycle is opened: rulebook=%s\n", loaded.digest);
    }
    return status;
}
