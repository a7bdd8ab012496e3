// mail - one message as RFC 5322 wants it: headers, and a body of UTF-8 text
//
// Chinese in headers goes as encoded words (RFC 2047). The body goes as it is (8bit), which a
// person can read in the spool, unless one of its lines is longer than RFC 5322 admits: then as
// base64. A mail of two parts has both as base64, which every server takes.
#include "workers/notification/mail.h"

#include "common/text.h"
#include "common/time.h"
#include "common/writing.h"
#include "settings/digest.h"
#include "workers/notification/html.h"
#include "workers/notification/spool.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
    LINE_BYTES_MAX = 998,   // RFC 5322, without its end
    BASE64_COLUMNS = 76,    // RFC 2045
    BASE64_LINE_BYTES = 57, // what fills a line of 76
    WORD_BYTES = 39,        // of text in an encoded word: it fits behind "Subject: " in 76 columns
    PLAIN_BYTES_MAX = 60,   // of a header's text that stays as it is
    HEADER_BYTES_MAX = 400,
};

// ---- Characters

static bool control(char character)
{
    unsigned char byte = (unsigned char)character;
    return byte < 0x20 || byte == 0x7F;
}

// A copy that can stand in a header: bounded, on one line.
static char *header_clean(const char *text, struct arena *arena)
{
    char *clean = arena_string(arena, writing_cut(arena, text, HEADER_BYTES_MAX));
    for (char *at = clean; *at != '\0'; at++) {
        if (control(*at)) {
            *at = ' ';
        }
    }
    return clean;
}

static bool plain(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at >= 0x80) {
            return false;
        }
    }
    return strlen(text) <= PLAIN_BYTES_MAX && strstr(text, "=?") == NULL;
}

static void base64_put(struct writing *writing, const char *text, size_t size)
{
    size_t capacity = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *encoded = arena_alloc(writing->arena, capacity);
    writing_put(writing, sodium_bin2base64(encoded, capacity, (const unsigned char *)text, size,
                                           sodium_base64_VARIANT_ORIGINAL));
}

// ---- Headers

static void encoded_put(struct writing *writing, const char *text)
{
    for (size_t size = 0; *text != '\0'; text += size) {
        writing_put(writing, size > 0 ? "\r\n " : "");
        size = text_cut(text, WORD_BYTES);
        writing_put(writing, "=?UTF-8?B?");
        base64_put(writing, text, size);
        writing_put(writing, "?=");
    }
}

static void quoted_put(struct writing *writing, const char *text)
{
    writing_put(writing, "\"");
    for (; *text != '\0'; text++) {
        writing_put(writing, *text == '"' || *text == '\\' ? "\\" : "");
        writing_add(writing, text, 1);
    }
    writing_put(writing, "\"");
}

static void address_put(struct writing *writing, const char *header, const char *name,
                        const char *address)
{
    const char *printed = header_clean(name, writing->arena);
    writing_format(writing, "%s: ", header);
    if (*printed != '\0' && plain(printed)) {
        quoted_put(writing, printed);
        writing_put(writing, "\r\n ");
    } else if (*printed != '\0') {
        encoded_put(writing, printed);
        writing_put(writing, "\r\n ");
    }
    writing_format(writing, "<%s>\r\n", address);
}

static const char *address_or(const char *address, const char *local, struct arena *arena)
{
    return address != NULL ? address
                           : arena_format(arena, "%s@award.invalid", spool_safe(local, arena));
}

static void subject_put(struct writing *writing, const char *subject)
{
    const char *printed = header_clean(subject, writing->arena);
    writing_put(writing, "Subject: ");
    if (plain(printed)) {
        writing_put(writing, printed);
    } else {
        encoded_put(writing, printed);
    }
    writing_put(writing, "\r\n");
}

// RFC 5322 names days and months in English: "Mon, 08 Oct 2018 09:00:00 +0800".
static void date_put(struct writing *writing, int64_t moment_ms)
{
    static const char days[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t day = day_of_moment(moment_ms);
    struct civil civil = day_to_civil(day);
    int seconds = (int)((moment_ms - day_start(day)) / 1000);
    int weekday = day_weekday(day);
    assert(weekday >= 1 && weekday <= 7 && civil.month >= 1 && civil.month <= 12);
    writing_format(writing, "Date: %s, %02d %s %04d %02d:%02d:%02d +0800\r\n", days[weekday - 1],
                   civil.day, months[civil.month - 1], civil.year, seconds / 3600,
                   seconds / 60 % 60, seconds % 60);
}

// ---- The body

// RFC 2045: \r\n is how a line of text ends, whatever the encoding.
static const char *body_clean(const char *body, struct arena *arena)
{
    struct writing writing = writing_begin(arena);
    for (; *body != '\0'; body++) {
        if (*body == '\n') {
            writing_put(&writing, "\r\n");
        } else if (*body != '\r') {
            writing_add(&writing, control(*body) ? " " : body, 1);
        }
    }
    return writing.text;
}

static bool lines_short(const char *body)
{
    while (*body != '\0') {
        size_t size = strcspn(body, "\r");
        if (size > LINE_BYTES_MAX) {
            return false;
        }
        body += size;
        body += *body != '\0' ? 2 : 0;
    }
    return true;
}

static void base64_lines_put(struct writing *writing, const char *body)
{
    _Static_assert(BASE64_LINE_BYTES / 3 * 4 == BASE64_COLUMNS, "a line is full");
    for (size_t left = strlen(body); left > 0;) {
        size_t size = left < BASE64_LINE_BYTES ? left : BASE64_LINE_BYTES;
        base64_put(writing, body, size);
        writing_put(writing, "\r\n");
        body += size;
        left -= size;
    }
}

static void text_put(struct writing *writing, const char *body)
{
    bool as_it_is = lines_short(body);
    writing_format(writing,
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: %s\r\n\r\n",
                   as_it_is ? "8bit" : "base64");
    if (as_it_is) {
        writing_put(writing, body);
    } else {
        base64_lines_put(writing, body);
    }
}

static void part_put(struct writing *writing, const char *boundary, const char *type,
                     const char *body)
{
    writing_format(writing,
                   "--%s\r\n"
                   "Content-Type: %s; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: base64\r\n\r\n",
                   boundary, type);
    base64_lines_put(writing, body);
}

// RFC 2046: the richest part comes last.
static void parts_put(struct writing *writing, const struct mail *mail, const char *body)
{
    char digest[DIGEST_TEXT_BYTES];
    digest_of(mail->identity, strlen(mail->identity), digest);
    const char *boundary = arena_format(writing->arena, "award-%.32s", digest);
    const char *page = html_format(mail->subject, mail->body, writing->arena);
    writing_format(writing, "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n",
                   boundary);
    part_put(writing, boundary, "text/plain", body);
    part_put(writing, boundary, "text/html", body_clean(page, writing->arena));
    writing_format(writing, "--%s--\r\n", boundary);
}

struct mail mail_of_letter(const struct letter *letter)
{
    return (struct mail){
        .from_name = letter->from_name,
        .to_name = letter->to_name,
        .to = letter->to,
        .date_ms = letter->date_ms,
        .identity = letter->identity,
        .subject = letter->subject,
        .body = letter->body,
        .rehearsal = letter->rehearsal,
    };
}

char *mail_format(const struct mail *mail, struct arena *arena)
{
    const char *body = body_clean(mail->body, arena);
    struct writing writing = writing_begin(arena);
    address_put(&writing, "From", mail->from_name, address_or(mail->from, "awardd", arena));
    address_put(&writing, "To", mail->to_name != NULL ? mail->to_name : "",
                address_or(mail->to_address, mail->to, arena));
    date_put(&writing, mail->date_ms);
    writing_format(&writing, "Message-ID: <%s@award.invalid>\r\n",
                   spool_safe(mail->identity, arena));
    subject_put(&writing, mail->subject);
    writing_put(&writing, mail->rehearsal ? "X-Award-Rehearsal: yes\r\n" : "");
    writing_put(&writing, "MIME-Version: 1.0\r\n");
    if (mail->html) {
        parts_put(&writing, mail, body);
    } else {
        text_put(&writing, body);
    }
    return writing.text;
}
