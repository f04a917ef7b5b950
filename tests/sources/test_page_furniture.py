"""What stands around an article goes and is told; a sentence amid the article stays, whatever its element is called."""

from __future__ import annotations

import pytest
from page_texts import FIRST, SECOND, THIRD, TITLE

from jianggao.sources.html_pages import html_text

NOTE = "谁家有难处，夜里也可以敲我的门。"


def lines(page: str) -> list[str]:
    return [line for line in html_text(page).text.split("\n") if line]


def left_out(page: str) -> list[tuple[str, str]]:
    return [(line.text, line.reason) for line in html_text(page).dropped]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('<div class="foot-note"><p>', "</p></div>"),
        ('<div class="share">', "</div>"),
        ('<p class="comments">', "</p>"),
        ('<section id="sidebar-words"><div>', "</div></section>"),
        ("<aside>", "</aside>"),
        ("<form><p>", "</p></form>"),
        ('<div class="tab-nav"><div class="related"><p>', "</p></div></div>"),
        ('<div aria-hidden="true">', "</div>"),
        ("<blockquote><footer>", "</footer></blockquote>"),
    ],
)
def test_a_sentence_amid_the_article_stays(opening: str, closing: str) -> None:
    page = f"<h1>{TITLE}</h1><p>{FIRST}</p>{opening}{NOTE}{closing}<p>{SECOND}</p><p>{THIRD}</p>"
    assert lines(page) == [TITLE, FIRST, NOTE, SECOND, THIRD]
    assert left_out(page) == []
    page = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{opening}大家辛苦了！{closing}"
    assert lines(page)[-1] == "大家辛苦了！"


def test_the_source_of_a_quotation_and_the_heading_of_a_section_stay() -> None:
    page = (
        f"<h1>{TITLE}</h1><p>{FIRST}</p><blockquote>水利万物。<footer>——《渠边集》</footer></blockquote>"
        f"<section><header><h2>再清账目</h2></header><p>{SECOND}</p></section><p>{THIRD}</p>"
    )
    assert lines(page) == [TITLE, FIRST, "水利万物。", "——《渠边集》", "再清账目", SECOND, THIRD]


def test_links_and_words_of_the_page_go_beside_a_sentence_that_stays() -> None:
    page = (
        f'<h1>{TITLE}</h1><p>{FIRST}</p><div class="share"><p>{NOTE}</p><p>扫一扫，分享到朋友圈。</p>'
        f'<a href="1">渠水又来了，快去看吧。</a></div><p>{SECOND}</p>'
    )
    assert lines(page) == [TITLE, FIRST, NOTE, SECOND]
    assert left_out(page) == [
        ("扫一扫，分享到朋友圈。", "网页框架"),
        ("渠水又来了，快去看吧。", "网页框架"),
    ]


def test_every_part_of_the_frame_is_told() -> None:
    page = (
        '<div class="top">欢迎您！</div><ul class="nav"><li><a href="a">首页</a></li><li><a href="b">要闻</a></li></ul>'
        f'<div id="zoom"><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></div>'
        '<div class="related"><h3>相关阅读</h3><a href="c">渠边的灯</a></div>'
        "<button>返回</button><footer>版权所有，不得转载。</footer>"
    )
    assert lines(page) == [TITLE, FIRST, SECOND]
    assert left_out(page) == [
        ("欢迎您！", "网页框架"),
        ("首页 要闻", "网页框架"),
        ("相关阅读 渠边的灯", "网页框架"),
        ("返回", "网页框架"),
        ("版权所有，不得转载。", "网页框架"),
    ]


def test_a_sentence_outside_the_article_is_told_whole() -> None:
    page = f'<div id="zoom"><p>{FIRST}</p><p>{SECOND}</p></div><div class="related"><p>{NOTE}</p></div>'
    assert lines(page) == [FIRST, SECOND]
    assert left_out(page) == [(NOTE, "正文以外")]


def test_a_menu_of_any_length_is_told_in_one_line() -> None:
    menu = "".join(f"<li><a href={at}>第{at}号渠段</a></li>" for at in range(300))
    page = f'<ul class="menu">{menu}</ul><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>'
    assert lines(page) == [TITLE, FIRST, SECOND]
    (told,) = left_out(page)
    assert told[0].startswith("第0号渠段 第1号渠段") and told[0].endswith("……（共 300 行）")


def test_what_a_page_hides_is_told() -> None:
    page = (
        f"<h1>{TITLE}</h1><p>{FIRST}</p><p hidden>{NOTE}</p>"
        f'<p>{SECOND[:20]}<span style="display: none">青禾文库</span>{SECOND[20:]}</p><p>{THIRD}</p>'
    )
    assert lines(page) == [TITLE, FIRST, SECOND, THIRD]
    assert left_out(page) == [(NOTE, "网页里不显示"), ("青禾文库", "网页里不显示")]


def test_scripts_and_values_of_forms_are_not_told() -> None:
    page = (
        f"<script>渠</script><style>渠</style><noscript>渠</noscript><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>"
        '<input type="hidden" value="渠"><textarea>渠</textarea><select><option>渠</option></select><!-- 渠 -->'
    )
    assert lines(page) == [TITLE, FIRST, SECOND] and left_out(page) == []


def test_a_button_in_a_heading_is_the_heading() -> None:
    page = f"<h1>{TITLE}</h1><p>{FIRST}</p><h2><button>再清账目</button></h2><p>{SECOND}</p>"
    assert lines(page) == [TITLE, FIRST, "再清账目", SECOND]
    assert html_text(page).headings["再清账目"] == 2
