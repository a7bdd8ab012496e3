// log_kinds - the table of all that the programs log, a row each kind of line
#include "common/log_kinds.h"

#include "common/log.h"

#include <assert.h>

#define AT(member) offsetof(struct log_call, member)
#define TEXT .text = true
#define SAID .text = true, .masked = true

// clang-format off
static const struct log_field_row fields[FIELDS] = {
    [FIELD_EVENT]          = {"event",          AT(event),          TEXT, .zh = "事件类型", .en = "kind of event"},
    [FIELD_QUERY]          = {"query",          AT(query),          TEXT, .zh = "查询", .en = "kind of query"},
    [FIELD_CASE]           = {"case",           AT(case_id),        TEXT, .zh = "案件", .en = "the case"},
    [FIELD_PRINCIPAL]      = {"principal",      AT(principal),      TEXT, .zh = "以谁的名义", .en = "in whose name"},
    [FIELD_CODE]           = {"code",           AT(code),           TEXT, .zh = "代码，见 errors.md", .en = "the code, see errors.md"},
    [FIELD_ENTRY]          = {"entry",          AT(entry),          .zh = "日志的条目号", .en = "number of the journal's entry"},
    [FIELD_TASK]           = {"task",           AT(task),           TEXT, .zh = "任务", .en = "the task"},
    [FIELD_EVENT_ID]       = {"event_id",       AT(event_id),       TEXT, .zh = "事件编号", .en = "the event's id"},
    [FIELD_SUBJECT]        = {"subject",        AT(subject),        TEXT, .zh = "到期的是什么", .en = "what is due"},
    [FIELD_RECORD]         = {"record",         AT(record),         TEXT, .zh = "状态的记录", .en = "record of the state"},
    [FIELD_KEY]            = {"key",            AT(key),            TEXT, .zh = "公钥", .en = "public key"},
    [FIELD_DIGEST]         = {"digest",         AT(digest),         TEXT, .zh = "地址的摘要", .en = "digest of an address"},
    [FIELD_SETTING]        = {"setting",        AT(setting),        TEXT, .zh = "配置项", .en = "key of the configuration"},
    [FIELD_FROM]           = {"from",           AT(from),           TEXT, .zh = "原来的值", .en = "the value before"},
    [FIELD_TO]             = {"to",             AT(to),             TEXT, .zh = "现在的值", .en = "the value now"},
    [FIELD_FILE]           = {"file",           AT(file),           TEXT, .zh = "文件", .en = "the file"},
    [FIELD_LINE]           = {"line",           AT(line),           .zh = "文件的行号", .en = "line of the file"},
    [FIELD_CITY]           = {"city",           AT(city),           TEXT, .zh = "城市", .en = "the city"},
    [FIELD_ENDPOINT]       = {"endpoint",       AT(endpoint),       TEXT, .zh = "协调程序的地址", .en = "where the coordinator is"},
    [FIELD_CLIENTS]        = {"clients",        AT(clients),        TEXT, .zh = "客户端连接处", .en = "where clients connect"},
    [FIELD_WORKERS]        = {"workers",        AT(workers),        TEXT, .zh = "后台程序连接处", .en = "where workers connect"},
    [FIELD_FEED]           = {"feed",           AT(feed),           TEXT, .zh = "消息流连接处", .en = "where the feed is published"},
    [FIELD_REHEARSAL]      = {"rehearsal",      AT(rehearsal),      TEXT, .zh = "是演练", .en = "it is a rehearsal"},
    [FIELD_VERSION]        = {"version",        AT(version),        TEXT, .zh = "程序的版本", .en = "version of the program"},
    [FIELD_INSTANCE]       = {"instance",       AT(instance),       TEXT, .zh = "每次启动都不同的名字", .en = "a name, another one at each start"},
    [FIELD_LINES]          = {"lines",          AT(lines),          TEXT, .zh = "行的种类", .en = "kind of the lines"},
    [FIELD_COUNT]          = {"count",          AT(count),          .zh = "多少", .en = "how many"},
    [FIELD_STATUS]         = {"status",         AT(status),         .zh = "退出码，或服务器的答复码", .en = "exit status, or what the server answered with"},
    [FIELD_SIGNAL]         = {"signal",         AT(signal),         .zh = "信号", .en = "the signal"},
    [FIELD_CHANGED]        = {"changed",        AT(changed),        .zh = "改动的配置项", .en = "keys that are another now"},
    [FIELD_RESTART]        = {"restart",        AT(restart),        .zh = "待重启的配置项", .en = "keys that wait for a restart"},
    [FIELD_ALLOWED]        = {"allowed",        AT(allowed),        .zh = "系统允许的", .en = "as many as the system allows"},
    [FIELD_NEEDED]         = {"needed",         AT(needed),         .zh = "需要的", .en = "as many as are needed"},
    [FIELD_BEHIND_SECONDS] = {"behind_seconds", AT(behind_seconds), .zh = "落后的秒数", .en = "seconds behind"},
    [FIELD_BOUND_SECONDS]  = {"bound_seconds",  AT(bound_seconds),  .zh = "允许的秒数", .en = "seconds that are allowed"},
    [FIELD_DURATION_US]    = {"duration_us",    AT(duration_us),    .zh = "用了多少微秒", .en = "how long it took, in microseconds"},
    [FIELD_REASON]         = {"reason",         AT(reason),         SAID, .zh = "原因", .en = "the reason"},
};

#define MAKE_ROOM "请腾出磁盘空间", "make room on the disk"
#define STUCK "在服务管理器之下会重新启动；否则请重新启动，并保留这份日志", "under a service manager it is started anew; else do so, and keep the log"
#define NOTHING "", ""

static const struct log_kind_row kinds[SAY_KINDS] = {
    [SAY_READY] = {"ready", "b298390504264d9aa603dc17d2be5f83", LOG_INFO, "awardd",
        {FIELD_CITY, FIELD_ENTRY, FIELD_CLIENTS, FIELD_WORKERS, FIELD_FEED, FIELD_REHEARSAL, FIELD_DURATION_US},
        "已就绪", "ready", NOTHING},
    [SAY_STOPPED] = {"stopped", "1b0d9aad0c3a4c3f83eb1b60ffabbc66", LOG_INFO, "awardd", {FIELD_STATUS, FIELD_DURATION_US},
        "已停止", "stopped", NOTHING},
    [SAY_DATABASE_UNOPENED] = {"database_unopened", "7516e09fb043490f9eb9046c66098ac6", LOG_ERROR, "awardd", {FIELD_REASON},
        "数据库无法打开", "the database cannot be opened", "请按原因所说处理", "do what the reason says"},
    [SAY_LISTEN_FAILED] = {"listen_failed", "2ce58e6e11d1474085e49526b58c2a28", LOG_ERROR, "awardd", {FIELD_REASON},
        "无法监听", "cannot listen",
        "请核对 awardd.yaml 中的连接处，以及是否已有 awardd 在运行", "check the endpoints in awardd.yaml, and whether another awardd runs"},
    [SAY_DESCRIPTORS_FEW] = {"descriptors_few", "4c2b0853570d4e3e9969a3a73f62b302", LOG_WARN, "awardd", {FIELD_ALLOWED, FIELD_NEEDED},
        "系统允许的描述符不够连接之用", "the system allows fewer descriptors than the connections need",
        "请调高 LimitNOFILE，或调低 connections", "raise LimitNOFILE, or lower connections"},
    [SAY_SETTING_CHANGED] = {"setting_changed", "d0e2a9d96655413ca6f84921e7bcf917", LOG_INFO, "awardd", {FIELD_SETTING, FIELD_FROM, FIELD_TO},
        "已生效", "in force", NOTHING},
    [SAY_SETTING_WAITS] = {"setting_waits", "92c793233b2942fab094a345a24cec95", LOG_INFO, "awardd", {FIELD_SETTING, FIELD_FROM, FIELD_TO},
        "重启后生效", "after a restart", NOTHING},
    [SAY_STUCK_INTAKE] = {"stuck_intake", "110c7394ea454a40ad11b58a3b98089d", LOG_ERROR, "awardd", {FIELD_END},
        "消息在等候，却没有受理", "messages wait and none is taken", STUCK},
    [SAY_STUCK_DUE] = {"stuck_due", "a3fee64b33fd4cc89405dfa1500caaec", LOG_ERROR, "awardd", {FIELD_END},
        "有事项到期，却没有触发", "something is due and does not fire", STUCK},
    [SAY_STUCK_STATE] = {"stuck_state", "c1c4052d9ad44c0eb7106a8495ed55a3", LOG_ERROR, "awardd", {FIELD_END},
        "状态库正在写入，却没有进展", "the state is being written and gets no further", STUCK},
    [SAY_CLOCK_BEHIND] = {"clock_behind", "2d446061b5d840cdbf8307677888eba3", LOG_ERROR, "awardd", {FIELD_BEHIND_SECONDS, FIELD_BOUND_SECONDS},
        "主机时钟落后于最后一条记录，不接受事件，到期事项也不触发",
        "the host's clock is behind the last entry, so no event is taken and nothing fires",
        "请校准主机时钟", "set the host's clock"},
    [SAY_CLOCK_CAUGHT_UP] = {"clock_caught_up", "78c724f625bf4c79b448b095e5ec0b0c", LOG_INFO, "awardd", {FIELD_END},
        "主机时钟已赶上，恢复接受事件", "the host's clock has caught up, events are taken again", NOTHING},

    [SAY_STORAGE_FAILED] = {"storage_failed", "b49c3ffe93f345f1a2e3083d8a0d6c19", LOG_ERROR, "awardd", {FIELD_REASON},
        "存储失败，停止运行", "storage failed, stopping",
        "请检查磁盘，排除后重新启动；数据有疑问时运行 awardd verify",
        "check disk and host, mend them and start again; run awardd verify where the data is in doubt"},
    [SAY_STOP_UNWRITTEN] = {"stop_unwritten", "230616c4fbfc4c2a98fc886b2b1bb9d5", LOG_ERROR, "awardd", {FIELD_REASON},
        "停止未能记录", "the stop could not be written", "请检查磁盘；下次启动时补齐", "check the disk; the next start replays the rest"},
    [SAY_STATE_LEFT] = {"state_left", "c0456ef6da3e444cb6e503dcd82b1ab3", LOG_INFO, "awardd", {FIELD_END},
        "状态库来不及写完，下次启动时由日志补齐", "there was no time to write the state, the next start replays what it lacks", NOTHING},
    [SAY_GROUP_DISK_FULL] = {"group_disk_full", "716114053a1f433bb57b8c6eca5b8dbb", LOG_ERROR, "awardd", {FIELD_REASON},
        "磁盘已满，一组事件没有写入", "disk full, a group of events was not written", MAKE_ROOM},
    [SAY_DUE_DISK_FULL] = {"due_disk_full", "9d349a6b6ce14c6db9740e22ed01a99a", LOG_ERROR, "awardd", {FIELD_REASON},
        "磁盘已满，到期事项等候", "disk full, what is due waits", MAKE_ROOM},
    [SAY_STATE_DISK_FULL] = {"state_disk_full", "517d94ba0d80469d81c9497ff2931c05", LOG_ERROR, "awardd", {FIELD_REASON},
        "磁盘已满，状态留在内存中", "disk full, the state stays in memory", MAKE_ROOM},
    [SAY_RECORD_DAMAGED] = {"record_damaged", "c3e5d46813ef4b14b695ffd6b52a80a8", LOG_ERROR, "awardd", {FIELD_RECORD},
        "记录已损坏并搁置，需要它的事项会被驳回", "a record is damaged and set aside, what needs it is rejected",
        "请停止 awardd，运行 awardd rebuild", "stop awardd and run awardd rebuild"},
    [SAY_PAGE_DAMAGED] = {"page_damaged", "d1d467624705409ea048857df286b55c", LOG_ERROR, "awardd", {FIELD_END},
        "状态的一页已损坏，其中的记录读不到", "a page of the state is damaged and its records cannot be read",
        "请停止 awardd，运行 awardd rebuild", "stop awardd and run awardd rebuild"},
    [SAY_DUE_PASSED] = {"due_passed", "0ee0418e1f094f049344a471955f2970", LOG_ERROR, "awardd", {FIELD_CODE, FIELD_SUBJECT},
        "一个到期事项无法触发，下次启动之前略过", "a due row cannot fire and is passed over until the next start",
        "请运行 awardd verify", "run awardd verify"},
    [SAY_ADDRESS_UNREADABLE] = {"address_unreadable", "aa0333e0b9964ba0860943868c0db851", LOG_ERROR, "awardd", {FIELD_DIGEST},
        "一个地址读不出，给它的消息进入待发目录", "an address cannot be read, what is for it goes into the spool",
        "请运行 awardd verify，重新登记这个地址", "run awardd verify and record the address anew"},

    [SAY_CONNECTION_REFUSED] = {"connection_refused", "8c9b4e8d46d44d31bedbf6b80b5cec6c", LOG_WARN, "awardd", {FIELD_KEY},
        "拒绝了一个连接，密钥未登记或已吊销", "a connection was refused, the key is unknown or revoked",
        "若属本单位，请登记并会签", "where it is one of yours, enrol and countersign it"},
    [SAY_KEY_REFUSED] = {"key_refused", "a2df5b47479842039b6757fd21eba2b2", LOG_WARN, "awardd", {FIELD_KEY},
        "拒绝了一把密钥，它已吊销，或不得用于此端口", "a key was refused, it is revoked or not for this socket",
        "请核对它用于哪个端口", "check which socket it is for"},
    [SAY_MESSAGE_REFUSED] = {"message_refused", "0f80aadd551646a8a43118908e56b4f5", LOG_WARN, "awardd", {FIELD_CODE, FIELD_KEY},
        "拒绝了一条无法读懂的消息", "a message was refused, it cannot be read",
        "请按代码查 errors.md，并升级发送它的程序", "look the code up in errors.md, and update what sends it"},
    [SAY_NOT_AUTHORISED] = {"not_authorised", "ca8b648643f4401284945990353a58c5", LOG_WARN, "awardd",
        {FIELD_EVENT, FIELD_QUERY, FIELD_PRINCIPAL, FIELD_CODE, FIELD_CASE},
        "越权的请求已驳回", "not authorised",
        "请向当事人核实；屡次出现时吊销其密钥", "ask whose key it is; revoke it where it goes on"},
    [SAY_ANSWER_UNSENT] = {"answer_unsent", "7de1f58f561a4fdab8b6c369ec878003", LOG_DEBUG, "awardd", {FIELD_END},
        "一个答复无法发出", "an answer could not be sent", NOTHING},
    [SAY_WORKER_CONNECTED] = {"worker_connected", "5df5a5bb7ed04fc58f8b3cfb18c89981", LOG_INFO, "awardd", {FIELD_PRINCIPAL},
        "后台程序已连接", "worker connected", NOTHING},
    [SAY_WORKER_LEFT] = {"worker_left", "194909ca597646f6b2afacd5ec77d16a", LOG_INFO, "awardd", {FIELD_PRINCIPAL},
        "后台程序已离开", "worker left", NOTHING},
    [SAY_WORKER_SILENT] = {"worker_silent", "45e824d0a79346bdaafc2d7c917d955d", LOG_WARN, "awardd", {FIELD_PRINCIPAL},
        "后台程序没有动静，它的任务交给别的程序", "worker is silent, its tasks go to others",
        "请查看它是否在运行", "see whether it runs"},
    [SAY_WORKERS_TOO_MANY] = {"workers_too_many", "326de61286e64467866d478c343f96c3", LOG_WARN, "awardd", {FIELD_PRINCIPAL},
        "后台程序太多，有一个得不到任务", "too many workers, one is not served",
        "请停止多余的", "stop those that are not needed"},
    [SAY_KEY_SHARED] = {"key_shared", "4a8e8dc2ea614a20807034a472b2464a", LOG_WARN, "awardd", {FIELD_PRINCIPAL},
        "两个程序用同一把密钥，消息可能重发", "two programs use one key, and messages may go out twice",
        "请停止其一", "stop one of them"},
    [SAY_TASK_UNANSWERED] = {"task_unanswered", "ad8270e2567b46288ec7d22a1b40e15d", LOG_WARN, "awardd", {FIELD_TASK, FIELD_PRINCIPAL, FIELD_DURATION_US},
        "任务没有按时答复，交给别的程序", "a task was not answered in time and goes to another",
        "请查看这个后台程序的日志", "see the log of that worker"},

    [SAY_STARTED] = {"started", "54d5aef77f5d47c99a76fe9e8ca45660", LOG_INFO, "workers", {FIELD_VERSION, FIELD_ENDPOINT, FIELD_INSTANCE},
        "已启动", "started", NOTHING},
    [SAY_NOT_STARTED] = {"not_started", "45be3bc55558413ebd13cf1a9e99e32f", LOG_ERROR, "workers", {FIELD_REASON},
        "无法启动", "cannot start", "请按原因所说处理", "do what the reason says"},
    [SAY_CONFIG_WRONG] = {"config_wrong", "80b083400f764649a49e591c96e95f30", LOG_ERROR, "workers", {FIELD_REASON},
        "配置无法使用", "the configuration cannot be used", "请改正后重新启动", "correct it and start again"},
    [SAY_ENDPOINT_MISSING] = {"endpoint_missing", "dbeb9babee7847e3a65eb7537fad531f", LOG_ERROR, "workers", {FIELD_FILE},
        "没有写明 worker_endpoint", "worker_endpoint is not there", "请照 awardd.yaml 写入", "write it as in awardd.yaml"},
    [SAY_ENDPOINT_WRONG] = {"endpoint_wrong", "8c25faf066c644fc9eaa6cc6e2d71912", LOG_ERROR, "workers", {FIELD_REASON},
        "地址无法使用", "the endpoint cannot be used", "请核对地址", "check the endpoint"},
    [SAY_SECRET_MISSING] = {"secret_missing", "852a5c0a31b54600927b1636fb654e7f", LOG_ERROR, "workers", {FIELD_FILE},
        "密钥文件没有私钥", "the key file holds no secret key", "请用 awardctl key new 所写的文件", "use the file that awardctl key new wrote"},
    [SAY_RESOURCES_USED_UP] = {"resources_used_up", "e95b09fb928a4235a0b86ffb1ce1baa6", LOG_ERROR, "workers", {FIELD_END},
        "内存或文件描述符不足", "out of memory or descriptors", "请腾出内存，或调高上限", "free some, or raise the limit"},
    [SAY_LINK_DOWN] = {"link_down", "10097ed050c943df934f2d66093648ac", LOG_WARN, "workers", {FIELD_ENDPOINT},
        "协调程序不在，继续尝试连接", "the coordinator is away, trying on", NOTHING},
    [SAY_LINK_GREETING] = {"link_greeting", "a74a8146ee494179b2d4c44c9e6c82e4", LOG_DEBUG, "workers", {FIELD_ENDPOINT},
        "正在连接", "connecting", NOTHING},
    [SAY_LINK_UP] = {"link_up", "61fcb78cb6ec4352a9d779e35feb7122", LOG_INFO, "workers", {FIELD_ENDPOINT},
        "已连接", "connected", NOTHING},
    [SAY_LINK_REFUSED] = {"link_refused", "aebc3e15bbaf416787928ec49a021982", LOG_ERROR, "workers", {FIELD_ENDPOINT},
        "协调程序不接受这把密钥", "the coordinator does not admit this key",
        "请登记并会签后等待，或更换密钥", "enrol and countersign it, or use another"},
    [SAY_LINK_MISMATCH] = {"link_mismatch", "a05119720cb645e486cad345ea742eca", LOG_ERROR, "workers", {FIELD_ENDPOINT},
        "无法建立加密连接", "no encrypted connection",
        "请核对服务器公钥", "check the server's public key"},
    [SAY_LINK_FULL] = {"link_full", "a68919090267417c9314a658a9f1c25e", LOG_WARN, "workers", {FIELD_ENDPOINT},
        "协调程序连接数已满，继续尝试连接", "the coordinator has as many connections as it admits, trying on",
        "请调高 awardd.yaml 的 connections", "raise connections in awardd.yaml"},
    [SAY_TASK_FAILED] = {"task_failed", "c5f891abaa174ba48f17f102620f932d", LOG_WARN, "workers", {FIELD_TASK, FIELD_REASON},
        "任务未能完成", "a task failed",
        "它会再次派发；屡次失败时请按原因所说处理", "it is given out again; where it goes on, do what the reason says"},
    [SAY_TASK_NAMELESS] = {"task_nameless", "4837738312fa48b69d1ecb7c9cff32a7", LOG_WARN, "workers", {FIELD_END},
        "收到没有编号的任务，已忽略", "a task without a usable id was left out",
        "请使协调程序和后台程序版本一致", "have coordinator and worker of one version"},
    [SAY_RESULT_UNSENT] = {"result_unsent", "db44d7ddf47c4399b8f38edfa21463a0", LOG_ERROR, "workers", {FIELD_EVENT_ID, FIELD_REASON},
        "结果无法发出，稍后再发", "a result cannot be sent, it is tried again", "屡次出现时重新启动本程序", "where it goes on, start the worker anew"},
    [SAY_RESULT_TOO_LARGE] = {"result_too_large", "e05f4faff04e43568a8aab60643703b3", LOG_ERROR, "workers", {FIELD_CODE, FIELD_TASK},
        "结果太大，任务报告为失败", "a result is too large, the task is reported as failed",
        "请减少一次处理的内容", "give the worker less at a time"},
    [SAY_RESULT_REJECTED] = {"result_rejected", "5e020c2ba99d48f1b245742f76a9be48", LOG_WARN, "workers", {FIELD_CODE, FIELD_EVENT_ID},
        "结果未被采纳", "a result was rejected", "请按代码查 errors.md", "look the code up in errors.md"},
    [SAY_RESULT_LATE] = {"result_late", "e035f6c14f1c4e63aecf69fe4100357b", LOG_DEBUG, "workers", {FIELD_EVENT_ID},
        "结果已不再需要，任务已撤回或另有答复", "a result is needed no more, its task was withdrawn or answered", NOTHING},
    [SAY_RESULTS_TOO_MANY] = {"results_too_many", "cb5ba39a7e004c47a6dd128c1a2cefbe", LOG_WARN, "workers", {FIELD_TASK},
        "未获确认的结果太多，任务留待再派", "too many results are unanswered, the task waits to be given out again",
        "请查看 awardd 的日志", "see the log of awardd"},
    [SAY_RESULTS_UNANSWERED] = {"results_unanswered", "031e99dfb95f4c7699233a1924d8655b", LOG_WARN, "workers", {FIELD_COUNT},
        "有结果未获确认，协调程序会再次派发", "results are unanswered and will be asked again", NOTHING},
    [SAY_REFUSED] = {"refused", "ca77ae900f1746ea957a5fb8b95854d7", LOG_ERROR, "workers", {FIELD_CODE, FIELD_REASON},
        "协调程序拒绝了一条消息", "the coordinator refused a message", "请按代码查 errors.md", "look the code up in errors.md"},
    [SAY_UNREADABLE] = {"unreadable", "0767b2efc8a747f9b03d224ddd3187a4", LOG_ERROR, "workers", {FIELD_CODE, FIELD_REASON},
        "收到一条无法读懂的消息", "a message cannot be read", "请使协调程序和后台程序版本一致", "have coordinator and worker of one version"},
    [SAY_MAIL_LOGIN] = {"mail_login", "7422a5d1fa684e0ab759dd78bf601081", LOG_ERROR, "workers", {FIELD_STATUS},
        "邮件服务器不接受登录", "the mail server refuses the login", "请核对用户和密码文件", "check user and password file"},

    [SAY_KEY_FILE_WRONG] = {"key_file_wrong", "6fe9690f316d4ff19c79f612f4616ded", LOG_ERROR, "all", {FIELD_REASON},
        "密钥文件无法使用", "the key file cannot be used", "请按原因所说处理", "do what the reason says"},
    [SAY_RELOADED] = {"reloaded", "21a390b28fa04907b45765e793b63554", LOG_INFO, "all", {FIELD_CHANGED, FIELD_RESTART, FIELD_DURATION_US},
        "已重新读取配置", "the configuration was read again", NOTHING},
    [SAY_RELOAD_WRONG] = {"reload_wrong", "c12f23bb340747ecb98af9b1084c2899", LOG_ERROR, "all", {FIELD_LINE, FIELD_REASON},
        "配置有误，保持原样", "the configuration is wrong, it stays as it was", "请改正后重新加载", "correct it and reload"},
    [SAY_STOPPING] = {"stopping", "2c3798f9f38b4c3face34e01ac16fbee", LOG_INFO, "all", {FIELD_SIGNAL},
        "收到信号，正在停止", "stopping", NOTHING},
    [SAY_LEFT_OUT] = {"left_out", "a7d637b0c5b640bbb056a382c5903991", LOG_WARN, "all", {FIELD_LINES, FIELD_COUNT},
        "同一种的行太多，有些没有写出", "more lines of a kind were left out", "请看写出的那些", "see those that were written"},
};
// clang-format on

const struct log_kind_row *log_kind_row(enum log_kind kind)
{
    assert(kind < SAY_KINDS && kinds[kind].name != NULL);
    return &kinds[kind];
}

const struct log_field_row *log_field_row(enum log_field field)
{
    assert(field > FIELD_END && field < FIELDS && fields[field].name != NULL);
    return &fields[field];
}

const char *log_level_name(enum log_level level)
{
    static const char *const names[] = {
        [LOG_ERROR] = "error", [LOG_WARN] = "warn", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};
    assert(level <= LOG_DEBUG);
    return names[level];
}
