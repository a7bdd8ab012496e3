// verify - `verify`: computes the chain over the hashes of all entries and compares it
#include "clients/ctl/verify.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/entries.h"
#include "clients/ctl/show.h"
#include "common/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int verify_run(struct ctl *ctl, int argc, char **argv);

const struct command command_verify = {
    .name = "verify",
    .arguments = "",
    .zh = "逐条核对日志的哈希链",
    .en = "check the hash chain over all entries",
    .help = "不需要看到内容：每条日志的哈希任何人都看得到。不符时退出码为 5。\n"
            "Needs no content: everybody sees each entry's hash. Ends with 5 where it differs.\n",
    .needs_settings = true,
    .run = verify_run,
};

struct verifying {
    uint64_t last; // up to which the status speaks
    uint64_t entry;
    uint8_t chain[CHAIN_BYTES];
};

static bool entry_verify(void *context, const Award__HistoryItem *item)
{
    struct verifying *verifying = context;
    if (verifying->entry == verifying->last || item->entry != verifying->entry + 1 ||
        !item->has_hash || item->hash.len != CHAIN_BYTES) {
        return false;
    }
    chain_next(verifying->chain, item->hash.data, verifying->chain);
    verifying->entry++;
    return true;
}

static int verified_print(struct ctl *ctl, const struct verifying *verifying)
{
    ProtobufCBinaryData chain = {.len = CHAIN_BYTES, .data = NULL};
    chain.data = arena_copy(ctl->arena, verifying->chain, CHAIN_BYTES);
    const char *text = show_hex(ctl, &chain);
    if (ctl->output == CTL_JSON) {
        (void)printf("{\"entries\":%" PRIu64 ",\"chain\":\"%s\"}\n", verifying->entry, text);
    } else if (ctl->output == CTL_CSV) {
        (void)printf("entries,chain\r\n%" PRIu64 ",%s\r\n", verifying->entry, text);
    } else {
        (void)printf("%" PRIu64 " 条日志，哈希链相符 entries, the chain agrees\n%s\n",
                     verifying->entry, text);
    }
    return CTL_OK;
}

static int chain_compare(struct ctl *ctl, const struct verifying *verifying,
                         const Award__Status *status)
{
    if (verifying->entry < verifying->last) {
        return ctl_error(CTL_DIFFERENT,
                         arena_format(ctl->arena,
                                      "第 %" PRIu64 " 条日志缺失或没有哈希；请保留原库并"
                                      "运行 awardd verify",
                                      verifying->entry + 1),
                         arena_format(ctl->arena,
                                      "entry %" PRIu64 " is missing or has no hash; keep the "
                                      "database as it is and run awardd verify",
                                      verifying->entry + 1));
    }
    if (status->chain.len != CHAIN_BYTES ||
        memcmp(status->chain.data, verifying->chain, CHAIN_BYTES) != 0) {
        return ctl_error(CTL_DIFFERENT, "哈希链与 awardd 所报不符；请保留原库并运行 awardd verify",
                         "the chain is not the one that awardd tells; keep the database as it is "
                         "and run awardd verify");
    }
    return verified_print(ctl, verifying);
}

int verify_chain(struct ctl *ctl, const Award__Status *status, uint64_t *entries)
{
    struct verifying verifying = {.last = status->last_entry};
    int code = entries_walk(ctl, 1, NULL, entry_verify, &verifying);
    bool same = verifying.entry == verifying.last && status->chain.len == CHAIN_BYTES &&
                memcmp(status->chain.data, verifying.chain, CHAIN_BYTES) == 0;
    *entries = verifying.entry;
    return code != CTL_OK ? code : same ? CTL_OK : CTL_DIFFERENT;
}

static int verify_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_verify, 0, argc, argv, &status)) {
        return status;
    }
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_STATUS, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    struct verifying verifying = {.last = reply->status->last_entry};
    status = entries_walk(ctl, 1, NULL, entry_verify, &verifying);
    return status == CTL_OK ? chain_compare(ctl, &verifying, reply->status) : status;
}
