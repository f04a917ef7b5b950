"""Elements become lines: paragraphs, line breaks, headings, rows of tables."""

from __future__ import annotations

from lxml import etree

from jianggao.sources.html_lines import PageLine, is_hidden, page_lines


def root(page: str) -> etree._Element:
    return etree.fromstring(page, etree.HTMLParser())


def texts(page: str) -> list[str]:
    return [line.text for line in page_lines(root(page)).lines]


def test_a_line_break_begins_no_paragraph() -> None:
    lines = page_lines(root("<p>渠水清<br>水长流</p><p>人勤快</p>")).lines
    assert lines == [
        PageLine("渠水清", 0, 0, True),
        PageLine("水长流", 0, 0, False),
        PageLine("人勤快", 0, 0, True),
    ]


def test_levels_of_headings_and_bold_lines() -> None:
    lines = page_lines(root("<h1>题</h1><h3>一、渠</h3><p><b>看水</b></p><p><b>看</b>水</p>")).lines
    assert [line.level for line in lines] == [1, 3, 7, 0]
    styled = page_lines(root('<p style="font-weight:700">看水的人</p>')).lines
    assert [line.level for line in styled] == [7]


def test_the_line_ends_of_the_source_are_no_blanks_between_chinese_characters() -> None:
    assert texts("<p>渠水\n  清，\n水长流 and\nso on</p>") == ["渠水清，水长流 and so on"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<pre>渠水清\n水长流</pre>") == ["渠水清", "水长流"]


def test_what_is_no_text_goes_and_what_stands_behind_it_stays() -> None:
    page = (
        '甲<script>x</script>乙<img alt="图">丙<!-- 注 -->丁<button>按</button>戊<svg><text>图</text></svg>己'
    )
    assert texts(page) == ["甲乙丙丁戊己"]


def test_tables_that_lay_a_page_out_are_none() -> None:
    assert texts(
        "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr></table>"
    ) == [
        "甲 | 乙",
        "丙",
    ]
    assert texts("<table><tr><td>渠水清</td></tr><tr><td>水长流</td></tr></table>") == ["渠水清", "水长流"]
    long = f"<table><tr><td><p>{'渠水清。' * 40}</p><p>{'水长流。' * 40}</p></td><td>丙</td></tr></table>"
    assert texts(long) == ["渠水清。" * 40, "水长流。" * 40, "丙"]


def test_hidden_elements() -> None:
    page = root('<p hidden>a</p><p style="DISPLAY : none">b</p><p style="visibility:hidden">c</p><p>d</p>')
    assert [is_hidden(element) for element in page.iter("p")] == [True, True, False, False]


def test_a_number_that_leads_to_a_footnote_stands_in_brackets() -> None:
    page = '<p>渠水清<sup><a href="#n1">1</a></sup>，水长流<a href="#n2"><sup>2</sup></a>。</p>'
    page += '<p>四十里。<a href="#r1">↩︎</a></p>'
    assert texts(page) == ["渠水清[1]，水长流[2]。", "四十里。"]
    assert texts("<p>3<sup>2</sup>里</p>") == ["3²里"]


def test_labels_beside_one_another_are_parted() -> None:
    page = "<div><span>来源：县水务局</span><span>发布时间：2025-03-18</span><span>字号：大</span></div>"
    assert texts(page) == ["来源：县水务局 发布时间：2025-03-18 字号：大"]
    assert texts("<p><span>渠水</span><span>清</span></p>") == ["渠水清"]
