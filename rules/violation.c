// violation - what an enterprise did, or won, that bars it: before this system, or in a selection
//
// 12(2): misrepresentation or another violation bars at once, whatever the stage; the case falls at
// its next test. 12(3) and 12(4) are entered here only for what lies before this system; what
// happens in it enters them itself.
#include "rules/bars.h"
#include "rules/decide.h"
#include "rules/messages.h"
#include "rules/notes.h"
#include "rules/rulebook_choice.h"
#include "rules/selecting.h"
#include "rules/tasks.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

static bool violation_bars(Award__Violation__Kind kind)
{
    return kind == AWARD__VIOLATION__KIND__misrepresentation ||
           kind == AWARD__VIOLATION__KIND__violation;
}

static const char *violation_name(Award__Violation__Kind kind)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&award__violation__kind__descriptor, (int)kind);
    return value != NULL ? value->name : "?";
}

// ---- Before this system

static void earlier_bars(struct deciding *d, const Award__EarlierRecord *e, int32_t on,
                         const struct rulebook *rulebook)
{
    static const char source[] = "earlier";
    switch ((int)e->what_case) {
    case AWARD__EARLIER_RECORD__WHAT_HONOUR:
        if (e->honour == AWARD__HONOUR__KIND__award) { // decision 5: a nomination bars nothing
            bar_add(d, e->enterprise, "12(3)", on, rulebook->laureate_bar_years, source);
        }
        break;
    case AWARD__EARLIER_RECORD__WHAT_VIOLATION:
        if (violation_bars(e->violation)) {
            bar_add(d, e->enterprise, "12(2)", on, rulebook->violation_bar_years, source);
        }
        break;
    default:
        assert(e->what_case == AWARD__EARLIER_RECORD__WHAT_REVOCATION);
        if (e->revocation == AWARD__HONOUR__KIND__award) { // 21 names the award only
            bar_add(d, e->enterprise, "12(4)", on, rulebook->revocation_bar_years, source);
        }
        break;
    }
}

bool decide_earlier_record(struct deciding *d)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    if (e->what_case == AWARD__EARLIER_RECORD__WHAT__NOT_SET) {
        return reject(d, "field_missing", "form", "请写明 honour、violation、revocation 三者之一。",
                      "Name one of honour, violation and revocation.");
    }
    if (enterprise_get(d, e->enterprise) == NULL) {
        return reject(d, "no_such_enterprise", "order",
                      say(d, "企业 %s 尚未登记；请先登记，或核对信用代码。", e->enterprise),
                      say(d, "Enterprise %s is not registered; register it, or check the code.",
                          e->enterprise));
    }
    int32_t on;
    const struct rulebook *rulebook = rulebook_in_force(d);
    if (rulebook == NULL) {
        return no_rulebook(d);
    }
    if (!stated_day(d, e->on, "on", &on)) {
        return false;
    }
    earlier_bars(d, e, on, rulebook);
    note_put(d, e->enterprise, e->proof, on);
    return true;
}

// ---- In a selection

// After the deliberation nothing is tested again by itself: the office is told at once.
static void late_knowledge_tell(struct deciding *d, const Award__Case *c, const char *text)
{
    if (!deliberation_over(d->rulebook, c->stage)) {
        return;
    }
    const struct fact facts[] = {
        {"case",  c->case_   },
        {"cycle", c->cycle   },
        {"what",  "violation"},
        {"text",  text       },
        {NULL,    NULL       },
    };
    message_to_roles(d, ROLE(office), AWARD__TEMPLATE__NAME__late_knowledge, c, facts);
}

// F-violation-1
bool decide_violation_confirmed(struct deciding *d)
{
    const Award__ViolationConfirmed *e = d->event->violation_confirmed;
    Award__Case *c = d->c;
    assert(c != NULL && d->rulebook != NULL);
    if (!case_move(d, c, GUARD_NONE)) {
        return false;
    }
    if (violation_bars(e->kind)) {
        bar_add(d, c->enterprise, "12(2)", d->today, d->rulebook->violation_bar_years, c->case_);
    }
    concerns(d, c->enterprise);
    const char *text = say(d, "%s: %s", violation_name(e->kind), e->proof);
    note_put(d, c->case_, text, d->today);
    if (stage_in(c->stage, STAGES_HONOURED)) {
        // The version moves with each such event: one asking never hides another.
        task_queue(d, AWARD__TASK_KIND__NAME__check_grounds, c->case_, "violation",
                   (uint32_t)c->version, c);
    }
    late_knowledge_tell(d, c, text);
    return true;
}
