"""make_documents - writes the documents beside it, which tests count.

Needs python3-docx and python3-reportlab; the tests themselves need neither.

    /usr/bin/python3 tests/clients/documents/make_documents.py
"""
import pathlib
import zipfile

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

HERE = pathlib.Path(__file__).resolve().parent
MOMENT = (2018, 3, 7, 10, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def word_processor():
    """As a word processor writes it: 组织简介。(5) ISO9001 (1); table 产值 2017年 12 亿元 (2 + 2 + 1 + 2);
    header 页眉不计 and footer 页脚不计 count none. 13 in all."""
    made = docx.Document()
    made.add_paragraph("组织简介。 ISO9001")
    table = made.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("产值", "2017年", "12", "亿元")):
        cell.text = text
    made.sections[0].header.paragraphs[0].text = "页眉不计"
    made.sections[0].footer.paragraphs[0].text = "页脚不计"
    made.save(HERE / "profile.docx")


def archive(name, parts):
    with zipfile.ZipFile(HERE / name, "w") as made:
        for path, text in parts.items():
            about = zipfile.ZipInfo(path, MOMENT)
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, text)


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def body(text):
    return (f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:mc="{MC}" '
            f'xmlns:wps="{WPS}"><w:body>{text}</w:body></w:document>')


def notes(root, text):
    return f'<w:{root} xmlns:w="{W}"><w:p>{run(text)}</w:p></w:{root}>'


def revised():
    """Runs of one word join, "质<del>坏</del>量" is 质量, a text box counts once, fields do not show their
    code, a phonetic guide counts none: 质量 (2) ISO9001 (1) a b (2) 框内 (2) 第1页 (3) 汉 (1) 脚注 (2)
    尾注 (2) &amp; (0). 15 in all."""
    box = ("<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p>" + run("框内") +
           "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>" + run("框内") +
           "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>")
    text = "".join((
        "<w:p>", run("质"), "<w:del><w:r><w:delText>坏</w:delText></w:r></w:del>",
        "<w:moveFrom>" + run("移走") + "</w:moveFrom>", run("量"), "</w:p>",
        "<w:p>", run("ISO"), "<w:ins>" + run("9001") + "</w:ins>", "</w:p>",
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>",
        "<w:p><w:r>", box, "</w:r></w:p>",
        "<w:p>", run("第"), "<w:r><w:instrText> PAGE \\* 页码 </w:instrText></w:r>", run("1"), run("页"),
        "</w:p>",
        "<w:p><w:r><w:ruby><w:rt>" + run("hàn") + "</w:rt><w:rubyBase>" + run("汉") +
        "</w:rubyBase></w:ruby></w:r></w:p>",
        "<w:p>", run(" &amp; "), "</w:p>"))
    archive("revised.docx", {"word/document.xml": body(text),
                             "word/footnotes.xml": notes("footnotes", "脚注"),
                             "word/endnotes.xml": notes("endnotes", "尾注"),
                             "word/comments.xml": notes("comments", "批注不计")})


def hostile():
    """Entities that would fill the memory; no such part is read."""
    bomb = "".join(f'<!ENTITY e{i} "{"&e%d;" % (i - 1) * 10}">' for i in range(1, 10))
    archive("entities.docx", {"word/document.xml":
                              f'<!DOCTYPE w [<!ENTITY e0 "啊">{bomb}]><w:document xmlns:w="{W}">'
                              "<w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:document>"})
    archive("spreadsheet.xlsx", {"xl/workbook.xml": "<workbook/>"})
    archive("broken.docx", {"word/document.xml": body("<w:p>" + run("质量"))[:-40]})


def printed():
    """质量管理，(5) 2018年 (2) GB/T 19580 (3): 10 in all."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(HERE / "profile.pdf"), invariant=1)
    page.setFont("STSong-Light", 14)
    page.drawString(72, 720, "质量管理，2018年")
    page.drawString(72, 690, "GB/T 19580")
    page.save()
    page = canvas.Canvas(str(HERE / "scan.pdf"), invariant=1)
    page.rect(72, 72, 200, 200)
    page.save()


if __name__ == "__main__":
    word_processor()
    revised()
    hostile()
    printed()
