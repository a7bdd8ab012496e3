// enterprises - registrations of enterprises that do not exist, as many as wanted
//
// The nine characters of a credit code that name the organisation are a number of 31 digits to the
// place. The step of the walk has no factor in common with the size of that space, so the walk
// meets every number once before it meets one again.
#include "clients/bench/enterprises.h"

#include "rules/credit_code.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
static const char PREFIX[] = "91500103"; // an enterprise of Yuzhong district, Chongqing

enum {
    DIGITS = sizeof(ALPHABET) - 1,
    ORGANISATION_CHARACTERS = 9,
    OPERATING_SINCE_DAY = 14610, // 2010-01-01
};

static const uint64_t SPACE = 26439622160671; // 31 to the ninth
static const uint64_t STEP = 16340585313353;  // coprime to 31; near the golden section of it

_Static_assert(sizeof(PREFIX) - 1 + ORGANISATION_CHARACTERS + 1 == CREDIT_CODE_CHARACTERS,
               "prefix, organisation and check character make a code");

void enterprises_begin(struct enterprises *enterprises)
{
    uint64_t start;
    uint64_t run;
    randombytes_buf(&start, sizeof(start));
    randombytes_buf(&run, sizeof(run));
    enterprises->place = start % SPACE;
    enterprises->count = 0;
    (void)snprintf(enterprises->run, sizeof(enterprises->run), "%016" PRIx64, run);
}

static void code_write(uint64_t place, char code[CREDIT_CODE_CHARACTERS + 1])
{
    memcpy(code, PREFIX, sizeof(PREFIX) - 1);
    for (size_t i = 0; i < ORGANISATION_CHARACTERS; i++) {
        code[sizeof(PREFIX) - 1 + i] = ALPHABET[place % DIGITS];
        place /= DIGITS;
    }
    code[CREDIT_CODE_CHARACTERS] = '\0';
    for (size_t i = 0; i < DIGITS; i++) {
        code[CREDIT_CODE_CHARACTERS - 1] = ALPHABET[i];
        if (credit_code_valid(code)) {
            return;
        }
    }
    assert(false && "one of the characters is the check character");
}

Award__Event *enterprises_next(struct enterprises *enterprises, struct arena *arena)
{
    static char region[] = "500103";
    static char industry[] = "C36";
    enterprises->place = (enterprises->place + STEP) % SPACE;
    enterprises->count++;
    char code[CREDIT_CODE_CHARACTERS + 1];
    code_write(enterprises->place, code);

    Award__Event *event = arena_alloc(arena, sizeof(*event));
    award__event__init(event);
    event->id = arena_format(arena, "bench-%s-%" PRIu64, enterprises->run, enterprises->count);
    event->body_case = AWARD__EVENT__BODY_ENTERPRISE_REGISTERED;
    Award__EnterpriseRegistered *body = arena_alloc(arena, sizeof(*body));
    award__enterprise_registered__init(body);
    body->enterprise = arena_string(arena, code);
    body->name = arena_format(arena, "重庆量具制造第 %" PRIu64 " 有限公司", enterprises->count);
    body->region = region;
    body->district = region;
    body->industry = industry;
    body->has_legal_person = 1;
    body->legal_person = 1;
    body->operating_since = arena_alloc(arena, sizeof(*body->operating_since));
    award__day__init(body->operating_since);
    body->operating_since->has_number = 1;
    body->operating_since->number = OPERATING_SINCE_DAY;
    event->enterprise_registered = body;
    return event;
}
