// awardd - runs the coordinator's own commands, which work on the files of its host
#include "clients/ctl/awardd.h"

#include "settings/data_file.h"

#include <assert.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// It lies beside awardctl, or on PATH.
static void awardd_become(struct ctl *ctl, const char *const words[])
{
    char *arguments[AWARDD_WORDS_MAX + 2] = {arena_string(ctl->arena, "awardd")};
    for (size_t i = 0; words[i] != NULL; i++) {
        assert(i < AWARDD_WORDS_MAX);
        arguments[i + 1] = arena_string(ctl->arena, words[i]);
    }
    const char *beside = arena_format(ctl->arena, "%s/awardd", data_program_directory(ctl->arena));
    (void)execvp(access(beside, X_OK) == 0 ? beside : "awardd", arguments);
    (void)fprintf(stderr, "awardctl: awardd: %s\n", strerror(errno));
}

// Groups first: a user who is not root any more could not leave them.
static bool user_become(const struct awardd_user *user)
{
    return setgroups(0, NULL) == 0 && setgid(user->group) == 0 && setuid(user->user) == 0;
}

static _Noreturn void child_run_awardd(struct ctl *ctl, const char *const words[],
                                       const struct awardd_user *user, int output)
{
    if (output >= 0 && dup2(output, STDOUT_FILENO) < 0) {
        _exit(CTL_INPUT);
    }
    if (user != NULL && !user_become(user)) {
        (void)fprintf(stderr, "awardctl: setuid %u: %s\n", user->user, strerror(errno));
        _exit(CTL_INPUT);
    }
    awardd_become(ctl, words);
    _exit(CTL_INPUT);
}

int awardd_run_into(struct ctl *ctl, const char *const words[], const struct awardd_user *user,
                    int output)
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        child_run_awardd(ctl, words, user, output);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        (void)ctl_error(CTL_INPUT, "awardd 未能运行完毕", "awardd did not run to its end");
        return -1;
    }
    return WEXITSTATUS(status);
}

int awardd_run_as(struct ctl *ctl, const char *const words[], const struct awardd_user *user)
{
    return awardd_run_into(ctl, words, user, -1);
}

int awardd_run(struct ctl *ctl, const char *const words[])
{
    return awardd_run_as(ctl, words, NULL);
}
