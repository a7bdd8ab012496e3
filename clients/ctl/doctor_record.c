// doctor_record - judges what must not be lost: records, copies, the chain and the state
#include "clients/ctl/doctor_private.h"

enum {
    COPY_WARNING_HOURS = 36, // one a day, and some room
    COPY_FAILED_HOURS = 7 * 24,
    ROOM_WARNING_PERCENT = 50,
    ROOM_FAILED_PERCENT = 80,
    AWARDD_NOT_RUN = -1,
};

struct doctor_finding judge_records_damaged(const struct doctor_facts *facts)
{
    const struct doctor_answers *answers = &facts->answers;
    const char *names = "";
    size_t count = 0;
    for (size_t i = 0; i < answers->damaged_count; i++) {
        names = doctor_names_add(facts, names, &count, answers->damaged[i]);
    }
    return count == 0 ? doctor_found(DOCTOR_OK, "没有", "there is none")
                      : doctor_found(DOCTOR_FAILED, said(facts, "%zu 条已损坏：%s", count, names),
                                     said(facts, "%zu are damaged: %s", count, names));
}

// A copy to which nothing was added since loses nothing, however old it is.
struct doctor_finding judge_backup(const struct doctor_facts *facts)
{
    const Award__Health__Copy *copy = facts->answers.health->last_copy;
    uint64_t last = facts->answers.status->last_entry;
    if (copy == NULL || copy->taken == NULL) {
        return doctor_found(
            DOCTOR_WARNING, said(facts, "没有备份：%" PRIu64 " 条日志只在这一块磁盘上", last),
            said(facts, "there is none: %" PRIu64 " entries lie on one disk alone", last));
    }
    int64_t hours = (facts->now_ms - copy->taken->ms) / DOCTOR_HOUR_MS;
    uint64_t since = last > copy->entry ? last - copy->entry : 0;
    enum doctor_verdict verdict = since == 0                    ? DOCTOR_OK
                                  : hours >= COPY_FAILED_HOURS  ? DOCTOR_FAILED
                                  : hours >= COPY_WARNING_HOURS ? DOCTOR_WARNING
                                                                : DOCTOR_OK;
    return doctor_found(
        verdict,
        said(facts, "%" PRId64 " 小时前，至第 %" PRIu64 " 条；其后又有 %" PRIu64 " 条", hours,
             copy->entry, since),
        said(facts, "%" PRId64 " hours ago, up to entry %" PRIu64 "; %" PRIu64 " came since", hours,
             copy->entry, since));
}

struct doctor_finding judge_file_room(const struct doctor_facts *facts)
{
    const Award__Health *health = facts->answers.health;
    uint64_t largest =
        health->journal_bytes > health->state_bytes ? health->journal_bytes : health->state_bytes;
    uint64_t one = health->file_bytes_max / DOCTOR_PERCENT;
    enum doctor_verdict verdict = largest >= one * ROOM_FAILED_PERCENT    ? DOCTOR_FAILED
                                  : largest >= one * ROOM_WARNING_PERCENT ? DOCTOR_WARNING
                                                                          : DOCTOR_OK;
    return doctor_found(verdict,
                        said(facts, "较大的 %s，上限 %s", doctor_bytes(facts, largest),
                             doctor_bytes(facts, health->file_bytes_max)),
                        said(facts, "the larger has %s of %s", doctor_bytes(facts, largest),
                             doctor_bytes(facts, health->file_bytes_max)));
}

struct doctor_finding judge_chain(const struct doctor_facts *facts)
{
    const struct doctor_record *record = &facts->record;
    if (record->chain_status == CTL_OK) {
        return doctor_found(DOCTOR_OK, said(facts, "%" PRIu64 " 条日志", record->chain_entries),
                            said(facts, "%" PRIu64 " entries", record->chain_entries));
    }
    if (record->chain_status == CTL_DIFFERENT) {
        return doctor_found(DOCTOR_FAILED,
                            said(facts, "在第 %" PRIu64 " 条之后不符", record->chain_entries),
                            said(facts, "it differs behind entry %" PRIu64, record->chain_entries));
    }
    return doctor_found(DOCTOR_UNSEEN, "没有看：awardd 未答完全部日志，或此密钥不可查询",
                        "not looked at: awardd did not answer for all entries, or not to this key");
}

struct doctor_finding judge_state(const struct doctor_facts *facts)
{
    const struct doctor_record *record = &facts->record;
    if (record->state_status == 0) {
        return doctor_found(DOCTOR_OK, record->state_said, record->state_said);
    }
    if (record->state_status == AWARDD_NOT_RUN) {
        return doctor_found(DOCTOR_UNSEEN, "没有看：awardd verify 未能运行",
                            "not looked at: awardd verify could not be run");
    }
    return doctor_found(DOCTOR_FAILED, record->state_said, record->state_said);
}
