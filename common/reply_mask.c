// reply_mask - what a server said, without the addresses that it repeated
//
// By form, not by looking up whose it is: an address may have been replaced and erased since the
// message went out.
#include "common/reply_mask.h"

#include <stdbool.h>
#include <string.h>

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const char OF_MAIL[] = LETTERS DIGITS ".!#$%&'*+-/=?^_`{|}~@";
static const char MASK[] = "***"; // no longer than the shortest that it stands for: a@b

enum { MOBILE_DIGITS = 11 };

static bool letter(char one)
{
    return one != '\0' && strchr(LETTERS, one) != NULL;
}

static bool is_mail(const char *word, size_t length)
{
    const char *at = memchr(word, '@', length);
    return at != NULL && at > word && at < word + length - 1;
}

static char *put(char *to, const char *from, size_t length)
{
    memcpy(to, from, length);
    return to + length;
}

static char *mails_mask(const char *text, struct arena *arena)
{
    char *masked = arena_alloc(arena, strlen(text) + 1);
    char *to = masked;
    while (*text != '\0') {
        size_t length = strspn(text, OF_MAIL);
        bool mail = length > 0 && is_mail(text, length);
        to = mail ? put(to, MASK, strlen(MASK)) : put(to, text, length > 0 ? length : 1);
        text += length > 0 ? length : 1;
    }
    *to = '\0';
    return masked;
}

static char *numbers_mask(const char *text, struct arena *arena)
{
    char *masked = arena_alloc(arena, strlen(text) + 1);
    char *to = masked;
    char before = ' ';
    while (*text != '\0') {
        size_t length = strspn(text, DIGITS);
        bool number = length >= MOBILE_DIGITS && !letter(before) && !letter(text[length]);
        size_t taken = length > 0 ? length : 1;
        to = number ? put(to, MASK, strlen(MASK)) : put(to, text, taken);
        before = text[taken - 1];
        text += taken;
    }
    *to = '\0';
    return masked;
}

char *reply_mask(const char *text, struct arena *arena)
{
    return numbers_mask(mails_mask(text, arena), arena);
}
