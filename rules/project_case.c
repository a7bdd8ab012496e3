// project_case - a case without what its viewer may not see
//
// Outside (district bureaus, enterprises) nobody learns names of reviewers, and no score before the
// case left the selection or its result is published. Who objects is known to those who investigate
// it alone (6(4)).
#include "rules/viewing.h"

// Whether the case is decided for good: it left, or the result was published.
static bool case_over(const Award__Case *c)
{
    return c->has_stage &&
           !stage_in(c->stage, STAGES_BEFORE_APPROVAL | STAGE(approved) | STAGE(signed));
}

static void defence_names_drop(Award__Case__Defence *defence)
{
    if (defence == NULL) {
        return;
    }
    defence->n_left = 0;
    if (defence->scheduled != NULL) {
        defence->scheduled->n_panel = 0;
        defence->scheduled->n_advisors = 0;
    }
}

static void names_drop(Award__Case *c)
{
    c->team = NULL;
    c->revocation = NULL;
    defence_names_drop(c->defence);
    if (c->visit != NULL) {
        c->visit->report = NULL;
    }
}

static void scores_drop(Award__Case *c)
{
    c->has_track = 0;
    c->has_candidate_for = 0;
    c->document_score = NULL;
    c->site_score = NULL;
    c->n_strengths = 0;
    c->n_improvements = 0;
    if (c->defence != NULL) {
        c->defence->score = NULL;
        c->defence->n_comments = 0;
    }
}

Award__Case *viewing_case_reduced(const struct viewing *v, const Award__Case *c)
{
    if (!viewing_case(v, c)) {
        return NULL;
    }
    if (viewer_in(v, ROLE(reviewer))) {
        Award__Case *seen = arena_copy(v->d->arena, c, sizeof(*c));
        seen->n_open_objections = 0;
        return seen;
    }
    Award__Case *seen = (Award__Case *)codec_copy(&c->base, v->d->arena);
    seen->n_open_objections = 0;
    names_drop(seen);
    seen->site_score_before = NULL; // what the leaders' meeting changed is theirs (16(5).4)
    if (!case_over(viewing_present(v, c))) {
        scores_drop(seen);
    }
    return seen;
}
