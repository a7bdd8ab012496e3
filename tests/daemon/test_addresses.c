// Addresses: which are taken, that none reaches an entry, and that what is replaced is erased.
#include "common/reply_mask.h"
#include "daemon/address_form.h"
#include "rules/record.h"
#include "tests/daemon/office.h"

#include <criterion/criterion.h>
#include <string.h>

#define MAIL "wang.li@award.example.cn"
#define OTHER "wang@other.example.cn"
#define MOBILE "13800001234"

static struct office *office;
static struct arena *arena;

static void set_up(void)
{
    office = office_create();
    arena = arena_create();
}

static void tear_down(void)
{
    arena_destroy(arena);
    office_destroy(office);
}

TestSuite(addresses, .init = set_up, .fini = tear_down);

static const char *change_json(const char *addresses)
{
    return arena_format(arena, "{\"address_changed\":{\"addresses\":[%s]}}", addresses);
}

#define BY(channel, address) "{\"channel\":\"" channel "\",\"address\":\"" address "\"}"

static const Award__Answer *change(const char *id, const char *addresses)
{
    return office_submit(office, "office", id, change_json(addresses));
}

static void accepted(const char *id, const char *addresses)
{
    const Award__Answer *answer = change(id, addresses);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted, "%s: %s", addresses,
                 answer->n_reasons > 0 ? answer->reasons[0]->en : "");
}

// As the record of the office has it now; NULL where the channel has none.
static const char *digest_of(Award__Channel__Name channel)
{
    const struct view *view = ledger_view(office_ledger(office));
    struct bytes value;
    if (view->get(view, record_key(arena, AWARD__CHANGE__RECORD_PERSON, "office"), arena, &value) !=
        VIEW_FOUND) {
        return NULL;
    }
    const Award__Person *person =
        (const Award__Person *)codec_unpack_trusted(&award__person__descriptor, value, arena);
    for (size_t i = 0; i < person->n_addresses; i++) {
        if (person->addresses[i]->channel == channel) {
            return person->addresses[i]->digest;
        }
    }
    return NULL;
}

static const char *address_of(const char *digest)
{
    const char *address = ledger_address(office_ledger(office), digest, arena);
    return address != NULL ? address : "";
}

// Whether the bytes of any entry, durable or of the group, have the text in them.
static bool any_entry_has(const char *text)
{
    struct ledger *ledger = office_ledger(office);
    uint64_t last = journal_last(ledger_journal(ledger)) + ledger_group_size(ledger);
    for (uint64_t number = 1; number <= last; number++) {
        const Award__Entry *entry = ledger_read(ledger, number, arena, NULL);
        cr_assert_not_null(entry);
        struct bytes packed = codec_pack(&entry->base, arena);
        if (memmem(packed.data, packed.size, text, strlen(text)) != NULL) {
            return true;
        }
    }
    return false;
}

Test(addresses, are_kept_beside_the_journal_and_a_digest_stands_in_their_place)
{
    accepted("one", BY("mail", MAIL) "," BY("wecom", MOBILE) ",{\"channel\":\"spool\"}");
    const char *mail = digest_of(AWARD__CHANNEL__NAME__mail);
    cr_assert_not_null(mail);
    cr_expect_str_eq(address_of(mail), MAIL);
    office_commit(office);
    office_reopen(office);
    cr_expect_str_eq(address_of(digest_of(AWARD__CHANNEL__NAME__mail)), MAIL);
    cr_expect_str_eq(address_of(digest_of(AWARD__CHANNEL__NAME__wecom)), MOBILE);
    cr_expect_null(digest_of(AWARD__CHANNEL__NAME__spool));
    cr_expect(any_entry_has(mail));
    cr_expect_not(any_entry_has(MAIL));
    cr_expect_not(any_entry_has(MOBILE));
}

Test(addresses, of_a_group_that_was_not_committed_are_gone)
{
    accepted("one", BY("mail", MAIL));
    const char *digest = digest_of(AWARD__CHANNEL__NAME__mail);
    office_reopen(office);
    cr_expect_str_eq(address_of(digest), "");
}

Test(addresses, sent_again_under_the_same_id_get_the_same_answer)
{
    accepted("one", BY("mail", MAIL));
    const Award__Answer *in_group = change("one", BY("mail", MAIL));
    cr_expect(in_group->repeated);
    office_commit(office);
    office_reopen(office);
    const Award__Answer *later = change("one", BY("mail", MAIL));
    cr_expect(later->repeated);
    cr_expect_eq(later->outcome, AWARD__OUTCOME__NAME__accepted);
    const Award__Answer *other = change("one", BY("mail", OTHER));
    cr_expect_str_eq(other->reasons[0]->code, "id_reused");
    other = change("one", BY("mail", MAIL) "," BY("wecom", MOBILE));
    cr_expect_str_eq(other->reasons[0]->code, "id_reused");
    cr_expect_eq(ledger_group_size(office_ledger(office)), 0);
}

Test(addresses, are_erased_when_they_are_replaced_or_removed)
{
    accepted("one", BY("mail", MAIL) "," BY("wecom", MOBILE));
    office_commit(office);
    const char *mail = digest_of(AWARD__CHANNEL__NAME__mail);
    const char *mobile = digest_of(AWARD__CHANNEL__NAME__wecom);
    accepted("two", BY("mail", OTHER) "," BY("wecom", ""));
    cr_expect_str_eq(address_of(mail), "");
    office_commit(office);
    office_reopen(office);
    cr_expect_str_eq(address_of(mail), "");
    cr_expect_str_eq(address_of(mobile), "");
    cr_expect_str_eq(address_of(digest_of(AWARD__CHANNEL__NAME__mail)), OTHER);
    cr_expect_null(digest_of(AWARD__CHANNEL__NAME__wecom));
}

Test(addresses, that_were_erased_are_taken_for_those_on_record_when_they_are_sent_again)
{
    accepted("one", BY("mail", MAIL));
    accepted("two", BY("mail", OTHER));
    office_commit(office);
    cr_expect(change("one", BY("mail", MAIL))->repeated);
    cr_expect_str_eq(address_of(digest_of(AWARD__CHANNEL__NAME__mail)), OTHER);
}

Test(addresses, that_something_else_leaves_alone_are_kept)
{
    accepted("one", BY("mail", MAIL));
    const Award__Answer *answer =
        office_submit(office, "office", "two", "{\"address_changed\":{\"language\":\"en\"}}");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
    answer = office_submit(office, "office", "three",
                           "{\"duty_changed\":{\"person\":\"office\",\"post\":\"clerk\",\"from\":"
                           "\"2018-01-02\"}}");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    cr_expect_str_eq(address_of(digest_of(AWARD__CHANNEL__NAME__mail)), MAIL);
}

Test(addresses, an_exported_event_is_its_own_repeat_and_no_way_to_anothers_address)
{
    accepted("one", BY("mail", MAIL));
    const char *exported = arena_format(arena, "{\"channel\":\"mail\",\"digest\":\"%s\"}",
                                        arena_string(arena, digest_of(AWARD__CHANNEL__NAME__mail)));
    cr_expect(change("one", exported)->repeated);
    const Award__Answer *answer =
        office_submit(office, "government", "mine", change_json(exported));
    cr_expect_str_eq(answer->reasons[0]->code, "bad_address");
    cr_expect_str_eq(change("two", exported)->reasons[0]->code, "bad_address");
}

// Of 254 bytes, and one more.
static const char *long_mail(size_t bytes)
{
    char domain[256];
    memset(domain, 'd', sizeof(domain));
    for (size_t i = 60; i < sizeof(domain); i += 60) {
        domain[i] = '.';
    }
    return arena_format(arena, "a@%.*s", (int)(bytes - 2), domain);
}

Test(addresses, of_each_channel_have_its_form)
{
    static const struct {
        Award__Channel__Name channel;
        const char *address;
        bool good;
    } rows[] = {
        {AWARD__CHANNEL__NAME__mail,    MAIL,                    true },
        {AWARD__CHANNEL__NAME__mail,    "o'neil+x@a-b.cn",       true },
        {AWARD__CHANNEL__NAME__mail,    "root@localhost",        true },
        {AWARD__CHANNEL__NAME__mail,    "a@127.0.0.1",           true },
        {AWARD__CHANNEL__NAME__mail,    "a",                     false},
        {AWARD__CHANNEL__NAME__mail,    "@b.cn",                 false},
        {AWARD__CHANNEL__NAME__mail,    "a@",                    false},
        {AWARD__CHANNEL__NAME__mail,    "a@b@c.cn",              false},
        {AWARD__CHANNEL__NAME__mail,    "a b@c.cn",              false},
        {AWARD__CHANNEL__NAME__mail,    "a@b.cn, c@d.cn",        false},
        {AWARD__CHANNEL__NAME__mail,    "a@b.cn\r\nBcc: c@d.cn", false},
        {AWARD__CHANNEL__NAME__mail,    "<a@b.cn>",              false},
        {AWARD__CHANNEL__NAME__mail,    "a..b@c.cn",             false},
        {AWARD__CHANNEL__NAME__mail,    ".a@c.cn",               false},
        {AWARD__CHANNEL__NAME__mail,    "a@c..cn",               false},
        {AWARD__CHANNEL__NAME__mail,    "a@c.cn.",               false},
        {AWARD__CHANNEL__NAME__mail,    "a@-c.cn",               false},
        {AWARD__CHANNEL__NAME__mail,    "a@c-.cn",               false},
        {AWARD__CHANNEL__NAME__mail,    "王@c.cn",              false},
        {AWARD__CHANNEL__NAME__wecom,   MOBILE,                  true },
        {AWARD__CHANNEL__NAME__wecom,   "1380000123",            false},
        {AWARD__CHANNEL__NAME__wecom,   "138000012345",          false},
        {AWARD__CHANNEL__NAME__wecom,   "1380000123x",           false},
        {AWARD__CHANNEL__NAME__wecom,   " 1380000123",           false},
        {AWARD__CHANNEL__NAME__webhook, "wang",                  true },
        {AWARD__CHANNEL__NAME__webhook, "王莉 2",              true },
        {AWARD__CHANNEL__NAME__webhook, "  ",                    false},
        {AWARD__CHANNEL__NAME__webhook, "a\tb",                  false},
        {AWARD__CHANNEL__NAME__webhook, "a\x7f",                 false},
        {AWARD__CHANNEL__NAME__webhook, "a\xc2\x85",             false},
        {AWARD__CHANNEL__NAME__spool,   "a",                     false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_eq(address_form_good(rows[i].channel, rows[i].address), rows[i].good, "%s",
                     rows[i].address);
    }
    cr_expect(address_form_good(AWARD__CHANNEL__NAME__mail, long_mail(254)));
    cr_expect_not(address_form_good(AWARD__CHANNEL__NAME__mail, long_mail(255)));
    char text[130];
    memset(text, 'x', sizeof(text));
    text[128] = '\0';
    cr_expect(address_form_good(AWARD__CHANNEL__NAME__webhook, text));
    text[128] = 'x';
    text[129] = '\0';
    cr_expect_not(address_form_good(AWARD__CHANNEL__NAME__webhook, text));
}

Test(addresses, that_are_wrong_are_rejected_and_the_answer_does_not_repeat_them)
{
    static const char *const wrong[] = {
        BY("mail", "secret.word"),  BY("wecom", "secret.word"),
        BY("spool", "secret.word"), "{\"address\":\"secret.word\"}",
        "{\"channel\":\"mail\"}",   BY("mail", MAIL) "," BY("wecom", "secret.word"),
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const Award__Answer *answer = change(NULL, wrong[i]);
        cr_expect_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected, "%s", wrong[i]);
        cr_expect_str_eq(answer->reasons[0]->code, "bad_address", "%s", wrong[i]);
        struct bytes packed = codec_pack(&answer->base, arena);
        cr_expect_null(memmem(packed.data, packed.size, "secret", 6));
    }
    office_commit(office);
    cr_expect_null(digest_of(AWARD__CHANNEL__NAME__mail), "nothing of the last was taken");
}

Test(addresses, that_a_server_repeats_are_masked)
{
    static const char *const rows[][2] = {
        {"550 5.1.1 <wang.li@award.cn>: Recipient address rejected",
         "550 5.1.1 <***>: Recipient address rejected"                                           },
        {"250 2.1.5 rcpt=" MAIL " ok",                               "250 2.1.5 *** ok"          },
        {"a@b",                                                      "***"                       },
        {"HTTP 200 {\"to\":\"" MOBILE "\",\"errcode\":0}",
         "HTTP 200 {\"to\":\"***\",\"errcode\":0}"                                               },
        {"+86" MOBILE,                                               "+***"                      },
        {"OK id=1tGx2Y-0001ab-3C",                                   "OK id=1tGx2Y-0001ab-3C"    },
        {"at 12:00 @ home, 1234567890 of x13800001234",
         "at 12:00 @ home, 1234567890 of x13800001234"                                           },
        {"a@ @b",                                                    "a@ @b"                     },
        {"收件人 王莉 " MAIL "，" MOBILE,                      "收件人 王莉 ***，***"},
        {"",                                                         ""                          },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(reply_mask(rows[i][0], arena), rows[i][1]);
    }
}

static void put(const char *json)
{
    struct codec_error error;
    struct bytes key;
    struct bytes value;
    const Award__Change *change = (const Award__Change *)codec_from_json(
        &award__change__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(change, "%s", error.en);
    cr_assert(record_fold(change, arena, &key, &value));
    state_put(ledger_state(office_ledger(office)), key, value);
}

Test(addresses, that_a_server_repeats_reach_no_entry)
{
    put("{\"message\":{\"message\":\"m\",\"recipient\":\"office\",\"channel\":\"mail\",\"state\":"
        "\"sealed\"}}");
    put("{\"task\":{\"task\":\"t\",\"kind\":\"deliver_message\",\"subject\":\"m\"}}");
    static const char failed[] =
        "{\"task\":\"t\",\"message_failed\":{\"message\":\"m\",\"channel\":\"mail\","
        "\"reply\":\"550 <" MAIL "> unknown\"}}";
    cr_assert_eq(office_submit(office, "worker-notification", "one", failed)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    cr_expect(office_submit(office, "worker-notification", "one", failed)->repeated);
    cr_expect(any_entry_has("550 <***> unknown"));
    cr_expect_not(any_entry_has(MAIL));
}

Test(addresses, of_a_dry_run_are_not_kept)
{
    struct codec_error error;
    const char *json = change_json(BY("mail", MAIL));
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), arena, &error);
    cr_assert_not_null(event, "%s", error.en);
    event->principal = arena_string(arena, "office");
    event->id = arena_string(arena, "one");
    Award__Principal sender = AWARD__PRINCIPAL__INIT;
    sender.name = event->principal;
    sender.has_role = 1;
    sender.role = AWARD__ROLE__NAME__office;
    struct ledger_trial *trial = ledger_trial_begin(office_ledger(office));
    const Award__Answer *answer = ledger_trial_submit(trial, event, &sender, arena);
    cr_expect_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect(answer->dry_run);
    ledger_trial_end(trial);
    cr_assert_eq(answer->n_changes, 3); // the person; the first morning and its row
    cr_expect_str_eq(address_of(answer->changes[0]->person->addresses[0]->digest), "");
    cr_expect_null(event->address_changed->addresses[0]->address);
}
