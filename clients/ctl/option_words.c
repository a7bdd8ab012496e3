// option_words - values of options: days, words of the contract, yes and no
#include "clients/ctl/option_words.h"

#include "clients/ctl/words.h"
#include "common/time.h"

#include <string.h>

int option_day(struct ctl *ctl, const char *option, const char *text, Award__Day **day)
{
    int32_t number;
    if (text == NULL) {
        return CTL_OK;
    }
    if (!day_parse(text, strlen(text), &number)) {
        return ctl_error(
            CTL_USAGE,
            arena_format(ctl->arena, "%s：日期应写作 2019-07-12，而不是 %s", option, text),
            arena_format(ctl->arena, "%s: write a day as 2019-07-12, not %s", option, text));
    }
    *day = arena_alloc(ctl->arena, sizeof(**day));
    award__day__init(*day);
    (*day)->has_number = 1;
    (*day)->number = number;
    return CTL_OK;
}

static const char *words_list(struct ctl *ctl, const ProtobufCEnumDescriptor *descriptor)
{
    const char *list = "";
    for (unsigned i = 0; i < descriptor->n_values; i++) {
        const char *zh = word_zh(descriptor, descriptor->values[i].value);
        list = arena_format(ctl->arena, "%s%s%s %s", list, i > 0 ? ", " : "", zh != NULL ? zh : "",
                            descriptor->values[i].name);
    }
    return list;
}

int option_word(struct ctl *ctl, const char *option, const char *text,
                const ProtobufCEnumDescriptor *descriptor, int *value)
{
    if (text == NULL) {
        return CTL_OK;
    }
    for (unsigned i = 0; i < descriptor->n_values; i++) {
        const ProtobufCEnumValue *one = &descriptor->values[i];
        const char *zh = word_zh(descriptor, one->value);
        if (strcmp(one->name, text) == 0 || (zh != NULL && strcmp(zh, text) == 0)) {
            *value = one->value;
            return CTL_OK;
        }
    }
    const char *list = words_list(ctl, descriptor);
    return ctl_error(
        CTL_USAGE, arena_format(ctl->arena, "%s 应为下列之一，而不是 %s：%s", option, text, list),
        arena_format(ctl->arena, "%s is one of these, not %s: %s", option, text, list));
}

int option_yes(struct ctl *ctl, const char *option, const char *text, protobuf_c_boolean *has,
               protobuf_c_boolean *value)
{
    if (text == NULL) {
        return CTL_OK;
    }
    bool yes = strcmp(text, "yes") == 0 || strcmp(text, "是") == 0;
    if (!yes && strcmp(text, "no") != 0 && strcmp(text, "否") != 0) {
        return ctl_error(CTL_USAGE,
                         arena_format(ctl->arena, "%s 应为 yes 或 no，而不是 %s", option, text),
                         arena_format(ctl->arena, "%s is yes or no, not %s", option, text));
    }
    *has = 1;
    *value = yes;
    return CTL_OK;
}
