"""page_html - the law beside its code as one page without outside resources, for screen and paper"""
from html import escape

from law import tables, words

STYLE = """
:root { color-scheme: light; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.2rem; color: #1a1a1a; background: #fff;
  font: 16px/1.65 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
h1, h2, h3 { line-height: 1.3; } h2 { border-bottom: 2px solid #8a1c1c; padding-bottom: .2rem;
  margin-top: 3rem; } h3 { margin-top: 2.2rem; color: #8a1c1c; }
nav ul { columns: 2; padding-left: 1.2rem; } a { color: #1f4e79; }
.law { font-size: 1.08rem; border-left: 4px solid #8a1c1c; padding: .3rem .9rem; margin: 1.4rem 0 .4rem;
  background: #faf6f0; } .law .id, .id { font: .78rem ui-monospace, monospace; color: #777;
  text-decoration: none; margin-right: .6rem; } .point { margin-left: 2rem; }
.en { color: #555; font-size: .92rem; } .under { margin: 0 0 0 1.3rem; font-size: .9rem; }
.under h4 { margin: .7rem 0 .2rem; font-size: .85rem; color: #555; } .none { color: #777; }
.under ul { margin: .2rem 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .82rem; line-height: 1.4; margin: .3rem 0; }
th, td { border: 1px solid #ccc; padding: .2rem .4rem; text-align: left; vertical-align: top; }
th { background: #f0ece6; font-weight: normal; }
pre { font: .78rem/1.4 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  background: #f6f8fa; padding: .6rem; overflow-x: auto; tab-size: 4; }
code { font: .85em ui-monospace, monospace; } summary { cursor: pointer; }
summary .file { color: #777; } details { margin: .15rem 0; }
@media print { body { max-width: none; margin: 0; font-size: 10.5pt; } a { color: inherit;
  text-decoration: none; } h2 { break-before: page; } .law { break-after: avoid; }
  pre { white-space: pre-wrap; background: none; border: 1px solid #ccc; }
  details:not([open]) > summary { list-style: none; } table { break-inside: auto; }
  tr { break-inside: avoid; } }
"""


def link(place):
    return f'<a href="#{place.anchor}">{escape(place.id)}</a>'


def rows_html(place):
    out = []
    for table, title in words.KINDS.items():
        rows = [row for row in place.rows if row.table == table]
        if not rows:
            continue
        head = "".join(f"<th>{escape(column)}</th>" for column in tables.COLUMNS[table])
        out.append(f"<h4>{title}</h4><table><tr>{head}</tr>")
        for row in rows:
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
            out.append(f"<tr>{cells}</tr>")
        out.append("</table>")
    return out


def code(function):
    return f"<pre><code>{escape(function.body)}</code></pre>"


def functions_html(place):
    out = [f"<h4>{words.FUNCTIONS}</h4>"] if place.functions else []
    for function in place.functions:
        out.append(f"<details><summary><code>{escape(function.name)}</code> "
                   f'<span class="file">{escape(function.path)}</span></summary>')
        out.append(code(function))
        if function.helpers:
            names = ", ".join(helper.name for helper in function.helpers)
            out.append(f"<details><summary>{words.HELPERS} {escape(names)}</summary>")
            out += [code(helper) for helper in function.helpers]
            out.append("</details>")
        out.append("</details>")
    return out


def lists_html(place, parts):
    out = []
    if place.entries:
        lines = "\n".join(line for entry in place.entries for line in entry.lines)
        out.append(f"<h4>{words.ENTRIES}</h4><pre><code>{escape(lines)}</code></pre>")
    if place.decisions:
        items = "".join(f"<li>{link(other)} {escape(other.words)}</li>"
                        for other in place.decisions)
        out.append(f"<h4>{words.DECISIONS}</h4><ul>{items}</ul>")
    if place.tests:
        items = "".join(f"<li>{escape(words.test_sentence(test.name))} "
                        f'<span class="file none">{escape(test.path)}</span></li>'
                        for test in place.tests)
        out.append(f"<details><summary>{words.TESTS}: {len(place.tests)}</summary>"
                   f"<ul>{items}</ul></details>")
    return parts + out


def under(place):
    out = ['<div class="under">']
    if place.reason:
        kind, chinese, english = place.reason
        out.append(f'<p class="none">{words.REASONS[kind]}：{escape(chinese)} '
                   f'<span class="en">{escape(english)}</span></p>')
    out += lists_html(place, rows_html(place) + functions_html(place))
    return "\n".join([*out, "</div>"])


def sentence(place, label):
    css = "law point" if "." in place.unit.id.split("(")[-1] else "law"
    return (f'<p class="{css}" id="{place.anchor}"><a class="id" href="#{place.anchor}">'
            f"{escape(place.id)}</a>{escape(label)}{escape(place.words)}</p>")


def whole(place):
    return f'<p class="none" id="{place.anchor}"><span class="id">{place.id}</span>{words.WHOLE}</p>'


def text_html(index):
    out = [f'<h2 id="text">{words.PART_TEXT}</h2>']
    chapter = article = None
    for unit in index.units:
        if unit.chapter != chapter:
            chapter = unit.chapter
            out.append(f'<h2 id="chapter-{unit.article}">{escape(chapter)}</h2>' if chapter else "")
        if unit.article != article:
            article = unit.article
            out.append(f'<h3 id="article-{article}">{escape(unit.label)}'
                       f' <span class="en">{"Article " + str(article) if article else ""}</span></h3>')
        for number, one in enumerate(unit.sentences):
            first = number == 0 and unit.id != str(article)
            out += [sentence(index.places[one.id], unit.label if first else ""),
                    under(index.places[one.id])]
        if unit.id in index.places and (index.places[unit.id].carried or
                                        index.places[unit.id].tests):
            out += [whole(index.places[unit.id]), under(index.places[unit.id])]
    return out


def decisions_html(index, kind, title, anchor):
    out = [f'<h2 id="{anchor}">{title}</h2>']
    for decision, articles, chinese, english in index.decisions:
        place = index.places[decision]
        if place.kind == kind:
            out.append(f'<div class="law" id="{place.anchor}"><a class="id" href="#{place.anchor}">'
                       f"{escape(decision)}</a>〔{escape(articles)}〕{escape(chinese)}"
                       f'<br><span class="en">{escape(english)}</span></div>')
            out.append(under(place))
    return out


def contents(index):
    items, seen = [], set()
    for unit in index.units:
        if unit.article and unit.article not in seen:
            seen.add(unit.article)
            start = unit.sentences[0].words[:22] if unit.sentences else ""
            items.append(f'<li><a href="#article-{unit.article}">{escape(unit.label)}</a> '
                         f"{escape(start)}…</li>")
    parts = (("text", words.PART_TEXT), ("decisions", words.PART_DECISIONS),
             ("fine", words.PART_FINE), ("sets", words.SETS))
    top = " · ".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in parts)
    return [f"<nav><h2>{words.CONTENTS}</h2><p>{top}</p><ul>{''.join(items)}</ul></nav>"]


def sets_html(index):
    rows = "".join(f"<tr><td>{name}</td><td>{escape(index.tables.stage_words(expression))}</td></tr>"
                   for name, expression in index.stage_sets.items())
    return [f'<h2 id="sets">{words.SETS}</h2><table>{rows}</table>']


def render(index):
    chinese, english = words.READ
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{words.TITLE}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>{words.TITLE}</h1>\n<p>{escape(chinese)}</p>\n<p class=\"en\">{escape(english)}</p>",
        *contents(index), *text_html(index),
        *decisions_html(index, "decision", words.PART_DECISIONS, "decisions"),
        *decisions_html(index, "fine", words.PART_FINE, "fine"), *sets_html(index),
        "</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)
