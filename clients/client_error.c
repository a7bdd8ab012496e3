// client_error - why a request got no reply, in words that say what to do next
#include "clients/client_private.h"

#include <assert.h>
#include <stdio.h>

// %s is the endpoint.
static const struct words {
    const char *code;
    const char *zh;
    const char *en;
} WORDS[] = {
    [CLIENT_DONE] = {"",                     "",                                                                                                            ""                       },
    [CLIENT_UNUSABLE] = {"unusable",             "无法使用 %s；请检查地址和密钥。",
                     "%s cannot be used; check the endpoint and the keys."                                                                                                           },
    [CLIENT_NO_CONNECTION] = {"no_connection",
                     "%s 没有应答的程序；请确认 awardd 已启动，地址无误。",                                                             "Nobody listens at %s; see that awardd runs and the endpoint is "
                              "right."                                                },
    [CLIENT_KEY_REFUSED] = {"key_not_admitted",
                     "%s 的 awardd 不接受这把密钥；请确认密钥已登记、已会签且未被撤销。",
                     "The awardd at %s does not admit this key; see that it is enrolled, "
                            "countersigned and not revoked."                                                                                                                         },
    [CLIENT_MISMATCH] = {"server_key_mismatch",
                     "无法与 %s 建立加密连接；请核对服务器公钥，并确认那里运行的是 awardd。",
                     "No encrypted connection with %s; check the server's public key and that "
                         "it is awardd that listens there."                                                                                                                          },
    [CLIENT_NO_ANSWER] =
        {"no_answer",            "已连接 %s，但限时内没有答复；请查看 awardd 的日志后重试，重复发送是安全的。",
                     "Connected to %s, but no answer came in time; look at awardd's log and "
         "try again, sending twice is safe."                                                                                                                                         },
    [CLIENT_REFUSED] = {"refused",              "%s 拒绝了这条消息。",                                                                                 "%s refused the message."},
    [CLIENT_BAD_REPLY] = {"bad_reply",            "%s 的答复无法读懂；请使用同一版本的程序。",
                     "The reply of %s cannot be read; use programs of the same release."                                                                                             },
    [CLIENT_CLOSED] = {"closed",               "与 %s 的连接在答复之前已关闭；请重试。",
                     "The connection to %s was closed before the answer; try again."                                                                                                 },
    [CLIENT_FULL] =
        {"too_many_connections",
                     "%s 的 awardd 连接数已满，或这把密钥的连接过多；请关闭不用的客户端后重试，或请管"
         "理员调高连接上限。",                                                                                                                     "The awardd at %s has as many connections as it admits, or this key has too "
         "many; close clients that are not needed and try again, or have the "
         "administrator raise the bound."                                                                                                     },
};

_Static_assert(sizeof(WORDS) / sizeof(WORDS[0]) == CLIENT_FULL + 1, "one row a failure");

// Copies the text with the endpoint in place of its only %s.
static void fill(char *text, size_t size, const char *words, const char *endpoint)
{
    size_t used = 0;
    for (const char *at = words; *at != '\0' && used + 1 < size; at++) {
        if (at[0] == '%' && at[1] == 's') {
            int length = snprintf(text + used, size - used, "%s", endpoint);
            used += length > 0 ? (size_t)length : 0;
            used = used < size ? used : size - 1;
            at++;
        } else {
            text[used++] = *at;
        }
    }
    text[used] = '\0';
}

void client_error_set(struct client_error *error, enum client_failure failure, const char *endpoint)
{
    const struct words *words = &WORDS[failure];
    assert(failure == CLIENT_DONE || words->code[0] != '\0');
    error->failure = failure;
    (void)snprintf(error->code, sizeof(error->code), "%s", words->code);
    fill(error->zh, sizeof(error->zh), words->zh, endpoint);
    fill(error->en, sizeof(error->en), words->en, endpoint);
}

void client_error_unusable(struct client_error *error, const char *detail)
{
    client_error_set(error, CLIENT_UNUSABLE, detail);
}

void client_error_quote(struct client_error *error, enum client_failure failure, const char *code,
                        const char *zh, const char *en)
{
    error->failure = failure;
    (void)snprintf(error->code, sizeof(error->code), "%s", code != NULL ? code : "");
    (void)snprintf(error->zh, sizeof(error->zh), "%s", zh != NULL ? zh : "");
    (void)snprintf(error->en, sizeof(error->en), "%s", en != NULL ? en : "");
}
