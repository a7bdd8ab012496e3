// people_file - reads the list of the first people of an office, for `awardctl init`
//
//     - name: office
//       role: office
//       full_name: 市长质量管理奖评选委员会办公室
//     - name: bureau-yubei
//       role: district_bureau
//       scope: "500112"
//       full_name: 渝北区市场监督管理局
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

// People in the order of the file, in the arena. Names are unique; a scope stands exactly where the
// role has one (a bureau's district, an enterprise's credit code).
bool people_file_read(const char *text, size_t length, struct arena *arena,
                      Award__PrincipalEnrolled ***people, size_t *people_count,
                      struct settings_error *error);
