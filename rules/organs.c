// organs - in whose name an event is entered by somebody else (decision 30)
#include "rules/organs.h"

#define EVENT(name) AWARD__EVENT__BODY_##name
#define OF(name) AWARD__ROLE__NAME__##name

// clang-format off
static const struct {
    Award__Event__BodyCase event;
    Award__Role__Name entered_by;
    Award__Role__Name organ;
} table[] = {
    // event, entered by, whose act it is; article
    {EVENT(APPLICATION_SUBMITTED),         OF(office), OF(enterprise)},          // 16(2)
    {EVENT(PAPER_RECEIVED),                OF(office), OF(enterprise)},          // 16(2)
    {EVENT(MATERIAL_SUPPLEMENTED),         OF(office), OF(enterprise)},
    {EVENT(APPLICATION_WITHDRAWN),         OF(office), OF(enterprise)},
    {EVENT(TEAM_DRAWN),                    OF(office), OF(review_committee)},    // 8
    {EVENT(CONFLICT_DECLARED),             OF(office), OF(reviewer)},
    {EVENT(LEADERS_MEETING),               OF(office), OF(review_committee)},    // 16(5).4
    {EVENT(REVIEW_REPORTED),               OF(office), OF(review_committee)},    // 7(3)
    {EVENT(OBJECTION_FILED),               OF(office), OF(public)},              // 16(7).3
    {EVENT(COMPLAINT_FILED),               OF(office), OF(public)},              // 6(4)
    {EVENT(DELIBERATION_HELD),             OF(office), OF(selection_committee)}, // 16(8)
    {EVENT(GOVERNMENT_DECIDED),            OF(office), OF(government)},          // 16(9)
    {EVENT(MAYOR_SIGNED),                  OF(office), OF(government)},          // 16(9)
    {EVENT(RESULT_PUBLISHED),              OF(office), OF(government)},          // 16(9)
    {EVENT(REVOCATION_DECIDED),            OF(office), OF(government)},          // 20
    {EVENT(EXPERIENCE_SHARED),             OF(office), OF(enterprise)},          // 17
    {EVENT(SELF_EVALUATION_SUBMITTED),     OF(office), OF(enterprise)},          // 18
    {EVENT(INCIDENT_REPORTED_BY_LAUREATE), OF(bureau), OF(enterprise)},          // 19
};
// clang-format on

Award__Role__Name organ_of(const Award__Event *event, Award__Role__Name sender)
{
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i].event == event->body_case && table[i].entered_by == sender) {
            return table[i].organ;
        }
    }
    return (Award__Role__Name)0;
}
