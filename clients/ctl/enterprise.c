// enterprise - `enterprise show`: an enterprise across the cycles, its bars, when it may apply
// again
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

static int enterprise_show_run(struct ctl *ctl, int argc, char **argv);

const struct command command_enterprise_show = {
    .name = "enterprise show",
    .arguments = "CREDIT_CODE",
    .zh = "查看一家企业：历年申报、限制、可再申报之日",
    .en = "show one enterprise: its cases, bars, the first day to apply again",
    .needs_settings = true,
    .run = enterprise_show_run,
};

static void facts_print(struct ctl *ctl, const Award__EnterpriseView *view)
{
    const Award__Enterprise *enterprise = view->enterprise;
    show_fact(ctl, "企业", "enterprise", enterprise->name);
    show_fact(ctl, "信用代码", "credit code", enterprise->enterprise);
    show_fact(ctl, "注册地", "region", enterprise->region);
    show_fact(ctl, "区县", "district", enterprise->district);
    show_fact(ctl, "行业", "industry", enterprise->industry);
    show_fact(ctl, "经营起始", "operating since", ctl_day(ctl, enterprise->operating_since));
    show_fact(ctl, "前身", "predecessors",
              show_list(ctl, enterprise->n_predecessors, enterprise->predecessors));
    show_fact(ctl, "后继", "successors",
              show_list(ctl, enterprise->n_successors, enterprise->successors));
    for (size_t i = 0; i < view->n_bars; i++) {
        show_fact(ctl, "现有限制", "bar today", show_reason(ctl, view->bars[i]));
    }
    show_fact(ctl, "可再申报之日", "may apply from", ctl_day(ctl, view->first_day));
}

static void bars_print(struct ctl *ctl, const Award__Enterprise *enterprise)
{
    static const char *const heads[] = {"条款 article", "自 from", "至 until", "来源 source", NULL};
    if (enterprise->n_bars == 0) {
        return;
    }
    show_heading(ctl, "限制记录", "bars on record");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        table_row(table, (const char *const[]){bar->article, ctl_day(ctl, bar->from),
                                               ctl_day(ctl, bar->until), bar->source});
    }
    table_end(table);
}

static void cases_print(struct ctl *ctl, const Award__EnterpriseView *view)
{
    static const char *const heads[] = {"案件 case",    "申报 applied", "阶段 stage",
                                        "条款 article", "荣誉 honour",  NULL};
    show_heading(ctl, "案件", "cases");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_cases; i++) {
        const Award__Case *c = view->cases[i];
        const Award__Case__Honoured *honour = c->honour;
        const char *text = "-";
        if (honour != NULL) {
            text = arena_format(ctl->arena, "%s，%s 至 to %s",
                                show_word(ctl, &award__honour__kind__descriptor, honour->has_kind,
                                          (int)honour->kind),
                                ctl_day(ctl, honour->from), ctl_day(ctl, honour->until));
        }
        table_row(table,
                  (const char *const[]){c->case_, ctl_day(ctl, c->applied_on), show_stage(ctl, c),
                                        show_article(ctl, c->stage_article), text});
    }
    table_end(table);
}

static void incidents_print(struct ctl *ctl, const Award__EnterpriseView *view)
{
    static const char *const heads[] = {"事件 incident", "类别 kind",  "发生 on",
                                        "责任 liable",   "级别 level", NULL};
    if (view->n_incidents == 0) {
        return;
    }
    show_heading(ctl, "事故与抽查", "incidents");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_incidents; i++) {
        const Award__Incident *incident = view->incidents[i];
        table_row(table,
                  (const char *const[]){incident->incident,
                                        show_word(ctl, &award__incident_kind__name__descriptor,
                                                  incident->has_kind, (int)incident->kind),
                                        ctl_day(ctl, incident->on),
                                        show_word(ctl, &award__liability__name__descriptor,
                                                  incident->has_liable, (int)incident->liable),
                                        show_word(ctl, &award__level__name__descriptor,
                                                  incident->has_level, (int)incident->level)});
    }
    table_end(table);
}

static int enterprise_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_enterprise_show, 1, argc, argv, &status)) {
        return status;
    }
    Award__QueryEnterprise query = AWARD__QUERY_ENTERPRISE__INIT;
    query.enterprise = argv[0];
    const Award__QueryReply *reply =
        show_ask(ctl, AWARD__QUERY__BODY_ENTERPRISE, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    const Award__EnterpriseView *view = reply->enterprise;
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &view->base);
    } else if (ctl->output == CTL_CSV) {
        cases_print(ctl, view);
    } else {
        facts_print(ctl, view);
        bars_print(ctl, view->enterprise);
        cases_print(ctl, view);
        incidents_print(ctl, view);
    }
    return CTL_OK;
}
