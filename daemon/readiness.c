// readiness - why the coordinator does not take events now
#include "daemon/readiness.h"

#include <assert.h>

const struct unready_reason *unready_reason(enum readiness reason)
{
    static const struct unready_reason reasons[UNREADY_REASONS] = {
        [UNREADY_STARTING] = {"starting",          "启动尚未记录；请稍候。",
                              "The start is not on record yet; wait a moment."                      },
        [UNREADY_CLOCK] = {"clock_behind",      "主机时钟落后于最后一条记录；请校准主机时钟。",
                              "The host's clock is behind the last entry; set it."                  },
        [UNREADY_DISK] = {"disk_full",         "日志所在磁盘已满；请腾出空间。",
                              "The disk of the journal is full; make room."                         },
        [UNREADY_STATE] = {"state_not_written", "状态库所在磁盘已满，变更留在内存；请腾出空间。",
                              "The disk of the state is full and changes stay in memory; make room."},
        [UNREADY_STUCK] = {"stuck",             "有事可做却没有进展；请查看日志，并重新启动 awardd。",
                              "What has something to do gets no further; keep the log and restart "
                           "awardd."                                                                },
    };
    assert(reason < UNREADY_REASONS);
    return &reasons[reason];
}
