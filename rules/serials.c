// serials - numbers of medals and certificates, never used twice (16(10))
#include "rules/serials.h"

#include "common/limits.h"

#include <string.h>

bool serial_sound(const char *number)
{
    if (text_blank(number) || strlen(number) > LIMIT_ID_BYTES) {
        return false;
    }
    for (const char *at = number; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || *at == 0x7f) {
            return false;
        }
    }
    return true;
}

const Award__Serial *serial_used(struct deciding *d, Award__Serial__Kind kind, const char *number)
{
    return (const Award__Serial *)record_get(d, AWARD__CHANGE__RECORD_SERIAL, (int)kind, number);
}

void serial_take(struct deciding *d, const Award__Case *c, Award__Serial__Kind kind, char *number)
{
    Award__Serial *serial = NEW(d, Award__Serial, award__serial);
    SET(serial, kind, kind);
    serial->number = number;
    serial->case_ = c->case_;
    record_put(d, AWARD__CHANGE__RECORD_SERIAL, &serial->base, "16(10)");
}
