// address - `address`: how and when a person is told; without options, what is on record
//
// What is on record of an address is its channel: the address itself lies beside the journal and is
// shown to nobody.
#include "clients/ctl/commands.h"
#include "clients/ctl/option_words.h"
#include "clients/ctl/send_named.h"
#include "clients/ctl/show.h"

#include <stdio.h>
#include <string.h>

static int address_run(struct ctl *ctl, int argc, char **argv);

const struct command command_address = {
    .name = "address",
    .arguments = "PERSON [--mail ADDRESS] [--wecom MOBILE] [--webhook WHO] [--spool yes|no] "
                 "[--language zh|en] [--hours 08:30-18:00] [--quiet 22:00-07:00] "
                 "[--digest yes|no] [--silence yes|no] [--id ID] [--dry-run]",
    .zh = "登记联系方式、语言和接收时段；不加选项则显示已登记的（不显示地址）",
    .en = "record how and when somebody is told; without options, what is on record (no addresses)",
    .help =
        "  --mail ADDRESS    邮箱；空（--mail=）则删除，其他渠道相同\n"
        "                    mail; an empty one (--mail=) removes it, as of the others\n"
        "  --wecom MOBILE    企业微信手机号，11 位 / mobile number in WeCom, 11 digits\n"
        "  --webhook WHO     本单位网关所用的名称 / the name by which the office's gateway "
        "knows him\n"
        "  --spool yes|no    打印后转交 / printed and taken to him\n"
        "  --hours           工作日内接收可等待提醒的时段；00:00-24:00 为随时\n"
        "                    of working days, for what can wait; 00:00-24:00 is any time\n"
        "  --quiet           免打扰时段，可跨午夜；其间只发立即发出的，其余到时段结束再发；\n"
        "                    起止相同（00:00-00:00）为没有\n"
        "                    nothing but what is urgent comes in them, the rest when they end;\n"
        "                    over midnight or not; 00:00-00:00 is none\n"
        "  --digest yes|no   每日摘要 / the morning digest\n"
        "  --silence yes|no  静默证明 / the proof of silence\n"
        "没有写的保持不变。What is left out stays as it was.\n",
    .needs_settings = true,
    .run = address_run,
};

enum { CHANNELS = 4, SPAN_LENGTH = 11, MINUTES_OF_HOUR = 60, MINUTES_OF_DAY = 24 * 60 };

struct choices {
    const char *mail;
    const char *wecom;
    const char *webhook;
    const char *spool;
    const char *language;
    const char *hours;
    const char *quiet;
    const char *digest;
    const char *silence;
    const char *id;
    bool dry_run;
};

// ---- What is on record

static const char *channels_text(struct ctl *ctl, const Award__Person *person)
{
    const char *list = "";
    for (size_t i = 0; i < person->n_addresses; i++) {
        const Award__Person__Address *address = person->addresses[i];
        list = arena_format(ctl->arena, "%s%s%s", list, i > 0 ? "，" : "",
                            show_word(ctl, &award__channel__name__descriptor, address->has_channel,
                                      (int)address->channel));
    }
    return *list != '\0' ? list : "无 none";
}

static const char *span_text(struct ctl *ctl, bool has, uint32_t from, uint32_t until)
{
    if (!has) {
        return "按提醒方案 as the alert policy has it";
    }
    return arena_format(ctl->arena, "%02u:%02u-%02u:%02u", from / MINUTES_OF_HOUR,
                        from % MINUTES_OF_HOUR, until / MINUTES_OF_HOUR, until % MINUTES_OF_HOUR);
}

static const char *quiet_text(struct ctl *ctl, const Award__Person *person)
{
    if (person->has_quiet_from && person->quiet_from == person->quiet_until) {
        return "无 none";
    }
    return span_text(ctl, person->has_quiet_from, person->quiet_from, person->quiet_until);
}

static const char *yes_text(bool has, bool yes)
{
    return !has ? "未定 not said" : yes ? "是 yes" : "否 no";
}

static void duties_show(struct ctl *ctl, const Award__Person *person)
{
    for (size_t i = 0; i < person->n_duties; i++) {
        const Award__Person__Duty *duty = person->duties[i];
        show_fact(ctl, "值班", "duty",
                  arena_format(ctl->arena, "%s 至 until %s：%s", ctl_day(ctl, duty->from),
                               ctl_day(ctl, duty->until),
                               show_word(ctl, &award__post__name__descriptor, duty->has_post,
                                         (int)duty->post)));
    }
    for (size_t i = 0; i < person->n_absences; i++) {
        const Award__Person__Absence *absence = person->absences[i];
        show_fact(ctl, "请假", "away",
                  arena_format(ctl->arena, "%s 至 until %s，代理 substitute %s：%s",
                               ctl_day(ctl, absence->from), ctl_day(ctl, absence->until),
                               absence->substitute != NULL ? absence->substitute : "-",
                               absence->reason));
    }
}

static int record_show(struct ctl *ctl, char *name)
{
    int status = CTL_OK;
    Award__QueryRoster query = AWARD__QUERY_ROSTER__INIT;
    query.person = name;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_ROSTER, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    Award__Person nothing = AWARD__PERSON__INIT;
    nothing.person = name;
    const Award__Person *person =
        reply->roster->n_persons > 0 ? reply->roster->persons[0] : &nothing;
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &person->base);
        return CTL_OK;
    }
    show_fact(ctl, "人员", "person", name);
    show_fact(ctl, "渠道", "channels", channels_text(ctl, person));
    show_fact(ctl, "语言", "language",
              person->has_language
                  ? show_word(ctl, &award__language__name__descriptor, true, (int)person->language)
                  : "中文附英文 Chinese with English beside it");
    show_fact(ctl, "接收时段", "hours",
              span_text(ctl, person->has_hours_from, person->hours_from, person->hours_until));
    show_fact(ctl, "免打扰", "quiet", quiet_text(ctl, person));
    show_fact(ctl, "每日摘要", "digest", yes_text(person->has_digest, person->digest));
    show_fact(ctl, "静默证明", "silence", yes_text(person->has_silence, person->silence));
    duties_show(ctl, person);
    return CTL_OK;
}

// ---- What is to be recorded

static void address_add(struct ctl *ctl, Award__AddressChanged *changed,
                        Award__Channel__Name channel, const char *text)
{
    if (text == NULL) {
        return;
    }
    Award__AddressChanged__Address *address = arena_alloc(ctl->arena, sizeof(*address));
    award__address_changed__address__init(address);
    address->has_channel = 1;
    address->channel = channel;
    address->address = arena_string(ctl->arena, text);
    changed->addresses[changed->n_addresses++] = address;
}

// The spool has no address: it is there, or removed.
static int spool_add(struct ctl *ctl, Award__AddressChanged *changed, const char *text)
{
    protobuf_c_boolean has = 0;
    protobuf_c_boolean yes = 0;
    int status = option_yes(ctl, "--spool", text, &has, &yes);
    if (status == CTL_OK && has) {
        address_add(ctl, changed, AWARD__CHANNEL__NAME__spool, "");
        if (yes) {
            changed->addresses[changed->n_addresses - 1]->address = NULL;
        }
    }
    return status;
}

static bool time_read(const char *text, uint32_t *minute)
{
    for (size_t i = 0; i < 5; i++) {
        if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    uint32_t hours = (uint32_t)(text[0] - '0') * 10 + (uint32_t)(text[1] - '0');
    uint32_t minutes = (uint32_t)(text[3] - '0') * 10 + (uint32_t)(text[4] - '0');
    *minute = hours * MINUTES_OF_HOUR + minutes;
    return minutes < MINUTES_OF_HOUR && *minute <= MINUTES_OF_DAY;
}

// *has is false where the option was not given.
static int span_read(struct ctl *ctl, const char *option, const char *example, const char *text,
                     protobuf_c_boolean *has, uint32_t *from, uint32_t *until)
{
    if (text == NULL) {
        return CTL_OK;
    }
    if (strlen(text) != SPAN_LENGTH || text[5] != '-' || !time_read(text, from) ||
        !time_read(text + 6, until)) {
        return ctl_error(
            CTL_USAGE, arena_format(ctl->arena, "%s 应写作 %s，而不是 %s", option, example, text),
            arena_format(ctl->arena, "%s is written as %s, not %s", option, example, text));
    }
    *has = 1;
    return CTL_OK;
}

static int hours_add(struct ctl *ctl, Award__AddressChanged *changed, const struct choices *choices)
{
    int status = span_read(ctl, "--hours", "08:30-18:00", choices->hours, &changed->has_hours_from,
                           &changed->hours_from, &changed->hours_until);
    changed->has_hours_until = changed->has_hours_from;
    if (status == CTL_OK) {
        status = span_read(ctl, "--quiet", "22:00-07:00", choices->quiet, &changed->has_quiet_from,
                           &changed->quiet_from, &changed->quiet_until);
        changed->has_quiet_until = changed->has_quiet_from;
    }
    return status;
}

static int language_add(struct ctl *ctl, Award__AddressChanged *changed, const char *text)
{
    int value = 0;
    int status = option_word(ctl, "--language", text, &award__language__name__descriptor, &value);
    changed->has_language = status == CTL_OK && text != NULL;
    changed->language = (Award__Language__Name)value;
    return status;
}

static int change_fill(struct ctl *ctl, const struct choices *choices,
                       Award__AddressChanged *changed)
{
    changed->addresses = arena_alloc(ctl->arena, CHANNELS * sizeof(*changed->addresses));
    address_add(ctl, changed, AWARD__CHANNEL__NAME__mail, choices->mail);
    address_add(ctl, changed, AWARD__CHANNEL__NAME__wecom, choices->wecom);
    address_add(ctl, changed, AWARD__CHANNEL__NAME__webhook, choices->webhook);
    int status = spool_add(ctl, changed, choices->spool);
    if (status == CTL_OK) {
        status = hours_add(ctl, changed, choices);
    }
    if (status == CTL_OK) {
        status = language_add(ctl, changed, choices->language);
    }
    if (status == CTL_OK) {
        status =
            option_yes(ctl, "--digest", choices->digest, &changed->has_digest, &changed->digest);
    }
    if (status == CTL_OK) {
        status = option_yes(ctl, "--silence", choices->silence, &changed->has_silence,
                            &changed->silence);
    }
    return status;
}

static bool anything(const struct choices *choices)
{
    return choices->mail != NULL || choices->wecom != NULL || choices->webhook != NULL ||
           choices->spool != NULL || choices->language != NULL || choices->hours != NULL ||
           choices->quiet != NULL || choices->digest != NULL || choices->silence != NULL;
}

static int address_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--mail",     &choices.mail,     NULL            },
        {"--wecom",    &choices.wecom,    NULL            },
        {"--webhook",  &choices.webhook,  NULL            },
        {"--spool",    &choices.spool,    NULL            },
        {"--language", &choices.language, NULL            },
        {"--hours",    &choices.hours,    NULL            },
        {"--quiet",    &choices.quiet,    NULL            },
        {"--digest",   &choices.digest,   NULL            },
        {"--silence",  &choices.silence,  NULL            },
        {"--id",       &choices.id,       NULL            },
        {"--dry-run",  NULL,              &choices.dry_run},
        {NULL,         NULL,              NULL            },
    };
    argc = ctl_options(&command_address, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_address);
    }
    if (!anything(&choices)) {
        return record_show(ctl, argv[0]);
    }
    Award__AddressChanged changed = AWARD__ADDRESS_CHANGED__INIT;
    changed.person = argv[0];
    int status = change_fill(ctl, &choices, &changed);
    if (status != CTL_OK) {
        return status;
    }
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_ADDRESS_CHANGED;
    event.address_changed = &changed;
    return send_named(ctl, &event, choices.id, choices.dry_run);
}
