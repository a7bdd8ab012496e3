// What workers report back: failures of tasks and of messages, and who is told of them.
#include "rules/tasks.h"
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define MESSAGE "office/2019-03-01T09:00:00+08:00/1"
#define DELIVERY "deliver_message:" MESSAGE ":1"

// ---- The table

Test(failures, each_kind_of_task_has_one_worker_one_answer_and_somebody_who_is_told)
{
    static const struct {
        Award__TaskKind__Name kind;
        struct task_row row;
    } rows[] = {
        {AWARD__TASK_KIND__NAME__compare_sheets,
         {"compare_sheets", AWARD__ROLE__NAME__worker_scoring, "",
          AWARD__EVENT__BODY_SHEETS_COMPARED, 5, ROLE(office)}   },
        {AWARD__TASK_KIND__NAME__rank,
         {"rank", AWARD__ROLE__NAME__worker_scoring, "", AWARD__EVENT__BODY_RANKING_COMPUTED, 5,
          ROLE(office)}                                          },
        {AWARD__TASK_KIND__NAME__deliver_message,
         {"deliver_message", AWARD__ROLE__NAME__worker_notification, "",
          AWARD__EVENT__BODY_MESSAGE_DELIVERED, 10, ROLE(office)}},
        {AWARD__TASK_KIND__NAME__write_feedback,
         {"write_feedback", AWARD__ROLE__NAME__worker_notification, "",
          AWARD__EVENT__BODY_FEEDBACK_SENT, 10, ROLE(office)}    },
        {AWARD__TASK_KIND__NAME__check_grounds,
         {"check_grounds", AWARD__ROLE__NAME__worker_revocation, "",
          AWARD__EVENT__BODY_GROUNDS_CHECKED, 5, ROLE(bureau)}   },
        {AWARD__TASK_KIND__NAME__draft_papers,
         {"draft_papers", AWARD__ROLE__NAME__worker_revocation, "",
          AWARD__EVENT__BODY_PAPERS_DRAFTED, 5, ROLE(bureau)}    },
    };
    size_t count = sizeof(rows) / sizeof(rows[0]);
    for (size_t i = 0; i < count; i++) {
        const struct task_row *row = task_row(rows[i].kind);
        cr_assert_not_null(row, "%s", rows[i].row.name);
        cr_expect_str_eq(row->name, rows[i].row.name);
        cr_expect_eq(row->worker, rows[i].row.worker, "%s", row->name);
        cr_expect_eq(row->answered_by, rows[i].row.answered_by, "%s", row->name);
        cr_expect_eq(row->attempts, rows[i].row.attempts, "%s", row->name);
        cr_expect_eq(row->alerts, rows[i].row.alerts, "%s", row->name);
    }
    cr_expect_null(task_row((Award__TaskKind__Name)0));
    cr_expect_null(task_row((Award__TaskKind__Name)(count + 1)));
}

// ---- Failures

static Award__Message *told(struct world *world)
{
    return after_message(world, "bureau", "2019-03-01T09:00:00+08:00");
}

static const Award__Decision *task_fails(struct world *world, const char *worker, const char *task)
{
    return after_send(world, worker, "{\"task\":\"%s\",\"task_failed\":{\"reason\":\"断线\"}}",
                      task);
}

// A task of the revocation worker is open.
static const char *grounds_asked(struct world *world)
{
    after_put(world, AWARD__CHANGE__RECORD_TASK,
              "{\"task\":\"check_grounds:x:1\",\"kind\":\"check_grounds\",\"subject\":\"x\","
              "\"ordinal\":1}");
    return "check_grounds:x:1";
}

static const Award__Task *task_of(struct world *world, const char *id)
{
    const Award__Task *task =
        (const Award__Task *)world_record(world, AWARD__CHANGE__RECORD_TASK, id);
    cr_assert_not_null(task, "%s", id);
    return task;
}

Test(failures, the_last_attempt_gives_a_task_up_and_tells_once)
{
    struct world *world = after_world_create();
    const char *id = grounds_asked(world);
    size_t messages = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    for (unsigned failures = 1; failures <= 7; failures++) {
        const Award__Decision *decision = task_fails(world, "worker-revocation", id);
        cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
        const Award__Task *task = task_of(world, id);
        cr_expect_eq(task->failures, failures);
        cr_expect_str_eq(task->last_failure, "断线");
        cr_expect_eq(task->given_up != 0, failures >= 5, "%u", failures);
        cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_MESSAGE),
                     messages + (failures >= 5 ? 1 : 0), "%u", failures);
    }
    const Award__Message *message = told(world);
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__task_given_up);
    cr_expect_eq(message->state, AWARD__MESSAGE__STATE__sealed);
    cr_assert_eq(message->n_facts, 2);
    cr_expect_str_eq(message->facts[0]->name, "task");
    cr_expect_str_eq(message->facts[0]->value, id);
    cr_expect_str_eq(message->facts[1]->name, "reason");
    cr_expect_str_eq(message->facts[1]->value, "断线");
    world_destroy(world);
}

Test(failures, only_the_worker_that_was_asked_reports_a_failure)
{
    struct world *world = after_world_create();
    const char *id = grounds_asked(world);
    static const char *const others[] = {"worker-scoring", "worker-notification"};
    for (size_t i = 0; i < 2; i++) {
        cr_expect_str_eq(world_code(task_fails(world, others[i], id)), "no_such_task");
    }
    cr_expect_str_eq(world_code(task_fails(world, "worker-revocation", "none")), "no_such_task");
    cr_expect_str_eq(world_code(task_fails(world, "worker-revocation", "")), "no_such_task");
    cr_expect_str_eq(world_code(after_send(world, "worker-revocation", "%s",
                                           "{\"task_failed\":{\"reason\":\"断线\"}}")),
                     "no_such_task");
    cr_expect_eq(task_of(world, id)->failures, 0);
    world_destroy(world);
}

// ---- Messages

static void mail_put(struct world *world)
{
    after_put(world, AWARD__CHANGE__RECORD_MESSAGE,
              "{\"message\":\"" MESSAGE "\",\"recipient\":\"office\",\"state\":\"sealed\","
              "\"created\":\"2019-03-01T09:00:00+08:00\"}");
    after_put(world, AWARD__CHANGE__RECORD_TASK,
              "{\"task\":\"" DELIVERY "\",\"kind\":\"deliver_message\",\"subject\":\"" MESSAGE
              "\",\"ordinal\":1}");
}

static const Award__Decision *message_fails_so(struct world *world, const char *task,
                                               const char *message, const char *more)
{
    return after_send(world, "worker-notification",
                      "{\"task\":\"%s\",\"message_failed\":{\"message\":\"%s\",\"channel\":"
                      "\"mail\",\"reply\":\"550\"%s}}",
                      task, message, more);
}

static const Award__Decision *message_fails(struct world *world, const char *task,
                                            const char *message)
{
    return message_fails_so(world, task, message, "");
}

static const Award__Message *message_of(struct world *world)
{
    return (const Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE, MESSAGE);
}

static const Award__Message *admin_told(struct world *world)
{
    return after_message(world, "admin", "2019-03-01T09:00:00+08:00");
}

// A message about an undelivered message would only follow it.
Test(failures, of_a_delivery_that_is_reported_as_of_a_task_tell_nobody)
{
    struct world *world = after_world_create();
    mail_put(world);
    size_t messages = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    for (unsigned failures = 1; failures <= 11; failures++) {
        cr_assert_eq(task_fails(world, "worker-notification", DELIVERY)->outcome,
                     AWARD__OUTCOME__NAME__accepted);
        cr_expect_eq(task_of(world, DELIVERY)->given_up != 0, failures >= 10, "%u", failures);
    }
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_MESSAGE), messages);
    world_destroy(world);
}

Test(failures, a_message_is_given_up_with_the_last_attempt_and_the_administrator_is_told_once)
{
    struct world *world = after_world_create();
    mail_put(world);
    size_t messages = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    world_policy(world)->delivery_attempts = 10;
    for (unsigned failures = 1; failures <= 12; failures++) {
        cr_assert_eq(message_fails(world, DELIVERY, MESSAGE)->outcome,
                     AWARD__OUTCOME__NAME__accepted);
        bool over = failures >= 10;
        cr_expect_eq(task_of(world, DELIVERY)->failures, failures);
        cr_expect_eq(task_of(world, DELIVERY)->given_up != 0, over, "%u", failures);
        cr_expect_eq(message_of(world)->attempts, failures);
        cr_expect_str_eq(message_of(world)->reply, "550");
        cr_expect_eq(message_of(world)->state,
                     over ? AWARD__MESSAGE__STATE__failed : AWARD__MESSAGE__STATE__sealed, "%u",
                     failures);
        cr_expect_eq(message_of(world)->ended != NULL, over, "%u", failures);
        cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_MESSAGE), messages + (over ? 1 : 0));
    }
    cr_expect_str_eq(task_of(world, DELIVERY)->last_failure, "550");
    const Award__Message *told_of = admin_told(world);
    cr_assert_not_null(told_of);
    cr_expect_eq(told_of->template_, AWARD__TEMPLATE__NAME__undeliverable);
    static const char *const facts[][2] = {
        {"undelivered", MESSAGE },
        {"person",      "office"},
        {"channel",     "mail"  },
        {"reply",       "550"   }
    };
    cr_assert_eq(told_of->n_facts, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(told_of->facts[i]->name, facts[i][0]);
        cr_expect_str_eq(told_of->facts[i]->value, facts[i][1]);
    }
    world_destroy(world);
}

Test(failures, a_message_that_a_server_will_never_take_is_given_up_at_once)
{
    struct world *world = after_world_create();
    mail_put(world);
    cr_assert_eq(message_fails_so(world, DELIVERY, MESSAGE, ",\"permanent\":true")->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(message_of(world)->state, AWARD__MESSAGE__STATE__failed);
    cr_expect_eq(message_of(world)->attempts, 1);
    cr_assert_not_null(message_of(world)->ended);
    cr_expect(task_of(world, DELIVERY)->given_up);
    cr_assert_not_null(admin_told(world));
    world_destroy(world);
}

Test(failures, the_attempts_are_those_of_the_policy)
{
    static const uint32_t attempts[] = {1, 3, 14};
    for (size_t i = 0; i < 3; i++) {
        struct world *world = after_world_create();
        mail_put(world);
        world_policy(world)->delivery_attempts = attempts[i];
        for (uint32_t failures = 1; failures <= attempts[i]; failures++) {
            cr_expect_eq(message_of(world)->state, AWARD__MESSAGE__STATE__sealed);
            (void)message_fails(world, DELIVERY, MESSAGE);
        }
        cr_expect_eq(message_of(world)->state, AWARD__MESSAGE__STATE__failed, "%u", attempts[i]);
        world_destroy(world);
    }
}

Test(failures, no_message_follows_one_that_was_to_tell_of_another)
{
    struct world *world = after_world_create();
    mail_put(world);
    after_put(world, AWARD__CHANGE__RECORD_MESSAGE,
              "{\"message\":\"" MESSAGE "\",\"recipient\":\"admin\",\"state\":\"sealed\","
              "\"template\":\"undeliverable\",\"created\":\"2019-03-01T09:00:00+08:00\"}");
    size_t messages = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    (void)message_fails_so(world, DELIVERY, MESSAGE, ",\"permanent\":true");
    cr_expect_eq(message_of(world)->state, AWARD__MESSAGE__STATE__failed);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_MESSAGE), messages);
    world_destroy(world);
}

Test(failures, what_a_server_said_is_kept_up_to_a_bound_of_whole_characters)
{
    struct world *world = after_world_create();
    mail_put(world);
    const char *reply = "x";
    for (size_t i = 0; i < 300; i++) {
        reply = arena_format(world_arena(world), "%s拒", reply);
    }
    (void)after_send(world, "worker-notification",
                     "{\"task\":\"" DELIVERY "\",\"message_failed\":{\"message\":\"" MESSAGE
                     "\",\"channel\":\"mail\",\"reply\":\"%s\"}}",
                     reply);
    cr_assert_eq(message_of(world)->attempts, 1);
    cr_expect_eq(strlen(message_of(world)->reply), 1 + 170 * strlen("拒"));
    cr_expect_eq(strncmp(reply, message_of(world)->reply, strlen(message_of(world)->reply)), 0);
    world_destroy(world);
}

Test(failures, a_failure_names_the_message_of_its_task)
{
    struct world *world = after_world_create();
    mail_put(world);
    after_put(world, AWARD__CHANGE__RECORD_MESSAGE,
              "{\"message\":\"other\",\"recipient\":\"office\",\"state\":\"sealed\"}");
    after_put(world, AWARD__CHANGE__RECORD_TASK,
              "{\"task\":\"lost\",\"kind\":\"deliver_message\",\"subject\":\"lost\"}");
    cr_expect_str_eq(world_code(message_fails(world, DELIVERY, "other")), "wrong_answer");
    cr_expect_str_eq(world_code(message_fails(world, "lost", "lost")), "wrong_answer");
    cr_expect_str_eq(world_code(message_fails(world, "none", MESSAGE)), "no_such_task");
    cr_expect_eq(task_of(world, DELIVERY)->failures, 0);
    world_destroy(world);
}

Test(failures, a_message_is_delivered_with_what_the_server_answered)
{
    struct world *world = after_world_create();
    mail_put(world);
    (void)after_accept(world, "worker-notification",
                       "{\"task\":\"" DELIVERY "\",\"message_delivered\":{\"message\":\"%s\","
                       "\"channel\":\"mail\",\"reply\":\"250\"}}",
                       MESSAGE);
    cr_expect_eq(message_of(world)->state, AWARD__MESSAGE__STATE__delivered);
    cr_expect_str_eq(message_of(world)->reply, "250");
    cr_assert_not_null(message_of(world)->ended);
    cr_expect_eq(message_of(world)->attempts, 0);
    cr_expect_null(world_record(world, AWARD__CHANGE__RECORD_TASK, DELIVERY));
    world_destroy(world);
}

Test(failures, a_message_that_is_sealed_is_not_sealed_again_and_one_that_collects_is)
{
    struct world *world = after_world_create();
    mail_put(world);
    static const char seal[] = "{\"message_sealed\":{\"message\":\"" MESSAGE "\"}}";
    cr_expect_str_eq(world_code(world_try(world, "coordinator", seal)), "nothing_due");
    cr_expect_str_eq(
        world_code(world_try(world, "coordinator", "{\"message_sealed\":{\"message\":\"none\"}}")),
        "nothing_due");
    after_put(world, AWARD__CHANGE__RECORD_MESSAGE,
              "{\"message\":\"m\",\"recipient\":\"office\",\"state\":\"collecting\","
              "\"alerts\":[\"D/1/0/office\"],"
              "\"created\":\"2019-03-01T09:00:01+08:00\"}");
    after_put(world, AWARD__CHANGE__RECORD_ALERT,
              "{\"alert\":\"D/1/0/office\",\"recipient\":\"office\",\"message\":\"m\"}");
    after_put(
        world, AWARD__CHANGE__RECORD_DUE,
        "{\"moment\":\"2019-03-01T09:00:01.001+08:00\",\"kind\":\"message\",\"subject\":\"m\","
        "\"step\":0}");
    size_t dues = world_count(world, AWARD__CHANGE__RECORD_DUE);
    world_clock(world, "2019-03-01T09:00:01.001+08:00");
    const Award__Message *message =
        (const Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE, "m");
    cr_expect_eq(message->state, AWARD__MESSAGE__STATE__sealed);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_DUE), dues - 1);
    const Award__Task *task = task_of(world, "deliver_message:m:1");
    cr_expect_eq(task->kind, AWARD__TASK_KIND__NAME__deliver_message);
    cr_expect_str_eq(task->subject, "m");
    cr_expect_eq(task->ordinal, 1);
    cr_expect_null(task->case_);
    world_destroy(world);
}

// ---- A new calendar

enum { PORTION = 100 };

Test(failures, deadlines_are_counted_anew_in_portions_that_leave_none_out)
{
    struct world *world = after_world_create();
    for (unsigned i = 0; i <= PORTION; i++) {
        after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
                  arena_format(world_arena(world),
                               "{\"deadline\":\"0%04u\",\"subject\":\"s\",\"kind\":"
                               "\"objection_answer\",\"starts\":\"2019-03-01\",\"last\":"
                               "\"2019-03-04\",\"end\":\"2019-03-04T23:59:59.999+08:00\","
                               "\"state\":\"met\",\"done_on\":\"2019-03-01\",\"cycle\":\"2018\","
                               "\"revision\":1,\"article\":\"policy\"}",
                               i));
    }
    static const char again[] = "{\"deadlines_recomputed\":{\"after\":\"\",\"due\":"
                                "\"2019-03-01T09:00:00+08:00\"}}";
    const Award__Decision *first = world_try(world, "coordinator", again);
    cr_assert_eq(first->outcome, AWARD__OUTCOME__NAME__accepted);
    size_t counted = 0;
    const Award__Due *next = NULL;
    for (size_t i = 0; i < first->n_changes; i++) {
        counted += first->changes[i]->record_case == AWARD__CHANGE__RECORD_DEADLINE;
        if (first->changes[i]->record_case == AWARD__CHANGE__RECORD_DUE) {
            next = first->changes[i]->due;
        }
    }
    cr_expect_eq(counted, PORTION);
    cr_assert_not_null(next);
    cr_expect_eq(next->kind, AWARD__DUE__KIND__recompute);
    cr_expect_str_eq(next->subject, "00099");
    (void)after_accept(world, "office", "%s",
                       "{\"calendar_loaded\":{\"year\":2019,\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false,\"name\":\"元旦\"}],"
                       "\"source\":\"测试\",\"digest\":\"d\"}}");
    world_clock(world, "2019-03-01T09:00:01+08:00");
    for (unsigned i = 0; i <= PORTION; i++) {
        const Award__Deadline *deadline =
            after_deadline(world, arena_format(world_arena(world), "0%04u", i));
        cr_expect_eq(deadline->revision, 2, "%u", i);
    }
    const Award__Due *due;
    for (size_t i = 0;
         (due = (const Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL;
         i++) {
        cr_expect_neq(due->kind, AWARD__DUE__KIND__recompute);
    }
    world_destroy(world);
}
