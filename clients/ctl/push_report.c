// push_report - what became of the lines that were pushed
//
// Counts, ranges of repeated lines and the lines with a problem or a warning are kept until the
// end; all else is written at once, so that a file may be of any length. Of the lines with a
// problem the first ten thousand are kept.
#include "clients/ctl/push_report.h"

#include "clients/ctl/table.h"
#include "common/codec.h"
#include "common/memory.h"
#include "rules/events.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROBLEMS_MAX = 10000, RANGES_MAX = 1000 };

enum tally { ACCEPTED, REFUSED, PENDING, REPEATED, REJECTED, UNANSWERED, TALLIES };

// clang-format off
static const struct tally_word {
    const char *name;
    const char *zh;
} TALLY_WORDS[TALLIES] = {
    [ACCEPTED]   = {"accepted",   "通过"},
    [REFUSED]    = {"refused",    "不予通过"},
    [PENDING]    = {"pending",    "待定"},
    [REPEATED]   = {"repeated",   "已在案"},
    [REJECTED]   = {"rejected",   "驳回"},
    [UNANSWERED] = {"unanswered", "未获答复"},
};
// clang-format on

struct problem {
    struct problem *next;
    enum tally tally;
    uint64_t line;
    const char *event;
    const Award__Answer *answer;
};

struct range {
    uint64_t first;
    uint64_t last;
};

struct push_report {
    struct ctl ctl; // with an arena of one line
    FILE *file;
    bool echo;
    bool progress;
    uint64_t counts[TALLIES];
    uint64_t lines;
    struct arena *kept;
    struct problem *first;
    struct problem **last;
    size_t problems;
    struct range ranges[RANGES_MAX];
    size_t ranges_count;
    bool ranges_more;    // than are kept
    struct table *table; // of --output csv
};

static const char *const CSV_HEADS[] = {"line",    "event", "outcome", "repeated", "code",
                                        "article", "case",  "entry",   "zh",       NULL};

struct push_report *push_report_create(const struct ctl *ctl, FILE *file, bool echo)
{
    struct push_report *report = memory_allocate(sizeof(*report));
    report->ctl = *ctl;
    report->ctl.arena = arena_create();
    report->kept = arena_create();
    report->last = &report->first;
    report->file = file;
    report->echo = echo;
    report->progress = !echo && ctl->output == CTL_TABLE && isatty(STDERR_FILENO) == 1;
    if (ctl->output == CTL_CSV) {
        struct ctl table_ctl = *ctl;
        table_ctl.arena = report->kept;
        struct ctl *lasting = arena_copy(report->kept, &table_ctl, sizeof(table_ctl));
        report->table = table_begin(lasting, CSV_HEADS);
    }
    return report;
}

// ---- One line

static enum tally tally_of(const Award__Answer *answer)
{
    if (answer->repeated) {
        return REPEATED;
    }
    switch ((int)answer->outcome) {
    case AWARD__OUTCOME__NAME__accepted:
        return ACCEPTED;
    case AWARD__OUTCOME__NAME__refused:
        return REFUSED;
    case AWARD__OUTCOME__NAME__pending:
        return PENDING;
    default:
        return REJECTED;
    }
}

static const char *line_event(const struct push_line *line)
{
    const char *name = line->event != NULL ? event_name(line->event->body_case) : NULL;
    return name != NULL ? name : "";
}

static const char *outcome_name(const Award__Answer *answer)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(
        &award__outcome__name__descriptor, (int)answer->outcome);
    return value != NULL ? value->name : "unknown";
}

static const Award__Reason *reason_first(const Award__Answer *answer)
{
    return answer->n_reasons > 0 ? answer->reasons[0] : NULL;
}

static const char *answer_article(const Award__Answer *answer)
{
    const Award__Reason *reason = reason_first(answer);
    return answer->article == NULL && reason != NULL ? reason->article : answer->article;
}

static void text_set(json_t *object, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        (void)json_object_set_new(object, name, json_string(text));
    }
}

static json_t *reasons_json(Award__Reason *const *reasons, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();
        text_set(object, "code", reasons[i]->code);
        text_set(object, "article", reasons[i]->article);
        text_set(object, "subject", reasons[i]->subject);
        (void)json_array_append_new(list, object);
    }
    return list;
}

// {"line":12,"event":"paper_received","outcome":"rejected","code":...}: what tests look at.
static void file_write(FILE *file, const struct push_line *line)
{
    const Award__Answer *answer = line->answer;
    const Award__Reason *reason = reason_first(answer);
    json_t *object = json_object();
    (void)json_object_set_new(object, "line", json_integer((json_int_t)line->number));
    text_set(object, "event", line_event(line));
    text_set(object, "principal", line->principal);
    text_set(object, "id", line->event != NULL ? line->event->id : NULL);
    text_set(object, "outcome", outcome_name(answer));
    (void)json_object_set_new(object, "repeated", json_boolean(answer->repeated));
    text_set(object, "code", reason != NULL ? reason->code : NULL);
    text_set(object, "article", answer_article(answer));
    text_set(object, "case", answer->case_);
    if (answer->has_entry) {
        (void)json_object_set_new(object, "entry", json_integer((json_int_t)answer->entry));
    }
    (void)json_object_set_new(object, "reasons", reasons_json(answer->reasons, answer->n_reasons));
    (void)json_object_set_new(object, "rejected_parts",
                              reasons_json(answer->rejected_parts, answer->n_rejected_parts));
    (void)json_dumpf(object, file, JSON_COMPACT | JSON_PRESERVE_ORDER);
    (void)fputc('\n', file);
    json_decref(object);
}

static void table_write(struct push_report *report, const struct push_line *line)
{
    const Award__Answer *answer = line->answer;
    const Award__Reason *reason = reason_first(answer);
    struct arena *arena = report->ctl.arena;
    const char *const cells[] = {
        arena_format(arena, "%" PRIu64, line->number),
        line_event(line),
        outcome_name(answer),
        answer->repeated ? "true" : "false",
        reason != NULL && reason->code != NULL ? reason->code : "",
        answer_article(answer) != NULL ? answer_article(answer) : "",
        answer->case_ != NULL ? answer->case_ : "",
        answer->has_entry ? arena_format(arena, "%" PRIu64, answer->entry) : "",
        reason != NULL && reason->zh != NULL ? reason->zh : "",
    };
    table_row(report->table, cells);
}

// The answer's own JSON, with the number of the line before it.
static void json_write(struct push_report *report, const struct push_line *line)
{
    const char *text = codec_to_json(&line->answer->base, CODEC_JSON_LINE, report->ctl.arena);
    (void)printf("{\"line\":%" PRIu64 ",%s\n", line->number, text + 1);
}

static void range_add(struct push_report *report, uint64_t number)
{
    struct range *last =
        report->ranges_count > 0 ? &report->ranges[report->ranges_count - 1] : NULL;
    if (last != NULL && last->last + 1 == number) {
        last->last = number;
    } else if (report->ranges_count == RANGES_MAX) {
        report->ranges_more = true;
    } else {
        report->ranges[report->ranges_count++] = (struct range){number, number};
    }
}

static void problem_add(struct push_report *report, const struct push_line *line, enum tally tally)
{
    report->problems++;
    if (report->problems > PROBLEMS_MAX) {
        return;
    }
    struct problem *problem = arena_alloc(report->kept, sizeof(*problem));
    problem->tally = tally;
    problem->line = line->number;
    problem->event = line_event(line);
    if (line->answer != NULL) {
        problem->answer = (const Award__Answer *)codec_copy(&line->answer->base, report->kept);
    }
    *report->last = problem;
    report->last = &problem->next;
}

static void progress_show(const struct push_report *report)
{
    if (report->progress) {
        (void)fprintf(stderr, "\r已处理 %" PRIu64 " 行 lines", report->lines);
    }
}

void push_report_line(struct push_report *report, const struct push_line *line)
{
    enum tally tally = tally_of(line->answer);
    report->counts[tally]++;
    report->lines++;
    bool warned = tally == ACCEPTED && line->answer->n_reasons > 0;
    if (tally == REFUSED || tally == REJECTED || warned) {
        problem_add(report, line, tally);
    } else if (tally == REPEATED) {
        range_add(report, line->number);
    }
    if (report->file != NULL) {
        file_write(report->file, line);
    }
    if (report->table != NULL) {
        table_write(report, line);
    } else if (report->ctl.output == CTL_JSON) {
        json_write(report, line);
    }
    progress_show(report);
    arena_reset(report->ctl.arena);
}

void push_report_unanswered(struct push_report *report, const struct push_line *line)
{
    report->counts[UNANSWERED]++;
    report->lines++;
    problem_add(report, line, UNANSWERED);
}

// ---- The end

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

// Each condition that fails, with its article and the last day on which it does.
static void reason_print(const struct push_report *report, const Award__Reason *reason)
{
    struct ctl plain = {.arena = report->ctl.arena};
    (void)printf("    [%s] %s（%s）%s%s\n      %s\n", or_empty(reason->code), or_empty(reason->zh),
                 reason->article != NULL ? reason->article : "-",
                 reason->until != NULL ? " 至 until " : "",
                 reason->until != NULL ? ctl_day(&plain, reason->until) : "", or_empty(reason->en));
}

static void problem_print(const struct push_report *report, const struct problem *problem)
{
    const Award__Answer *answer = problem->answer;
    const char *article = answer != NULL ? answer_article(answer) : NULL;
    (void)printf("第 %" PRIu64 " 行 line  %s %s  %s", problem->line, TALLY_WORDS[problem->tally].zh,
                 TALLY_WORDS[problem->tally].name, problem->event);
    if (article != NULL) {
        (void)printf("  条款 article %s", article);
    }
    (void)putchar('\n');
    for (size_t i = 0; answer != NULL && i < answer->n_reasons; i++) {
        reason_print(report, answer->reasons[i]);
    }
}

static void ranges_print(const struct push_report *report)
{
    if (report->ranges_count == 0) {
        return;
    }
    (void)printf("已在案的行 repeated lines:");
    for (size_t i = 0; i < report->ranges_count; i++) {
        const struct range *range = &report->ranges[i];
        (void)printf("%s %" PRIu64, i > 0 ? "," : "", range->first);
        if (range->last > range->first) {
            (void)printf("-%" PRIu64, range->last);
        }
    }
    (void)puts(report->ranges_more ? ", …" : "");
}

static void summary_print(const struct push_report *report)
{
    for (const struct problem *problem = report->first; problem != NULL; problem = problem->next) {
        problem_print(report, problem);
    }
    if (report->problems > PROBLEMS_MAX) {
        (void)printf("另有 %zu 行，见 --report / and %zu lines more, see --report\n",
                     report->problems - PROBLEMS_MAX, report->problems - PROBLEMS_MAX);
    }
    ranges_print(report);
    (void)printf("共 %" PRIu64 " 行 lines:", report->lines);
    for (size_t i = 0; i < TALLIES; i++) {
        if (i != UNANSWERED || report->counts[i] > 0) {
            (void)printf("  %s %s %" PRIu64, TALLY_WORDS[i].zh, TALLY_WORDS[i].name,
                         report->counts[i]);
        }
    }
    (void)putchar('\n');
}

static void summary_json(const struct push_report *report)
{
    (void)printf("{\"summary\":{\"lines\":%" PRIu64, report->lines);
    for (size_t i = 0; i < TALLIES; i++) {
        (void)printf(",\"%s\":%" PRIu64, TALLY_WORDS[i].name, report->counts[i]);
    }
    (void)printf("}}\n");
}

int push_report_end(struct push_report *report)
{
    if (report->progress && report->lines > 0) {
        (void)fprintf(stderr, "\r\033[K");
    }
    if (report->table != NULL) {
        table_end(report->table);
    } else if (report->ctl.output == CTL_JSON) {
        summary_json(report);
    } else {
        summary_print(report);
    }
    int status = report->counts[REJECTED] > 0 ? CTL_NOT_ADMITTED : CTL_OK;
    if (report->file != NULL && fclose(report->file) != 0) {
        status = ctl_error(CTL_INPUT, "--report 的文件写不出去；请检查磁盘",
                           "the file of --report cannot be written; look at the disk");
    }
    arena_destroy(report->kept);
    arena_destroy(report->ctl.arena);
    free(report);
    return status;
}
