// rulebook - the numbers of a regulation, as plain data
//
// Filled by settings/rulebook from a YAML file; a cycle keeps the one it was opened under. Each
// field names the article or decision that it comes from. Texts belong to whoever filled it in.
#pragma once

#include "rules/calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RULEBOOK_CATEGORIES_MAX = 16,
    RULEBOOK_ITEMS_MAX = 64,
    RULEBOOK_KEY_BYTES = 64,
    RULEBOOK_NAME_BYTES = 128,
    RULEBOOK_DIGEST_BYTES = 65, // SHA-256 in hex, and its end
};

// A category of Article 15, or an item of one. Points in hundredths.
struct rulebook_item {
    char key[RULEBOOK_KEY_BYTES]; // "leadership", "leadership.organisation"
    char zh[RULEBOOK_NAME_BYTES];
    char en[RULEBOOK_NAME_BYTES];
    int64_t points_max;
    size_t category; // of an item: index of its category
    bool confirmed;  // its points were compared with the printed standard
};

enum rulebook_stage { RULEBOOK_PUBLICITY, RULEBOOK_DELIBERATION, RULEBOOK_APPROVAL };

enum defence_mean { DEFENCE_MEAN, DEFENCE_TRIMMED_MEAN };

// How long something may be expected to stay as it is: stages of a case, and what waits beside
// them.
enum rulebook_stay {
    STAY_APPLIED,
    STAY_VERIFIED,
    STAY_RECOMMENDED,
    STAY_ACCEPTED,
    STAY_DOCUMENT_PASSED,
    STAY_SITE_VISIT,
    STAY_HALTED,
    STAY_SITE_DONE,
    STAY_FINAL,
    STAY_CANDIDATE,
    STAY_PUBLICITY,
    STAY_DELIBERATED,
    STAY_RECOMMENDED_TO_GOVERNMENT,
    STAY_APPROVED,
    STAY_SIGNED,
    STAY_HONOURED,
    STAY_REVOKED,
    STAY_RECEIPT,
    STAY_COUNTERSIGNATURE,
    STAY_FEEDBACK,
    STAY_PAPERS,
    STAY_TASK,
    STAY_OBJECTION,
    STAY_REVOCATION_OPENED,
    STAY_REVOCATION_VERIFIED,
    RULEBOOK_STAYS,
};

struct rulebook {
    char digest[RULEBOOK_DIGEST_BYTES];
    char name[RULEBOOK_NAME_BYTES];
    char award_zh[RULEBOOK_NAME_BYTES]; // 市长质量管理奖
    char award_en[RULEBOOK_NAME_BYTES];
    char nomination_zh[RULEBOOK_NAME_BYTES]; // 提名奖
    char nomination_en[RULEBOOK_NAME_BYTES];
    char office_zh[RULEBOOK_NAME_BYTES]; // names of organs are data (decision 16)
    char bureau_zh[RULEBOOK_NAME_BYTES];
    char bureau_en[RULEBOOK_NAME_BYTES];
    char government_zh[RULEBOOK_NAME_BYTES];
    char government_en[RULEBOOK_NAME_BYTES];

    // 2: who may apply
    char region_prefix[8]; // division codes of the city begin with it: "50"
    char industries[32];   // sections of GB/T 4754: "BCD"

    // 11, 12
    uint32_t operation_years;      // 11(1): 5
    uint32_t accident_free_years;  // 11(4): 3
    uint32_t sampling_levels;      // 11(4), 20(2), decision 29: bits of Level: national, municipal
    uint32_t violation_bar_years;  // 12(2): 3
    uint32_t laureate_bar_years;   // 12(3): 5
    uint32_t revocation_bar_years; // 12(4), 21: 5

    // 13
    uint32_t profile_characters_max;         // 3000
    uint32_t self_evaluation_characters_max; // 60000
    uint32_t late_entry_days;                // receipts may be entered so many days late: 30

    // 15
    struct rulebook_item categories[RULEBOOK_CATEGORIES_MAX];
    size_t categories_count;
    struct rulebook_item items[RULEBOOK_ITEMS_MAX];
    size_t items_count;
    int64_t total_points; // 100000 hundredths

    // 8, 16
    uint32_t team_members_min;        // 3
    uint32_t team_members_max;        // 6
    bool sheet_needs_confidentiality; // policy: yes
    bool sheet_needs_plan;            // policy: no
    int64_t consensus_tolerance;      // policy: whole percent of a category's maximum: 10
    int64_t award_threshold;          // 50000
    int64_t nomination_threshold;     // 40000
    uint32_t panel_min;               // 7
    uint32_t advisors;                // 3
    int64_t defence_points_max;       // 10000
    enum defence_mean defence_mean;
    uint32_t visit_days_min;    // 3
    uint32_t visit_days_max;    // 5
    uint32_t document_weight;   // 20 of 100
    uint32_t site_weight;       // 80 of 100
    uint32_t award_places;      // 5
    uint32_t nomination_places; // 5
    struct period publicity;    // 16(7).2: 7 days
    bool objection_needs_name;  // decision 10: no
    bool objection_needs_evidence;
    uint32_t quorum_numerator; // more than 2/3 of the member units
    uint32_t quorum_denominator;
    enum rulebook_stage last_stages[3]; // decision 19
    size_t last_stages_count;

    // decision 18: prize money in whole yuan, 0 where there is none
    uint32_t prize_award;
    uint32_t prize_nomination;

    // 17-19, policy
    struct period incident_report;  // 19: 15 working days
    uint32_t report_levels;         // 19(2): bits of Level: national, industry, municipal
    struct period objection_answer; // policy
    uint32_t experience_years;      // 17, policy: by the end of the year so many after publication
    uint32_t self_evaluation_month; // 18: 12
    uint32_t self_evaluation_day;   // 31

    uint32_t close_of_business; // minute of the day; decides nothing: what another reading would be

    // policy: expected stays, in days or working days; no deadlines
    struct period stays[RULEBOOK_STAYS];
};

// What the rulebook calls the honour, and its prize money in whole yuan (decision 18).
const char *rulebook_honour_zh(const struct rulebook *rulebook, bool award);
const char *rulebook_honour_en(const struct rulebook *rulebook, bool award);
uint32_t rulebook_prize(const struct rulebook *rulebook, bool award);

// Index of a category or item by key; -1 where there is none.
int rulebook_category(const struct rulebook *rulebook, const char *key);
int rulebook_item(const struct rulebook *rulebook, const char *key);
