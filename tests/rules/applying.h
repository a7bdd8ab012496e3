// applying - brings a case of WORLD_ENTERPRISE through the chapter of applying, by real events
#pragma once

#include "tests/rules/world.h"

#define APPLYING_CASE "2018/" WORLD_ENTERPRISE "/1"

#define APPLYING_DIGEST "f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f"

// Four materials that are in order.
#define APPLYING_FORM "{\"kind\":\"application_form\",\"digest\":\"" APPLYING_DIGEST "\"}"
#define APPLYING_PROFILE(characters)                                                               \
    "{\"kind\":\"organisation_profile\",\"digest\":\"" APPLYING_DIGEST                             \
    "\",\"characters\":" characters "}"
#define APPLYING_REPORT(characters)                                                                \
    "{\"kind\":\"self_evaluation_report\",\"digest\":\"" APPLYING_DIGEST                           \
    "\",\"characters\":" characters "}"
#define APPLYING_EVIDENCE                                                                          \
    "{\"kind\":\"evidence\",\"digest\":\"" APPLYING_DIGEST                                         \
    "\",\"issuer\":\"市经济信息委\",\"title\":\"市场占有率\"}"
#define APPLYING_MATERIALS                                                                         \
    APPLYING_FORM "," APPLYING_PROFILE("2860") "," APPLYING_REPORT("41230") "," APPLYING_EVIDENCE

// Registers an enterprise of district 500112 that has operated since 2001-09-03.
void applying_register(struct world *world, const char *enterprise);

// Opens cycle 2018, which closes on 2018-04-28 at 18:00.
void applying_open(struct world *world);

// Sends an application with both receipts now, entered by the office.
const Award__Decision *applying_send(struct world *world, const char *enterprise,
                                     const char *materials);

// Each goes one step on from nothing: the enterprise registered, the cycle open, the case applied,
// verified, recommended, accepted.
void applying_to_applied(struct world *world);
void applying_to_verified(struct world *world);
void applying_to_recommended(struct world *world);
void applying_to_accepted(struct world *world);

// The six findings of the district, all met but the one that is named ("" for none).
const char *applying_findings(struct world *world, const char *case_id, const char *failing);

const char *applying_recommendation(struct world *world, const char *district, bool in_favour,
                                    const char *received);

bool applying_has_reason(size_t count, Award__Reason *const *reasons, const char *article);
