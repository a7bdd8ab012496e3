// doctor_look_record - looks at what takes long: the chain, the state, certificates
//
// The chain is asked from awardd, entry by entry, as `awardctl verify` does. The state is read by
// `awardd verify`, under the user whose the data is, so that no file of its locks is made by
// another. Certificates are read by openssl, which also asks the servers for theirs.
#include "clients/ctl/doctor_private.h"

#include "clients/ctl/awardd.h"
#include "clients/ctl/child.h"
#include "clients/ctl/verify.h"
#include "common/limits.h"
#include "settings/notification_file.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    SAID_BYTES = 64 * 1024,
    CHILD_BYTES = 256 * 1024,
    CHILD_MS = 10000,
    CERTIFICATES_MAX = 6, // a file and a server of three channels
};

void doctor_look_chain(struct ctl *ctl, struct doctor_facts *facts)
{
    struct doctor_record *record = &facts->record;
    record->chain_status = verify_chain(ctl, facts->answers.status, &record->chain_entries);
    record->chain_looked = true;
}

// ---- The state

// The first finding, or the last line where there is none.
static const char *line_chosen(struct doctor_facts *facts, const char *text)
{
    const char *chosen = "";
    for (const char *at = text; *at != '\0';) {
        int length = (int)strcspn(at, "\n");
        const char *line = said(facts, "%.*s", length, at);
        if (strstr(line, "finding:") != NULL) {
            return line;
        }
        chosen = length > 0 ? line : chosen;
        at += length + (at[length] == '\n' ? 1 : 0);
    }
    return chosen;
}

void doctor_look_state(struct ctl *ctl, struct doctor_facts *facts)
{
    struct doctor_record *record = &facts->record;
    const char *config = said(facts, "%s/awardd.yaml", facts->home);
    const char *const words[] = {"--config", config, "verify", NULL};
    const struct doctor_path *data = &facts->files.data;
    struct stat found;
    bool other = facts->user == 0 && data->user != 0 && stat(data->path, &found) == 0;
    const struct awardd_user owner = {.user = data->user, .group = other ? found.st_gid : 0};
    char *text = arena_alloc(facts->arena, SAID_BYTES);
    int output = memfd_create("awardd-verify", MFD_CLOEXEC);
    record->state_looked = true;
    record->state_status =
        output >= 0 ? awardd_run_into(ctl, words, other ? &owner : NULL, output) : -1;
    if (output >= 0 && pread(output, text, SAID_BYTES - 1, 0) > 0) {
        record->state_said = line_chosen(facts, text);
    } else {
        record->state_said = said(facts, "awardd verify: %d", record->state_status);
    }
    if (output >= 0) {
        (void)close(output);
    }
}

// ---- Certificates

static const char *openssl(struct doctor_facts *facts, const char *const words[], int input)
{
    const char *output;
    size_t length;
    const struct child child = {words, input, CHILD_BYTES, CHILD_MS};
    enum child_end end = child_run(&child, facts->arena, &output, &length);
    return end == CHILD_DONE && length > 0 ? output : NULL;
}

// "notAfter=Nov 29 12:00:00 2027 GMT", in Greenwich's time.
static void end_read(struct doctor_certificate *certificate, const char *text)
{
    struct tm end = {0};
    const char *at = text != NULL ? strstr(text, "notAfter=") : NULL;
    if (at == NULL || strptime(at + strlen("notAfter="), "%b %d %H:%M:%S %Y", &end) == NULL) {
        certificate->wrong_zh = "openssl 读不出证书";
        certificate->wrong_en = "openssl finds no certificate";
        return;
    }
    certificate->ends_ms = (int64_t)timegm(&end) * 1000;
}

static struct doctor_certificate *certificate_add(struct doctor_facts *facts, const char *of)
{
    struct doctor_record *record = &facts->record;
    struct doctor_certificate *certificate = &record->certificates[record->certificates_count++];
    certificate->of = of;
    return certificate;
}

static void file_add(struct doctor_facts *facts, const char *path)
{
    if (path[0] == '\0') {
        return;
    }
    const char *const words[] = {"openssl", "x509", "-noout", "-enddate", "-in", path, NULL};
    end_read(certificate_add(facts, arena_string(facts->arena, path)),
             openssl(facts, words, STDIN_FILENO));
}

// The server's own: its greeting first, then what it shows, read by another openssl.
static void server_look(struct doctor_facts *facts, struct doctor_certificate *certificate,
                        bool starttls)
{
    const char *const plain[] = {"openssl", "s_client", "-connect", certificate->of, NULL};
    const char *const mail[] = {"openssl",   "s_client", "-connect", certificate->of,
                                "-starttls", "smtp",     NULL};
    const char *const end[] = {"openssl", "x509", "-noout", "-enddate", NULL};
    int nothing = memfd_create("nothing", MFD_CLOEXEC);
    int shown = memfd_create("certificate", MFD_CLOEXEC);
    const char *text = openssl(facts, starttls ? mail : plain, nothing);
    if (text == NULL) {
        certificate->wrong_zh = "连不上，或没有 openssl";
        certificate->wrong_en = "not reached, or no openssl";
    } else if (write(shown, text, strlen(text)) == (ssize_t)strlen(text) &&
               lseek(shown, 0, SEEK_SET) == 0) {
        end_read(certificate, openssl(facts, end, shown));
    }
    (void)close(nothing);
    (void)close(shown);
}

// "https://host/path", "smtp://host:587": host and port; NULL where it is none.
static const char *host_of(struct doctor_facts *facts, const char *url, unsigned port)
{
    const char *host = strstr(url, "://");
    if (host == NULL) {
        return NULL;
    }
    host += strlen("://");
    int length = (int)strcspn(host, "/?#");
    const char *text = said(facts, "%.*s", length, host);
    return strchr(text, ':') != NULL ? text : said(facts, "%s:%u", text, port);
}

static void server_add(struct doctor_facts *facts, const char *url, unsigned port, bool starttls)
{
    const char *host = host_of(facts, url, port);
    if (host != NULL) {
        server_look(facts, certificate_add(facts, host), starttls);
    }
}

void doctor_look_certificates(struct doctor_facts *facts)
{
    enum { SMTP = 25, SMTPS = 465, HTTPS = 443 };
    struct notification_file *file = arena_alloc(facts->arena, sizeof(*file));
    struct settings_error error;
    const char *path = facts->files.channels.path;
    const char *text;
    size_t length;
    facts->record.certificates_looked = true;
    facts->record.certificates =
        arena_alloc(facts->arena, CERTIFICATES_MAX * sizeof(*facts->record.certificates));
    if (!file_text_read(path, LIMIT_FILE_TEXT_BYTES, facts->arena, &text, &length, &error) ||
        !notification_file_read(text, length, path, file, &error)) {
        return; // which `channels` says
    }
    file_add(facts, file->mail.ca_file);
    file_add(facts, file->webhook.ca_file);
    file_add(facts, file->wecom.ca_file);
    if (file->mail.tls != MAIL_PLAIN) {
        server_add(facts, file->mail.url, file->mail.tls == MAIL_TLS ? SMTPS : SMTP,
                   file->mail.tls == MAIL_STARTTLS);
    }
    server_add(facts, file->webhook.url, HTTPS, false);
    server_add(facts, file->wecom.url, HTTPS, false);
}
