// ranking - `ranking`: the composite scores of a cycle, pool by pool, as they were computed
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>
#include <string.h>

static int ranking_run(struct ctl *ctl, int argc, char **argv);

const struct command command_ranking = {
    .name = "ranking",
    .arguments = "CYCLE",
    .zh = "综合得分排序",
    .en = "the ranking by composite score",
    .help = "分数按四位小数四舍五入显示；排序用精确分数，从不取整。\n"
            "Scores are shown to four decimals, half up; they are ranked by exact fractions.\n",
    .needs_settings = true,
    .run = ranking_run,
};

// ---- Who they are, and where they are by now: a ranking stays as it was computed

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Cases__Row *)row)->case_->case_;
}

static const Award__Cases__Row *case_row(const Award__Cases *cases, const char *name)
{
    for (size_t i = 0; i < cases->n_rows; i++) {
        if (strcmp(cases->rows[i]->case_->case_, name) == 0) {
            return cases->rows[i];
        }
    }
    return NULL;
}

// ---- The table

static void pool_rows(struct ctl *ctl, struct table *table, const Award__Pool *pool,
                      const Award__Cases *cases)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        const Award__Ranked *ranked = pool->ranked[i];
        const char *standing = ranked->candidate ? "拟奖候选 candidate" : "-";
        const Award__Cases__Row *row = case_row(cases, ranked->case_);
        table_row(
            table,
            (const char *const[]){
                show_word(ctl, &award__honour__kind__descriptor, pool->has_kind, (int)pool->kind),
                show_number(ctl, ranked->rank), ranked->case_, ctl_points(ctl, ranked->document),
                ctl_points(ctl, ranked->site), ctl_fraction(ctl, ranked->review),
                ctl_fraction(ctl, ranked->defence), ctl_fraction(ctl, ranked->composite),
                ranked->tied ? "同分待定 tied" : standing,
                row != NULL ? show_stage(ctl, row->case_) : NULL,
                row != NULL ? row->enterprise_name : NULL});
    }
}

static void ranking_print(struct ctl *ctl, const Award__Selection *selection,
                          const Award__Cases *cases)
{
    static const char *const heads[] = {"奖项 pool",        ">名次 rank",      "案件 case",
                                        ">资料 document",   ">现场 site",      ">评审 review",
                                        ">答辩 defence",    ">综合 composite", "结果 standing",
                                        "现阶段 stage now", "企业 enterprise", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < selection->n_pools; i++) {
        pool_rows(ctl, table, selection->pools[i], cases);
    }
    table_end(table);
}

static void remarks_print(struct ctl *ctl, const Award__Selection *selection)
{
    for (size_t i = 0; i < selection->n_pools; i++) {
        const Award__Pool *pool = selection->pools[i];
        const char *kind =
            show_word(ctl, &award__honour__kind__descriptor, pool->has_kind, (int)pool->kind);
        if (pool->waiting) {
            (void)printf("%s：名额线上同分，等办公室裁定（tie_decided） a tie across the cut waits "
                         "for the office\n",
                         kind);
        }
        if (pool->vacant > 0) {
            (void)printf("%s：空缺 %u 个名额 places stay vacant\n", kind, pool->vacant);
        }
    }
    for (size_t i = 0; i < selection->n_ties; i++) {
        const Award__Selection__Tie *tie = selection->ties[i];
        (void)printf(
            "%s：同分裁定 tie decided %s（%s）\n",
            show_word(ctl, &award__honour__kind__descriptor, tie->has_pool, (int)tie->pool),
            show_list(ctl, tie->n_order, tie->order), tie->reason != NULL ? tie->reason : "-");
    }
}

static int ranking_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_ranking, 1, argc, argv, &status)) {
        return status;
    }
    Award__QueryRanking query = AWARD__QUERY_RANKING__INIT;
    query.cycle = argv[0];
    const Award__QueryReply *reply =
        show_ask(ctl, AWARD__QUERY__BODY_RANKING, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->ranking->base);
        return CTL_OK;
    }
    Award__QueryCases of_cycle = AWARD__QUERY_CASES__INIT;
    of_cycle.cycle = argv[0];
    const Award__QueryReply *cases = show_ask_pages(ctl, AWARD__QUERY__BODY_CASES, &of_cycle.base,
                                                    &of_cycle.after, row_name, &status);
    if (cases == NULL) {
        return status;
    }
    ranking_print(ctl, reply->ranking, cases->cases);
    if (ctl->output == CTL_TABLE) {
        remarks_print(ctl, reply->ranking);
    }
    return CTL_OK;
}
