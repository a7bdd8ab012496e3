// Tests of query_health: figures of what waits and is late, keys by role, the journal's growth, and
// that nobody is told of it whose office it is not.
#include "daemon/backup_mark.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

static struct desk desk;

static void set_up(void)
{
    desk = desk_open();
}

static void tear_down(void)
{
    desk_close(&desk);
}

TestSuite(query_health, .init = set_up, .fini = tear_down);

static const Award__Health *health_of(const char *principal)
{
    const Award__QueryReply *reply = desk_ask(&desk, principal, "{\"health\":{}}");
    cr_assert_not_null(reply->health, "%s", desk_code(reply));
    return reply->health;
}

static uint32_t keys_of(const Award__Health *health, Award__Role__Name role)
{
    for (size_t i = 0; i < health->n_members; i++) {
        if (health->members[i]->role == role) {
            return health->members[i]->keys;
        }
    }
    return 0;
}

Test(query_health, an_office_that_has_just_begun_is_well)
{
    const Award__Health *health = health_of("admin");
    cr_assert_eq(health->tasks_given_up + health->deadlines_overdue + health->alerts_open +
                     health->messages_given_up + health->countersignatures,
                 0);
    cr_assert(health->process > 0 && health->has_disk_full && !health->disk_full);
    cr_assert(health->rulebook != NULL && health->policy != NULL);
    cr_assert_eq(health->n_calendar_missing, 0);
    cr_assert(health->journal_bytes > 0 && health->state_bytes > 0);
    cr_assert_gt(health->file_bytes_max, health->journal_bytes);
    cr_assert_null(health->last_copy);
}

Test(query_health, who_may_not_know_is_refused)
{
    cr_assert_not_null(health_of("supervision"));
    cr_assert_not_null(health_of("office"));
    cr_assert_str_eq(desk_code(desk_ask(&desk, "reviewer-01", "{\"health\":{}}")),
                     "not_authorised");
}

Test(query_health, what_waits_and_is_late_is_counted_with_the_oldest_of_it)
{
    desk_put(&desk, "{\"task\":{\"task\":\"rank:a:1\",\"queued\":\"2018-01-01T09:00:00+08:00\"}}");
    desk_put(&desk, "{\"task\":{\"task\":\"rank:b:1\",\"queued\":\"2018-01-01T08:00:00+08:00\"}}");
    desk_put(&desk, "{\"task\":{\"task\":\"rank:c:1\",\"queued\":\"2018-01-01T07:00:00+08:00\","
                    "\"given_up\":true}}");
    desk_put(&desk, "{\"deadline\":{\"deadline\":\"2018:closing:1\",\"state\":\"overdue\"}}");
    desk_put(&desk, "{\"deadline\":{\"deadline\":\"2018:closing:2\",\"state\":\"met\"}}");
    desk_put(&desk, "{\"alert\":{\"alert\":\"x/office\",\"recipient\":\"office\",\"unheard\":true,"
                    "\"raised\":\"2018-01-01T10:00:00+08:00\"}}");
    desk_put(&desk, "{\"alert\":{\"alert\":\"y/office\",\"recipient\":\"office\",\"acknowledged\":"
                    "true,\"raised\":\"2018-01-01T06:00:00+08:00\"}}");
    desk_put(&desk, "{\"message\":{\"message\":\"m\",\"state\":\"sealed\",\"attempts\":2}}");
    const Award__Health *health = health_of("office");
    cr_assert_eq(health->tasks_given_up, 1);
    cr_assert_str_eq(codec_to_json(&health->oldest_task->base, CODEC_JSON_LINE, desk.arena),
                     "\"2018-01-01T08:00:00+08:00\"");
    cr_assert_eq(health->deadlines_overdue, 1);
    cr_assert(health->alerts_open == 1 && health->alerts_unheard == 1);
    cr_assert_str_eq(codec_to_json(&health->oldest_alert->base, CODEC_JSON_LINE, desk.arena),
                     "\"2018-01-01T10:00:00+08:00\"");
    cr_assert_eq(health->messages_retried, 1);
}

// Enrolled by the administrator and countersigned; the number of the entry that did it.
static uint64_t key_enrol(const char *name, const char *key)
{
    const char *id = arena_format(desk.arena, "key-%s", name);
    const Award__Answer *answer = office_submit(
        desk.office, "admin", id,
        arena_format(desk.arena, "{\"key_enrolled\":{\"name\":\"%s\",\"public_key\":\"%s\"}}", name,
                     key));
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__pending);
    office_commit(desk.office);
    cr_assert_eq(health_of("admin")->countersignatures, 1);
    desk_take(&desk, "supervision",
              arena_format(
                  desk.arena,
                  "{\"countersigned\":{\"event\":{\"principal\":\"admin\",\"id\":\"%s\"}}}", id));
    return journal_last(ledger_journal(office_ledger(desk.office)));
}

Test(query_health, keys_are_counted_by_role_and_the_oldest_is_named_with_its_day)
{
    static const char first[] = "0123456789012345678901234567890123456789";
    uint64_t number = key_enrol("admin", first);
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2018-03-01T09:00:00+08:00\"}}");
    (void)key_enrol("supervision", "abcdefghijabcdefghijabcdefghijabcdefghij");
    const Award__Health *health = health_of("admin");
    cr_assert_eq(keys_of(health, AWARD__ROLE__NAME__administrator), 1);
    cr_assert_eq(keys_of(health, AWARD__ROLE__NAME__supervision_committee), 1);
    cr_assert_eq(keys_of(health, AWARD__ROLE__NAME__office), 0);
    struct journal_entry stored;
    const Award__Entry *entry =
        ledger_read(office_ledger(desk.office), number, desk.arena, &stored);
    cr_assert_str_eq(health->oldest_key_of, "admin");
    cr_assert_eq(health->oldest_key->ms, entry->recorded->ms);
    desk_take(&desk, "admin",
              arena_format(desk.arena, "{\"key_revoked\":{\"public_key\":\"%s\",\"reason\":\"r\"}}",
                           first));
    health = health_of("admin");
    cr_assert_eq(keys_of(health, AWARD__ROLE__NAME__administrator), 0);
    cr_assert_str_eq(health->oldest_key_of, "supervision");
}

Test(query_health, the_growth_is_that_of_the_days_that_there_were)
{
    const Award__Health *before = health_of("admin");
    cr_assert_eq(before->days_counted, 1);
    cr_assert_eq(before->entries_counted, journal_last(ledger_journal(office_ledger(desk.office))));
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2018-06-01T09:00:00+08:00\"}}");
    const Award__Health *after = health_of("admin");
    cr_assert_eq(after->days_counted, 30);
    uint64_t last = journal_last(ledger_journal(office_ledger(desk.office)));
    cr_assert(after->entries_counted >= 1 && after->entries_counted < last);
}

Test(query_health, years_without_a_calendar_are_named)
{
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2026-06-01T09:00:00+08:00\"}}");
    const Award__Health *health = health_of("admin");
    cr_assert_eq(health->n_calendar_missing, 1);
    cr_assert_eq(health->calendar_missing[0], 2027);
}

Test(query_health, the_last_copy_is_told_from_its_mark)
{
    struct daemon_file settings = {.turn_events = 1};
    const struct query_server server = {.settings = &settings};
    const struct backup_mark mark = {.moment_ms = 1543456800000, .entry = 7};
    Award__QueryHealth body = AWARD__QUERY_HEALTH__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    query.body_case = AWARD__QUERY__BODY_HEALTH;
    query.health = &body;
    (void)strcpy(settings.data_directory, office_directory(desk.office));
    cr_assert(backup_mark_write(settings.data_directory, &mark));
    const Award__QueryReply *reply = query_answer(&query, desk_principal(&desk, "admin"),
                                                  office_ledger(desk.office), &server, desk.arena);
    cr_assert_not_null(reply->health->last_copy);
    cr_assert_eq(reply->health->last_copy->taken->ms, mark.moment_ms);
    cr_assert_eq(reply->health->last_copy->entry, 7);
}
