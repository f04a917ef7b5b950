"""The article is chosen where it is sure; else everything that a page shows is kept."""

from __future__ import annotations

from page_texts import FIRST, SECOND, THIRD, TITLE

from jianggao.sources.html_pages import html_text


def lines(page: str) -> list[str]:
    return [line for line in html_text(page).text.split("\n") if line]


def test_text_in_two_places_is_kept_in_both() -> None:
    page = (
        f"<body><div id=zoom><p>{FIRST}</p></div><div class=more><p>{SECOND}</p><p>{THIRD}</p></div></body>"
    )
    assert lines(page) == [FIRST, SECOND, THIRD]


def test_a_name_of_furniture_on_most_of_the_text_takes_nothing() -> None:
    for opening in ('<div class="footer">', "<form>", '<div style="display: none">', "<header>", "<aside>"):
        assert lines(f"<body>{opening}<p>{FIRST}</p><p>{SECOND}</p></body>") == [FIRST, SECOND]


def test_hidden_lines_and_menus_go() -> None:
    page = (
        f'<body><nav><a href="/">首页</a></nav><p>{FIRST}</p><p hidden>加微信。</p><p aria-hidden="true">推广</p>'
        f'<p>{SECOND}<span style="display:none">编号 12</span></p><div role="contentinfo">主办单位</div></body>'
    )
    assert lines(page) == [FIRST, SECOND]


def test_the_title_without_the_names_of_site_and_column() -> None:
    body = f"<body><p>{FIRST}</p><p>{SECOND}</p></body>"
    for title in (
        f"{TITLE}_领导讲话_青禾县人民政府",
        f"{TITLE} - 青禾新闻网",
        f"{TITLE} | 青禾日报",
        f"{TITLE}-qinghe.example.cn",
    ):
        assert lines(f"<title>{title}</title>{body}")[0] in (TITLE, f"{TITLE}_领导讲话")


def test_a_dash_within_the_title_stays() -> None:
    assert (
        lines(f"<title>守渠——{TITLE}</title><body><p>{FIRST}</p><p>{SECOND}</p></body>")[0]
        == f"守渠——{TITLE}"
    )


def test_the_name_of_the_site_as_the_largest_heading_is_no_title() -> None:
    page = f"<title>{TITLE}_青禾新闻网</title><body><h1>青禾新闻网</h1><h2>{TITLE}</h2><p>{FIRST}</p><p>{SECOND}</p>"
    assert lines(page)[-3:] == [TITLE, FIRST, SECOND]
    assert f"{TITLE}_青禾新闻网" not in lines(page)


def test_a_page_that_nobody_gave_a_title() -> None:
    for title in ("无标题文档", "Untitled Document", "新建网页 1", ""):
        assert lines(f"<title>{title}</title><body><p>{FIRST}</p><p>{SECOND}</p></body>") == [FIRST, SECOND]


def test_links_to_attachments_belong_to_the_text() -> None:
    page = (
        f"<body><div><p>{FIRST}</p><p>{SECOND}</p><p>附件：<br><a href=1.doc>1. 渠段表</a></p></div></body>"
    )
    assert lines(page) == [FIRST, SECOND, "附件：", "1. 渠段表"]


def test_the_head_of_an_article_is_no_head_of_a_site() -> None:
    page = (
        f"<title>{TITLE} – 青禾水务的博客</title><header><h1>青禾水务的博客</h1></header><article><header>"
        f"<h1>{TITLE}</h1><p>方守渠，2025年3月18日</p></header><p>{FIRST}</p><p>{SECOND}</p></article>"
        "<footer>自豪地采用</footer>"
    )
    assert lines(page) == [TITLE, "方守渠，2025年3月18日", FIRST, SECOND]


def test_the_title_behind_the_names_of_site_and_column_or_in_the_register() -> None:
    body = f"<body><div class=t>{TITLE}</div><div><p>{FIRST}</p><p>{SECOND}</p></div></body>"
    assert lines(f"<title>青禾县人民政府 领导讲话 {TITLE}</title>{body}") == [TITLE, FIRST, SECOND]
    register = f'<meta name="ArticleTitle" content="{TITLE}"><title>青禾县人民政府</title>'
    assert lines(register + body) == [TITLE, FIRST, SECOND]


def test_what_stands_at_the_foot_of_every_page_weighs_nothing() -> None:
    page = f"<body><div><p>{FIRST}</p><p>{SECOND}</p></div><p>青禾日报社版权所有，未经书面授权，不得转载。</p></body>"
    assert lines(page) == [FIRST, SECOND]


def test_a_signature_in_an_element_of_its_own() -> None:
    page = (
        f"<body><div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>青禾县水务局</p><p>2025年3月18日</p></div>"
        "<div><p>打印本页</p></div></body>"
    )
    assert lines(page) == [FIRST, SECOND, "青禾县水务局", "2025年3月18日"]


def test_furniture_by_a_part_of_its_name() -> None:
    page = (
        '<body><div class="top-nav"><ul><li>首页</li><li>行情：今日小麦上涨，玉米持平，大豆略降。</li></ul></div>'
        f'<div><p>{FIRST}</p><div id="share_box">分享到微信</div><p>{SECOND}</p></div></body>'
    )
    assert lines(page) == [FIRST, SECOND]
