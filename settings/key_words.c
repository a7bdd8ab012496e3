// key_words - what a value of a key must be, in words, from the row of its key
//
// Messages, help and the manual say it the same way, for they all ask here.
#include "settings/keys.h"

#include <string.h>

static const char *words_of(const struct key *key, struct arena *arena)
{
    const char *list = "";
    const char *comma = "";
    for (const struct key_choice *at = key->choices; at != NULL && at->name != NULL; at++) {
        list = arena_format(arena, "%s%s%s", list, comma, at->name);
        comma = ", ";
    }
    for (unsigned i = 0; key->enumeration != NULL && i < key->enumeration->n_values; i++) {
        list = arena_format(arena, "%s%s%s", list, comma, key->enumeration->values[i].name);
        comma = ", ";
    }
    return list;
}

static const char *points_text(int64_t hundredths, struct arena *arena)
{
    return arena_format(arena, "%lld.%02lld", (long long)hundredths / 100,
                        (long long)hundredths % 100);
}

static const char *path_words_zh(struct arena *arena)
{
    return arena_format(arena, "或 ipc://路径（全路径至多 %d 字节）", ENDPOINT_PATH_BYTES_MAX);
}

static const char *path_words_en(struct arena *arena)
{
    return arena_format(arena, " or ipc://path (the whole path of %d bytes at most)",
                        ENDPOINT_PATH_BYTES_MAX);
}

const char *key_expectation_zh(const struct key *key, struct arena *arena)
{
    long long min = (long long)key->min;
    long long max = (long long)key->max;
    switch (key->type) {
    case KEY_MAP:
        return "一组键（键: 值）";
    case KEY_LIST:
        return arena_format(arena, "列表，%lld 至 %lld 项", min, max);
    case KEY_NUMBER:
        return arena_format(arena, "%lld 至 %lld 的整数，不加引号", min, max);
    case KEY_POINTS:
        return arena_format(arena, "%s 至 %s 的分数，最多两位小数", points_text(key->min, arena),
                            points_text(key->max, arena));
    case KEY_FLAG:
        return "yes（是）或 no（否）";
    case KEY_CHOICE:
        return arena_format(arena, "下列之一：%s", words_of(key, arena));
    case KEY_BIT:
        return arena_format(arena, "下列之一，且不重复：%s", words_of(key, arena));
    case KEY_TIME:
        return max == KEY_TIME_END ? "00:00 至 24:00 的时刻，如 09:00"
                                   : "00:00 至 23:59 的时刻，如 09:00";
    case KEY_TEXT:
    case KEY_LINES:
        break;
    case KEY_PATH:
        return "文件路径";
    case KEY_ENDPOINT:
        return arena_format(arena, "tcp://地址:端口%s%s%s", min == 0 ? "（* 为任意端口）" : " ",
                            max == ENDPOINT_TCP ? "" : path_words_zh(arena),
                            key->standard != NULL ? "，或 \"\"" : "");
    }
    return key->type == KEY_LINES
               ? arena_format(arena, "%lld 至 %lld 字节的文字，可以多行", min, max)
           : key->alphabet == NULL
               ? arena_format(arena, "%lld 至 %lld 字节的文字", min, max)
               : arena_format(arena, "%lld 至 %lld 个字符，只用 %s", min, max, key->alphabet);
}

const char *key_expectation_en(const struct key *key, struct arena *arena)
{
    long long min = (long long)key->min;
    long long max = (long long)key->max;
    switch (key->type) {
    case KEY_MAP:
        return "a map (key: value)";
    case KEY_LIST:
        return arena_format(arena, "a list of %lld to %lld elements", min, max);
    case KEY_NUMBER:
        return arena_format(arena, "a whole number from %lld to %lld, without quotes", min, max);
    case KEY_POINTS:
        return arena_format(arena, "points from %s to %s with at most two decimals",
                            points_text(key->min, arena), points_text(key->max, arena));
    case KEY_FLAG:
        return "yes or no";
    case KEY_CHOICE:
        return arena_format(arena, "one of %s", words_of(key, arena));
    case KEY_BIT:
        return arena_format(arena, "one of %s, none twice", words_of(key, arena));
    case KEY_TIME:
        return max == KEY_TIME_END ? "a time of day from 00:00 to 24:00, like 09:00"
                                   : "a time of day from 00:00 to 23:59, like 09:00";
    case KEY_TEXT:
    case KEY_LINES:
        break;
    case KEY_PATH:
        return "the path of a file";
    case KEY_ENDPOINT:
        return arena_format(arena, "tcp://host:port%s%s%s", min == 0 ? " (* for any port)" : "",
                            max == ENDPOINT_TCP ? "" : path_words_en(arena),
                            key->standard != NULL ? ", or \"\"" : "");
    }
    return key->type == KEY_LINES
               ? arena_format(arena, "text of %lld to %lld bytes, on lines", min, max)
           : key->alphabet == NULL
               ? arena_format(arena, "text of %lld to %lld bytes", min, max)
               : arena_format(arena, "%lld to %lld characters of %s", min, max, key->alphabet);
}

const char *article_zh(const char *article, struct arena *arena)
{
    static const char *const words[][2] = {
        {"decision ",   "决定"   },
        {"Civil Code ", "民法典"},
        {"policy",      "政策"   },
        {", ",          "、"      }
    };
    const char *text = article;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        for (const char *found; (found = strstr(text, words[i][0])) != NULL;) {
            text = arena_format(arena, "%.*s%s%s", (int)(found - text), text, words[i][1],
                                found + strlen(words[i][0]));
        }
    }
    return text;
}

const char *key_article_zh(const struct key *key, struct arena *arena)
{
    return key->article == NULL ? "" : arena_format(arena, "，%s", article_zh(key->article, arena));
}

const char *key_article_en(const struct key *key, struct arena *arena)
{
    return key->article == NULL ? "" : arena_format(arena, ", %s", key->article);
}
