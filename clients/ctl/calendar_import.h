// calendar_import - a file with somebody's calendar, as `calendar import` and `check` take it
#pragma once

#include "clients/ctl/ctl.h"
#include "settings/calendar_source.h"

// Reads the project's own format or iCalendar; `name` is the source that the events name, the
// file's own name where it is NULL. Says on standard error what it leaves out. False when it has
// said what is wrong.
bool calendar_import_read(struct ctl *ctl, const char *path, const char *name, bool only_marked,
                          struct calendar_source *source);
