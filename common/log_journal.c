// log_journal - a line of the log as an entry of the system's journal
//
// The fields are AWARD_ and the name of the field in capitals, so that `journalctl AWARD_CASE=...`
// finds what was said of a case; MESSAGE_ID leads to the catalog.
#include "common/log_journal.h"

#include "common/log_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>

enum { OTHER_FIELDS = 5 };

// Syslog's; its header, which the journal's includes, has names like those of our levels.
static const char *const priorities[] = {
    [LOG_ERROR] = "3",
    [LOG_WARN] = "4",
    [LOG_INFO] = "6",
    [LOG_DEBUG] = "7",
};

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

bool log_journal_has(int descriptor)
{
    const char *stream = getenv("JOURNAL_STREAM"); // device:inode
    struct stat status;
    if (stream == NULL || fstat(descriptor, &status) != 0) {
        return false;
    }
    char *colon;
    unsigned long long device = strtoull(stream, &colon, 10);
    return *colon == ':' && device == status.st_dev &&
           strtoull(colon + 1, NULL, 10) == status.st_ino;
}

static const char *field_name(enum log_field field, struct arena *arena)
{
    char *name = arena_format(arena, "AWARD_%s", log_field_row(field)->name);
    for (char *at = name; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    return name;
}

static void field_put(struct iovec *to, const char *name, const char *value, struct arena *arena)
{
    char *text = arena_format(arena, "%s=%s", name, value);
    *to = (struct iovec){.iov_base = text, .iov_len = strlen(text)};
}

bool log_journal_send(const struct log_call *call, const char *program, struct arena *arena)
{
    const struct log_kind_row *kind = log_kind_row(call->kind);
    struct iovec fields[OTHER_FIELDS + LOG_FIELDS_MAX];
    int count = 0;
    field_put(&fields[count++], "MESSAGE", log_message(call, arena), arena);
    field_put(&fields[count++], "MESSAGE_ID", kind->id, arena);
    field_put(&fields[count++], "PRIORITY", priorities[kind->level], arena);
    field_put(&fields[count++], "SYSLOG_IDENTIFIER", program, arena);
    field_put(&fields[count++], "AWARD_KIND", kind->name, arena);
    for (size_t i = 0; kind->fields[i] != FIELD_END; i++) {
        const char *value = log_field_value(call, kind->fields[i], false, arena);
        if (value != NULL) {
            field_put(&fields[count++], field_name(kind->fields[i], arena), value, arena);
        }
    }
    return sd_journal_sendv(fields, count) == 0;
}
