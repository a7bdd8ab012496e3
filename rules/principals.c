// principals - who may send events, and with which keys
//
// Enrolment, a change and a key wait for a countersignature (events.c): when these functions run, a
// second person has signed. Taking a key away needs nobody else and holds at once.
#include "rules/decide.h"
#include "rules/setup.h"

#include "common/limits.h"

#include <string.h>

enum { KEY_CHARACTERS = 40, DIVISION_DIGITS = 6 };

static const char key_alphabet[] =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"; // Z85

static const char name_alphabet[] =
    "abcdefghijklmnopqrstuvwxyz0123456789-"; // as in the people file

static bool key_form_check(struct deciding *d, const char *key)
{
    if (strlen(key) == KEY_CHARACTERS && strspn(key, key_alphabet) == KEY_CHARACTERS) {
        return true;
    }
    return reject(d, "bad_key", "form",
                  say(d, "公钥应为 %d 个 Z85 字符；请用 awardctl key new 生成。", KEY_CHARACTERS),
                  say(d, "A public key has %d characters of Z85; make one with awardctl key new.",
                      KEY_CHARACTERS));
}

// A district bureau is one of a district, an enterprise's person one of an enterprise.
static bool scope_fits(const Award__Principal *principal)
{
    switch ((int)principal->role) {
    case AWARD__ROLE__NAME__district_bureau:
        return principal->scope != NULL && strlen(principal->scope) == DIVISION_DIGITS &&
               strspn(principal->scope, "0123456789") == DIVISION_DIGITS;
    case AWARD__ROLE__NAME__enterprise:
        return !text_blank(principal->scope) && strlen(principal->scope) <= LIMIT_ID_BYTES;
    default:
        return true;
    }
}

static bool principal_check(struct deciding *d, const Award__Principal *principal)
{
    if (!principal->has_role || principal->role == AWARD__ROLE__NAME__coordinator) {
        return reject(d, "bad_role", "authority",
                      say(d, "%s 的角色不能登记；请选用细则中的角色。", principal->name),
                      say(d, "%s cannot be given this role; choose one of the regulation's.",
                          principal->name));
    }
    if (!scope_fits(principal)) {
        return reject(d, "bad_scope", "form",
                      say(d, "%s（%s）须有范围：区县为 6 位区划代码，企业为信用代码。",
                          principal->name, role_zh(principal->role)),
                      say(d,
                          "%s (%s) needs a scope: a district its division code, an enterprise "
                          "its credit code.",
                          principal->name, role_name(principal->role)));
    }
    return true;
}

static bool no_such_principal(struct deciding *d, const char *name)
{
    return reject(d, "no_such_principal", "order", say(d, "没有登记过 %s；请先登记。", name),
                  say(d, "%s is not enrolled; enrol the person first.", name));
}

bool principal_admit(struct deciding *d, const Award__PrincipalEnrolled *e)
{
    if (text_blank(e->name) || strlen(e->name) > LIMIT_ID_BYTES ||
        strspn(e->name, name_alphabet) != strlen(e->name)) {
        return reject(d, "bad_identifier", "form",
                      say(d, "人员标识应为 1 至 %d 个小写字母、数字或 -。", LIMIT_ID_BYTES),
                      say(d, "A principal's name has 1 to %d of a-z, 0-9 and -.", LIMIT_ID_BYTES));
    }
    if (principal_get(d, e->name) != NULL) {
        return reject(d, "already_enrolled", "order",
                      say(d, "%s 已经登记；更改请用 principal_changed。", e->name),
                      say(d, "%s is enrolled; use principal_changed.", e->name));
    }
    Award__Principal *principal = NEW(d, Award__Principal, award__principal);
    principal->name = e->name;
    principal->has_role = e->has_role;
    principal->role = e->role;
    principal->scope = e->scope;
    principal->full_name = !text_blank(e->full_name) ? e->full_name : e->name;
    if (!principal_check(d, principal)) {
        return false;
    }
    concerns(d, e->name);
    principal_put(d, principal, "policy");
    return true;
}

bool decide_principal_enrolled(struct deciding *d)
{
    return principal_admit(d, d->event->principal_enrolled);
}

bool principal_change_widens(struct deciding *d, const Award__PrincipalChanged *e)
{
    const Award__Principal *principal = principal_get(d, e->name);
    const char *scope = principal != NULL && principal->scope != NULL ? principal->scope : "";
    return principal == NULL || (e->has_role && e->role != principal->role) ||
           (!text_blank(e->scope) && strcmp(e->scope, scope) != 0);
}

bool decide_principal_changed(struct deciding *d)
{
    const Award__PrincipalChanged *e = d->event->principal_changed;
    Award__Principal *principal = principal_get(d, e->name);
    if (principal == NULL) {
        return no_such_principal(d, e->name);
    }
    if (e->has_role) {
        SET(principal, role, e->role);
    }
    if (!text_blank(e->scope)) {
        principal->scope = e->scope;
    }
    if (!text_blank(e->full_name)) {
        principal->full_name = e->full_name;
    }
    if (!principal_check(d, principal)) {
        return false;
    }
    concerns(d, e->name);
    principal_put(d, principal, "policy");
    return true;
}

bool key_admit(struct deciding *d, const Award__KeyEnrolled *e)
{
    if (!key_form_check(d, e->public_key != NULL ? e->public_key : "")) {
        return false;
    }
    if (text_blank(e->name) || principal_get(d, e->name) == NULL) {
        return no_such_principal(d, text_blank(e->name) ? "-" : e->name);
    }
    if (key_get(d, e->public_key) != NULL) {
        return reject(d, "key_taken", "order",
                      say(d, "公钥 %s 已登记过；请另生成一把。", e->public_key),
                      say(d, "The key %s was enrolled before; make another.", e->public_key));
    }
    Award__Key *key = NEW(d, Award__Key, award__key);
    key->public_key = e->public_key;
    key->principal = e->name;
    SET(key, revoked, 0);
    concerns(d, e->name);
    key_put(d, key, "policy");
    return true;
}

bool decide_key_enrolled(struct deciding *d)
{
    return key_admit(d, d->event->key_enrolled);
}

bool decide_key_revoked(struct deciding *d)
{
    const Award__KeyRevoked *e = d->event->key_revoked;
    if (!key_form_check(d, e->public_key)) {
        return false;
    }
    Award__Key *key = key_get(d, e->public_key);
    if (key == NULL || key->revoked) {
        return reject(
            d, "no_such_key", "order",
            say(d, "公钥 %s 未登记，或已吊销；用 awardctl key list 查看。", e->public_key),
            say(d,
                "The key %s is not enrolled, or revoked already; see awardctl key "
                "list.",
                e->public_key));
    }
    SET(key, revoked, 1);
    concerns(d, key->principal);
    key_put(d, key, "policy");
    return true;
}
