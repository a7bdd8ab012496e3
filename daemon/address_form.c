// address_form - whether a text can be an address of a channel
#include "daemon/address_form.h"

#include <stddef.h>
#include <string.h>

enum {
    MAIL_BYTES_MAX = 254, // RFC 5321 with its erratum 1690
    MAIL_LOCAL_BYTES_MAX = 64,
    LABEL_BYTES_MAX = 63,
    MOBILE_DIGITS = 11,
    WEBHOOK_CHARACTERS_MAX = 128,
};

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

// Dots stand between other characters only.
static bool dots_between(const char *text, size_t length)
{
    bool dot = true;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.' && dot) {
            return false;
        }
        dot = text[i] == '.';
    }
    return !dot;
}

static bool only(const char *text, size_t length, const char *alphabet)
{
    return strspn(text, alphabet) >= length;
}

static bool domain_good(const char *domain)
{
    size_t length = strlen(domain);
    if (!only(domain, length, LETTERS DIGITS "-.") || !dots_between(domain, length)) {
        return false;
    }
    for (const char *label = domain;;) {
        size_t bytes = strcspn(label, ".");
        if (bytes > LABEL_BYTES_MAX || label[0] == '-' || label[bytes - 1] == '-') {
            return false;
        }
        if (label[bytes] == '\0') {
            return true;
        }
        label += bytes + 1;
    }
}

// Without quoted names, which no office has and which would need care in every header.
static bool mail_good(const char *address)
{
    const char *at = strchr(address, '@');
    if (at == NULL || strlen(address) > MAIL_BYTES_MAX) {
        return false;
    }
    size_t local = (size_t)(at - address);
    return local <= MAIL_LOCAL_BYTES_MAX && dots_between(address, local) &&
           only(address, local, LETTERS DIGITS "!#$%&'*+-/=?^_`{|}~.") && domain_good(at + 1);
}

static bool mobile_good(const char *address)
{
    return strlen(address) == MOBILE_DIGITS && only(address, MOBILE_DIGITS, DIGITS);
}

// The codec has seen that it is UTF-8. U+0080 to U+009F are control characters, too.
static bool webhook_good(const char *address)
{
    size_t characters = 0;
    size_t blanks = 0;
    for (const unsigned char *at = (const unsigned char *)address; *at != '\0'; at++) {
        if (*at < ' ' || *at == 0x7f || (at[0] == 0xc2 && at[1] < 0xa0)) {
            return false;
        }
        characters += (*at & 0xc0U) != 0x80 ? 1 : 0;
        blanks += *at == ' ' ? 1 : 0;
    }
    return characters > blanks && characters <= WEBHOOK_CHARACTERS_MAX;
}

bool address_form_good(Award__Channel__Name channel, const char *address)
{
    switch ((int)channel) {
    case AWARD__CHANNEL__NAME__mail:
        return mail_good(address);
    case AWARD__CHANNEL__NAME__wecom:
        return mobile_good(address);
    case AWARD__CHANNEL__NAME__webhook:
        return webhook_good(address);
    default:
        return false;
    }
}

const char *address_form_zh(Award__Channel__Name channel)
{
    switch ((int)channel) {
    case AWARD__CHANNEL__NAME__mail:
        return "一个邮箱地址，最多 254 字节";
    case AWARD__CHANNEL__NAME__wecom:
        return "11 位手机号码";
    case AWARD__CHANNEL__NAME__webhook:
        return "1 至 128 个可见字符";
    default:
        return "空（待印文件不需要地址）";
    }
}

const char *address_form_en(Award__Channel__Name channel)
{
    switch ((int)channel) {
    case AWARD__CHANNEL__NAME__mail:
        return "one mail address of at most 254 bytes";
    case AWARD__CHANNEL__NAME__wecom:
        return "a mobile number of 11 digits";
    case AWARD__CHANNEL__NAME__webhook:
        return "1 to 128 printable characters";
    default:
        return "left out (the spool needs none)";
    }
}
