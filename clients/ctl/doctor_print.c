// doctor_print - the results: one summary line, then what is wrong, then the rest
#include "clients/ctl/doctor.h"

#include "clients/ctl/printing.h"
#include "clients/ctl/screen.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

enum {
    INDENT = 4,
    HEAD_COLUMNS = 40, // what is found stands below a longer head
};

static const char *const colours[DOCTOR_VERDICTS] = {
    [DOCTOR_FAILED] = "\033[1;31m", [DOCTOR_WARNING] = "\033[1;33m", [DOCTOR_UNSEEN] = "\033[36m",
    [DOCTOR_OK] = "\033[32m",       [DOCTOR_NOT_APPLICABLE] = "",
};

static bool needs_doing(const struct doctor_result *result)
{
    return result->finding.verdict == DOCTOR_FAILED || result->finding.verdict == DOCTOR_WARNING;
}

// ---- For people

// "zh / en", or each on lines of its own where they do not fit; text that is the same stands once.
static void pair_print(const char *zh, const char *en, size_t column, size_t columns)
{
    bool once = strcmp(zh, en) == 0;
    screen_text(zh, column, columns);
    if (once) {
        (void)putchar('\n');
    } else if (columns == SIZE_MAX || column + text_width(zh) + 3 + text_width(en) <= columns) {
        (void)printf(" / %s\n", en);
    } else {
        (void)printf("\n%*s", (int)column, "");
        screen_text(en, column, columns);
        (void)putchar('\n');
    }
}

// The first line is what a monitor shows.
static void summary_print(struct ctl *ctl, const struct doctor_result *results, size_t count,
                          size_t left_out)
{
    size_t counts[DOCTOR_VERDICTS] = {0};
    for (size_t i = 0; i < count; i++) {
        counts[results[i].finding.verdict]++;
    }
    const char *zh =
        arena_format(ctl->arena, "失败 %zu，警告 %zu，正常 %zu，没有看 %zu，不适用 %zu",
                     counts[DOCTOR_FAILED], counts[DOCTOR_WARNING], counts[DOCTOR_OK],
                     counts[DOCTOR_UNSEEN], counts[DOCTOR_NOT_APPLICABLE]);
    const char *en = arena_format(
        ctl->arena, "%zu failed, %zu warnings, %zu ok, %zu not looked at, %zu not applicable",
        counts[DOCTOR_FAILED], counts[DOCTOR_WARNING], counts[DOCTOR_OK], counts[DOCTOR_UNSEEN],
        counts[DOCTOR_NOT_APPLICABLE]);
    if (left_out > 0) {
        zh = arena_format(ctl->arena, "%s，--quick 略去 %zu", zh, left_out);
        en = arena_format(ctl->arena, "%s, %zu left out by --quick", en, left_out);
    }
    pair_print(zh, en, 0, screen_columns());
}

// "失败 failed  names  ", in its colour. Returns the column that what was found begins at.
static size_t head_print(const struct ctl *ctl, enum doctor_verdict verdict, const char *names,
                         size_t columns)
{
    const char *colour = ctl->colours ? colours[verdict] : "";
    const char *zh = doctor_verdict_zh(verdict);
    const char *en = doctor_verdict_name(verdict);
    size_t column = text_width(zh) + 1 + text_width(en) + 2;
    (void)printf("%s%s %s%s  ", colour, zh, en, colour[0] != '\0' ? "\033[0m" : "");
    screen_text(names, column, columns);
    column += text_width(names) + 2;
    if (columns == SIZE_MAX || column <= HEAD_COLUMNS) {
        (void)fputs("  ", stdout);
        return column;
    }
    (void)printf("\n%*s", INDENT, "");
    return INDENT;
}

static void line_print(const char *head, const char *zh, const char *en, size_t columns)
{
    (void)printf("%*s%s", INDENT, "", head);
    pair_print(zh, en, INDENT + text_width(head), columns);
}

static void result_print(const struct ctl *ctl, const struct doctor_result *result,
                         const char *names)
{
    const struct doctor_check *check = result->check;
    const struct doctor_finding *finding = &result->finding;
    size_t columns = screen_columns();
    size_t column = head_print(ctl, finding->verdict, names, columns);
    pair_print(finding->zh, finding->en, column, columns);
    if (!needs_doing(result)) {
        return;
    }
    line_print("应为 should be：", check->zh, check->en, columns);
    line_print("办法 do：", check->todo_zh, check->todo_en, columns);
    if (finding->command != NULL) {
        (void)printf("    命令 command: %s\n", finding->command);
    }
}

static bool same_finding(const struct doctor_result *one, const struct doctor_result *other)
{
    return !needs_doing(one) && one->finding.verdict == other->finding.verdict &&
           strcmp(one->finding.en, other->finding.en) == 0;
}

// The check's name, and those of later ones of which the same is said: "a, b, c". NULL where an
// earlier one has said it.
static const char *names_of(struct ctl *ctl, const struct doctor_result *results, size_t count,
                            size_t index)
{
    const char *names = results[index].check->name;
    for (size_t i = 0; i < count; i++) {
        if (i == index || !same_finding(&results[i], &results[index])) {
            continue;
        }
        if (i < index) {
            return NULL;
        }
        names = arena_format(ctl->arena, "%s, %s", names, results[i].check->name);
    }
    return names;
}

static void people_print(struct ctl *ctl, const struct doctor_result *results, size_t count,
                         size_t left_out)
{
    summary_print(ctl, results, count, left_out);
    for (int verdict = 0; verdict < DOCTOR_VERDICTS; verdict++) {
        for (size_t i = 0; i < count; i++) {
            const char *names = (int)results[i].finding.verdict == verdict
                                    ? names_of(ctl, results, count, i)
                                    : NULL;
            if (names != NULL) {
                result_print(ctl, &results[i], names);
            }
        }
    }
}

// ---- For programs

void doctor_print(struct ctl *ctl, const struct doctor_result *results, size_t count,
                  size_t left_out)
{
    static const char *const heads[] = {"检查 check",   "分组 group",   "结论 verdict",
                                        "发现 zh",      "发现 en",      "办法 todo_zh",
                                        "办法 todo_en", "命令 command", NULL};
    if (ctl->output == CTL_TABLE) {
        people_print(ctl, results, count, left_out);
        return;
    }
    struct printing printing = printing_begin(ctl, heads);
    for (size_t i = 0; i < count; i++) {
        const struct doctor_result *result = &results[i];
        bool doing = needs_doing(result);
        const char *const cells[] = {result->check->name,
                                     doctor_group_name(result->check->group),
                                     doctor_verdict_name(result->finding.verdict),
                                     result->finding.zh,
                                     result->finding.en,
                                     doing ? result->check->todo_zh : NULL,
                                     doing ? result->check->todo_en : NULL,
                                     doing ? result->finding.command : NULL};
        printing_row(&printing, cells);
    }
    printing_end(&printing);
}

static void list_row(struct printing *printing, const struct doctor_check *check)
{
    const char *const cells[] = {check->name,    doctor_group_name(check->group),
                                 check->zh,      check->en,
                                 check->todo_zh, check->todo_en,
                                 check->command, check->slow ? "yes" : "no"};
    printing_row(printing, cells);
}

// A screen has no room for what to do.
void doctor_list_print(struct ctl *ctl)
{
    static const char *const heads[] = {"检查 check",   "分组 group",   "应为 zh",
                                        "应为 en",      "办法 todo_zh", "办法 todo_en",
                                        "命令 command", "费时 slow",    NULL};
    static const char *const short_heads[] = {"检查 check", "分组 group", "应为 should be", NULL};
    bool table = ctl->output == CTL_TABLE;
    struct printing printing = printing_begin(ctl, table ? short_heads : heads);
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_check *check = &doctor_checks[i];
        if (table) {
            const char *const cells[] = {check->name,
                                         arena_format(ctl->arena, "%s %s",
                                                      doctor_group_zh(check->group),
                                                      doctor_group_name(check->group)),
                                         arena_format(ctl->arena, "%s / %s", check->zh, check->en)};
            printing_row(&printing, cells);
        } else {
            list_row(&printing, check);
        }
    }
    printing_end(&printing);
}
