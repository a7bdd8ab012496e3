// Tests of the events that a worker keeps until they are answered.
#include "workers/worker_private.h"

#include "common/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static Award__Event delivered(struct arena *arena, const char *task, const char *message)
{
    Award__MessageDelivered *body = arena_alloc(arena, sizeof(*body));
    award__message_delivered__init(body);
    body->message = arena_string(arena, message);
    Award__Event event;
    award__event__init(&event);
    event.task = arena_string(arena, task);
    event.body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    event.message_delivered = body;
    return event;
}

Test(worker_kept, an_id_follows_from_task_and_content_and_fits)
{
    struct arena *arena = arena_create();
    char longest[LIMIT_ID_BYTES + 1];
    memset(longest, 't', LIMIT_ID_BYTES);
    longest[LIMIT_ID_BYTES] = '\0';
    const char *tasks[] = {"t", "task-1", longest, longest + 16, longest + 17};
    for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++) {
        Award__Event first = delivered(arena, tasks[i], "m");
        Award__Event same = delivered(arena, tasks[i], "m");
        Award__Event other = delivered(arena, tasks[i], "n");
        kept_name(&first, 0, arena);
        kept_name(&same, 0, arena);
        kept_name(&other, 0, arena);
        cr_assert_str_eq(first.id, same.id);
        cr_assert_str_neq(first.id, other.id);
        cr_assert_leq(strlen(first.id), (size_t)LIMIT_ID_BYTES);
    }
    arena_destroy(arena);
}

Test(worker_kept, a_task_of_the_longest_name_has_one_event_too)
{
    struct arena *arena = arena_create();
    struct kept_list list = {.first = NULL};
    char longest[LIMIT_TASK_ID_BYTES + 1];
    memset(longest, 't', LIMIT_TASK_ID_BYTES);
    longest[LIMIT_TASK_ID_BYTES] = '\0';
    for (int i = 0; i < 2; i++) {
        Award__Event event = delivered(arena, longest, i == 0 ? "m" : "n");
        kept_name(&event, 0, arena);
        cr_assert(kept_add(&list, &event, arena) != NULL);
    }
    cr_expect_eq(list.count, 1u);
    cr_expect(kept_has(&list, longest));
    kept_clear(&list);
    arena_destroy(arena);
}

Test(worker_kept, one_event_a_task_and_no_more_than_the_bound)
{
    struct arena *arena = arena_create();
    struct kept_list list = {.first = NULL};
    char task[16];
    for (int i = 0; i < KEPT_MAX; i++) {
        (void)snprintf(task, sizeof(task), "task-%d", i);
        Award__Event event = delivered(arena, task, "m");
        kept_name(&event, 0, arena);
        cr_assert(kept_add(&list, &event, arena) != NULL);
    }
    Award__Event again = delivered(arena, "task-0", "n");
    kept_name(&again, 0, arena);
    cr_assert(kept_add(&list, &again, arena) != NULL);
    cr_assert_eq(list.count, (size_t)KEPT_MAX);
    Award__Event more = delivered(arena, "one-more", "m");
    kept_name(&more, 0, arena);
    cr_assert(kept_add(&list, &more, arena) == NULL);
    kept_drop(&list, again.id);
    cr_assert_not(kept_has(&list, "task-0"));
    cr_assert(kept_has(&list, "task-1"));
    kept_clear(&list);
    cr_assert_eq(list.count, 0u);
    arena_destroy(arena);
}
