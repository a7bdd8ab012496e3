// What may be a name or a number: identifiers of events, numbers of medals and certificates.
#include "rules/serials.h"
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define LONGEST "a234567890123456789012345678901234567890123456789012345678901234" // 64
#define LONGEST_CASE LONGEST "56789012345678901234567890123456"                    // 96

// Names are parts of keys: short and printable.
Test(names, are_of_some_length_and_without_blanks_and_control_characters)
{
    // clang-format off
    static const struct {
        const char *by;
        const char *json;
        const char *code;
    } rows[] = {
        {"office", "{\"selection_started\":{\"cycle\":\"" LONGEST "\"}}",                          "no_such_cycle" },
        {"office", "{\"selection_started\":{\"cycle\":\"" LONGEST "5\"}}",                         "bad_identifier"},
        {"office", "{\"selection_started\":{\"cycle\":\"20\\u007f18\"}}",                         "bad_identifier"},
        {"office", "{\"selection_started\":{\"cycle\":\"20 18\"}}",                               "bad_identifier"},
        {"office", "{\"selection_started\":{\"cycle\":\"20!18\"}}",                               "no_such_cycle" },
        {"office", "{\"selection_started\":{\"cycle\":\"二〇一八\"}}",                             "no_such_cycle" },
        {"office", "{\"application_accepted\":{\"case\":\"" LONGEST_CASE "\"}}",                  "no_such_case"  },
        {"office", "{\"application_accepted\":{\"case\":\"" LONGEST_CASE "7\"}}",                 "bad_identifier"},
        {"office", "{\"objection_decided\":{\"objection\":\"" LONGEST "5\",\"finding\":\"founded\",\"report\":\"r\"}}", "bad_identifier"},
        {"bureau", "{\"liability_established\":{\"incident\":\"" LONGEST "5\",\"liable\":\"no\",\"proof\":\"p\"}}",     "bad_identifier"},
        {"office", "{\"reviewer_removed\":{\"person\":\"" LONGEST "5\",\"reason\":\"r\"}}",       "bad_identifier"},
        {"office", "{\"enterprise_changed\":{\"enterprise\":\"" LONGEST "5\"}}",                  "bad_identifier"},
        {"office", "{\"predecessor_linked\":{\"enterprise\":\"e\",\"predecessor\":\"" LONGEST "5\",\"how\":\"split\",\"proof\":\"p\"}}", "bad_identifier"},
        {"office", "{\"deliberation_held\":{\"cycle\":\"2018\",\"meeting\":\"" LONGEST "5\",\"on\":\"2018-01-02\",\"presiding\":\"p\",\"present\":[\"u\"]}}", "bad_identifier"},
        {"office", "{\"team_drawn\":{\"cycle\":\"2018\",\"reason\":\"r\",\"teams\":[{\"team\":\"T\",\"leader\":\"" LONGEST "5\",\"members\":[\"m\"],\"cases\":[\"c\"]}]}}", "bad_identifier"},
        {"reviewer-01", "{\"confidentiality_declared\":{\"team\":\"" LONGEST "5\"}}",             "bad_identifier"},
        {"office", "{\"cycle_opened\":{\"cycle\":\"2019\",\"rulebook\":\"" LONGEST "5\",\"notice\":[{\"medium\":\"m\"}],\"closing\":\"2018-04-28T18:00:00+08:00\",\"units\":[\"u\"],\"chair\":\"c\"}}", "bad_identifier"},
        // those that are composed of others
        {"office", "{\"deadline_suspended\":{\"deadline\":\"" LONGEST_CASE LONGEST_CASE "\",\"reason\":\"r\",\"article\":\"a\"}}", "no_such_deadline"},
        {"office", "{\"deadline_suspended\":{\"deadline\":\"" LONGEST_CASE LONGEST_CASE LONGEST_CASE "\",\"reason\":\"r\",\"article\":\"a\"}}", "bad_identifier"},
        {"office", "{\"alert_acknowledged\":{\"alert\":\"" LONGEST_CASE LONGEST_CASE "\"}}",      "no_such_alert" },
        {"office", "{\"alert_acknowledged\":{\"alert\":\"" LONGEST_CASE LONGEST_CASE LONGEST_CASE "\"}}", "bad_identifier"},
        {"bureau", "{\"revocation_verified\":{\"revocation\":\"" LONGEST_CASE LONGEST_CASE "\",\"report\":\"r\"}}", "no_such_revocation"},
        {"bureau", "{\"revocation_verified\":{\"revocation\":\"" LONGEST_CASE LONGEST_CASE LONGEST_CASE "\",\"report\":\"r\"}}", "bad_identifier"},
        {"worker-notification", "{\"message_delivered\":{\"message\":\"" LONGEST_CASE LONGEST_CASE "\",\"channel\":\"mail\"}}", "no_such_task"},
        {"worker-notification", "{\"message_delivered\":{\"message\":\"" LONGEST_CASE LONGEST_CASE LONGEST_CASE "\",\"channel\":\"mail\"}}", "bad_identifier"},
    };
    // clang-format on
    struct world *world = selecting_world(0, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = world_send(world, rows[i].by, rows[i].json);
        cr_expect_str_eq(world_code(decision), rows[i].code, "%s: %s", rows[i].json,
                         world_code(decision));
    }
    world_destroy(world);
}

// 16(10)
Test(names, of_medals_and_certificates_are_short_and_without_blanks)
{
    static const struct {
        const char *number;
        bool sound;
    } rows[] = {
        {"1",                       true },
        {"渝质奖〔2018〕1号", true },
        {LONGEST,                   true },
        {LONGEST "5",               false},
        {"",                        false},
        {NULL,                      false},
        {"A 1",                     false},
        {"A\x7f"
         "1",              false},
        {"A\n",                     false},
        {"!",                       true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_eq(serial_sound(rows[i].number), rows[i].sound, "%zu", i);
    }
}

// 16(10)
Test(names, of_what_is_handed_over_say_whether_it_is_the_medal_or_the_certificate)
{
#define HONOURED                                                                                   \
    {                                                                                              \
        "honoured", "500.00", "500.00", 56000, 700,                                                \
            "\"honour\":{\"kind\":\"award\",\"from\":\"2018-01-01\"},"                             \
    }
#define GIVEN(name, medal, certificate)                                                            \
    "{\"conferral_held\":{\"cycle\":\"2018\",\"on\":\"2018-01-02\",\"given\":[{\"case\":\"" name   \
    "\",\"medal\":\"" medal "\",\"certificate\":\"" certificate "\"}]}}"
    static const struct standing cases[] = {HONOURED, HONOURED};
    static const struct {
        const char *json;
        const char *code;
        const char *zh;
        const char *en;
    } rows[] = {
        {GIVEN("%1", "M 2", "C2"),  "bad_identifier", "的奖章编号",  "number of the medal"       },
        {GIVEN("%1", "M2",  "C 2"), "bad_identifier", "的证书编号",  "number of the certificate" },
        {GIVEN("%1", "M1",  "C2"),  "number_used",    "奖章编号 M1 ", "number M1 of a medal"      },
        {GIVEN("%1", "M2",  "C1"),  "number_used",    "证书编号 C1 ", "number C1 of a certificate"},
    };
    struct world *world = selecting_world(2, cases);
    Award__Cycle *cycle = selecting_cycle(world);
    Award__Day published = AWARD__DAY__INIT;
    published.has_number = 1;
    published.number = 17532; // 2018-01-01
    cycle->published_on = &published;
    world_put(world, AWARD__CHANGE__RECORD_CYCLE, &cycle->base);
    selecting_accept(world, "office", GIVEN("%0", "M1", "C1"));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = selecting_send(world, "office", rows[i].json);
        cr_expect_str_eq(world_code(decision), rows[i].code, "%zu", i);
        cr_expect_not_null(strstr(decision->reasons[0]->zh, rows[i].zh), "%s",
                           decision->reasons[0]->zh);
        cr_expect_not_null(strstr(decision->reasons[0]->en, rows[i].en), "%s",
                           decision->reasons[0]->en);
    }
    world_destroy(world);
}
