// decide - the functions that decide the events, one for each row of events.c
//
// Each takes what is being decided (rules/deciding.h) and returns false when it rejected the event.
#pragma once

#include "rules/deciding.h"

// Setting up
bool decide_principal_enrolled(struct deciding *d);
bool decide_principal_changed(struct deciding *d);
bool decide_key_enrolled(struct deciding *d);
bool decide_key_revoked(struct deciding *d);
bool decide_countersigned(struct deciding *d);
bool decide_countersign_declined(struct deciding *d);
bool decide_rulebook_loaded(struct deciding *d);
bool decide_alert_policy_loaded(struct deciding *d);
bool decide_calendar_loaded(struct deciding *d);
bool decide_clock_set(struct deciding *d);
bool decide_enterprise_registered(struct deciding *d);
bool decide_enterprise_changed(struct deciding *d);
bool decide_predecessor_linked(struct deciding *d);
bool decide_earlier_record(struct deciding *d);
bool decide_sampling_recorded(struct deciding *d);
bool decide_accident_recorded(struct deciding *d);
bool decide_liability_established(struct deciding *d);
bool decide_violation_confirmed(struct deciding *d);
bool decide_reviewer_added(struct deciding *d);
bool decide_reviewer_removed(struct deciding *d);
bool decide_reviewer_changed(struct deciding *d);
bool decide_duty_changed(struct deciding *d);
bool decide_absence_recorded(struct deciding *d);
bool decide_address_changed(struct deciding *d);

// A cycle opens, enterprises apply
bool decide_cycle_opened(struct deciding *d);
bool decide_cycle_changed(struct deciding *d);
bool decide_application_submitted(struct deciding *d);
bool decide_paper_received(struct deciding *d);
bool decide_material_supplemented(struct deciding *d);
bool decide_conditions_verified(struct deciding *d);
bool decide_recommendation_given(struct deciding *d);
bool decide_application_accepted(struct deciding *d);
bool decide_application_withdrawn(struct deciding *d);

// Review
bool decide_draw_announced(struct deciding *d);
bool decide_team_drawn(struct deciding *d);
bool decide_member_replaced(struct deciding *d);
bool decide_conflict_declared(struct deciding *d);
bool decide_confidentiality_declared(struct deciding *d);
bool decide_plan_submitted(struct deciding *d);
bool decide_plan_approved(struct deciding *d);
bool decide_independent_sheet(struct deciding *d);
bool decide_consensus_sheet(struct deciding *d);
bool decide_sheets_compared(struct deciding *d);
bool decide_feedback_sent(struct deciding *d);
bool decide_defence_scheduled(struct deciding *d);
bool decide_defence_opened(struct deciding *d);
bool decide_defence_score(struct deciding *d);
bool decide_defence_closed(struct deciding *d);
bool decide_visit_scheduled(struct deciding *d);
bool decide_visit_opened(struct deciding *d);
bool decide_visit_sheet(struct deciding *d);
bool decide_halted(struct deciding *d);
bool decide_halt_decided(struct deciding *d);
bool decide_not_held(struct deciding *d);
bool decide_leaders_meeting(struct deciding *d);

// Selecting
bool decide_review_reported(struct deciding *d);
bool decide_selection_started(struct deciding *d);
bool decide_ranking_computed(struct deciding *d);
bool decide_tie_decided(struct deciding *d);
bool decide_publicity_started(struct deciding *d);
bool decide_publicity_extended(struct deciding *d);
bool decide_objection_filed(struct deciding *d);
bool decide_complaint_filed(struct deciding *d);
bool decide_complaint_linked(struct deciding *d);
bool decide_objection_decided(struct deciding *d);
bool decide_deliberation_held(struct deciding *d);
bool decide_government_decided(struct deciding *d);
bool decide_mayor_signed(struct deciding *d);
bool decide_result_published(struct deciding *d);
bool decide_conferral_held(struct deciding *d);
bool decide_cycle_closed(struct deciding *d);

// Afterwards
bool decide_experience_shared(struct deciding *d);
bool decide_self_evaluation_submitted(struct deciding *d);
bool decide_incident_reported_by_laureate(struct deciding *d);
bool decide_incident_recorded(struct deciding *d);
bool decide_grounds_checked(struct deciding *d);
bool decide_papers_drafted(struct deciding *d);
bool decide_revocation_opened(struct deciding *d);
bool decide_revocation_verified(struct deciding *d);
bool decide_revocation_decided(struct deciding *d);
bool decide_medal_returned(struct deciding *d);
bool decide_certificate_returned(struct deciding *d);
bool decide_prize_returned(struct deciding *d);
bool decide_revocation_published(struct deciding *d);
bool decide_accountability_recorded(struct deciding *d);

// Around it
bool decide_supervision_finding(struct deciding *d);
bool decide_suggestion(struct deciding *d);
bool decide_alert_acknowledged(struct deciding *d);
bool decide_alert_snoozed(struct deciding *d);
bool decide_alert_assigned(struct deciding *d);
bool decide_message_tried(struct deciding *d);
bool decide_message_delivered(struct deciding *d);
bool decide_message_failed(struct deciding *d);
bool decide_task_failed(struct deciding *d);
bool decide_correction(struct deciding *d);

// What of a correction is tested already before it waits for its countersignature.
bool correction_check(struct deciding *d);

bool decide_deadline_suspended(struct deciding *d);
bool decide_deadline_resumed(struct deciding *d);
bool decide_deadline_extended(struct deciding *d);

// The coordinator's own
bool decide_database_created(struct deciding *d);
bool decide_started(struct deciding *d);
bool decide_stopped(struct deciding *d);
bool decide_deadline_due(struct deciding *d);
bool decide_alert_due(struct deciding *d);
bool decide_message_sealed(struct deciding *d);
bool decide_self_evaluation_year_began(struct deciding *d);
bool decide_deadlines_recomputed(struct deciding *d);
bool decide_snooze_ended(struct deciding *d);
bool decide_database_restored(struct deciding *d);
bool decide_escalation_due(struct deciding *d);
bool decide_morning_came(struct deciding *d);
