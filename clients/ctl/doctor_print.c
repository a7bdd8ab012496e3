// doctor_print - the results: one summary line, then what is wrong, then the rest
#include "clients/ctl/doctor.h"

#include "clients/ctl/printing.h"

#include <stdio.h>
#include <string.h>

static const char *const colours[DOCTOR_VERDICTS] = {
    [DOCTOR_FAILED] = "\033[1;31m", [DOCTOR_WARNING] = "\033[1;33m", [DOCTOR_UNSEEN] = "\033[36m",
    [DOCTOR_OK] = "\033[32m",       [DOCTOR_NOT_APPLICABLE] = "",
};

static bool needs_doing(const struct doctor_result *result)
{
    return result->finding.verdict == DOCTOR_FAILED || result->finding.verdict == DOCTOR_WARNING;
}

// ---- For people

// The first line is what a monitor shows.
static void summary_print(const struct doctor_result *results, size_t count, size_t left_out)
{
    size_t counts[DOCTOR_VERDICTS] = {0};
    for (size_t i = 0; i < count; i++) {
        counts[results[i].finding.verdict]++;
    }
    (void)printf("失败 %zu，警告 %zu，正常 %zu，没有看 %zu，不适用 %zu / %zu failed, %zu warnings, "
                 "%zu ok, %zu not looked at, %zu not applicable",
                 counts[DOCTOR_FAILED], counts[DOCTOR_WARNING], counts[DOCTOR_OK],
                 counts[DOCTOR_UNSEEN], counts[DOCTOR_NOT_APPLICABLE], counts[DOCTOR_FAILED],
                 counts[DOCTOR_WARNING], counts[DOCTOR_OK], counts[DOCTOR_UNSEEN],
                 counts[DOCTOR_NOT_APPLICABLE]);
    if (left_out > 0) {
        (void)printf("；--quick 略去 %zu 项 left out", left_out);
    }
    (void)putchar('\n');
}

static void result_print(const struct ctl *ctl, const struct doctor_result *result,
                         const char *names)
{
    const struct doctor_check *check = result->check;
    enum doctor_verdict verdict = result->finding.verdict;
    const char *colour = ctl->colours ? colours[verdict] : "";
    const char *command = result->finding.command;
    bool once = strcmp(result->finding.zh, result->finding.en) == 0; // a path, an error as it came
    (void)printf("%s%s %s%s  %s  %s%s%s\n", colour, doctor_verdict_zh(verdict),
                 doctor_verdict_name(verdict), colour[0] != '\0' ? "\033[0m" : "", names,
                 result->finding.zh, once ? "" : " / ", once ? "" : result->finding.en);
    if (!needs_doing(result)) {
        return;
    }
    (void)printf("    应为 should be：%s / %s\n    办法 do：%s / %s\n", check->zh, check->en,
                 check->todo_zh, check->todo_en);
    if (command != NULL) {
        (void)printf("    命令 command: %s\n", command);
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
    summary_print(results, count, left_out);
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
    static const char *const short_heads[] = {"检查 check", "分组 group", "应为 zh", "should be",
                                              NULL};
    bool table = ctl->output == CTL_TABLE;
    struct printing printing = printing_begin(ctl, table ? short_heads : heads);
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_check *check = &doctor_checks[i];
        if (table) {
            const char *const cells[] = {check->name, doctor_group_zh(check->group), check->zh,
                                         check->en};
            printing_row(&printing, cells);
        } else {
            list_row(&printing, check);
        }
    }
    printing_end(&printing);
}
