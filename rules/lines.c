// lines - the awardctl line that does what is due or awaited
#include "rules/lines.h"

#include "rules/deadlines.h"
#include "rules/events.h"

#include <string.h>

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

const char *line_of_event(struct arena *arena, const char *event, const char *subject)
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
    if ((row->from & WORKERS) != 0) {
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

// What the event says beside the case: the incident of 19, the year of 18.
static const char *line_ends(struct arena *arena, const Award__Deadline *deadline)
{
    size_t prefix = deadline->case_ != NULL ? strlen(deadline->case_) : 0;
    if (deadline->kind == AWARD__DEADLINE_KIND__NAME__incident_report && prefix > 0 &&
        strlen(deadline->subject) > prefix + 1) {
        return arena_format(arena, " incident=%s", deadline->subject + prefix + 1);
    }
    return deadline->kind == AWARD__DEADLINE_KIND__NAME__self_evaluation
               ? arena_format(arena, " year=%u", deadline->ordinal)
               : "";
}

// The sheets of a plan are too long for a line.
static bool of_plan(Award__DeadlineKind__Name kind)
{
    return kind == AWARD__DEADLINE_KIND__NAME__plan_independent ||
           kind == AWARD__DEADLINE_KIND__NAME__plan_consensus ||
           kind == AWARD__DEADLINE_KIND__NAME__plan_visit ||
           kind == AWARD__DEADLINE_KIND__NAME__plan_report;
}

static const char *meeting_line(struct arena *arena, const Award__Deadline *deadline,
                                const char *event)
{
    if (of_plan(deadline->kind)) {
        return arena_format(arena, "awardctl new %s", event);
    }
    bool of_objection = deadline->kind == AWARD__DEADLINE_KIND__NAME__objection_answer;
    const char *subject =
        deadline->case_ != NULL && !of_objection ? deadline->case_ : deadline->subject;
    return arena_format(arena, "%s%s", line_of_event(arena, event, subject),
                        line_ends(arena, deadline));
}

// Of what nobody meets the cycle is shown, that ends or goes on by itself.
static const char *showing_line(struct arena *arena, const Award__Deadline *deadline, bool met)
{
    if (!met && deadline->cycle != NULL) {
        return arena_format(arena, "awardctl cycle show %s", deadline->cycle);
    }
    return met && deadline->case_ != NULL
               ? arena_format(arena, "awardctl case show %s", deadline->case_)
               : arena_format(arena, "awardctl deadlines %s",
                              deadline->case_ != NULL ? deadline->case_ : deadline->subject);
}

struct deadline_line line_of_deadline(struct arena *arena, const Award__Deadline *deadline,
                                      Award__Role__Name reader)
{
    const struct deadline_row *row = deadline_row(deadline->kind);
    if (row == NULL || row->closed_by[0] == '\0') {
        return (struct deadline_line){showing_line(arena, deadline, false), true, 0};
    }
    const char *event =
        arena_format(arena, "%.*s", (int)strcspn(row->closed_by, " "), row->closed_by);
    uint32_t from = event_row(event_number(event))->from;
    if ((from >> (unsigned)reader & 1U) == 0) {
        return (struct deadline_line){showing_line(arena, deadline, true), true, from};
    }
    return (struct deadline_line){meeting_line(arena, deadline, event), false, 0};
}
