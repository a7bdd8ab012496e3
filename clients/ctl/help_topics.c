// help_topics - what `awardctl help` tells beside commands: subjects, and files by their keys
#include "clients/ctl/help_topics.h"

#include "letters/templates.h"
#include "settings/file_keys.h"

// clang-format off
static const struct help_topic TOPICS[] = {
    {"begin", "开始", "where to begin",
     "管理员：awardctl init 建立办公室，见 docs/getting-started.md。\n"
     "经办人：每天先看 awardctl today；一件事怎么报，看 awardctl new 事件；第一周见 docs/office.md。\n"
     "拿不准时加 --dry-run：只试算，不写入。\n",
     "The administrator makes an office by awardctl init: docs/getting-started.md.\n"
     "A clerk looks at awardctl today first; awardctl new EVENT shows how something is reported;\n"
     "docs/office.md is a first week. When in doubt add --dry-run: it decides and writes nothing.\n"},
    {"events", "事件", "reporting what happened",
     "一切都以事件报告：awardctl explain events 列出全部事件、条款、由谁报、须有什么。\n"
     "  awardctl new paper_received          显示填写样式\n"
     "  awardctl send paper_received 字段=值  提交一个\n"
     "  awardctl push 文件                    提交一个文件，每行一个（JSON）\n"
     "字段：cycle=2018；列表的一项 media[0].medium=重庆日报；多个值 units=甲,乙。\n"
     "答复：通过（已生效）、待定（等第二人或第二份收件）、不予通过（已记录，附理由）、驳回（未记录）。\n",
     "Everything is reported as an event: awardctl explain events lists them, with article, who may\n"
     "report each and what it has to say.\n"
     "  awardctl new paper_received               shows what there is to fill in\n"
     "  awardctl send paper_received FIELD=VALUE  sends one\n"
     "  awardctl push FILE                        sends a file, one a line (JSON)\n"
     "Fields: cycle=2018; one of a list media[0].medium=TEXT; several values units=A,B.\n"
     "Answers: accepted (in effect), pending (a second person or receipt is awaited), refused (on\n"
     "record, with reasons), rejected (nothing is stored).\n"},
    {"ids", "编号", "sending again without harm",
     "每个事件有编号。同一编号、同一内容再次提交，得到原来的答复，不再记录；同一编号、不同内容被驳回。\n"
     "send 每次自取新编号并显示出来：失败后带 --id 编号 重发。push 的编号由内容得出：同一文件可以\n"
     "反复提交。\n"
     "案件编号：年度/信用代码/序号，如 2018/91500109622018352Y/1。\n"
     "期限编号：对象:种类:序号，如 2018:closing:1。\n",
     "Each event has an id. The same id and content again gets the answer on record and changes\n"
     "nothing; the same id with other content is rejected. send takes a new id each time and says it:\n"
     "after a failure send again with --id and that id. push makes ids from the content: pushing a\n"
     "file again is safe.\n"
     "A case is cycle/credit code/number, as 2018/91500109622018352Y/1; a deadline is subject:kind:\n"
     "number, as 2018:closing:1.\n"},
    {"dates", "日期", "how days and moments are written",
     "日期：2018-03-07。时刻：2018-03-07T10:00:00+08:00，也可写 \"2018-03-07 10:00\"；\n"
     "\"2018-03-07 24:00\" 为当日最后一刻；只写日期为当日零时。一律为北京时间。\n"
     "期间：15wd 为十五个工作日，7d 为七日；awardctl calendar add 2018-09-26 15wd 计算末日。\n",
     "A day is 2018-03-07. A moment is 2018-03-07T10:00:00+08:00, or \"2018-03-07 10:00\"; \"2018-03-07\n"
     "24:00\" is the last of that day, a day alone its beginning. All of it is time in Asia/Shanghai.\n"
     "A length is 15wd (working days) or 7d (days); awardctl calendar add 2018-09-26 15wd computes\n"
     "the last day.\n"},
    {"points", "分数", "how points and scores are written",
     "分数至多两位小数：85、85.5、85.50 相同。各类目满分见评选规则（awardctl rulebook show 文件），\n"
     "合计一千分；答辩一百分。\n"
     "得分不取整：综合得分按精确分数比较，显示时四舍五入到四位小数。\n",
     "Points have two decimals at most: 85, 85.5 and 85.50 are the same. The rulebook has the most of\n"
     "each category (awardctl rulebook show FILE), 1000 in all; a defence has 100.\n"
     "Nothing is rounded: composites are compared as exact fractions and shown to four decimals.\n"},
    {"clock", "时钟", "what time it is, and rehearsals",
     "正式的库用主机的时钟；主机时钟落后时不接受事件（错误 clock_behind）。\n"
     "演练库（awardctl init 加 --clock manual）的时钟由管理员拨动：awardctl clock set 时刻，\n"
     "或事件文件每行的 at。\n"
     "它停在每个到期的时刻依次处理，只能往后；消息不发出；每个答复注明是演练，永远不能成为正式的库。\n",
     "A real database goes by the host's clock; while that is behind nothing is taken (clock_behind).\n"
     "Of a rehearsal (awardctl init with --clock manual) the administrator sets the clock: awardctl\n"
     "clock set MOMENT, or `at` in the lines of a file. It stops at each moment that something is due,\n"
     "moves forward only, sends no message, says in every answer that it is a rehearsal, and never\n"
     "becomes a real one.\n"},
    {"rights", "权限", "who may do what",
     "一把密钥属于一个人员，人员有角色，区县局和企业另有范围。没有写明的都不准许，查询也一样。\n"
     "awardctl explain events 的“由谁”和 awardctl explain queries 的“所见”就是全部权限；\n"
     "awardctl principals 列出人员。\n"
     "管理员登记的人员和密钥，由监督委员会会签（countersigned）后才有效。管理员不能报业务事件；\n"
     "任何人都不能改、删记录。\n",
     "A key belongs to a principal, a principal has a role, a district bureau and an enterprise also a\n"
     "scope. What is not allowed by name is denied, queries too. awardctl explain events (from) and\n"
     "awardctl explain queries (sees) are all there is; awardctl principals lists who is who.\n"
     "People and keys that the administrator enrols act once the supervision committee has\n"
     "countersigned. The administrator reports no business; nobody can change or remove an entry.\n"},
    {"keys", "密钥", "key files, enrolling and revoking",
     "密钥是一个文件，名称.key，只有本人可读；它就是签名，不外借。\n"
     "awardctl key new 名称 生成，并显示登记它的命令；\n"
     "awardctl key list 列出登记情况；遗失即 awardctl key revoke 公钥 --reason 遗失，立即生效。\n"
     "以谁的名义：--as 名称；不写则为 awardctl.yaml 的 default_principal。\n",
     "A key is a file, NAME.key, which its owner alone may read; it is a signature, lend it to nobody.\n"
     "awardctl key new NAME makes one and shows the line that enrols it; awardctl key list tells\n"
     "how they stand; of a lost one, awardctl key revoke PUBLICKEY --reason TEXT takes effect at once.\n"
     "In whose name: --as NAME; else the default_principal of awardctl.yaml.\n"},
    {"deadlines", "期限", "how periods are counted",
     "开始的当日不计入，末日 24:00 届满。公示、报告等期限的种类、长度、由何开始、由何完成：\n"
     "awardctl explain deadlines。\n"
     "工作日按国务院的放假安排和调休（awardctl calendar show 年）；安排尚未载入的，期限标为“暂定”，\n"
     "载入后重算。\n"
     "一个期限的由来：awardctl why 期限。逾期如实记录并逐级提醒，补报不会被拒。\n",
     "The first day is not counted; a period ends at 24:00 of its last day. awardctl explain deadlines\n"
     "has the kinds, their length, what opens and what closes them. Working days are those of the\n"
     "State Council's calendar (awardctl calendar show YEAR); where that is not loaded yet a deadline\n"
     "is provisional and is computed anew by it. How one came by its day: awardctl why DEADLINE.\n"
     "What is overdue stays on record and is escalated; a late report is never refused.\n"},
    {"year", "年度", "an award from its notice to its end",
     "一届评选，按细则第十六条（第十七条以下在颁奖之后）：\n"
     "  通知 cycle_opened，申报 application_submitted 和 paper_received，核实、推荐、受理\n"
     "  资料评审：独立评分，合议评分；答辩；现场评审；评审组长会议\n"
     "  综合评选：排序 awardctl ranking；公示七日；审议；审批；签署；公布；颁奖\n"
     "  之后：分享经验，每年自我评价，十五个工作日内报告事故和抽查不合格，必要时撤销\n"
     "案件处在哪一步、下一步由谁办：awardctl case show 案件。全部阶段：awardctl explain lifecycle。\n",
     "One run of the award, by Article 16 (what follows the conferral by 17 and on):\n"
     "  notice cycle_opened, application application_submitted and paper_received, verification,\n"
     "  recommendation, acceptance\n"
     "  document review: independent sheets, consensus; defence; site visit; leaders' meeting\n"
     "  selection: awardctl ranking; 7 days of publicity; deliberation; approval; signature;\n"
     "  publication; conferral\n"
     "  afterwards: experience shared, self-evaluation each year, accidents and failed samples\n"
     "  reported within 15 working days, revocation where it must be\n"
     "Where a case stands and whose move it is: awardctl case show CASE. All stages: awardctl explain\n"
     "lifecycle.\n"},
    {"files", "文件", "which files there are",
     "  awardd.yaml          协调程序的配置；awardctl config show 显示现行的值\n"
     "  awardctl.yaml        awardd 在哪里、默认以谁的名义\n"
     "  keys/名称.key         密钥；server.key 是协调程序的\n"
     "  channels.yaml        邮件等通道；/etc/default/award-notification 写明用它\n"
     "  templates/           本单位的通知文字\n"
     "  评选规则、提醒方案、节假日安排：/usr/share/awardd 中有随程序的，载入后在日志中\n"
     "  /var/lib/awardd      数据库：journal 不可丢失，awardctl backup create 备份\n"
     "  /var/spool/awardd    不经服务器投递的消息\n"
     "各文件的键：awardctl help awardd.yaml 等；手册 man 5 awardd.yaml 等。\n",
     "  awardd.yaml          of the coordinator; awardctl config show has what is in force\n"
     "  awardctl.yaml        where awardd is, and whose key is used\n"
     "  keys/NAME.key        keys; server.key is the coordinator's\n"
     "  channels.yaml        mail and other channels; /etc/default/award-notification names it\n"
     "  templates/           the office's own wording of messages\n"
     "  rulebook, alert policy, calendar: /usr/share/awardd has those that come with the program;\n"
     "                       what is loaded is in the journal\n"
     "  /var/lib/awardd      the database: the journal must not be lost, awardctl backup create copies it\n"
     "  /var/spool/awardd    messages that are not delivered by a server\n"
     "The keys of each: awardctl help awardd.yaml and so on; the manual: man 5 awardd.yaml.\n"},
    {"log", "日志", "what the programs log, and what to do about it",
     "各程序把日志写到标准错误；systemd 下进入系统日志，journalctl -x 在每行旁写明怎么办。\n"
     "awardctl explain log 列出每一种行。级别和格式：log_level、log_format（awardd.yaml），\n"
     "worker_log_level、worker_log_format（awardctl.yaml），SIGHUP 重新读取。\n"
     "办了什么事看 awardctl journal，不看日志。\n",
     "The programs log to standard error; under systemd the lines go to its journal, and journalctl -x\n"
     "says beside each what to do. awardctl explain log lists every kind of line. Level and format are\n"
     "log_level and log_format of awardd.yaml, worker_log_level and worker_log_format of awardctl.yaml;\n"
     "SIGHUP has them read again. What was done is told by awardctl journal, not by the log.\n"},
    {"health", "健康", "whether it is well: doctor, status, trace, metrics",
     "awardctl doctor 逐项体检，写明怎么办；awardctl status 显示现况；awardctl trace 编号 追踪一个\n"
     "事件；awardctl check 检查提醒能否送到人；awardctl verify 核对哈希链。\n"
     "metrics_endpoint（awardd.yaml）打开一个 HTTP 端口：/healthz、/readyz 和 /metrics，供监控系统读取；\n"
     "awardd --metrics 列出全部指标。见 docs/administrator/metrics.md。\n",
     "awardctl doctor looks at everything and says what to do; awardctl status tells how it is,\n"
     "awardctl trace ID what became of an event, awardctl check whether everybody can be told,\n"
     "awardctl verify goes through the chain. metrics_endpoint of awardd.yaml opens an HTTP port with\n"
     "/healthz, /readyz and /metrics for who watches; awardd --metrics lists all metrics. See\n"
     "docs/administrator/metrics.md.\n"},
    {"output", "输出", "tables, JSON, CSV, languages",
     "--output table（默认）、json 或 csv。json 供程序使用：字段名与合同（proto/）相同；\n"
     "csv 可导入表格软件。\n"
     "屏幕上先中文、后英文。错误写到标准错误，一句中文一句英文，并说明下一步。环境变量 NO_COLOR 去掉颜色。\n",
     "--output table (the default), json or csv. json is for programs, with the names of the contract\n"
     "(proto/); csv goes into a spreadsheet. Screens have Chinese first, English beside it. Errors go\n"
     "to standard error, a sentence each, and say what to do next. NO_COLOR takes away colours.\n"},
    {"environment", "环境变量", "variables that awardctl reads",
     "  AWARD_HOME              awardctl.yaml 所在目录；--home 优先；都没有则为 /etc/awardd\n"
     "  NO_COLOR                有则不用颜色\n"
     "  CREDENTIALS_DIRECTORY   服务管理器交来的密钥，优先于同名文件\n",
     "  AWARD_HOME              directory of awardctl.yaml; --home goes before it; else /etc/awardd\n"
     "  NO_COLOR                no colours where it is set\n"
     "  CREDENTIALS_DIRECTORY   keys from a service manager, before files of the same name\n"},
    {"completion", "补全", "completing by the Tab key in bash",
     "软件包装有 bash 补全：命令、选项、取值、文件名，以及运行中的 awardd 所知的案件、年度、人员、期限。\n"
     "没有应答时只补全前几种，不报错，最多等一秒。未装软件包时：source packaging/awardctl.bash\n",
     "The package has a completion for bash: commands, options, values, names of files, and what the\n"
     "running awardd knows of cases, cycles, people and deadlines. Without an answer there is less of\n"
     "it, no error, and a second's wait at most. Without the package: source packaging/awardctl.bash\n"},
    {"exit-status", "退出码", "what awardctl ends with", NULL, NULL},
    {"options", "选项", "options of all commands", NULL, NULL},
};
// clang-format on

static const struct help_file FILES[] = {
    {"awardd.yaml",   "awardd.yaml(5)",    &daemon_keys      },
    {"awardctl.yaml", "awardctl.yaml(5)",  &client_keys      },
    {"channels.yaml", "award-channels(5)", &notification_keys},
    {"rulebook.yaml", "award-rulebook(5)", &rulebook_keys    },
    {"alerts.yaml",   "award-alerts(5)",   &alert_policy_keys},
    {"people.yaml",   "award-people(5)",   &people_keys      },
    {"template.yaml", "award-template(5)", &template_keys    },
};

const struct help_topic *help_topics(size_t *count)
{
    *count = sizeof(TOPICS) / sizeof(TOPICS[0]);
    return TOPICS;
}

const struct help_file *help_files(size_t *count)
{
    *count = sizeof(FILES) / sizeof(FILES[0]);
    return FILES;
}
