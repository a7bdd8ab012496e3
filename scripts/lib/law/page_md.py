"""page_md - the law beside its code as Markdown

A function's body stands under the first sentence that names it; elsewhere its name leads there.
"""
from law import tables, words


def cell(value):
    return value.replace("|", "\\|").replace("\n", " ") or "—"


def rows_md(place):
    out = []
    for table, title in words.KINDS.items():
        rows = [row for row in place.rows if row.table == table]
        if not rows:
            continue
        columns = tables.COLUMNS[table]
        out += [f"*{title}*", "", "| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        out += ["| " + " | ".join(cell(value) for value in row.cells) + " |" for row in rows]
        out.append("")
    return out


def code(function):
    return ["", "```c", function.body, "```", ""]


def function_md(place, function):
    name = f"`{function.name}` {function.path}"
    if not words.home(place, function):
        return [f"- {name} → [{function.home}](#{function.home_anchor})"]
    helpers = function.helpers
    with_helpers = f" · {words.HELPERS} {', '.join(h.name for h in helpers)}" if helpers else ""
    out = [f"<details><summary>{name}{with_helpers}</summary>"]
    for one in [function, *helpers]:
        out += code(one)
    return [*out, "</details>", ""]


def lists_md(place):
    out = []
    if place.entries:
        out += [f"*{words.ENTRIES}*", "", "```yaml"]
        out += [line for entry in place.entries for line in entry.lines]
        out += ["```", ""]
    if place.decisions:
        out += [f"*{words.DECISIONS}*", ""]
        out += [f"- [{other.id}](#{other.anchor}) {other.words}" for other in place.decisions]
        out.append("")
    if place.tests:
        out += [f"<details><summary>{words.TESTS}: {len(place.tests)}</summary>", ""]
        out += [f"- {words.test_sentence(test.name)} — {test.path}" for test in place.tests]
        out += ["", "</details>", ""]
    return out


def under(place):
    out = [""]
    if place.reason:
        kind, chinese, english = place.reason
        out += [f"{words.REASONS[kind]}：{chinese} / {english}", ""]
    out += rows_md(place)
    if place.functions:
        elsewhere = [f for f in place.functions if not words.home(place, f)]
        here = [f for f in place.functions if words.home(place, f)]
        out += [f"*{words.FUNCTIONS}*", ""]
        for function in [*elsewhere, None, *here]:
            out += function_md(place, function) if function else [""]
    return out + lists_md(place)


def text_md(index):
    out = [f"## {words.PART_TEXT}", ""]
    chapter = article = None
    for unit in index.units:
        if unit.chapter != chapter:
            chapter = unit.chapter
            out += [f"## {chapter}", ""] if chapter else []
        if unit.article != article:
            article = unit.article
            out += [f"### {unit.label}" + (f" / Article {article}" if article else ""), ""]
        for number, one in enumerate(unit.sentences):
            place = index.places[one.id]
            label = unit.label if number == 0 and unit.id != str(article) else ""
            out += [f'<a id="{place.anchor}"></a>', "", f"> **{one.id}** {label}{one.words}"]
            out += under(place)
        place = index.places.get(unit.id)
        if place and (place.carried or place.tests):
            out += [f'<a id="{place.anchor}"></a>', "", f"**{unit.id}** {words.WHOLE}", *under(place)]
    return out


def decisions_md(index, kind, title):
    out = [f"## {title}", ""]
    for decision, articles, chinese, english in index.decisions:
        place = index.places[decision]
        if place.kind == kind:
            out += [f'<a id="{place.anchor}"></a>', "", f"> **{decision}** 〔{articles}〕{chinese}",
                    ">", f"> {english}", *under(place)]
    return out


def render(index):
    sets = [f"| {name} | {cell(index.tables.stage_words(expression))} |"
            for name, expression in index.stage_sets.items()]
    lines = [f"# {words.TITLE}", "", *words.READ, "", "[law.html](law.html)", "",
             *text_md(index), *decisions_md(index, "decision", words.PART_DECISIONS),
             *decisions_md(index, "fine", words.PART_FINE), f"## {words.SETS}", "",
             "| | |", "|---|---|", *sets, ""]
    out = "\n".join(lines)
    while "\n\n\n" in out:
        out = out.replace("\n\n\n", "\n\n")
    return out
