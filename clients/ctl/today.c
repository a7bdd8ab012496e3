// today - `today`: what is due, what comes, what waits for whom, and the line that does it

#include "clients/ctl/alert_words.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "letters/digest.h"
#include "rules/events.h"
#include "rules/lines.h"
#include "rules/stays.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int today_run(struct ctl *ctl, int argc, char **argv);

const struct command command_today = {
    .name = "today",
    .arguments = "",
    .zh = "今日事项：到期、近期、提醒、等谁办理",
    .en = "what is due, what comes this week, alerts, what waits for whom",
    .needs_settings = true,
    .run = today_run,
};

// ---- Sections; under CSV one table

static const char *const HEADS[] = {"何时 when", "事项 what",    "对象 subject",
                                    "由谁 whom", "办理 command", NULL};

// "查看 see" before what does nothing.
static const char *line_words(struct ctl *ctl, const struct deadline_line *line)
{
    return line->shows ? arena_format(ctl->arena, "查看 see: %s", line->text) : line->text;
}

static const char *enterprise_shown(const Award__Today *today, const char *enterprise)
{
    const char *name = today_enterprise(today, enterprise);
    return name != NULL ? name : enterprise;
}

// By whom: by the roles that meet it where the viewer may not; else whose it is.
static void deadline_rows(struct ctl *ctl, struct table *table, const Award__Today *today,
                          size_t count, Award__Deadline *const *deadlines)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Deadline *deadline = deadlines[i];
        const char *what = arena_format(ctl->arena, "%s：%s", deadline_zh(ctl, deadline),
                                        show_word(ctl, &award__deadline__state__descriptor,
                                                  deadline->has_state, (int)deadline->state));
        const struct deadline_line line = line_of_deadline(ctl->arena, deadline, today->viewer);
        table_row(table, (const char *const[]){
                             deadline_last(ctl, deadline), what, deadline->subject,
                             line.acting != 0 ? show_role_set(ctl, line.acting)
                                              : enterprise_shown(today, deadline->enterprise),
                             line_words(ctl, &line)});
    }
}

static const char *alert_whom(struct ctl *ctl, const Award__Alert *alert)
{
    return alert->has_post
               ? arena_format(ctl->arena, "%s（%s）", alert->recipient, alert_post(ctl, alert))
               : alert->recipient;
}

static void alert_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    const struct alert_deadlines deadlines = {today->n_alerted, today->alerted};
    for (size_t i = 0; i < today->n_alerts; i++) {
        const Award__Alert *alert = today->alerts[i];
        table_row(table, (const char *const[]){ctl_moment(ctl, alert->raised),
                                               arena_format(ctl->arena, "提醒 alert：%s；%s",
                                                            alert_about(ctl, alert, &deadlines),
                                                            alert_state(ctl, alert)),
                                               alert_subject(ctl, alert), alert_whom(ctl, alert),
                                               alert_line(ctl, alert)});
    }
}

// What it is about, by the name of the enterprise where there is one.
static const char *of_enterprise(struct ctl *ctl, const char *what, const char *enterprise_name)
{
    return enterprise_name != NULL ? arena_format(ctl->arena, "%s：%s", what, enterprise_name)
                                   : what;
}

// The line that does it, for who may send it. What a program has given up everybody may look at.
static const char *doing_line(struct ctl *ctl, size_t count, const Award__Role__Name *from,
                              const char *event, const char *subject, Award__Role__Name viewer)
{
    for (size_t i = 0; i < count; i++) {
        if (from[i] == viewer || (WORKERS >> (unsigned)from[i] & 1U) != 0) {
            return line_of_event(ctl->arena, event, subject);
        }
    }
    return NULL;
}

static void waiting_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_waiting; i++) {
        const Award__Waiting *waiting = today->waiting[i];
        const char *what = show_event(ctl, waiting->what);
        table_row(table, (const char *const[]){
                             ctl_day(ctl, waiting->since),
                             of_enterprise(ctl, what, waiting->enterprise_name), waiting->subject,
                             show_roles(ctl, waiting->n_from, waiting->from),
                             doing_line(ctl, waiting->n_from, waiting->from, waiting->what,
                                        waiting->subject, today->viewer)});
    }
}

// What frees the case, for those who may do it; others are shown it.
static void held_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_held; i++) {
        const Award__Held *held = today->held[i];
        bool objection = strcmp(held->kind, "objection") == 0;
        const char *event = objection ? "objection_decided" : "liability_established";
        uint32_t from = event_row(event_number(event))->from;
        bool may = (from >> (unsigned)today->viewer & 1U) != 0;
        table_row(
            table,
            (const char *const[]){
                NULL,
                of_enterprise(ctl,
                              objection ? "异议未决 open objection" : "责任未定 liability unknown",
                              held->enterprise_name),
                held->case_, show_role_set(ctl, from),
                may ? line_of_event(ctl->arena, event, held->subject)
                    : arena_format(ctl->arena, "查看 see: awardctl case show %s", held->case_)});
    }
}

static void stuck_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_stuck; i++) {
        const Award__Stuck__Row *row = today->stuck[i];
        const Award__Stuck__Move *move = row->n_moves > 0 ? row->moves[0] : NULL;
        const struct stay_row *stay = stay_named(row->stay);
        const char *what = arena_format(ctl->arena, "%s %s，滞留 %u 天 days over",
                                        stay != NULL ? stay->zh : row->stay,
                                        stay != NULL ? stay->en : "", row->days_over);
        table_row(table,
                  (const char *const[]){
                      ctl_day(ctl, row->last), of_enterprise(ctl, what, row->enterprise_name),
                      row->subject, move != NULL ? show_roles(ctl, move->n_from, move->from) : NULL,
                      move != NULL ? doing_line(ctl, move->n_from, move->from, move->event,
                                                row->subject, today->viewer)
                                   : NULL});
    }
}

static void undelivered_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_undelivered; i++) {
        const Award__Message *message = today->undelivered[i];
        bool given_up = message->state == AWARD__MESSAGE__STATE__failed;
        table_row(table, (const char *const[]){ctl_moment(ctl, message->created),
                                               given_up ? "未送达，已放弃 given up"
                                                        : "未送达，重试中 tried again",
                                               message->message, message->recipient,
                                               "awardctl alerts --undelivered"});
    }
}

// One section: nothing is printed of an empty one but where its emptiness is the news.
static void rows_section(struct ctl *ctl, const char *zh, const char *en, const Award__Today *today,
                         size_t count,
                         void (*rows)(struct ctl *ctl, struct table *table,
                                      const Award__Today *today))
{
    if (count == 0) {
        return;
    }
    show_heading(ctl, zh, en);
    struct table *table = table_begin(ctl, HEADS);
    rows(ctl, table, today);
    table_end(table);
}

static void silence_print(struct ctl *ctl, const Award__Silence *silence)
{
    if (silence == NULL) {
        return;
    }
    bool next = silence->next != NULL && silence->next_deadline != NULL;
    (void)printf("\n共核对期限 %" PRIu64 " 项，一日内发出提醒 %" PRIu64 " 条、确认 %" PRIu64
                 " 条，放弃投递消息 %" PRIu64 " 条；下一到期 %s\n",
                 silence->checked, silence->alerts, silence->acknowledged, silence->undelivered,
                 next ? arena_format(ctl->arena, "%s%s %s", ctl_moment(ctl, silence->next),
                                     silence->next_provisional ? " " SHOW_PROVISIONAL : "",
                                     silence->next_deadline)
                      : "无");
    (void)printf("%" PRIu64 " deadlines checked, %" PRIu64 " alerts sent and %" PRIu64
                 " acknowledged within a day, %" PRIu64 " messages given up; next due %s\n",
                 silence->checked, silence->alerts, silence->acknowledged, silence->undelivered,
                 next ? "as above" : "none");
}

enum { SECTION_ROWS = 10 }; // of a section, so that all of it is one screen

// What a section of the screen has no room for, and what lists it whole.
static void rest_print(size_t count, const char *command)
{
    if (count > SECTION_ROWS) {
        (void)printf("另有 %zu 项 / and %zu more: %s\n", count - SECTION_ROWS, count - SECTION_ROWS,
                     command);
    }
}

static size_t fitting(size_t count)
{
    return count < SECTION_ROWS ? count : SECTION_ROWS;
}

// That none is due is news, too; it takes one line.
static void deadlines_section(struct ctl *ctl, const char *zh, const char *en,
                              const Award__Today *today, size_t count,
                              Award__Deadline *const *deadlines)
{
    if (count == 0) {
        (void)printf("\n%s %s：无 none\n", zh, en);
        return;
    }
    show_heading(ctl, zh, en);
    struct table *table = table_begin(ctl, HEADS);
    deadline_rows(ctl, table, today, fitting(count), deadlines);
    table_end(table);
    rest_print(count, "awardctl deadlines");
}

// What ends today stands before what is overdue.
static size_t ending_today(const Award__Today *today)
{
    size_t count = 0;
    while (count < today->n_due && today->due[count]->state != AWARD__DEADLINE__STATE__overdue) {
        count++;
    }
    return count;
}

static bool told_later(const Award__Today *today, size_t index)
{
    const Award__Alert *alert = today->alerts[index];
    for (size_t i = 0; i < today->n_alerts; i++) {
        const Award__Alert *other = today->alerts[i];
        if (i != index && strcmp(other->deadline, alert->deadline) == 0 &&
            (other->raised->ms > alert->raised->ms ||
             (other->raised->ms == alert->raised->ms && i > index))) {
            return true;
        }
    }
    return false;
}

static int later_first(const void *one, const void *other)
{
    const Award__Alert *first = *(Award__Alert *const *)one;
    const Award__Alert *second = *(Award__Alert *const *)other;
    int64_t minutes = alert_minute(second) - alert_minute(first);
    return minutes != 0 ? (minutes < 0 ? -1 : 1) : strcmp(first->alert, second->alert);
}

// Of each deadline the alert that was raised last; the latest of them first.
static void alerts_latest(struct ctl *ctl, const Award__Today *today, Award__Today *latest)
{
    latest->alerts = arena_alloc(ctl->arena, (today->n_alerts + 1) * sizeof(*latest->alerts));
    latest->n_alerts = 0;
    for (size_t i = 0; i < today->n_alerts; i++) {
        if (!told_later(today, i)) {
            latest->alerts[latest->n_alerts++] = today->alerts[i];
        }
    }
    if (latest->n_alerts > 0) {
        qsort(latest->alerts, latest->n_alerts, sizeof(*latest->alerts), later_first);
    }
}

// As much of it as fits on a screen.
static Award__Today screen_of(struct ctl *ctl, const Award__Today *today)
{
    Award__Today screen = *today;
    alerts_latest(ctl, today, &screen);
    screen.n_alerts = fitting(screen.n_alerts);
    screen.n_held = fitting(screen.n_held);
    screen.n_stuck = fitting(screen.n_stuck);
    screen.n_undelivered = fitting(screen.n_undelivered);
    screen.n_waiting = fitting(screen.n_waiting);
    return screen;
}

static void sections_print(struct ctl *ctl, const Award__QueryReply *reply)
{
    const Award__Today *today = reply->today;
    (void)printf("%s\n", ctl_moment(ctl, reply->now));
    size_t ending = ending_today(today);
    deadlines_section(ctl, "今日到期", "due today", today, ending, today->due);
    deadlines_section(ctl, "已逾期", "overdue", today, today->n_due - ending, today->due + ending);
    deadlines_section(ctl, "七日之内", "within seven days", today, today->n_soon, today->soon);
    const Award__Today screen = screen_of(ctl, today);
    rows_section(ctl, "未确认的提醒", "alerts", &screen, screen.n_alerts, alert_rows);
    if (screen.n_alerts < today->n_alerts) {
        (void)printf("另有 %zu 条 / and %zu more: awardctl alerts\n",
                     today->n_alerts - screen.n_alerts, today->n_alerts - screen.n_alerts);
    }
    rows_section(ctl, "暂停的案件", "held cases", &screen, screen.n_held, held_rows);
    rest_print(today->n_held, "awardctl today --output csv");
    rows_section(ctl, "滞留事项", "stuck", &screen, screen.n_stuck, stuck_rows);
    rest_print(today->n_stuck, "awardctl stuck");
    rows_section(ctl, "未送达的消息", "not delivered", &screen, screen.n_undelivered,
                 undelivered_rows);
    rest_print(today->n_undelivered, "awardctl alerts --undelivered");
    rows_section(ctl, "等待办理", "what waits for whom", &screen, screen.n_waiting, waiting_rows);
    rest_print(today->n_waiting, "awardctl today --output csv");
    if (reply->more) {
        (void)puts("\n（还有更多，未列出 / there are more than these）");
    }
    silence_print(ctl, today->silence);
}

static void csv_print(struct ctl *ctl, const Award__Today *today)
{
    struct table *table = table_begin(ctl, HEADS);
    deadline_rows(ctl, table, today, today->n_due, today->due);
    deadline_rows(ctl, table, today, today->n_soon, today->soon);
    alert_rows(ctl, table, today);
    held_rows(ctl, table, today);
    stuck_rows(ctl, table, today);
    undelivered_rows(ctl, table, today);
    waiting_rows(ctl, table, today);
    table_end(table);
}

static int today_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_today, 0, argc, argv, &status)) {
        return status;
    }
    Award__QueryToday query = AWARD__QUERY_TODAY__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_TODAY, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->today->base);
    } else if (ctl->output == CTL_CSV) {
        csv_print(ctl, reply->today);
    } else {
        sections_print(ctl, reply);
    }
    return CTL_OK;
}
