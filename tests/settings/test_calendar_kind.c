// Tests of calendar_kind: which titles leave no doubt, and which do.
#include "settings/calendar_kind.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct title_row {
    const char *title;
    enum calendar_kind kind;
    const char *name;
} titles[] = {
    {"春节（休）",                                CALENDAR_OFF,     "春节"                      },
    {"国庆节（班）",                             CALENDAR_WORKING, "国庆节"                   },
    {"元旦(休)",                                    CALENDAR_OFF,     "元旦"                      },
    {" 元旦 (班) ",                                 CALENDAR_WORKING, "元旦"                      },
    {"元旦 假期 第1天/共3天",                  CALENDAR_OFF,     "元旦"                      },
    {"国庆节、中秋节 补班 第12天/共12天", CALENDAR_WORKING, "国庆节、中秋节"       },
    {"清明节假期",                                CALENDAR_OFF,     "清明节"                   },
    {"劳动节 放假",                               CALENDAR_OFF,     "劳动节"                   },
    {"端午节　补班",                             CALENDAR_WORKING, "端午节"                   },
    {"上班(补春节假期)",                        CALENDAR_WORKING, "春节"                      },
    {"上班（补元旦假期）",                    CALENDAR_WORKING, "元旦"                      },
    {"补班（春节） 第1天/共2天",             CALENDAR_WORKING, "春节"                      },
    {"“五一”（休）",                          CALENDAR_OFF,     "“五一”"                },
 // no mark
    {"春节",                                         CALENDAR_UNTOLD,  "春节"                      },
    {"七夕",                                         CALENDAR_UNTOLD,  "七夕"                      },
    {"元旦 第1天/共1天",                         CALENDAR_UNTOLD,  "元旦"                      },
    {"",                                               CALENDAR_UNTOLD,  ""                            },
 // a mark of nothing
    {"（休）",                                      CALENDAR_UNTOLD,  "(休)"                       },
    {"补班",                                         CALENDAR_UNTOLD,  "补班"                      },
    {"补班（）",                                   CALENDAR_UNTOLD,  "补班()"                    },
 // either
    {"春节调休",                                   CALENDAR_UNTOLD,  "春节调休"                },
    {"春节调休（休）",                          CALENDAR_UNTOLD,  "春节调休(休)"           },
 // two marks, or one turned round
    {"春节假期补班",                             CALENDAR_UNTOLD,  "春节假期补班"          },
    {"春节（休）（班）",                       CALENDAR_UNTOLD,  "春节(休)(班)"            },
    {"上班(补春节假期)（休）",               CALENDAR_UNTOLD,  "上班(补春节假期)(休)"},
    {"清明节不放假",                             CALENDAR_UNTOLD,  "清明节不放假"          },
    {"取消补班",                                   CALENDAR_UNTOLD,  "取消补班"                },
 // other words, other places
    {"休 春节",                                     CALENDAR_UNTOLD,  "休 春节"                  },
    {"春节上班",                                   CALENDAR_UNTOLD,  "春节上班"                },
    {"春节假期 第1天",                           CALENDAR_UNTOLD,  "春节假期 第1天"        },
};

Test(calendar_kind, a_title_tells_its_kind_only_where_it_leaves_no_doubt)
{
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        const char *name;
        enum calendar_kind kind = calendar_kind_title(titles[i].title, arena, &name);
        cr_expect_eq(kind, titles[i].kind, "%s: %d", titles[i].title, kind);
        cr_expect_str_eq(name, titles[i].name, "%s: %s", titles[i].title, name);
    }
    arena_destroy(arena);
}

Test(calendar_kind, words_that_stand_alone_are_read_whole)
{
    cr_assert_eq(calendar_kind_category("休"), CALENDAR_OFF);
    cr_assert_eq(calendar_kind_category("补班"), CALENDAR_WORKING);
    cr_assert_eq(calendar_kind_category("调休"), CALENDAR_UNTOLD);
    cr_assert_eq(calendar_kind_category("节假日"), CALENDAR_UNTOLD);
    cr_assert_eq(calendar_kind_apple("WORK-HOLIDAY"), CALENDAR_OFF);
    cr_assert_eq(calendar_kind_apple("ALTERNATE-WORKDAY"), CALENDAR_WORKING);
    cr_assert_eq(calendar_kind_apple("TRUE"), CALENDAR_UNTOLD);
}

Test(calendar_kind, two_marks_agree_or_contradict_each_other)
{
    static const enum calendar_kind all[] = {CALENDAR_UNTOLD, CALENDAR_OFF, CALENDAR_WORKING,
                                             CALENDAR_BOTH};
    for (size_t i = 0; i < 4; i++) {
        cr_assert_eq(calendar_kind_both(all[i], all[i]), all[i]);
        cr_assert_eq(calendar_kind_both(CALENDAR_UNTOLD, all[i]), all[i]);
        cr_assert_eq(calendar_kind_both(all[i], CALENDAR_UNTOLD), all[i]);
        cr_assert_eq(calendar_kind_both(CALENDAR_BOTH, all[i]), CALENDAR_BOTH);
    }
    cr_assert_eq(calendar_kind_both(CALENDAR_OFF, CALENDAR_WORKING), CALENDAR_BOTH);
    cr_assert_eq(calendar_kind_both(CALENDAR_WORKING, CALENDAR_OFF), CALENDAR_BOTH);
}
