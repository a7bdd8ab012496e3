// violation - what an enterprise did in a selection, found outside a halt or an objection (12(2))
//
// Misrepresentation or another violation bars at once, whatever the stage; the case falls at its
// next test. What lies before this system stands in earlier.c.
#include "rules/bars.h"
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/messages.h"
#include "rules/notes.h"
#include "rules/selecting.h"

#include <assert.h>
#include <string.h>

static const char *violation_name(Award__Violation__Kind kind)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&award__violation__kind__descriptor, (int)kind);
    return value != NULL ? value->name : "?";
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
    grounds_ask(d, c, grounds_violation);
    late_knowledge_tell(d, c, text);
    return true;
}
