// journal - `journal`: the entries as the viewer may see them, and those that are still to come
//
// The feed says that there is something new, the query says what: so backlog and live entries have
// no gap and none comes twice. A feed may lose an item, and one may fall between asking and
// listening; a slow timer asks again.
#include "clients/ctl/commands.h"
#include "clients/ctl/entries.h"
#include "clients/ctl/history.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/codec.h"
#include "common/text.h"

#include <event2/event.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int journal_run(struct ctl *ctl, int argc, char **argv);

const struct command command_journal = {
    .name = "journal",
    .arguments = "[--from ENTRY] [--subject SUBJECT] [--follow]",
    .zh = "列出日志；--follow 持续显示新的",
    .en = "list the journal; --follow goes on with what is new",
    .help = "  --from ENTRY       从第 N 条起 / from entry N on\n"
            "  --subject SUBJECT  只列涉及某案件、年度、评审组或企业的 / only what concerns it\n"
            "  --follow           至 Ctrl-C 为止 / until Ctrl-C\n"
            "--output json 每行一条。--output json prints one entry a line.\n",
    .needs_settings = true,
    .run = journal_run,
};

enum { COLUMNS = 7, AGAIN_SECONDS = 2 };

static const char *const HEADS[] = {">条 entry",    "时刻 recorded", "事件 event",   "由谁 who",
                                    "结果 outcome", "条款 article",  "对象 subject", NULL};

// Columns of a line, which comes before those behind it are known.
static const size_t WIDTHS[COLUMNS] = {7, 19, 38, 16, 18, 9, 0};

struct following {
    struct ctl *ctl;
    struct client *client;
    const char *subject;
    uint64_t next;     // entry that has not been shown
    uint64_t heard_of; // by the feed
    bool asking;
    bool lost; // and it has been said
    int status;
    struct arena *arena; // of one page
};

// ---- Lines

static void cells_fill(struct ctl *ctl, const Award__HistoryItem *item, const char *cells[COLUMNS])
{
    cells[0] = show_number(ctl, item->entry);
    cells[1] = ctl_moment(ctl, item->recorded);
    cells[2] = history_event(ctl, item);
    cells[3] = history_who(item);
    cells[4] = history_outcome(ctl, item);
    cells[5] = show_article(ctl, item->article);
    cells[6] = show_subject(item);
}

static void line_print(struct ctl *ctl, const Award__HistoryItem *item)
{
    const char *cells[COLUMNS];
    if (ctl->output == CTL_JSON) {
        (void)puts(codec_to_json(&item->base, CODEC_JSON_LINE, ctl->arena));
        return;
    }
    cells_fill(ctl, item, cells);
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *text = cells[i] != NULL ? cells[i] : "-";
        size_t width = text_width(text);
        int blanks = width < WIDTHS[i] ? (int)(WIDTHS[i] - width) : 0;
        if (HEADS[i][0] == '>') {
            (void)printf("%*s%s  ", blanks, "", text);
        } else if (i + 1 == COLUMNS) {
            (void)printf("%s\n", text);
        } else {
            (void)printf("%s%*s  ", text, blanks, "");
        }
    }
}

// ---- What there is

struct listing {
    struct ctl *ctl;
    struct arena *arena; // of the table, which outlives the pages
    struct table *table; // of CSV
};

static bool entry_list(void *context, const Award__HistoryItem *item)
{
    struct listing *listing = context;
    if (listing->table == NULL) {
        line_print(listing->ctl, item);
        return true;
    }
    const char *cells[COLUMNS];
    struct arena *page = listing->ctl->arena;
    cells_fill(listing->ctl, item, cells);
    listing->ctl->arena = listing->arena;
    table_row(listing->table, cells);
    listing->ctl->arena = page;
    return true;
}

static int entries_list(struct ctl *ctl, uint64_t from, const char *subject)
{
    struct listing listing = {.ctl = ctl, .arena = ctl->arena};
    if (ctl->output == CTL_CSV) {
        listing.table = table_begin(ctl, HEADS);
    }
    int status = entries_walk(ctl, from, subject, entry_list, &listing);
    if (listing.table != NULL && status == CTL_OK) {
        table_end(listing.table);
    }
    return status;
}

// ---- What is still to come

static void follow_ask(struct following *following);

static void follow_stop(struct following *following, int status)
{
    following->status = status;
    client_stop(following->client);
}

// Silence is waited out, and said once; a refusal ends it.
static void follow_failed(struct following *following, const struct client_error *error)
{
    bool passing = error->failure == CLIENT_NO_CONNECTION || error->failure == CLIENT_NO_ANSWER;
    if (error->failure == CLIENT_CLOSED) {
        return; // by ourselves
    }
    if (!passing) {
        follow_stop(following, ctl_client_error(error));
    } else if (!following->lost) {
        following->lost = true;
        (void)ctl_client_error(error);
    }
}

static void page_show(struct following *following, const Award__Entries *entries, bool more)
{
    struct ctl *ctl = following->ctl;
    struct arena *kept = ctl->arena;
    ctl->arena = following->arena;
    for (size_t i = 0; i < entries->n_items; i++) {
        line_print(ctl, entries->items[i]);
    }
    ctl->arena = kept;
    arena_reset(following->arena);
    following->next = entries_next(entries, following->next);
    if (fflush(stdout) != 0) {
        follow_stop(following, CTL_INPUT);
    } else if ((more && entries->n_items > 0) || following->heard_of >= following->next) {
        following->heard_of = 0;
        follow_ask(following);
    }
}

static void page_arrived(void *context, const Award__Envelope *reply,
                         const struct client_error *error)
{
    struct following *following = context;
    following->asking = false;
    if (reply == NULL) {
        follow_failed(following, error);
        return;
    }
    following->lost = false;
    const Award__QueryReply *answer =
        reply->body_case == AWARD__ENVELOPE__BODY_REPLY ? reply->reply : NULL;
    if (answer != NULL && answer->error != NULL) {
        follow_stop(following, ctl_error(CTL_NOT_ADMITTED, answer->error->zh, answer->error->en));
    } else if (answer == NULL || answer->body_case != AWARD__QUERY_REPLY__BODY_ENTRIES) {
        follow_stop(following,
                    ctl_error(CTL_UNREACHABLE, "awardd 的答复与所问不符；请使用同一版本的程序",
                              "awardd answered something else; use programs of the same release"));
    } else {
        page_show(following, answer->entries, answer->more);
    }
}

static void follow_ask(struct following *following)
{
    Award__Envelope request = AWARD__ENVELOPE__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    Award__QueryEntries entries = AWARD__QUERY_ENTRIES__INIT;
    if (following->asking) {
        return;
    }
    entries.has_from = true;
    entries.from = following->next;
    entries.subject =
        following->subject != NULL ? arena_string(following->arena, following->subject) : NULL;
    query.body_case = AWARD__QUERY__BODY_ENTRIES;
    query.entries = &entries;
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = &query;
    following->asking = client_send(following->client, &request, page_arrived, following);
}

static void item_heard(void *context, const Award__FeedItem *item)
{
    struct following *following = context;
    if (item->entry > following->heard_of) {
        following->heard_of = item->entry;
    }
    if (item->entry >= following->next) {
        follow_ask(following);
    }
}

static void again(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    follow_ask(context);
}

static void interrupted(evutil_socket_t signal_number, short what, void *context)
{
    (void)signal_number;
    (void)what;
    follow_stop(context, CTL_OK);
}

static void follow_loop(struct following *following)
{
    struct event_base *base = client_base(following->client);
    const struct timeval slow = {.tv_sec = AGAIN_SECONDS, .tv_usec = 0};
    struct event *timer = event_new(base, -1, EV_PERSIST, again, following);
    struct event *interrupt =
        event_new(base, SIGINT, EV_SIGNAL | EV_PERSIST, interrupted, following);
    struct event *terminate =
        event_new(base, SIGTERM, EV_SIGNAL | EV_PERSIST, interrupted, following);
    if (timer == NULL || interrupt == NULL || terminate == NULL) {
        abort(); // no memory, as everywhere
    }
    (void)event_add(timer, &slow);
    (void)event_add(interrupt, NULL);
    (void)event_add(terminate, NULL);
    follow_ask(following);
    client_run(following->client);
    event_free(timer);
    event_free(interrupt);
    event_free(terminate);
}

static int follow(struct ctl *ctl, uint64_t from, const char *subject)
{
    int status = CTL_OK;
    struct client_error error;
    struct following following = {
        .ctl = ctl,
        .client = ctl_client(ctl, &status),
        .subject = subject,
        .next = from,
        .status = CTL_OK,
    };
    if (following.client == NULL) {
        return status;
    }
    if (!client_follow(following.client, ctl->settings.feed_endpoint, item_heard, &following,
                       &error)) {
        return ctl_client_error(&error);
    }
    following.arena = arena_create();
    follow_loop(&following);
    // What is still asked fails when the connection is closed, and must find its context: here.
    client_close(following.client);
    ctl->client = NULL;
    arena_destroy(following.arena);
    return following.status;
}

static bool from_read(const char *text, uint64_t *from)
{
    char *end;
    *from = 1;
    if (text == NULL) {
        return true;
    }
    *from = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *from > 0;
}

static int journal_run(struct ctl *ctl, int argc, char **argv)
{
    const char *from_text = NULL;
    const char *subject = NULL;
    bool followed = false;
    uint64_t from;
    const struct ctl_option options[] = {
        {"--from",    &from_text, NULL     },
        {"--subject", &subject,   NULL     },
        {"--follow",  NULL,       &followed},
        {NULL,        NULL,       NULL     },
    };
    argc = ctl_options(&command_journal, options, argc, argv);
    if (argc != 0 || !from_read(from_text, &from)) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_journal);
    }
    if (followed && ctl->output == CTL_CSV) {
        return ctl_error(CTL_USAGE, "--follow 只用 table 或 json 输出",
                         "--follow goes with --output table or json");
    }
    return followed ? follow(ctl, from, subject) : entries_list(ctl, from, subject);
}
