// init_questions - what `awardctl init` asks on a terminal
//
// Only what was not given, each with what Enter stands for. An answer that cannot be is asked for
// again; the end of the input (Ctrl-D) ends it before anything was made.
#include "clients/ctl/init.h"

#include "settings/data_file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct question {
    const char *zh;
    const char *en;
    const char *standard; // what Enter stands for, as it is shown; NULL: an answer is needed
    bool (*good)(struct ctl *ctl, const char *answer);
};

// One line without its end and the blanks around it; NULL at the end of the input. Of a line that
// is too long *text is empty.
static const char *line_read(char *line, int size)
{
    if (fgets(line, size, stdin) == NULL) {
        return NULL;
    }
    size_t length = strlen(line);
    bool whole = length > 0 && line[length - 1] == '\n';
    for (int rest = whole ? '\n' : 0; rest != '\n' && rest != EOF;) {
        rest = getchar();
    }
    while (length > 0 && isspace((unsigned char)line[length - 1])) {
        line[--length] = '\0';
    }
    return whole ? line + strspn(line, " \t") : "";
}

// The answer in the arena; "" where Enter was pressed. False at the end of the input.
static bool ask(struct ctl *ctl, const struct question *question, const char **answer)
{
    char line[SETTINGS_PATH_BYTES];
    for (;;) {
        (void)printf("%s / %s", question->zh, question->en);
        (void)printf(question->standard != NULL ? " [%s]: " : ": ", question->standard);
        (void)fflush(stdout);
        const char *text = line_read(line, sizeof(line));
        if (text == NULL) {
            (void)puts("");
            return ctl_error(CTL_USAGE, "没有回答，什么也没有建立",
                             "no answer; nothing was made") == CTL_OK;
        }
        *answer = arena_string(ctl->arena, text);
        bool taken = text[0] == '\0' ? question->standard != NULL
                                     : question->good == NULL || question->good(ctl, *answer);
        if (taken) {
            return true;
        }
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

// Asks for a value that was not given; Enter leaves it as it is.
static bool fill(struct ctl *ctl, const struct question *question, const char **value)
{
    const char *answer = "";
    if (*value != NULL) {
        return true;
    }
    if (!ask(ctl, question, &answer)) {
        return false;
    }
    *value = answer[0] != '\0' ? answer : NULL;
    return true;
}

bool init_ask(struct ctl *ctl, struct init *init)
{
    const char *rulebook = base_name(data_file("chongqing-2015.yaml", ctl->arena));
    const struct question where = {"建在哪个目录", "in which directory", ctl->home, NULL};
    const struct question city = {"城市，如 重庆", "city, such as 重庆", NULL, init_city_good};
    const struct question rules = {"细则文件", "file of the rulebook", rulebook,
                                   init_rulebook_good};
    const struct question people = {
        "首批人员文件（YAML）", "file of the first people (YAML)",
        "office, government, bureau, review-committee, selection-committee, supervision, public, "
        "admin",
        init_people_good};
    bool answered = fill(ctl, &where, &init->directory) && fill(ctl, &city, &init->city) &&
                    fill(ctl, &rules, &init->rulebook) && fill(ctl, &people, &init->people);
    if (answered && init->directory == NULL) {
        init->directory = ctl->home;
    }
    return answered;
}
