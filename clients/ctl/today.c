// today - `today`: what is due, what comes, what waits for whom, and the line that does it
#include "clients/ctl/today.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "rules/deadlines.h"
#include "rules/events.h"

#include <stdio.h>
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

// ---- Lines

// The field by which an event names what it is about, of those in the row's needs.
static const char *subject_field(const struct event_row *row)
{
    static const char *const fields[] = {"case", "objection", "revocation", "team", "cycle"};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        size_t length = strlen(fields[i]);
        for (const char *at = strstr(row->needs, fields[i]); at != NULL;
             at = strstr(at + 1, fields[i])) {
            bool begins = at == row->needs || at[-1] == ' ';
            if (begins && (at[length] == ' ' || at[length] == '\0')) {
                return fields[i];
            }
        }
    }
    return NULL;
}

// A pending event is named principal/id; names of principals have no slash.
static const char *countersign_line(struct arena *arena, const char *subject)
{
    const char *slash = strchr(subject, '/');
    int length = slash != NULL ? (int)(slash - subject) : 0;
    return arena_format(arena, "awardctl send countersigned event.principal=%.*s event.id='%s'",
                        length, subject, slash != NULL ? slash + 1 : subject);
}

// A receipt that waits is named cycle/enterprise.
static const char *receipt_line(struct arena *arena, const char *event, const char *subject)
{
    const char *slash = strrchr(subject, '/');
    int length = slash != NULL ? (int)(slash - subject) : 0;
    return arena_format(arena, "awardctl send %s cycle=%.*s enterprise=%s", event, length, subject,
                        slash != NULL ? slash + 1 : subject);
}

const char *today_line(struct arena *arena, const char *event, const char *subject)
{
    Award__Event__BodyCase number = event_number(event);
    const struct event_row *row = event_row(number);
    if (row == NULL) {
        return "-";
    }
    if (number == AWARD__EVENT__BODY_COUNTERSIGNED) {
        return countersign_line(arena, subject);
    }
    if (number == AWARD__EVENT__BODY_PAPER_RECEIVED ||
        number == AWARD__EVENT__BODY_APPLICATION_SUBMITTED) {
        return receipt_line(arena, event, subject);
    }
    if ((row->from &
         (ROLE(worker_scoring) | ROLE(worker_notification) | ROLE(worker_revocation))) != 0) {
        return "awardctl tasks";
    }
    int cycle = (int)strcspn(subject, "/"); // of a case "cycle/enterprise/number", or its own name
    if (number == AWARD__EVENT__BODY_TEAM_DRAWN) {
        return arena_format(arena, "awardctl draw %.*s", cycle, subject);
    }
    const char *field = subject_field(row);
    if (field != NULL && strcmp(field, "cycle") == 0) {
        return arena_format(arena, "awardctl send %s cycle=%.*s", event, cycle, subject);
    }
    return field != NULL ? arena_format(arena, "awardctl send %s %s=%s", event, field, subject)
                         : arena_format(arena, "awardctl new %s", event);
}

const char *today_deadline_line(struct arena *arena, const Award__Deadline *deadline)
{
    const struct deadline_row *row = deadline_row(deadline->kind);
    const char *subject = deadline->case_ != NULL ? deadline->case_ : deadline->subject;
    if (row != NULL && row->closed_by[0] != '\0') {
        const char *event =
            arena_format(arena, "%.*s", (int)strcspn(row->closed_by, " "), row->closed_by);
        bool of_objection = deadline->kind == AWARD__DEADLINE_KIND__NAME__objection_answer;
        bool of_team = deadline->kind == AWARD__DEADLINE_KIND__NAME__plan_independent ||
                       deadline->kind == AWARD__DEADLINE_KIND__NAME__plan_consensus ||
                       deadline->kind == AWARD__DEADLINE_KIND__NAME__plan_visit ||
                       deadline->kind == AWARD__DEADLINE_KIND__NAME__plan_report;
        return of_team ? arena_format(arena, "awardctl new %s", event)
                       : today_line(arena, event, of_objection ? deadline->subject : subject);
    }
    return deadline->cycle != NULL ? arena_format(arena, "awardctl cycle show %s", deadline->cycle)
                                   : arena_format(arena, "awardctl deadlines %s", subject);
}

// ---- Sections; under CSV one table

static const char *const HEADS[] = {"何时 when", "事项 what",    "对象 subject",
                                    "由谁 whom", "办理 command", NULL};

static void deadline_rows(struct ctl *ctl, struct table *table, size_t count,
                          Award__Deadline *const *deadlines)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Deadline *deadline = deadlines[i];
        const char *what = arena_format(ctl->arena, "%s：%s", deadline_zh(ctl, deadline),
                                        show_word(ctl, &award__deadline__state__descriptor,
                                                  deadline->has_state, (int)deadline->state));
        table_row(table, (const char *const[]){deadline_last(ctl, deadline), what,
                                               deadline->subject, deadline->enterprise,
                                               today_deadline_line(ctl->arena, deadline)});
    }
}

static void alert_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_alerts; i++) {
        const Award__Alert *alert = today->alerts[i];
        table_row(table, (const char *const[]){
                             ctl_moment(ctl, alert->raised), "提醒 alert", alert->deadline,
                             alert->recipient,
                             arena_format(ctl->arena, "awardctl alerts ack '%s'", alert->alert)});
    }
}

static void waiting_rows(struct ctl *ctl, struct table *table, const Award__Today *today)
{
    for (size_t i = 0; i < today->n_waiting; i++) {
        const Award__Waiting *waiting = today->waiting[i];
        table_row(table, (const char *const[]){
                             ctl_day(ctl, waiting->since), show_event(ctl, waiting->what),
                             waiting->subject, show_roles(ctl, waiting->n_from, waiting->from),
                             today_line(ctl->arena, waiting->what, waiting->subject)});
    }
}

static void deadlines_section(struct ctl *ctl, const char *zh, const char *en, size_t count,
                              Award__Deadline *const *deadlines)
{
    show_heading(ctl, zh, en);
    struct table *table = table_begin(ctl, HEADS);
    deadline_rows(ctl, table, count, deadlines);
    table_end(table);
}

static void sections_print(struct ctl *ctl, const Award__QueryReply *reply)
{
    const Award__Today *today = reply->today;
    (void)printf("%s\n", ctl_moment(ctl, reply->now));
    deadlines_section(ctl, "今日到期和已逾期", "due today and overdue", today->n_due, today->due);
    deadlines_section(ctl, "七日之内", "within seven days", today->n_soon, today->soon);
    show_heading(ctl, "未确认的提醒", "alerts");
    struct table *table = table_begin(ctl, HEADS);
    alert_rows(ctl, table, today);
    table_end(table);
    show_heading(ctl, "等待办理", "what waits for whom");
    table = table_begin(ctl, HEADS);
    waiting_rows(ctl, table, today);
    table_end(table);
    if (reply->more) {
        (void)puts("\n（还有更多，未列出 / there are more than these）");
    }
}

static void csv_print(struct ctl *ctl, const Award__Today *today)
{
    struct table *table = table_begin(ctl, HEADS);
    deadline_rows(ctl, table, today->n_due, today->due);
    deadline_rows(ctl, table, today->n_soon, today->soon);
    alert_rows(ctl, table, today);
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
