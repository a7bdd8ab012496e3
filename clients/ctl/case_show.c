// case_show - `case show`: one case as a clerk wants to read it
#include "clients/ctl/commands.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/history.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int case_show_run(struct ctl *ctl, int argc, char **argv);

const struct command command_case_show = {
    .name = "case show",
    .arguments = "CASE",
    .zh = "查看一个案件：得分、期限、下一步、历史",
    .en = "show one case: scores, deadlines, what may happen next, history",
    .help = "案件编号见 awardctl case list。CSV 只输出历史。\n"
            "awardctl case list shows the names of cases. CSV has the history alone.\n",
    .needs_settings = true,
    .run = case_show_run,
};

#define WORD(record, type, field)                                                                  \
    show_word(ctl, &award__##type##__descriptor, (record)->has_##field, (int)(record)->field)

// ---- Headline

static void honour_print(struct ctl *ctl, const Award__Case__Honoured *honour)
{
    if (honour == NULL) {
        return;
    }
    show_fact(ctl, "荣誉", "honour",
              arena_format(ctl->arena, "%s，%s 至 to %s", WORD(honour, honour__kind, kind),
                           ctl_day(ctl, honour->from), ctl_day(ctl, honour->until)));
    show_fact(ctl, "奖章", "medal", honour->medal);
    show_fact(ctl, "证书", "certificate", honour->certificate);
    show_fact(ctl, "颁奖", "conferred on", ctl_day(ctl, honour->conferred_on));
}

static void headline_print(struct ctl *ctl, const Award__CaseView *view)
{
    const Award__Case *c = view->case_;
    const char *name = view->enterprise != NULL ? view->enterprise->name : NULL;
    (void)printf("%s%s  %s%s\n", ctl->colours ? "\033[1m" : "", c->case_,
                 name != NULL ? name : c->enterprise, ctl->colours ? "\033[0m" : "");
    show_fact(ctl, "阶段", "stage",
              arena_format(ctl->arena, "%s（%s）", show_stage(ctl, c),
                           show_article(ctl, c->stage_article)));
    show_fact(ctl, "申报日", "applied on", ctl_day(ctl, c->applied_on));
    show_fact(ctl, "电子收件", "electronic receipt", ctl_moment(ctl, c->electronic_receipt));
    show_fact(ctl, "书面收件", "paper receipt", ctl_moment(ctl, c->paper_receipt));
    show_fact(ctl, "奖项", "track", WORD(c, honour__kind, track));
    show_fact(ctl, "拟奖", "candidate for", WORD(c, honour__kind, candidate_for));
    show_fact(ctl, "评审组", "team", c->team);
    show_fact(ctl, "版本", "version", c->has_version ? show_number(ctl, c->version) : NULL);
    for (size_t i = 0; i < c->n_reasons; i++) {
        show_fact(ctl, "原因", "reason", show_reason(ctl, c->reasons[i]));
    }
    honour_print(ctl, c->honour);
}

// ---- Scores

// The composite stands in the ranking of the cycle, for those who may see it.
static const Award__Ranked *ranked_find(struct ctl *ctl, const Award__Case *c)
{
    Award__QueryRanking query = AWARD__QUERY_RANKING__INIT;
    query.cycle = c->cycle;
    bool scored = c->defence != NULL && c->defence->score != NULL && c->site_score != NULL;
    const Award__QueryReply *reply =
        scored ? show_try(ctl, AWARD__QUERY__BODY_RANKING, &query.base) : NULL;
    const Award__Ranked *found = NULL;
    for (size_t i = 0; reply != NULL && i < reply->ranking->n_pools; i++) {
        const Award__Pool *pool = reply->ranking->pools[i];
        for (size_t j = 0; j < pool->n_ranked; j++) {
            found = strcmp(pool->ranked[j]->case_, c->case_) == 0 ? pool->ranked[j] : found;
        }
    }
    return found;
}

static void sheets_print(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {"评分表 sheet", "评审员 person", ">总分 total",
                                        "提交 submitted", NULL};
    if (view->n_sheets == 0) {
        return;
    }
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_sheets; i++) {
        const Award__Sheet *sheet = view->sheets[i];
        table_row(table, (const char *const[]){WORD(sheet, sheet__kind, kind), sheet->person,
                                               ctl_points(ctl, sheet->total),
                                               ctl_moment(ctl, sheet->submitted)});
    }
    table_end(table);
}

static void scores_print(struct ctl *ctl, const Award__CaseView *view)
{
    const Award__Case *c = view->case_;
    const Award__Ranked *ranked = ranked_find(ctl, c);
    show_heading(ctl, "得分", "scores");
    show_fact(ctl, "资料", "document", ctl_points(ctl, c->document_score));
    show_fact(ctl, "现场", "site", ctl_points(ctl, c->site_score));
    if (c->site_score_before != NULL && c->site_score != NULL &&
        c->site_score_before->hundredths != c->site_score->hundredths) {
        show_fact(ctl, "统一前", "before the meeting", ctl_points(ctl, c->site_score_before));
    }
    if (c->defence != NULL) {
        show_fact(ctl, "答辩", "defence",
                  c->defence->dispensed ? "未举行 not held" : show_defence(ctl, c->defence->score));
    }
    if (ranked != NULL) {
        show_fact(ctl, "综合", "composite", ctl_fraction(ctl, ranked->composite));
        show_fact(ctl, "名次", "rank", show_number(ctl, ranked->rank));
    }
    sheets_print(ctl, view);
}

// ---- What hangs on it

static void holds_print(struct ctl *ctl, const Award__CaseView *view)
{
    const Award__Case *c = view->case_;
    if (c->n_holds == 0 && c->n_open_objections == 0) {
        return;
    }
    show_heading(ctl, "暂停事由", "holds");
    for (size_t i = 0; i < c->n_holds; i++) {
        const Award__Hold *hold = c->holds[i];
        const char *kind = hold->kind != NULL && strcmp(hold->kind, "liability") == 0
                               ? "责任未定 liability"
                               : hold->kind;
        show_fact(ctl, "暂停", "hold",
                  arena_format(ctl->arena, "%s：%s（%s）", kind != NULL ? kind : "-",
                               hold->subject != NULL ? hold->subject : "-",
                               hold->article != NULL ? hold->article : "-"));
    }
    for (size_t i = 0; i < c->n_open_objections; i++) {
        show_fact(ctl, "未决异议", "open objection", c->open_objections[i]);
    }
}

static const char *stage_text(struct ctl *ctl, const char *name)
{
    const ProtobufCEnumValue *found =
        name != NULL
            ? protobuf_c_enum_descriptor_get_value_by_name(&award__stage__name__descriptor, name)
            : NULL;
    return found != NULL ? show_word(ctl, &award__stage__name__descriptor, true, found->value)
                         : "-";
}

static void next_print(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {"事件 event", "条款 article", "之后 next", "由谁 from",
                                        NULL};
    if (view->n_next == 0) {
        return;
    }
    show_heading(ctl, "接下来可以", "what may happen next");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_next; i++) {
        const Award__NextStep *step = view->next[i];
        table_row(table, (const char *const[]){show_event(ctl, step->event),
                                               show_article(ctl, step->article),
                                               stage_text(ctl, step->stage),
                                               show_roles(ctl, step->n_from, step->from)});
    }
    table_end(table);
}

static void revocations_print(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {
        "撤销 revocation", "情形 ground",  "进展 step", "启动 opened",
        "核实 verified",   "决定 decided", NULL};
    if (view->n_revocations == 0) {
        return;
    }
    show_heading(ctl, "撤销", "revocations");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_revocations; i++) {
        const Award__Revocation *revocation = view->revocations[i];
        table_row(table,
                  (const char *const[]){
                      revocation->revocation, WORD(revocation, ground__name, ground),
                      WORD(revocation, revocation__step, step), ctl_day(ctl, revocation->opened_on),
                      ctl_day(ctl, revocation->verified_on), ctl_day(ctl, revocation->decided_on)});
    }
    table_end(table);
}

static void duties_print(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {"义务 duty", "年度或事件 subject", "完成 done", "逾期 late",
                                        NULL};
    if (view->n_duties == 0) {
        return;
    }
    show_heading(ctl, "获奖后义务", "duties");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_duties; i++) {
        const Award__Duty *duty = view->duties[i];
        table_row(table, (const char *const[]){WORD(duty, duty__kind, kind), duty->subject,
                                               ctl_day(ctl, duty->done_on),
                                               duty->late ? "逾期 late" : "-"});
    }
    table_end(table);
}

static void material_row(struct ctl *ctl, struct table *table, const Award__Material *material,
                         const char *standing)
{
    table_row(table, (const char *const[]){
                         WORD(material, material__kind, kind),
                         material->has_characters ? show_number(ctl, material->characters) : NULL,
                         material->title, material->issuer, standing, material->digest});
}

// What a supplement replaced stays beside what replaced it.
static void materials_print(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {
        "材料 material", ">字数 characters", "标题 title", "出具 issuer",
        "效力 standing", "SHA-256",          NULL};
    const Award__Case *c = view->case_;
    if (c->n_materials == 0) {
        return;
    }
    show_heading(ctl, "申报材料", "materials");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < c->n_materials; i++) {
        material_row(ctl, table, c->materials[i], "现行 current");
    }
    for (size_t i = 0; i < c->n_replaced_materials; i++) {
        material_row(ctl, table, c->replaced_materials[i], "已被替换 replaced");
    }
    table_end(table);
}

// ---- History

struct history {
    struct ctl *ctl;
    const Award__Case *c;
    Award__Stage__Name stage; // as the entries before left it
    size_t bars;              // of its enterprise, shown so far
};

static bool about_another(const struct history *history, const Award__Change *change)
{
    const ProtobufCMessage *record = (const ProtobufCMessage *)change->city; // any member
    bool enterprise = change->record_case == AWARD__CHANGE__RECORD_ENTERPRISE;
    const char *name =
        record != NULL ? show_field(record, enterprise ? "enterprise" : "case") : NULL;
    return name != NULL &&
           strcmp(name, enterprise ? history->c->enterprise : history->c->case_) != 0;
}

// Bars come with every change of an enterprise; only new ones are told.
static const char *bars_new(struct history *history, const Award__Change *change)
{
    size_t before = history->bars;
    history->bars = change->enterprise->n_bars;
    return history->bars > before ? history_change(history->ctl, change, 0) : NULL;
}

// A change in words; of another case nothing, for it has a history of its own.
static const char *change_text(struct history *history, const Award__Change *change)
{
    if (about_another(history, change)) {
        return NULL;
    }
    if (change->record_case == AWARD__CHANGE__RECORD_ENTERPRISE) {
        return bars_new(history, change);
    }
    if (change->record_case != AWARD__CHANGE__RECORD_CASE) {
        return history_change(history->ctl, change, 0);
    }
    const char *text = history_change(history->ctl, change, history->stage);
    history->stage = change->case_->stage;
    return text;
}

static void history_print(struct ctl *ctl, const Award__CaseView *view)
{
    struct history history = {.ctl = ctl, .c = view->case_};
    show_heading(ctl, "历史", "history");
    for (size_t i = 0; i < view->n_history; i++) {
        const Award__HistoryItem *item = view->history[i];
        (void)printf("%s  %s  %s  %s（%s）\n", ctl_moment(ctl, item->recorded),
                     history_event(ctl, item), history_who(item), history_outcome(ctl, item),
                     show_article(ctl, item->article));
        for (size_t j = 0; j < item->n_reasons; j++) {
            (void)printf("    %s\n", show_reason(ctl, item->reasons[j]));
        }
        for (size_t j = 0; j < item->n_changes; j++) {
            const char *text = change_text(&history, item->changes[j]);
            if (text != NULL) {
                (void)printf("    %s\n", text);
            }
        }
        for (size_t j = 0; j < item->n_corrections; j++) {
            (void)printf("    %s\n", show_correction(ctl, item->corrections[j]));
        }
    }
}

static void history_csv(struct ctl *ctl, const Award__CaseView *view)
{
    static const char *const heads[] = {"时刻 recorded", "事件 event",   "由谁 who", "结果 outcome",
                                        "条款 article",  "变更 changes", NULL};
    struct history history = {.ctl = ctl, .c = view->case_};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_history; i++) {
        const Award__HistoryItem *item = view->history[i];
        const char *changes = "";
        for (size_t j = 0; j < item->n_changes; j++) {
            const char *text = change_text(&history, item->changes[j]);
            if (text != NULL) {
                changes = arena_format(ctl->arena, "%s%s%s", changes,
                                       changes[0] != '\0' ? "；" : "", text);
            }
        }
        table_row(table,
                  (const char *const[]){ctl_moment(ctl, item->recorded), history_event(ctl, item),
                                        history_who(item), history_outcome(ctl, item),
                                        show_article(ctl, item->article), changes});
    }
    table_end(table);
}

// ---- Together

static void view_print(struct ctl *ctl, const Award__CaseView *view)
{
    headline_print(ctl, view);
    scores_print(ctl, view);
    if (view->n_deadlines > 0) {
        show_heading(ctl, "期限", "deadlines");
        deadlines_print(ctl, view->n_deadlines, view->deadlines);
        deadlines_moves_print(ctl, view->n_deadlines, view->deadlines);
    }
    holds_print(ctl, view);
    next_print(ctl, view);
    revocations_print(ctl, view);
    duties_print(ctl, view);
    show_notes(ctl, view->n_notes, view->notes);
    materials_print(ctl, view);
    history_print(ctl, view);
}

static int case_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_case_show, 1, argc, argv, &status)) {
        return status;
    }
    Award__QueryCase query = AWARD__QUERY_CASE__INIT;
    query.case_ = argv[0];
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_CASE, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->case_->base);
    } else if (ctl->output == CTL_CSV) {
        history_csv(ctl, reply->case_);
    } else {
        view_print(ctl, reply->case_);
    }
    if (reply->more && ctl->output == CTL_TABLE) {
        (void)printf("\n（还有更多：awardctl journal --subject %s 列出全部 / there is more: that "
                     "line lists it)\n",
                     reply->case_->case_->case_);
    }
    return CTL_OK;
}
