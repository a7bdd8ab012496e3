// ledger_answer - what came of an event, as its sender is told
#include "daemon/ledger_private.h"

#include "common/time.h"
#include "rules/events.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

struct bytes event_digest(const Award__Event *event, struct arena *arena,
                          uint8_t digest[EVENT_DIGEST_BYTES])
{
    struct bytes packed = codec_pack(&event->base, arena);
    (void)crypto_generichash(digest, EVENT_DIGEST_BYTES, packed.data, packed.size, NULL, 0);
    return packed;
}

Award__Answer *answer_make(const struct ledger *ledger, const Award__Event *event,
                           const Award__Decision *decision, struct arena *arena)
{
    Award__Answer *answer = arena_alloc(arena, sizeof(*answer));
    award__answer__init(answer);
    answer->principal = event->principal;
    answer->id = event->id;
    answer->has_outcome = 1;
    answer->outcome = decision->outcome;
    answer->article = decision->article;
    answer->n_reasons = decision->n_reasons;
    answer->reasons = decision->reasons;
    answer->case_ = decision->case_;
    answer->n_rejected_parts = decision->n_rejected_parts;
    answer->rejected_parts = decision->rejected_parts;
    answer->n_changes = decision->n_changes;
    answer->changes = decision->changes;
    answer->has_epoch = 1;
    answer->epoch = ledger->epoch;
    answer->has_rehearsal = 1;
    answer->rehearsal = ledger->rehearsal;
    return answer;
}

Award__Answer *answer_of_entry(const struct ledger *ledger, const Award__Event *event,
                               const Award__Entry *entry, struct arena *arena)
{
    Award__Answer *answer = answer_make(ledger, event, entry->decision, arena);
    answer->has_entry = 1;
    answer->entry = entry->number;
    answer->recorded = entry->recorded;
    return answer;
}

Award__Decision *decision_rejected(const char *code, const char *article, const char *zh,
                                   const char *en, struct arena *arena)
{
    Award__Decision *decision = arena_alloc(arena, sizeof(*decision));
    award__decision__init(decision);
    decision->has_outcome = 1;
    decision->outcome = AWARD__OUTCOME__NAME__rejected;
    decision->article = arena_string(arena, article);
    Award__Reason *reason = arena_alloc(arena, sizeof(*reason));
    award__reason__init(reason);
    reason->code = arena_string(arena, code);
    reason->article = decision->article;
    reason->zh = arena_string(arena, zh);
    reason->en = arena_string(arena, en);
    decision->n_reasons = 1;
    decision->reasons = arena_copy(arena, (const void *)&reason, sizeof(void *));
    return decision;
}

Award__Answer *ledger_answer_rejected(const struct ledger *ledger, const Award__Event *event,
                                      const char *code, const char *article, const char *zh,
                                      const char *en, struct arena *arena)
{
    return answer_make(ledger, event, decision_rejected(code, article, zh, en, arena), arena);
}

Award__Answer *ledger_answer_full(const struct ledger *ledger, const Award__Event *event,
                                  struct arena *arena)
{
    return ledger_answer_rejected(ledger, event, "disk_full", "limit",
                                  "磁盘已满，事件未被记录；请管理员腾出空间后重新提交。",
                                  "The disk is full and the event is not on record; send it again "
                                  "when the administrator has made room.",
                                  arena);
}

Award__Answer *answer_of_clock(const struct ledger *ledger, const Award__Event *event,
                               struct arena *arena)
{
    char last[MOMENT_TEXT_BYTES];
    long long behind_s = (long long)ledger_clock_behind_ms(ledger) / 1000;
    long long allowed_s = (long long)ledger->clock_bound_ms / 1000;
    moment_format(ledger->recorded_ms, last);
    return ledger_answer_rejected(
        ledger, event, "clock_behind", "limit",
        arena_format(arena,
                     "主机时钟比最后一条记录（%s）落后 %lld 秒，超过允许的 %lld "
                     "秒，事件未被记录；请管理员校准主机时钟后重新提交。",
                     last, behind_s, allowed_s),
        arena_format(arena,
                     "The host's clock is %lld seconds behind the last entry (%s), more than the "
                     "%lld that are allowed, and the event is not on record; send it again when "
                     "the administrator has set the clock.",
                     behind_s, last, allowed_s),
        arena);
}

// The entry that settled what waited is the second person's: where he declined, the event itself
// has come to nothing.
static Award__Answer *answer_declined(const struct ledger *ledger, const Award__Event *event,
                                      const Award__Entry *entry, struct arena *arena)
{
    Award__Answer *answer = ledger_answer_rejected(
        ledger, event, "declined", "policy",
        "复核人不同意，该事件未生效；仍需办理的，请改正后以新编号重新提交。",
        "The second person declined, so the event has no effect; if it is still needed, send it "
        "anew under another id.",
        arena);
    answer->outcome = AWARD__OUTCOME__NAME__refused;
    answer->has_entry = 1;
    answer->entry = entry->number;
    answer->recorded = entry->recorded;
    return answer;
}

static bool was_declined(const Award__Event *event, const Award__Entry *entry)
{
    return entry->event->body_case == AWARD__EVENT__BODY_COUNTERSIGN_DECLINED &&
           event->body_case != AWARD__EVENT__BODY_COUNTERSIGN_DECLINED;
}

// Same name and content: the answer that is on record. Same name, other content: rejected.
Award__Answer *answer_of_receipt(const struct ledger *ledger, const Award__Event *event,
                                 const struct view *view, struct arena *arena)
{
    struct receipt receipt;
    enum view_result found = receipt_find(view, event->principal, event->id, arena, &receipt);
    if (found == VIEW_DAMAGED) {
        return ledger_answer_rejected(
            ledger, event, "record_damaged", "policy",
            "该编号的回执已损坏，无法判断事件是否已记录；请管理员停止 awardd，运行 awardd rebuild "
            "后重新提交。",
            "The receipt of this id is damaged, so nobody knows whether the event is on record; "
            "stop awardd, run awardd rebuild, then send it again.",
            arena);
    }
    if (found == VIEW_ABSENT) {
        return NULL;
    }
    uint8_t digest[EVENT_DIGEST_BYTES];
    (void)event_digest(event, arena, digest);
    if (memcmp(digest, receipt.digest, EVENT_DIGEST_BYTES) != 0) {
        return ledger_answer_rejected(
            ledger, event, "id_reused", "form", "同一编号已用于另一内容的事件；请换一个编号。",
            "This id was used for an event of other content; choose another.", arena);
    }
    const Award__Entry *entry = ledger_read(ledger, receipt.entry, arena, NULL);
    if (entry == NULL) {
        return ledger_answer_rejected(ledger, event, "record_damaged", "policy",
                                      "该事件已记录，但记录已损坏；请管理员运行 awardd verify。",
                                      "The event is on record, but damaged; run awardd verify.",
                                      arena);
    }
    Award__Answer *answer = was_declined(event, entry)
                                ? answer_declined(ledger, event, entry, arena)
                                : answer_of_entry(ledger, event, entry, arena);
    answer->has_repeated = 1;
    answer->repeated = 1;
    return answer;
}

// The version that an entry gave the case, or 0 where it gave it none.
static uint64_t entry_case_version(const Award__Entry *entry, const char *subject)
{
    for (size_t i = 0; entry != NULL && i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_CASE &&
            strcmp(change->case_->case_, subject) == 0) {
            return change->case_->version;
        }
    }
    return 0;
}

// Which events the sender has not seen, when he saw an older version of the case: the first of
// them. Whatever concerns a case is looked at in pages, for not all of it moves the version.
static void changed_since_fill(const struct ledger *ledger, Award__Answer *answer,
                               const Award__Event *event, struct arena *arena)
{
    enum { SHOWN_MAX = 64, AT_ONCE = 64 };
    uint64_t numbers[AT_ONCE];
    const char *subject = answer->case_;
    assert(subject != NULL);
    uint64_t version = event->expected_version;
    uint64_t from = 0;
    size_t count;
    answer->changed_since = arena_alloc(arena, SHOWN_MAX * sizeof(char *));
    while ((count = mentions_find(ledger_view(ledger), subject, from, AT_ONCE, arena, numbers)) >
           0) {
        for (size_t i = 0; i < count && answer->n_changed_since < SHOWN_MAX; i++) {
            const Award__Entry *entry = ledger_read(ledger, numbers[i], arena, NULL);
            uint64_t made = entry_case_version(entry, subject);
            if (made > version) {
                version = made;
                answer->changed_since[answer->n_changed_since++] =
                    arena_string(arena, event_name(entry->event->body_case));
            }
        }
        from = numbers[count - 1] + 1;
    }
}

Award__Answer *answer_of_rejection(const struct ledger *ledger, const Award__Event *event,
                                   const Award__Decision *decision, struct arena *arena)
{
    Award__Answer *answer = answer_make(ledger, event, decision, arena);
    if (strcmp(decision->reasons[0]->code, "version_conflict") == 0) {
        changed_since_fill(ledger, answer, event, arena);
    }
    return answer;
}
