// codec_error - the errors of the codec and their sentences
//
// One table: a stable code, what is wrong, what to do next. A sentence is put together from the
// field's path, the row and the details: "Field scores[2].points is not a number of points (-1);
// write ...".
#include "common/codec_internal.h"

#include <assert.h>

struct fault_text {
    const char *code;
    const char *zh;
    const char *zh_next;
    const char *en;
    const char *en_next;
};

// clang-format off
static const struct fault_text fault_texts[] = {
    [FAULT_TOO_LARGE] = {"too_large", "太大", "请分成几次发送",
                         "is too large", "send it in several parts"},
    [FAULT_MALFORMED] = {"malformed", "不是完整有效的 protobuf 编码", "请检查发送程序后重新发送",
                         "is not whole, valid protobuf", "check the program that wrote it and send it again"},
    [FAULT_BAD_JSON] = {"bad_json", "不是有效的 JSON", "请改正该处后重新发送",
                        "is not valid JSON", "correct it there and send it again"},
    [FAULT_UNKNOWN_FIELD] = {"unknown_field", "不是已知字段", "请检查字段名，或更新程序",
                             "is not a known field", "check its name, or update the program"},
    [FAULT_DUPLICATE_FIELD] = {"duplicate_field", "出现了不止一次", "请只保留一个",
                               "is given more than once", "keep one of them"},
    [FAULT_TWO_MEMBERS] = {"two_members", "与同组的另一字段同时出现", "两者只能保留一个",
                           "stands beside another of which only one may be set", "keep one of the two"},
    [FAULT_WRONG_TYPE] = {"wrong_type", "类型不对", "请改为所要求的类型",
                          "has the wrong type", "write it as the type that is asked for"},
    [FAULT_OUT_OF_RANGE] = {"out_of_range", "的数值超出范围", "请检查该数",
                            "is a number out of range", "check the number"},
    [FAULT_UNKNOWN_VALUE] = {"unknown_value", "的取值不在列表中", "请从列表中选用",
                             "has a value that is not in its list", "choose one of the list"},
    [FAULT_BAD_UTF8] = {"bad_utf8", "不是有效的 UTF-8 文本", "请以 UTF-8 保存后重新发送",
                        "is not valid UTF-8", "save it as UTF-8 and send it again"},
    [FAULT_ZERO_BYTE] = {"zero_byte", "的文本中含有零字节", "请删除该字节",
                         "holds a zero byte in its text", "remove it"},
    [FAULT_TEXT_TOO_LONG] = {"text_too_long", "太长", "请缩短，或以附件摘要代替",
                             "is too long", "shorten it, or give a document's digest instead"},
    [FAULT_LIST_TOO_LONG] = {"list_too_long", "的条目太多", "请分成几次发送",
                             "has too many elements", "send them in several parts"},
    [FAULT_TOO_DEEP] = {"too_deep", "嵌套太深", "请检查发送程序",
                        "is nested too deeply", "check the program that wrote it"},
    [FAULT_BAD_DAY] = {"bad_day", "不是 1900 年至 2999 年间的日期", "请写成 \"2018-10-08\"",
                       "is not a day of the years 1900 to 2999", "write it as \"2018-10-08\""},
    [FAULT_BAD_MOMENT] = {"bad_moment", "不是 1992 年至 2999 年间的时刻", "请写成 \"2018-10-08T09:00:00+08:00\"",
                          "is not a moment of the years 1992 to 2999", "write it as \"2018-10-08T09:00:00+08:00\""},
    [FAULT_BAD_POINTS] = {"bad_points", "不是有效的分数（不为负，至多两位小数）", "请写成字符串，如 \"85.50\"",
                          "is not a number of points (not negative, at most two decimals)", "write it as a string, \"85.50\""},
    [FAULT_BAD_FRACTION] = {"bad_fraction", "不是有效的分式", "分子与分母都要有，分母须大于零",
                            "is not a fraction", "give numerator and denominator, the latter above zero"},
    [FAULT_BAD_BASE64] = {"bad_base64", "不是有效的 base64", "请使用带填充的标准字母表",
                          "is not valid base64", "use the standard alphabet with padding"},
};
// clang-format on

_Static_assert(sizeof(fault_texts) / sizeof(fault_texts[0]) == FAULT_COUNT,
               "every fault has its sentence");

struct codec_path codec_path_root(void)
{
    return (struct codec_path){.outer = NULL, .name = NULL, .index = CODEC_NO_INDEX, .depth = 1};
}

struct codec_path codec_path_field(const struct codec_path *outer, const char *name, long index)
{
    return (struct codec_path){
        .outer = outer, .name = name, .index = index, .depth = outer->depth + 1};
}

char *codec_path_text(const struct codec_path *path, struct arena *arena)
{
    char *text = arena_string(arena, "");
    for (const struct codec_path *at = path; at->outer != NULL; at = at->outer) {
        const char *dot = text[0] == '\0' ? "" : ".";
        text = at->index == CODEC_NO_INDEX
                   ? arena_format(arena, "%s%s%s", at->name, dot, text)
                   : arena_format(arena, "%s[%ld]%s%s", at->name, at->index, dot, text);
    }
    return text;
}

bool codec_refuse(const struct codec_walk *walk, const struct codec_path *path,
                  enum codec_fault fault, const char *detail_zh, const char *detail_en)
{
    assert(fault < FAULT_COUNT);
    assert((detail_zh == NULL) == (detail_en == NULL));
    const struct fault_text *row = &fault_texts[fault];
    struct arena *arena = walk->arena;
    char *field = codec_path_text(path, arena);
    bool whole = field[0] == '\0';
    bool detailed = detail_zh != NULL;
    walk->error->code = row->code;
    walk->error->zh = arena_format(arena, "%s%s%s%s%s%s%s；%s。", whole ? "消息" : "字段 ", field,
                                   whole ? "" : " ", row->zh, detailed ? "（" : "",
                                   detailed ? detail_zh : "", detailed ? "）" : "", row->zh_next);
    walk->error->en = arena_format(arena, "%s%s %s%s%s%s; %s.", whole ? "The message" : "Field ",
                                   field, row->en, detailed ? " (" : "", detailed ? detail_en : "",
                                   detailed ? ")" : "", row->en_next);
    return false;
}
