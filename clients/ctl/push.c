// push - `push FILE|-`: a file of events, in the names of many people
#include "clients/ctl/push.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int push_run(struct ctl *ctl, int argc, char **argv);

const struct command command_push = {
    .name = "push",
    .arguments = "FILE|- [--dry-run] [--settle] [--echo] [--echo-key PRINCIPAL] "
                 "[--clock-key PRINCIPAL] [--report FILE]",
    .zh = "提交事件文件（JSON 行）",
    .en = "push a file of events (JSON lines)",
    .help =
        "每行一个事件；principal 说明以谁的名义，用密钥目录中该人的密钥发送；at "
        "说明时刻，演练库的\n"
        "时钟先拨到那里。没有 id 的事件由内容得出 id，重复提交不会改变任何东西。\n"
        "按 Ctrl-C：已送出的等到答复，打印计数，以 130 退出；再按一次立即退出。\n"
        "One event a line; `principal` says under whose key it goes out, `at` where a manual "
        "clock\n"
        "is moved to first. An event without id gets one from its content: pushing twice is safe.\n"
        "Ctrl-C: what is on its way is answered, the counts are printed, and the status is 130; a\n"
        "second one ends it at once.\n"
        "\n"
        "  --dry-run         只试算，不写入 / decide without writing\n"
        "  --settle          每行之后等各任务答复 / wait after each line until tasks are answered\n"
        "  --echo            逐步显示 / show each step\n"
        "  --echo-key PRINCIPAL\n"
        "                    以谁的眼睛看日志（默认 supervision）/ whose eyes see the journal\n"
        "  --clock-key PRINCIPAL\n"
        "                    用谁的密钥拨时钟（默认 admin）/ whose key moves the clock\n"
        "  --report FILE     另写每行结果（JSON 行）/ the result of each line, for programs\n",
    .needs_settings = true,
    .run = push_run,
};

static int file_problem(const struct ctl *ctl, const char *path)
{
    const char *why = strerror(errno);
    return ctl_error(CTL_INPUT, arena_format(ctl->arena, "打不开 %s：%s", path, why),
                     arena_format(ctl->arena, "cannot open %s: %s", path, why));
}

static bool reader_next(void *context, struct line *line)
{
    return line_reader_next(context, line);
}

static bool reader_would_wait(void *context)
{
    return line_reader_would_wait(context);
}

static int file_push(struct ctl *ctl, int fd, const struct push_options *options)
{
    struct line_reader *reader = line_reader_create(fd, interrupt_watch());
    const struct push_lines_source source = {reader_next, reader_would_wait, reader};
    int status = push_lines(ctl, options, &source);
    if (line_reader_error(reader) != 0) {
        status = ctl_error(CTL_INPUT, "事件文件读到一半出错；请检查磁盘后重新提交，重复是安全的",
                           "reading the events failed half way; push again, it is safe");
    }
    line_reader_destroy(reader);
    return status;
}

static int push_run(struct ctl *ctl, int argc, char **argv)
{
    struct push_options chosen = {.clock_key = "admin", .echo_key = "supervision"};
    const char *report_path = NULL;
    const struct ctl_option options[] = {
        {"--dry-run",   NULL,              &chosen.dry_run},
        {"--settle",    NULL,              &chosen.settles},
        {"--echo",      NULL,              &chosen.echo   },
        {"--echo-key",  &chosen.echo_key,  NULL           },
        {"--clock-key", &chosen.clock_key, NULL           },
        {"--report",    &report_path,      NULL           },
        {NULL,          NULL,              NULL           },
    };
    argc = ctl_options(&command_push, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_push);
    }
    int fd = strcmp(argv[0], "-") == 0 ? STDIN_FILENO : open(argv[0], O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return file_problem(ctl, argv[0]);
    }
    chosen.report = report_path != NULL ? fopen(report_path, "we") : NULL;
    if (report_path != NULL && chosen.report == NULL) {
        return file_problem(ctl, report_path);
    }
    chosen.echo = chosen.echo && ctl->output == CTL_TABLE;
    return file_push(ctl, fd, &chosen);
}
