// codec_value - messages that are single values: Day, Moment, Points, Fraction
//
// The first three are strings in JSON. A value message without its number means nothing, so it is
// refused and not read as zero.
#include "common/codec_internal.h"
#include "common/time.h"

#include "value.pb-c.h"

#include <assert.h>
#include <inttypes.h>

enum { POINTS_HUNDREDTHS_MAX = 999999999, POINTS_WHOLE_DIGITS_MAX = 7 };

static bool digit(char character)
{
    return character >= '0' && character <= '9';
}

bool codec_points_parse(const char *text, size_t length, int64_t *hundredths)
{
    size_t at = 0;
    int64_t value = 0;
    while (at < length && digit(text[at])) {
        if (at == POINTS_WHOLE_DIGITS_MAX) {
            return false;
        }
        value = value * 10 + (text[at++] - '0');
    }
    if (at == 0) {
        return false;
    }
    value *= 100;
    if (at < length) {
        size_t decimals = length - at - 1;
        if (text[at] != '.' || decimals < 1 || decimals > 2 || !digit(text[at + 1]) ||
            (decimals == 2 && !digit(text[at + 2]))) {
            return false;
        }
        value += (text[at + 1] - '0') * 10 + (decimals == 2 ? text[at + 2] - '0' : 0);
    }
    *hundredths = value;
    return true;
}

char *codec_points_format(int64_t hundredths, struct arena *arena)
{
    assert(hundredths >= 0);
    return arena_format(arena, "%" PRId64 ".%02" PRId64, hundredths / 100, hundredths % 100);
}

static bool day_message_valid(const ProtobufCMessage *message)
{
    const Award__Day *day = (const Award__Day *)message;
    return day->has_number && day_valid(day->number);
}

static bool day_message_parse(const char *text, size_t length, ProtobufCMessage *message)
{
    Award__Day *day = (Award__Day *)message;
    day->has_number = 1;
    return day_parse(text, length, &day->number);
}

static char *day_message_format(const ProtobufCMessage *message, struct arena *arena)
{
    char text[DAY_TEXT_BYTES];
    day_format(((const Award__Day *)message)->number, text);
    return arena_string(arena, text);
}

static bool moment_message_valid(const ProtobufCMessage *message)
{
    const Award__Moment *moment = (const Award__Moment *)message;
    return moment->has_ms && moment_valid(moment->ms);
}

static bool moment_message_parse(const char *text, size_t length, ProtobufCMessage *message)
{
    Award__Moment *moment = (Award__Moment *)message;
    moment->has_ms = 1;
    return moment_parse(text, length, &moment->ms);
}

static char *moment_message_format(const ProtobufCMessage *message, struct arena *arena)
{
    char text[MOMENT_TEXT_BYTES];
    moment_format(((const Award__Moment *)message)->ms, text);
    return arena_string(arena, text);
}

static bool points_message_valid(const ProtobufCMessage *message)
{
    const Award__Points *points = (const Award__Points *)message;
    return points->has_hundredths && points->hundredths >= 0 &&
           points->hundredths <= POINTS_HUNDREDTHS_MAX;
}

static bool points_message_parse(const char *text, size_t length, ProtobufCMessage *message)
{
    Award__Points *points = (Award__Points *)message;
    points->has_hundredths = 1;
    return codec_points_parse(text, length, &points->hundredths);
}

static char *points_message_format(const ProtobufCMessage *message, struct arena *arena)
{
    return codec_points_format(((const Award__Points *)message)->hundredths, arena);
}

static bool fraction_message_valid(const ProtobufCMessage *message)
{
    const Award__Fraction *fraction = (const Award__Fraction *)message;
    return fraction->has_numerator && fraction->has_denominator && fraction->denominator > 0;
}

// clang-format off
static const struct codec_value values[] = {
    {&award__day__descriptor,      FAULT_BAD_DAY,      day_message_valid,      day_message_parse,    day_message_format},
    {&award__moment__descriptor,   FAULT_BAD_MOMENT,   moment_message_valid,   moment_message_parse, moment_message_format},
    {&award__points__descriptor,   FAULT_BAD_POINTS,   points_message_valid,   points_message_parse, points_message_format},
    {&award__fraction__descriptor, FAULT_BAD_FRACTION, fraction_message_valid, NULL,                 NULL},
};
// clang-format on

const struct codec_value *codec_value_of(const ProtobufCMessageDescriptor *descriptor)
{
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (values[i].descriptor == descriptor) {
            return &values[i];
        }
    }
    return NULL;
}
