// conferral - medals and certificates are given, and the cycle ends (16(10), 5, 7, 9)
#include "common/limits.h"
#include "rules/decide.h"
#include "rules/parts.h"
#include "rules/selecting.h"
#include "rules/serials.h"

#include <string.h>

// ---- Numbers of medals and certificates, never used twice

static bool number_free(struct deciding *d, const Award__Case *c, Award__Serial__Kind kind,
                        const char *number)
{
    const char *zh = kind == AWARD__SERIAL__KIND__medal ? "奖章" : "证书";
    const char *en = kind == AWARD__SERIAL__KIND__medal ? "medal" : "certificate";
    if (!serial_sound(number)) {
        reject_part(d, c->case_, "bad_identifier", "form",
                    say(d, "案件 %s 的%s编号应为 1 至 %d 字节、不含空白。", c->case_, zh,
                        (int)LIMIT_ID_BYTES),
                    say(d, "The number of the %s of case %s must be 1 to %d bytes without blanks.",
                        en, c->case_, (int)LIMIT_ID_BYTES));
        return false;
    }
    const Award__Serial *used = serial_used(d, kind, number);
    if (used == NULL) {
        return true;
    }
    reject_part(
        d, c->case_, "number_used", "16(10)",
        say(d, "%s编号 %s 已用于案件 %s；请核对。", zh, number, used->case_),
        say(d, "The number %s of a %s belongs to case %s; check it.", number, en, used->case_));
    return false;
}

// ---- Conferral

static bool conferral_check(struct deciding *d, const Award__Cycle *cycle, int32_t *on)
{
    if (cycle->published_on == NULL) {
        return reject(
            d, "not_published", "order", say(d, "年度 %s 的结果尚未公布，不能颁奖。", cycle->cycle),
            say(d, "The result of %s is not published yet; that comes first.", cycle->cycle));
    }
    if (!stated_day(d, d->event->conferral_held->on, "on", on)) {
        return false;
    }
    if (*on >= cycle->published_on->number) {
        return true;
    }
    return reject(d, "before_publication", "order",
                  say(d, "颁奖日期 %s 早于公布日期 %s；请核对。", day_text(d, *on),
                      day_text(d, cycle->published_on->number)),
                  say(d, "The day of the conferral, %s, lies before the publication, %s; check it.",
                      day_text(d, *on), day_text(d, cycle->published_on->number)));
}

// Decision 18: where there is prize money, the conferral says whether it was paid, for what was
// paid is recovered after a revocation.
static bool prize_check(struct deciding *d, const Award__Case *c,
                        const Award__ConferralHeld__Given *given)
{
    bool award = c->honour->kind == AWARD__HONOUR__KIND__award;
    uint32_t prize = rulebook_prize(d->rulebook, award);
    if (prize == 0 && given->prize_paid) {
        reject_part(d, c->case_, "no_prize", "policy",
                    say(d, "“%s”没有奖金；请去掉案件 %s 的字段 prize_paid。",
                        rulebook_honour_zh(d->rulebook, award), c->case_),
                    say(d, "There is no prize money with the %s; leave out prize_paid of case %s.",
                        rulebook_honour_en(d->rulebook, award), c->case_));
        return false;
    }
    if (prize > 0 && !given->has_prize_paid) {
        reject_part(d, c->case_, "field_missing", "form",
                    say(d, "案件 %s 应写明 %u 元奖金是否已发放（prize_paid: true 或 false）。",
                        c->case_, prize),
                    say(d, "Say whether the prize of %u yuan of case %s was paid (prize_paid).",
                        prize, c->case_));
        return false;
    }
    return true;
}

static bool case_confer(struct deciding *d, Award__Case *c,
                        const Award__ConferralHeld__Given *given, int32_t on)
{
    serial_take(d, c, AWARD__SERIAL__KIND__medal, given->medal);
    serial_take(d, c, AWARD__SERIAL__KIND__certificate, given->certificate);
    c->honour->medal = given->medal;
    c->honour->certificate = given->certificate;
    c->honour->conferred_on = day_make(d, on);
    if (given->prize_paid) {
        bool award = c->honour->kind == AWARD__HONOUR__KIND__award;
        SET(c->honour, prize, rulebook_prize(d->rulebook, award));
    }
    return case_move(d, c, GUARD_NONE);
}

bool decide_conferral_held(struct deciding *d)
{
    const Award__ConferralHeld *e = d->event->conferral_held;
    const Award__Cycle *cycle = cycle_known(d, e->cycle);
    int32_t on = 0;
    if (cycle == NULL || !conferral_check(d, cycle, &on)) {
        return false;
    }
    size_t admitted = 0;
    for (size_t i = 0; i < e->n_given; i++) {
        const Award__ConferralHeld__Given *given = e->given[i];
        Award__Case *c = case_listed(d, cycle, given->case_, STAGE(honoured));
        if (c == NULL || !number_free(d, c, AWARD__SERIAL__KIND__medal, given->medal) ||
            !number_free(d, c, AWARD__SERIAL__KIND__certificate, given->certificate) ||
            !prize_check(d, c, given)) {
            continue;
        }
        if (!case_confer(d, c, given, on)) {
            return false;
        }
        admitted++;
    }
    return parts_remain(d, admitted);
}

// ---- The end

// Three bodies are dissolved when the selection has ended. It moves no case and forbids nothing.
// F-closed-1; 5s2, 7s1, 9s1: the three bodies are dissolved
bool decide_cycle_closed(struct deciding *d)
{
    static const struct {
        const char *part;
        const char *article;
        const char *text;
    } bodies[] = {
        {"selection_committee",   "5", "评选委员会解散 / the selection committee is dissolved"},
        {"review_committee",      "7", "评审委员会解散 / the review committee is dissolved"   },
        {"supervision_committee", "9",
         "评审监督委员会解散 / the supervision committee is dissolved"                      },
    };
    Award__Cycle *cycle = cycle_named(d, d->event->cycle_closed->cycle);
    if (cycle == NULL) {
        return false;
    }
    if (cycle->closed) {
        return reject(d, "already_closed", "order",
                      say(d, "年度 %s 的评选已经结束。", cycle->cycle),
                      say(d, "Cycle %s is closed already.", cycle->cycle));
    }
    SET(cycle, closed, 1);
    cycle_put(d, cycle, "5");
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        cycle_note(d, cycle->cycle, bodies[i].part, bodies[i].text, bodies[i].article);
    }
    return true;
}
