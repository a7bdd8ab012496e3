// doctor - `doctor`: whether all is well, and what to do where it is not
//
// First it is looked at what the chosen checks need, then each check judges, then it is shown. What
// takes longer than a second says so on a terminal.
#include "clients/ctl/doctor.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/init.h"
#include "common/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int doctor_run(struct ctl *ctl, int argc, char **argv);

const struct command command_doctor = {
    .name = "doctor",
    .arguments = "[--only CHECK ...] [--quick] [--list] [--channels FILE] [--spool DIR]",
    .zh = "体检：主机、文件、服务、办公室、记录是否正常，不正常的怎么办",
    .en = "whether host, files, service, office and record are well, and what to do where not",
    .help =
        "最要紧的在前。退出码同监控插件：0 正常，1 有警告，2 有失败（awardd 没有应答也是），3 "
        "无从判断。\n"
        "The worst comes first. The exit status is that of monitoring plugins: 0 well, 1 "
        "warnings,\n"
        "2 something failed, as where awardd does not answer, 3 it could not be told.\n"
        "\n"
        "  --only CHECK ...  只做这些检查或分组 / these checks or groups alone\n"
        "  --quick          略去费时的：哈希链、状态、证书 / leave out what takes long: chain,\n"
        "                   state, certificates\n"
        "  --list           列出全部检查 / list all checks\n"
        "  --channels FILE  通知程序的通道文件，默认为 HOME/channels.yaml / the channels of the\n"
        "                   notification worker\n"
        "  --spool DIR      其待发目录 / its spool\n",
    .own_statuses = true,
    .run = doctor_run,
};

struct choice {
    bool quick;
    int names_count;
    char *const *names;
};

// ---- Choosing

static bool name_fits(const struct doctor_check *check, const char *name)
{
    return strcmp(check->name, name) == 0 || strcmp(doctor_group_name(check->group), name) == 0;
}

static bool name_known(const char *name)
{
    for (size_t i = 0; i < doctor_checks_count; i++) {
        if (name_fits(&doctor_checks[i], name)) {
            return true;
        }
    }
    return false;
}

static void name_refuse(struct ctl *ctl, const char *name)
{
    struct word_search search = {.wanted = name};
    for (size_t i = 0; i < doctor_checks_count; i++) {
        word_try(&search, doctor_checks[i].name);
        word_try(&search, doctor_group_name(doctor_checks[i].group));
    }
    const char *best = search.best;
    (void)ctl_error(DOCTOR_STATUS_UNKNOWN,
                    arena_format(ctl->arena, "没有检查或分组 %s；%s%s%s见 awardctl doctor --list",
                                 name, best != NULL ? "是不是 " : "", best != NULL ? best : "",
                                 best != NULL ? "？" : ""),
                    arena_format(ctl->arena,
                                 "there is no check or group %s; %s%s%ssee awardctl doctor --list",
                                 name, best != NULL ? "is it " : "", best != NULL ? best : "",
                                 best != NULL ? "? " : ""));
}

// False when it has said which is none.
static bool names_known(struct ctl *ctl, const struct choice *choice)
{
    for (int i = 0; i < choice->names_count; i++) {
        if (!name_known(choice->names[i])) {
            name_refuse(ctl, choice->names[i]);
            return false;
        }
    }
    return true;
}

static bool wanted(const struct choice *choice, const struct doctor_check *check)
{
    bool named = choice->names_count == 0;
    for (int i = 0; i < choice->names_count; i++) {
        named = named || name_fits(check, choice->names[i]);
    }
    return named;
}

static bool chosen(const struct choice *choice, const struct doctor_check *check)
{
    return wanted(choice, check) && !(choice->quick && check->slow);
}

static bool name_chosen(const struct choice *choice, const char *name)
{
    for (size_t i = 0; i < doctor_checks_count; i++) {
        if (strcmp(doctor_checks[i].name, name) == 0) {
            return chosen(choice, &doctor_checks[i]);
        }
    }
    return false;
}

// ---- What takes longer than a second

static const char *volatile step_words;

static void step_tell(int signal_number)
{
    (void)signal_number;
    const char *words = step_words;
    (void)!write(STDERR_FILENO, words, strlen(words));
}

static void step_begin(const char *words)
{
    static const struct sigaction tell = {.sa_handler = step_tell, .sa_flags = SA_RESTART};
    if (isatty(STDERR_FILENO) == 1) {
        step_words = words;
        (void)sigaction(SIGALRM, &tell, NULL);
        (void)alarm(1);
    }
}

static void step_end(void)
{
    (void)alarm(0);
}

// ---- Looking

// Whether the long ones would tell anything, which the short ones have found.
static bool can_look(const struct doctor_facts *facts, const char *name)
{
    struct doctor_finding finding;
    size_t i = 0;
    while (strcmp(doctor_checks[i].name, name) != 0) {
        i++;
    }
    return !doctor_need_unmet(doctor_checks[i].needs, facts, &finding);
}

static void look_long(struct ctl *ctl, const struct choice *choice, struct doctor_facts *facts)
{
    if (name_chosen(choice, "certificates") && can_look(facts, "certificates")) {
        step_begin("awardctl doctor: 查询证书 / certificates …\n");
        doctor_look_certificates(facts);
        step_end();
    }
    if (name_chosen(choice, "chain") && can_look(facts, "chain")) {
        step_begin("awardctl doctor: 核对哈希链 / the chain …\n");
        doctor_look_chain(ctl, facts);
        step_end();
    }
    if (name_chosen(choice, "state") && can_look(facts, "state")) {
        step_begin("awardctl doctor: 核对日志和状态 / journal and state …\n");
        doctor_look_state(ctl, facts);
        step_end();
    }
}

static void look(struct ctl *ctl, const struct choice *choice, const struct doctor_options *options,
                 struct doctor_facts *facts)
{
    step_begin("awardctl doctor: 查看文件 / files …\n");
    doctor_look_host(facts);
    doctor_look_files(ctl, options, facts);
    step_end();
    step_begin("awardctl doctor: 等候 awardd 答复 / waiting for awardd …\n");
    doctor_ask(ctl, facts);
    step_end();
    step_begin("awardctl doctor: 查看服务 / the service …\n");
    doctor_look_disk(facts);
    doctor_look_service(facts);
    step_end();
    look_long(ctl, choice, facts);
}

// ---- The command

static int checks_run(struct ctl *ctl, const struct choice *choice,
                      const struct doctor_options *options)
{
    struct doctor_facts *facts = arena_alloc(ctl->arena, sizeof(*facts));
    struct doctor_result *results = arena_alloc(ctl->arena, doctor_checks_count * sizeof(*results));
    size_t count = 0;
    size_t left_out = 0;
    facts->arena = ctl->arena;
    const struct init_place place = init_place_of(ctl, ctl->home);
    facts->home = place.directory;
    facts->service = place.service;
    facts->principal = ctl->principal;
    facts->now_ms = clock_wall_ms();
    facts->user = geteuid();
    look(ctl, choice, options, facts);
    for (size_t i = 0; i < doctor_checks_count; i++) {
        const struct doctor_check *check = &doctor_checks[i];
        if (chosen(choice, check)) {
            results[count++] = (struct doctor_result){check, doctor_judge(check, facts)};
        } else if (wanted(choice, check)) {
            left_out++;
        }
    }
    doctor_print(ctl, results, count, left_out);
    return (int)doctor_status_of(results, count);
}

// Neither configuration is there: it is no office that could be looked at.
static bool no_office(const struct ctl *ctl)
{
    const char *client = arena_format(ctl->arena, "%s/awardctl.yaml", ctl->home);
    const char *daemon = arena_format(ctl->arena, "%s/awardd.yaml", ctl->home);
    return access(client, F_OK) != 0 && errno == ENOENT && access(daemon, F_OK) != 0 &&
           errno == ENOENT;
}

static int doctor_run(struct ctl *ctl, int argc, char **argv)
{
    bool only = false;
    bool list = false;
    struct choice choice = {0};
    struct doctor_options look_at = {NULL, NULL};
    const struct ctl_option options[] = {
        {"--only",     NULL,              &only        },
        {"--quick",    NULL,              &choice.quick},
        {"--list",     NULL,              &list        },
        {"--spool",    &look_at.spool,    NULL         },
        {"--channels", &look_at.channels, NULL         },
        {NULL,         NULL,              NULL         },
    };
    argc = ctl_options(&command_doctor, options, argc, argv);
    if (argc < 0 || (argc > 0) != only) {
        (void)(argc >= 0 && ctl_usage(&command_doctor));
        return DOCTOR_STATUS_UNKNOWN;
    }
    choice.names_count = argc;
    choice.names = argv;
    if (!names_known(ctl, &choice)) {
        return DOCTOR_STATUS_UNKNOWN;
    }
    if (list) {
        doctor_list_print(ctl);
        return DOCTOR_STATUS_OK;
    }
    if (no_office(ctl)) {
        return ctl_error(
            DOCTOR_STATUS_UNKNOWN,
            arena_format(ctl->arena, "%s 中没有配置；请用 --home 写明办公室的目录", ctl->home),
            arena_format(ctl->arena,
                         "there is no configuration in %s; name the office's directory "
                         "with --home",
                         ctl->home));
    }
    return checks_run(ctl, &choice, &look_at);
}
