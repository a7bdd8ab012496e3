// materials - what an application consists of (13, 14)
#include "rules/materials.h"

#include "rules/decide.h"

#include <assert.h>
#include <string.h>

enum { DIGEST_CHARACTERS = 64, KINDS = AWARD__MATERIAL__KIND__evidence + 1 };

struct kind_row {
    const char *zh;
    const char *en;
    const char *article;
    bool one;      // there is one of it
    bool measured; // 13 limits its 字数
};

static const struct kind_row kinds[KINDS] = {
    [AWARD__MATERIAL__KIND__application_form] = {"申报表",          "application form",       "13",    true,  false},
    [AWARD__MATERIAL__KIND__organisation_profile] = {"组织简介",       "organisation profile",   "13(2)",
                                                 true,                                                           true },
    [AWARD__MATERIAL__KIND__self_evaluation_report] = {"自我评价报告", "self-evaluation report",
                                                 "13(3)",                                                 true,  true },
    [AWARD__MATERIAL__KIND__evidence] = {"证实性材料",    "evidence",               "13(4)", false, false},
};

static const struct kind_row *kind_row(const Award__Material *material)
{
    size_t kind = (size_t)material->kind;
    assert(kind < KINDS && kinds[kind].zh != NULL);
    return &kinds[kind];
}

static bool digest_sound(const char *digest)
{
    return digest != NULL && strlen(digest) == DIGEST_CHARACTERS &&
           strspn(digest, "0123456789abcdefABCDEF") == DIGEST_CHARACTERS;
}

static bool material_form_check(struct deciding *d, const Award__Material *material)
{
    if (!material->has_kind || !digest_sound(material->digest)) {
        return reject(d, "bad_material", "form",
                      "每份材料须有种类（kind）和 SHA-256 摘要（digest，64 位十六进制）。",
                      "Each material needs a kind and a digest, the SHA-256 in 64 hex digits.");
    }
    const struct kind_row *row = kind_row(material);
    if (row->measured && !material->has_characters) {
        return reject(d, "characters_missing", row->article,
                      say(d, "%s须写明字数（characters）。", row->zh),
                      say(d, "The %s has to say its number of characters.", row->en));
    }
    return true;
}

bool materials_form_check(struct deciding *d, size_t count, Award__Material *const *materials)
{
    bool seen[KINDS] = {false};
    for (size_t i = 0; i < count; i++) {
        if (!material_form_check(d, materials[i])) {
            return false;
        }
        const struct kind_row *row = kind_row(materials[i]);
        if (row->one && seen[materials[i]->kind]) {
            return reject(d, "material_twice", "form",
                          say(d, "%s只能有一份；请保留一份。", row->zh),
                          say(d, "There is one %s only; keep one.", row->en));
        }
        seen[materials[i]->kind] = true;
    }
    return true;
}

// 13(2), 13(3)
static uint32_t characters_max(const struct rulebook *rulebook, Award__Material__Kind kind)
{
    return kind == AWARD__MATERIAL__KIND__organisation_profile
               ? rulebook->profile_characters_max
               : rulebook->self_evaluation_characters_max;
}

Award__Reason *material_test(struct deciding *d, const struct rulebook *rulebook,
                             const Award__Material *material)
{
    const struct kind_row *row = kind_row(material);
    uint32_t most = characters_max(rulebook, material->kind);
    if (row->measured && material->characters > most) {
        return reason_make(
            d, "material_too_long", row->article,
            say(d, "%s %u 字，超过 %u 字；请精简后重新提交。", row->zh, material->characters, most),
            say(d, "The %s has %u characters, more than %u; shorten it.", row->en,
                material->characters, most));
    }
    if (material->kind == AWARD__MATERIAL__KIND__evidence && text_blank(material->issuer)) {
        const char *title = text_blank(material->title) ? material->digest : material->title;
        return reason_make(
            d, "issuer_missing", "14", say(d, "证明“%s”没有出具部门；请写明市级出具部门。", title),
            say(d, "The proof \"%s\" has no issuer; name the municipal department.", title));
    }
    return NULL;
}

// 13s1, 13(2), 13(3), 13(4), 14
void materials_test(struct deciding *d, const struct rulebook *rulebook, size_t count,
                    Award__Material *const *materials, size_t *n_reasons, Award__Reason ***reasons)
{
    bool seen[KINDS] = {false};
    for (size_t i = 0; i < count; i++) {
        seen[materials[i]->kind] = true;
        const Award__Reason *reason = material_test(d, rulebook, materials[i]);
        if (reason != NULL) {
            list_add(d, n_reasons, reasons, reason);
        }
    }
    for (size_t kind = AWARD__MATERIAL__KIND__application_form; kind < KINDS; kind++) {
        if (!seen[kind]) {
            list_add(
                d, n_reasons, reasons,
                reason_make(d, "material_missing", "13",
                            say(d, "申报材料缺少%s；请补齐后重新申报。", kinds[kind].zh),
                            say(d, "The %s is missing; add it and apply again.", kinds[kind].en)));
        }
    }
}

// ---- Supplements (policy): until closing, what they replace stays on record

bool material_replaces(const Award__Material *now, const Award__Material *before)
{
    if (now->kind != before->kind) {
        return false;
    }
    if (kind_row(now)->one) {
        return true;
    }
    return !text_blank(now->title) && before->title != NULL &&
           strcmp(now->title, before->title) == 0;
}

static void material_enter(struct deciding *d, Award__Case *c, Award__Material *material)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->n_materials; i++) {
        if (material_replaces(material, c->materials[i])) {
            LIST_ADD(d, c, replaced_materials, c->materials[i]);
        } else {
            c->materials[kept++] = c->materials[i];
        }
    }
    c->n_materials = kept;
    LIST_ADD(d, c, materials, material);
}

bool decide_material_supplemented(struct deciding *d)
{
    Award__Material *material = d->event->material_supplemented->material;
    const Award__Cycle *cycle = cycle_look(d, d->c->cycle);
    assert(cycle != NULL && d->rulebook != NULL);
    if (d->now_ms > cycle->opened->closing->ms) {
        return reject(d, "closed_for_applications", "16(2)",
                      say(d, "申报已于 %s 截止，不能再补充材料。",
                          moment_text(d, cycle->opened->closing->ms)),
                      say(d, "Applications closed at %s; materials can no longer be added.",
                          moment_text(d, cycle->opened->closing->ms)));
    }
    if (!material_form_check(d, material)) {
        return false;
    }
    const Award__Reason *reason = material_test(d, d->rulebook, material);
    if (reason != NULL) {
        return reject(d, reason->code, reason->article, reason->zh, reason->en);
    }
    material_enter(d, d->c, material);
    return case_move(d, d->c, GUARD_NONE);
}
