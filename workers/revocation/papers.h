// papers - drafts of what a revocation needs on paper (20, 21)
//
// After the verification the request to the government and the notice to the media; after the
// approval the notice with its day and the letters for medal and certificate. Chinese first,
// English beside it. The texts go to the bureau, which edits, seals and sends them.
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"
#include "task.pb-c.h"

// NULL and a sentence in *reason where the revocation is in a step that needs no papers.
Award__PapersDrafted *papers_draft(const Award__DraftPapers *asked, struct arena *arena,
                                   const char **reason);
