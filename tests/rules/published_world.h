// published_world - a cycle whose candidates are public, for what is brought up about them
#pragma once

#include "tests/rules/selecting_world.h"

// Published on Wednesday 26 September 2018, with an earlier medium: seven days end on 3 October,
// a holiday; the next working day is 8 October.
#define PUBLISHED(first, last)                                                                     \
    "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"重庆日报\",\"on\":"   \
    "\"2018-09-25\"},{\"medium\":\"网站\",\"on\":\"2018-09-26\"}],\"stated_first\":\"" first       \
    "\",\"stated_last\":\"" last "\"}}"

#define EXTENDED(last)                                                                             \
    "{\"publicity_extended\":{\"cycle\":\"2018\",\"last\":\"" last "\",\"reason\":\"更正公告\"}}"

// A candidate of the award at this stage, for selecting_world.
#define CANDIDATE(stage)                                                                           \
    {                                                                                              \
        stage, "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","                      \
    }

// Two candidates and one that was not selected, which nobody has published yet.
struct world *candidates_world(void);

// The same, on the day of publication.
struct world *published_world(void);
