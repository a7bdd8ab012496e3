// import_applications - applications (11-14, 16(2)): one row an enterprise in one cycle
//
// An enterprise that is not registered is registered first, from the same row; one that is must be
// as the row says. A material is the name of a file beside the table, which is counted and
// digested, or its digest; a proof is written ISSUER=FILE.
#include "clients/ctl/import.h"
#include "clients/ctl/material_file.h"
#include "common/limits.h"

#include <stdio.h>
#include <string.h>

enum {
    CYCLE,
    ENTERPRISE,
    NAME,
    REGION,
    DISTRICT,
    INDUSTRY,
    LEGAL_PERSON,
    OPERATING_SINCE,
    FORM,
    PROFILE,
    PROFILE_CHARACTERS,
    REPORT,
    REPORT_CHARACTERS,
    EVIDENCE,
    ELECTRONIC,
    PAPER,
};

// clang-format off
static const struct import_column columns[] = {
    [CYCLE]              = {"cycle",              "评选年度",         "年度",               true,  "2018"},
    [ENTERPRISE]         = {"enterprise",         "统一社会信用代码", "信用代码",           true,  "91500107621980478R"},
    [NAME]               = {"name",               "企业名称",         "名称 企业",          false, "重庆山屿摩托车制造有限公司"},
    [REGION]             = {"region",             "注册地区划",       "注册地",             false, "500107"},
    [DISTRICT]           = {"district",           "所在区县",         "区县",               false, "500107"},
    [INDUSTRY]           = {"industry",           "行业",             "行业代码",           false, "C37"},
    [LEGAL_PERSON]       = {"legal_person",       "独立法人",         "法人",               false, "是"},
    [OPERATING_SINCE]    = {"operating_since",    "经营起始日",       "成立日期",           false, "2001-09-03"},
    [FORM]               = {"form",               "申报表",           NULL,                 true,  "申报表.pdf"},
    [PROFILE]            = {"profile",            "组织简介",         NULL,                 true,  "组织简介.docx"},
    [PROFILE_CHARACTERS] = {"profile_characters", "组织简介字数",     NULL,                 false, ""},
    [REPORT]             = {"report",             "自我评价报告",     "自评报告",           true,  "自我评价报告.docx"},
    [REPORT_CHARACTERS]  = {"report_characters",  "自我评价报告字数", "自评报告字数",       false, ""},
    [EVIDENCE]           = {"evidence",           "证明材料",         "证实性材料",         true,  "市经济信息委=市场占有率.pdf；市生态环境局=守法证明.pdf"},
    [ELECTRONIC]         = {"electronic_receipt", "电子材料收到",     "电子材料收到时刻",   false, "2018-03-07 10:00"},
    [PAPER]              = {"paper_receipt",      "书面材料收到",     "书面材料收到时刻",   false, "2018-03-07 10:00"},
};
// clang-format on

// ---- Materials

static bool digest_is(const char *text)
{
    return strlen(text) == DIGEST_TEXT_BYTES - 1 &&
           strspn(text, "0123456789abcdefABCDEF") == DIGEST_TEXT_BYTES - 1;
}

static const char *path_of(const struct import *import, const char *name)
{
    return name[0] == '/' ? name : arena_format(import->arena, "%s/%s", import->folder, name);
}

// From a digest, the number of characters stands in a column of its own.
static Award__Material *material_of_digest(struct import *import, Award__Material__Kind kind,
                                           const char *digest, size_t characters)
{
    Award__Material *material = arena_alloc(import->arena, sizeof(*material));
    award__material__init(material);
    material->has_kind = 1;
    material->kind = kind;
    material->digest = arena_string(import->arena, digest);
    if (!material_file_measured(kind)) {
        return material;
    }
    if (import_cell(import, characters) == NULL) {
        import_problem(import, characters, "只有摘要时须填字数；或填文件名由程序统计",
                       "beside a digest the number of characters is needed; or name the file");
        return NULL;
    }
    material->has_characters = import_number(import, characters, &material->characters);
    return material;
}

static void characters_compare(struct import *import, const Award__Material *material,
                               size_t characters)
{
    uint32_t stated;
    if (import_number(import, characters, &stated) && stated != material->characters) {
        import_problem(
            import, characters,
            arena_format(import->arena, "与文件不符：统计为 %u 字", material->characters),
            arena_format(import->arena, "the file has another number: %u", material->characters));
    }
}

static Award__Material *material_read(struct import *import, size_t column, size_t characters,
                                      Award__Material__Kind kind, const char *name,
                                      const char *issuer)
{
    struct settings_error error;
    if (digest_is(name)) {
        return material_of_digest(import, kind, name, characters);
    }
    Award__Material *material =
        material_file_read(kind, path_of(import, name), issuer, import->arena, &error);
    if (material == NULL) {
        import_problem(import, column, error.zh, error.en);
    } else if (material_file_measured(kind)) {
        characters_compare(import, material, characters);
    }
    return material;
}

static void material_add(Award__ApplicationSubmitted *form, Award__Material *material)
{
    if (material != NULL) {
        form->materials[form->n_materials++] = material;
    }
}

static void proofs_add(struct import *import, Award__ApplicationSubmitted *form)
{
    char **list = NULL;
    size_t count = import_list(import, EVIDENCE, &list);
    for (size_t i = 0; i < count && form->n_materials < LIMIT_LIST_ELEMENTS; i++) {
        char *equals = strchr(list[i], '=');
        if (equals == NULL || equals == list[i] || equals[1] == '\0') {
            import_problem(import, EVIDENCE, "证明应写作“出具部门=文件”，多份之间用分号",
                           "write a proof as ISSUER=FILE, several with ; between them");
            return;
        }
        *equals = '\0';
        Award__Material *material = material_read(
            import, EVIDENCE, 0, AWARD__MATERIAL__KIND__evidence, equals + 1, list[i]);
        if (material != NULL && material->issuer == NULL) {
            material->issuer = list[i];
        }
        material_add(form, material);
    }
}

static void materials_add(struct import *import, Award__ApplicationSubmitted *form)
{
    static const struct {
        size_t column;
        size_t characters;
        Award__Material__Kind kind;
    } rows[] = {
        {FORM,    0,                  AWARD__MATERIAL__KIND__application_form      },
        {PROFILE, PROFILE_CHARACTERS, AWARD__MATERIAL__KIND__organisation_profile  },
        {REPORT,  REPORT_CHARACTERS,  AWARD__MATERIAL__KIND__self_evaluation_report},
    };
    form->materials = arena_alloc(import->arena, LIMIT_LIST_ELEMENTS * sizeof(Award__Material *));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *name = import_cell(import, rows[i].column);
        if (name != NULL) {
            material_add(form, material_read(import, rows[i].column, rows[i].characters,
                                             rows[i].kind, name, NULL));
        }
    }
    proofs_add(import, form);
}

// ---- The enterprise

// What a row says of its enterprise.
static Award__EnterpriseRegistered *particulars_read(struct import *import, char *code)
{
    Award__EnterpriseRegistered *read = arena_alloc(import->arena, sizeof(*read));
    bool legal_person;
    award__enterprise_registered__init(read);
    read->enterprise = code;
    read->name = import_text(import, NAME);
    read->region = import_division(import, REGION);
    read->district = import_division(import, DISTRICT);
    read->industry = import_industry(import, INDUSTRY);
    read->operating_since = import_day(import, OPERATING_SINCE);
    if (import_yes(import, LEGAL_PERSON, &legal_person)) {
        read->has_legal_person = 1;
        read->legal_person = legal_person;
    }
    return read;
}

static void needed(struct import *import, size_t column, bool there)
{
    if (!there && import_cell(import, column) == NULL) {
        import_problem(import, column, "企业尚未登记，须填写这一项",
                       "the enterprise is not registered yet: this is needed");
    }
}

static void whole_check(struct import *import, const Award__EnterpriseRegistered *read)
{
    needed(import, NAME, read->name != NULL);
    needed(import, REGION, read->region != NULL);
    needed(import, DISTRICT, read->district != NULL);
    needed(import, INDUSTRY, read->industry != NULL);
    needed(import, LEGAL_PERSON, read->has_legal_person);
    needed(import, OPERATING_SINCE, read->operating_since != NULL);
}

static void same_check(struct import *import, size_t column, bool same, const char *registered)
{
    if (!same) {
        import_problem(
            import, column,
            arena_format(import->arena, "登记的是 %s；请改表，或先用 enterprise_changed 更正登记",
                         registered),
            arena_format(import->arena,
                         "%s is registered; change the table, or the record by enterprise_changed",
                         registered));
    }
}

static void text_compare(struct import *import, size_t column, const char *stated,
                         const char *registered)
{
    const char *known = registered != NULL ? registered : "";
    same_check(import, column, stated == NULL || strcmp(stated, known) == 0, known);
}

static void record_compare(struct import *import, const Award__EnterpriseRegistered *read,
                           const Award__Enterprise *known)
{
    text_compare(import, NAME, read->name, known->name);
    text_compare(import, REGION, read->region, known->region);
    text_compare(import, DISTRICT, read->district, known->district);
    text_compare(import, INDUSTRY, read->industry, known->industry);
    same_check(import, LEGAL_PERSON,
               !read->has_legal_person || read->legal_person == known->legal_person,
               known->legal_person ? "是 yes" : "否 no");
    bool same_day = read->operating_since == NULL || known->operating_since == NULL ||
                    read->operating_since->number == known->operating_since->number;
    same_check(import, OPERATING_SINCE, same_day, "另一天 another day");
}

// Registered by an earlier row of this file.
static bool registered_here(const struct import *import, const char *code)
{
    for (size_t i = 0; i < import->lines_count; i++) {
        const Award__Event *event = import->lines[i].event;
        if (event->body_case == AWARD__EVENT__BODY_ENTERPRISE_REGISTERED &&
            strcmp(event->enterprise_registered->enterprise, code) == 0) {
            return true;
        }
    }
    return false;
}

// The event that registers it, or NULL where it is registered.
static Award__Event *registration(struct import *import, char *code)
{
    Award__EnterpriseRegistered *read = particulars_read(import, code);
    const Award__Enterprise *known = import->office->enterprise(import->office->context, code);
    if (known != NULL) {
        record_compare(import, read, known);
        return NULL;
    }
    if (registered_here(import, code)) {
        return NULL;
    }
    whole_check(import, read);
    Award__Event *event = arena_alloc(import->arena, sizeof(*event));
    award__event__init(event);
    event->body_case = AWARD__EVENT__BODY_ENTERPRISE_REGISTERED;
    event->enterprise_registered = read;
    return event;
}

static void row_take(struct import *import)
{
    Award__ApplicationSubmitted *form = arena_alloc(import->arena, sizeof(*form));
    Award__Event *event = arena_alloc(import->arena, sizeof(*event));
    award__application_submitted__init(form);
    award__event__init(event);
    form->cycle = import_name(import, CYCLE);
    form->enterprise = import_code(import, ENTERPRISE);
    materials_add(import, form);
    form->electronic_receipt = import_moment(import, ELECTRONIC);
    form->paper_receipt = import_moment(import, PAPER);
    event->body_case = AWARD__EVENT__BODY_APPLICATION_SUBMITTED;
    event->application_submitted = form;
    Award__Event *first = form->enterprise != NULL ? registration(import, form->enterprise) : NULL;
    if (!import_row_good(import)) {
        return;
    }
    if (first != NULL) {
        import_emit(import, first, NULL);
    }
    import_emit(import, event, NULL);
}

const struct import_kind import_applications = {
    .name = "applications",
    .zh = "企业申报",
    .en = "applications",
    .columns = columns,
    .columns_count = sizeof(columns) / sizeof(columns[0]),
    .row = row_take,
};
