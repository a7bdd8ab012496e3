// principals - `principals`: who acts under which role and key, and what waits for a
// countersignature
#include "clients/ctl/principals.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "rules/events.h"

#include <string.h>

static int principals_run(struct ctl *ctl, int argc, char **argv);

const struct command command_principals = {
    .name = "principals",
    .arguments = "",
    .zh = "列出人员、角色和密钥",
    .en = "list who is who, with roles and keys",
    .needs_settings = true,
    .run = principals_run,
};

// ---- Asking

// Two lists of pointers as one.
static void *list_joined(struct ctl *ctl, const void *list, size_t count, const void *more,
                         size_t more_count)
{
    char *all = arena_alloc(ctl->arena, (count + more_count + 1) * sizeof(void *));
    if (count > 0) {
        memcpy(all, list, count * sizeof(void *));
    }
    if (more_count > 0) {
        memcpy(all + count * sizeof(void *), more, more_count * sizeof(void *));
    }
    return all;
}

static void page_append(struct ctl *ctl, Award__Principals *all, const Award__Principals *page)
{
    all->rows = list_joined(ctl, all->rows, all->n_rows, page->rows, page->n_rows);
    all->n_rows += page->n_rows;
    all->pending = list_joined(ctl, all->pending, all->n_pending, page->pending, page->n_pending);
    all->n_pending += page->n_pending;
}

// Puts into the query what the next page follows on. False: the page was empty.
static bool page_follow(const Award__Principals *page, Award__QueryPrincipals *query)
{
    if (page->n_rows > 0) {
        query->after = page->rows[page->n_rows - 1]->principal->name;
    }
    if (page->n_pending > 0) {
        query->pending_after = page->pending[page->n_pending - 1]->subject;
    }
    return page->n_rows + page->n_pending > 0;
}

const Award__Principals *principals_ask(struct ctl *ctl, int *status)
{
    Award__QueryPrincipals query = AWARD__QUERY_PRINCIPALS__INIT;
    Award__Principals *all = arena_alloc(ctl->arena, sizeof(*all));
    award__principals__init(all);
    const Award__QueryReply *reply;
    do {
        reply = show_ask(ctl, AWARD__QUERY__BODY_PRINCIPALS, &query.base, status);
        if (reply == NULL) {
            return NULL;
        }
        page_append(ctl, all, reply->principals);
    } while (reply->more && page_follow(reply->principals, &query));
    return all;
}

// ---- Showing

static const char *keys_text(struct ctl *ctl, const Award__Principals__Row *row)
{
    const char *text = "";
    for (size_t i = 0; i < row->n_keys; i++) {
        text =
            arena_format(ctl->arena, "%s%s%s%s", text, i > 0 ? " " : "", row->keys[i]->public_key,
                         row->keys[i]->revoked ? "（吊销 revoked）" : "");
    }
    return text[0] != '\0' ? text : "-";
}

static void principals_print(struct ctl *ctl, const Award__Principals *principals)
{
    static const char *const heads[] = {"名称 name",  "全称 full name", "角色 role",
                                        "范围 scope", "公钥 keys",      NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < principals->n_rows; i++) {
        const Award__Principal *principal = principals->rows[i]->principal;
        table_row(table,
                  (const char *const[]){principal->name, principal->full_name,
                                        show_word(ctl, &award__role__name__descriptor,
                                                  principal->has_role, (int)principal->role),
                                        principal->scope, keys_text(ctl, principals->rows[i])});
    }
    table_end(table);
}

static void pending_print(struct ctl *ctl, const Award__Principals *principals)
{
    static const char *const heads[] = {"事件 event", "编号 principal/id", "记录 recorded",
                                        "等待 waits for", NULL};
    if (principals->n_pending == 0 || ctl->output != CTL_TABLE) {
        return;
    }
    show_heading(ctl, "待会签", "waiting for a second person");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < principals->n_pending; i++) {
        const Award__Pending *pending = principals->pending[i];
        const char *name = pending->event != NULL ? event_name(pending->event->body_case) : NULL;
        table_row(table, (const char *const[]){show_event(ctl, name), pending->subject,
                                               ctl_moment(ctl, pending->recorded),
                                               show_waits(ctl, pending->waits_for)});
    }
    table_end(table);
}

static int principals_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_principals, 0, argc, argv, &status)) {
        return status;
    }
    const Award__Principals *principals = principals_ask(ctl, &status);
    if (principals == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &principals->base);
        return CTL_OK;
    }
    principals_print(ctl, principals);
    pending_print(ctl, principals);
    return CTL_OK;
}
