// daemon_file_text - awardd.yaml as it is written for a new office, from the table of its keys
#include "settings/daemon_file_text.h"

#include "common/text.h"
#include "settings/file_keys.h"

#include <assert.h>
#include <string.h>

static const char heading[] = "# awardd 的配置 / configuration of awardd\n"
                              "# 相对路径以本文件所在目录为准。本文件不含秘密，也不要写入秘密。\n"
                              "# Relative paths begin at this file's directory. There is no secret "
                              "in it; write none into it.\n"
                              "# 改后检查 / after a change: awardd --config FILE --check-config\n"
                              "# 现行的值 / what is in force: awardctl config show\n";

enum { COLUMNS = 100 };

static const char must_heading[] = "\n"
                                   "# ---- 必须设置 / what must be set\n";

static const char may_heading[] = "\n"
                                  "# ---- 可以设置：去掉行首的“#”，改动值 / what may be set: take "
                                  "away the `#` and change the value\n";

static const char *value_of(const struct daemon_file_entry entries[], const char *key)
{
    for (; entries->key != NULL; entries++) {
        if (strcmp(entries->key, key) == 0) {
            return entries->value;
        }
    }
    return NULL;
}

// The sentence behind "# "; where a line is full it goes on in the next one, behind "#   ".
static const char *comment(const char *sentence, struct arena *arena)
{
    const char *text = "";
    const char *mark = "# ";
    while (text_width(sentence) > COLUMNS - strlen(mark)) {
        size_t length = text_line(sentence, COLUMNS - strlen(mark));
        text = arena_format(arena, "%s%s%.*s\n", text, mark, (int)length, sentence);
        sentence += length + strspn(sentence + length, " ");
        mark = "#   ";
    }
    return sentence[0] == '\0' ? text : arena_format(arena, "%s%s%s\n", text, mark, sentence);
}

// "#log_level: info", under what there is to say of the key.
static const char *key_text(const struct key *key, const char *value, struct arena *arena)
{
    const char *zh = "";
    const char *en = "";
    if (key->standard != NULL) {
        const char *standard = key->standard[0] != '\0' ? key->standard : "\"\"";
        zh = arena_format(arena, "；默认 %s", standard);
        en = arena_format(arena, "; default %s", standard);
    }
    bool quoted = key->type == KEY_ENDPOINT || key->type == KEY_PATH;
    const char *quote = quoted ? "\"" : "";
    zh = arena_format(arena, "%s：%s%s；%s", key->zh, key_expectation_zh(key, arena), zh,
                      key->reloads ? "重新加载即生效" : "重启后生效");
    en = arena_format(arena, "%s: %s%s; %s", key->en, key_expectation_en(key, arena), en,
                      key->reloads ? "a reload applies it" : "a restart applies it");
    return arena_format(arena, "\n%s%s%s%s: %s%s%s\n", comment(zh, arena), comment(en, arena),
                        value != NULL ? "" : "#", key->path, quote,
                        value != NULL ? value : key->standard, quote);
}

static const char *keys_text(const struct daemon_file_entry entries[], bool set,
                             struct arena *arena)
{
    const char *text = "";
    for (size_t i = 1; i < daemon_keys.rows_count; i++) {
        const struct key *key = &daemon_keys.rows[i];
        const char *value = value_of(entries, key->path);
        assert(value != NULL || key->standard != NULL);
        if ((value != NULL) == set) {
            text = arena_format(arena, "%s%s", text, key_text(key, value, arena));
        }
    }
    return text;
}

const char *daemon_file_text(const struct daemon_file_entry entries[], struct arena *arena)
{
    return arena_format(arena, "%s%s%s%s%s", heading, must_heading, keys_text(entries, true, arena),
                        may_heading, keys_text(entries, false, arena));
}
