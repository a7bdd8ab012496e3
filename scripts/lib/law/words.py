"""words - what both pages of the law say around what they show"""

TITLE = "细则与程序对照 / The law beside its code"
READ = (
    "左起逐句是《市长质量管理奖评选办法实施细则（修订）》（渝质监发〔2015〕103号）全文；每句之下是执行它的"
    "表行、函数、评选规则条目、约定和测试。句子编号如 16(3)s4：第十六条第（三）项第4句；16(5).3s1：第十六条第"
    "（五）项第3点第1句。",
    "The regulation sentence by sentence, and under each the table rows, functions, rulebook entries, "
    "decisions and tests that carry it out. 16(3)s4 is Article 16, item (3), sentence 4; 16(5).3s1 is "
    "point 3 of item (5). Written by scripts/law from the sources: change those, not this page.",
)
KINDS = {"events": "事件 / events", "life cycle": "阶段 / life cycle", "deadlines": "期限 / deadlines",
         "stays": "预计停留 / expected stays", "tasks": "任务 / tasks", "queries": "查询 / queries"}
FUNCTIONS = "函数 / functions"
ENTRIES = "评选规则 / rulebook"
DECISIONS = "约定 / decisions"
TESTS = "测试 / tests"
WHOLE = "以上各句 / the sentences above together"
HELPERS = "所用的 / with"
PART_TEXT = "细则全文 / The regulation"
PART_DECISIONS = "约定 / The decisions"
PART_FINE = "细节 / Fine points"
SETS = "阶段集合 / Sets of stages"
CONTENTS = "目录 / Contents"
REASONS = {"unbound": "不约束本程序 / binds nothing here",
           "absent": "以“没有”来执行 / carried out by what there is not", "pending": "尚待实现 / not there yet"}


def test_sentence(name):
    """A test's name as the sentence that it is."""
    return name.removeprefix("test_").replace("_", " ")


def home(place, function):
    """Where a function's body stands: under the first place that names it."""
    return place.id == function.home
