// key_value - one scalar of a file, read strictly by the row of its key
//
// A reader per type, in a table. Numbers are decimal digits and nothing else: `2x`, `010`, `+7`,
// `1e3` and quoted numbers are refused, for a guess would become law.
#include "settings/key_value.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER_DIGITS_MAX = 15,
    PORT_MAX = 65535,
};

struct value {
    const struct key *key;
    const char *text;
    bool plain;
    const char *directory;
    struct arena *arena;
    unsigned char *place;
};

static void integer_store(const struct value *value, int64_t number)
{
    int32_t narrow = (int32_t)number;
    bool flag = number != 0;
    switch (value->key->size) {
    case sizeof(int64_t):
        memcpy(value->place, &number, sizeof(number));
        return;
    case sizeof(int32_t):
        assert(narrow == number);
        memcpy(value->place, &narrow, sizeof(narrow));
        return;
    default:
        assert(value->key->size == sizeof(flag));
        memcpy(value->place, &flag, sizeof(flag));
    }
}

static bool text_store(const struct value *value, const char *text)
{
    size_t length = strlen(text);
    if (length >= value->key->size) {
        return false;
    }
    memcpy(value->place, text, length + 1);
    return true;
}

static bool digit(char character)
{
    return character >= '0' && character <= '9';
}

// Digits without a leading zero, and how many bytes they take; 0 where there are none.
static size_t digits_take(const char *text, int64_t *number)
{
    size_t length = 0;
    *number = 0;
    while (digit(text[length]) && length < NUMBER_DIGITS_MAX) {
        *number = *number * 10 + (text[length] - '0');
        length++;
    }
    bool leading_zero = length > 1 && text[0] == '0';
    return leading_zero || digit(text[length]) ? 0 : length;
}

static bool within(const struct key *key, int64_t number)
{
    return number >= key->min && number <= key->max;
}

static bool number_read(const struct value *value)
{
    const char *text = value->text;
    int64_t sign = text[0] == '-' ? -1 : 1;
    text += sign < 0 ? 1 : 0;
    int64_t number;
    size_t length = digits_take(text, &number);
    if (!value->plain || length == 0 || text[length] != '\0' || (sign < 0 && number == 0) ||
        !within(value->key, sign * number)) {
        return false;
    }
    integer_store(value, sign * number);
    return true;
}

static bool points_read(const struct value *value)
{
    int64_t whole;
    size_t length = digits_take(value->text, &whole);
    if (!value->plain || length == 0) {
        return false;
    }
    const char *at = value->text + length;
    int64_t hundredths = whole * 100;
    if (*at == '.') {
        at++;
        int64_t worth = 10;
        do {
            if (!digit(*at) || worth == 0) {
                return false;
            }
            hundredths += (*at - '0') * worth;
            worth /= 10;
            at++;
        } while (*at != '\0');
    }
    if (*at != '\0' || !within(value->key, hundredths)) {
        return false;
    }
    integer_store(value, hundredths);
    return true;
}

static bool flag_read(const struct value *value)
{
    bool yes = strcmp(value->text, "yes") == 0;
    if (!value->plain || (!yes && strcmp(value->text, "no") != 0)) {
        return false;
    }
    integer_store(value, yes ? 1 : 0);
    return true;
}

static bool choice_find(const struct value *value, int64_t *number)
{
    const struct key_choice *choice = value->key->choices;
    for (; choice != NULL && choice->name != NULL; choice++) {
        if (strcmp(choice->name, value->text) == 0) {
            *number = choice->value;
            return true;
        }
    }
    if (value->key->enumeration == NULL) {
        return false;
    }
    const ProtobufCEnumValue *found =
        protobuf_c_enum_descriptor_get_value_by_name(value->key->enumeration, value->text);
    if (found != NULL) {
        *number = found->value;
    }
    return found != NULL;
}

static bool choice_read(const struct value *value)
{
    int64_t number;
    if (!choice_find(value, &number)) {
        return false;
    }
    integer_store(value, number);
    return true;
}

// A word that stands twice in its list is refused.
static bool bit_read(const struct value *value)
{
    int64_t number;
    uint32_t bits;
    assert(value->key->size == sizeof(bits));
    if (!choice_find(value, &number)) {
        return false;
    }
    assert(number >= 0 && number < 32);
    memcpy(&bits, value->place, sizeof(bits));
    if ((bits & (1U << number)) != 0) {
        return false;
    }
    bits |= 1U << number;
    memcpy(value->place, &bits, sizeof(bits));
    return true;
}

static bool time_read(const struct value *value)
{
    const char *text = value->text;
    if (strlen(text) != 5 || !digit(text[0]) || !digit(text[1]) || text[2] != ':' ||
        !digit(text[3]) || !digit(text[4])) {
        return false;
    }
    int hour = (text[0] - '0') * 10 + text[1] - '0';
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    int of_day = hour * 60 + minute;
    bool end = of_day == KEY_TIME_END && value->key->max == KEY_TIME_END;
    if (minute > 59 || (of_day >= KEY_TIME_END && !end)) {
        return false;
    }
    integer_store(value, of_day);
    return true;
}

// What YAML would take for nothing is no text, unless it is quoted.
static bool nothing(const struct value *value)
{
    return value->plain && (strcmp(value->text, "~") == 0 || strcmp(value->text, "null") == 0);
}

static bool text_read(const struct value *value)
{
    const char *alphabet = value->key->alphabet;
    size_t length = strlen(value->text);
    if (nothing(value) || !within(value->key, (int64_t)length) ||
        (alphabet != NULL && strspn(value->text, alphabet) != length)) {
        return false;
    }
    return text_store(value, value->text);
}

static const char *path_join(const struct value *value, const char *path)
{
    assert(value->directory != NULL);
    if (path[0] == '/') {
        return path;
    }
    const char *slash = strcmp(value->directory, "/") == 0 ? "" : "/";
    return arena_format(value->arena, "%s%s%s", value->directory, slash, path);
}

static bool path_read(const struct value *value)
{
    if (nothing(value) || value->text[0] == '\0') {
        return false;
    }
    return text_store(value, path_join(value, value->text));
}

static bool tcp_valid(const struct key *key, const char *address)
{
    static const char host_characters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*:[]";
    const char *colon = strrchr(address, ':');
    if (colon == NULL || colon == address ||
        strspn(address, host_characters) < (size_t)(colon - address)) {
        return false;
    }
    int64_t port;
    if (strcmp(colon + 1, "*") == 0) {
        return key->min == 0;
    }
    size_t length = digits_take(colon + 1, &port);
    return length > 0 && colon[1 + length] == '\0' && port >= 1 && port <= PORT_MAX;
}

static bool endpoint_read(const struct value *value)
{
    static const char tcp[] = "tcp://";
    static const char ipc[] = "ipc://";
    if (strncmp(value->text, tcp, strlen(tcp)) == 0) {
        return tcp_valid(value->key, value->text + strlen(tcp)) && text_store(value, value->text);
    }
    if (value->text[0] == '\0') { // not quoted, it was nothing and no text
        bool may = value->key->standard != NULL && value->key->standard[0] == '\0';
        return may && !value->plain && text_store(value, "");
    }
    const char *path = value->text + strlen(ipc);
    if (value->key->max == ENDPOINT_TCP || strncmp(value->text, ipc, strlen(ipc)) != 0 ||
        path[0] == '\0') {
        return false;
    }
    path = path_join(value, path);
    return strlen(path) <= ENDPOINT_PATH_BYTES_MAX &&
           text_store(value, arena_format(value->arena, "%s%s", ipc, path));
}

static bool (*const readers[])(const struct value *value) = {
    [KEY_NUMBER] = number_read,     [KEY_POINTS] = points_read, [KEY_FLAG] = flag_read,
    [KEY_CHOICE] = choice_read,     [KEY_BIT] = bit_read,       [KEY_TIME] = time_read,
    [KEY_TEXT] = text_read,         [KEY_LINES] = text_read,    [KEY_PATH] = path_read,
    [KEY_ENDPOINT] = endpoint_read,
};

bool key_value_read(const struct key *key, const char *text, bool plain, const char *directory,
                    struct arena *arena, void *place)
{
    assert((size_t)key->type < sizeof(readers) / sizeof(readers[0]));
    assert(readers[key->type] != NULL);
    if (key->type != KEY_LINES && strchr(text, '\n') != NULL) {
        return false;
    }
    const struct value value = {
        .key = key,
        .text = text,
        .plain = plain,
        .directory = directory,
        .arena = arena,
        .place = place,
    };
    return readers[key->type](&value);
}
