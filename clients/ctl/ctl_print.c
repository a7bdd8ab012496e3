// ctl_print - values and answers as a person reads them
#include "clients/ctl/ctl.h"
#include "clients/ctl/words.h"
#include "common/codec.h"
#include "common/time.h"
#include "rules/fraction.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char absent[] = "-";

static const struct outcome_word {
    const char *zh;
    const char *colour;
} OUTCOMES[] = {
    [AWARD__OUTCOME__NAME__accepted] = {"通过",       "\033[32m"},
    [AWARD__OUTCOME__NAME__refused] = {"不予通过", "\033[33m"},
    [AWARD__OUTCOME__NAME__pending] = {"待定",       "\033[36m"},
    [AWARD__OUTCOME__NAME__rejected] = {"驳回",       "\033[31m"},
};

static const struct outcome_word *outcome_word(Award__Outcome__Name outcome)
{
    static const struct outcome_word unknown = {"?", ""};
    size_t index = (size_t)outcome;
    bool known = index < sizeof(OUTCOMES) / sizeof(OUTCOMES[0]) && OUTCOMES[index].zh != NULL;
    return known ? &OUTCOMES[index] : &unknown;
}

const char *ctl_outcome_zh(Award__Outcome__Name outcome)
{
    return outcome_word(outcome)->zh;
}

const char *ctl_day(struct ctl *ctl, const Award__Day *day)
{
    char text[DAY_TEXT_BYTES];
    if (day == NULL || !day_valid(day->number)) {
        return absent;
    }
    day_format(day->number, text);
    return arena_string(ctl->arena, text);
}

// 24:00 where it is the last millisecond of its day, as the regulation counts.
const char *ctl_moment(struct ctl *ctl, const Award__Moment *moment)
{
    char day[DAY_TEXT_BYTES];
    if (moment == NULL || !moment_valid(moment->ms)) {
        return absent;
    }
    int32_t number = day_of_moment(moment->ms);
    day_format(number, day);
    if (moment->ms == day_end(number)) {
        return arena_format(ctl->arena, "%s 24:00", day);
    }
    int64_t seconds = (moment->ms - day_start(number)) / 1000;
    char *text = arena_format(ctl->arena, "%s %02" PRId64 ":%02" PRId64 ":%02" PRId64, day,
                              seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (seconds % 60 == 0) {
        text[strlen(text) - 3] = '\0';
    }
    return text;
}

const char *ctl_points(struct ctl *ctl, const Award__Points *points)
{
    return points != NULL ? codec_points_format(points->hundredths, ctl->arena) : absent;
}

const char *ctl_fraction(struct ctl *ctl, const Award__Fraction *fraction)
{
    if (fraction == NULL) {
        return absent;
    }
    struct fraction value = {fraction->numerator, fraction->denominator};
    if (!fraction_valid(value)) {
        return absent;
    }
    int64_t parts = fraction_ten_thousandths(value);
    return arena_format(ctl->arena, "%" PRId64 ".%04" PRId64, parts / 10000, parts % 10000);
}

void ctl_print_json(struct ctl *ctl, const ProtobufCMessage *message)
{
    (void)puts(codec_to_json(message, CODEC_JSON_PRETTY, ctl->arena));
}

static void reasons_print(struct ctl *ctl, Award__Reason **reasons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Reason *reason = reasons[i];
        (void)printf("  [%s] %s%s%s", reason->code != NULL ? reason->code : "",
                     reason->subject != NULL ? reason->subject : "",
                     reason->subject != NULL ? "：" : "", reason->zh != NULL ? reason->zh : "");
        if (reason->article != NULL) {
            const char *zh = authority_zh(reason->article);
            (void)printf("（%s）", zh != NULL ? zh : reason->article);
        }
        if (reason->until != NULL) {
            (void)printf("，至 %s", ctl_day(ctl, reason->until));
        }
        (void)printf("\n      %s\n", reason->en != NULL ? reason->en : "");
    }
}

static void answer_print(struct ctl *ctl, const Award__Answer *answer)
{
    const struct outcome_word *word = outcome_word(answer->outcome);
    const ProtobufCEnumValue *name = protobuf_c_enum_descriptor_get_value(
        &award__outcome__name__descriptor, (int)answer->outcome);
    (void)printf("%s%s%s / %s", ctl->colours ? word->colour : "", word->zh,
                 ctl->colours ? "\033[0m" : "", name != NULL ? name->name : "?");
    if (answer->article != NULL) {
        const char *zh = authority_zh(answer->article);
        (void)printf("  条款 article %s%s%s", zh != NULL ? zh : "", zh != NULL ? " " : "",
                     answer->article);
    }
    if (answer->case_ != NULL) {
        (void)printf("  申报 case %s", answer->case_);
    }
    if (answer->has_entry) {
        (void)printf("  记录 entry %" PRIu64, answer->entry);
    }
    (void)printf("%s%s%s\n", answer->repeated ? "  已在案 repeated" : "",
                 answer->dry_run ? "  试算 dry run" : "",
                 answer->rehearsal ? "  演练库 rehearsal" : "");
    reasons_print(ctl, answer->reasons, answer->n_reasons);
    reasons_print(ctl, answer->rejected_parts, answer->n_rejected_parts);
    for (size_t i = 0; i < answer->n_changed_since; i++) {
        (void)printf("  其后发生 since then: %s\n", answer->changed_since[i]);
    }
}

void ctl_print_answer(struct ctl *ctl, const Award__Answer *answer)
{
    if (ctl->output == CTL_JSON) {
        (void)puts(codec_to_json(&answer->base, CODEC_JSON_LINE, ctl->arena));
    } else {
        answer_print(ctl, answer);
    }
}
