// alert_words - an alert as a person reads it: what it is about, as whom, how it stands, what to do
#pragma once

#include "clients/ctl/ctl.h"

// Deadlines that came along, to look an alert's own up in. One that is not among them is told by
// its name alone: without its last day.
struct alert_deadlines {
    size_t count;
    Award__Deadline *const *list;
};

// "申报截止 closing，末日 last day 2018-03-30".
const char *alert_about(struct ctl *ctl, const Award__Alert *alert,
                        const struct alert_deadlines *deadlines);

const char *alert_subject(struct ctl *ctl, const Award__Alert *alert); // case, cycle, team, ...

// "科长 section_head，代 for clerk-a"; "-" where there is no roster.
const char *alert_post(struct ctl *ctl, const Award__Alert *alert);

// How it stands, and how it came: "待确认 open，已上报 escalated".
const char *alert_state(struct ctl *ctl, const Award__Alert *alert);

// The line that acknowledges it; "-" where nothing is expected any more.
const char *alert_line(struct ctl *ctl, const Award__Alert *alert);

// The minute in which it was told: what falls due together is told within it, in whatever order.
int64_t alert_minute(const Award__Alert *alert);

// For qsort: by that minute, then by name.
int alert_compare(const Award__Alert *one, const Award__Alert *other);
