"""The marks of OpenDocument's automatic lists."""

from __future__ import annotations

from odt_files import items, odt_file, p

from jianggao.sources.odt import read_odt


def level(depth: int, form: str, before: str = "", after: str = "", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}"{more}/>'
    )


STYLE = (
    '<text:list-style style:name="L">'
    + level(1, "一, 二, 三, ...", after="、")
    + level(2, "一, 二, 三, ...", "（", "）")
    + level(3, "1", after=".", more=' text:display-levels="1"')
    + "</text:list-style>"
)


def lines_of(body: str, styles: str = STYLE) -> list[str]:
    return read_odt(odt_file(body, styles)).lines


def test_lists_count_by_levels_and_go_on_behind_a_paragraph() -> None:
    going_on = ' text:continue-numbering="true"'
    body = (
        items(p("看清路"), style="L")
        + p("路要看三里远。")
        + items(items(p("远处") + p("第二段没有号"), items(p("山"), p("水"))), style="L", more=going_on)
        + items(items(p("近处"), items(p("田"))), style="L", more=going_on)
        + items(p("迈开步"), style="L", more=going_on)
        + items(p("另起"), style="L")
    )
    assert lines_of(body) == [
        *("一、看清路", "路要看三里远。", "（一）远处", "第二段没有号", "1.山", "2.水"),
        *("（二）近处", "1.田", "二、迈开步", "一、另起"),
    ]


def test_a_mark_and_the_digits_behind_it_stay_two_numbers() -> None:
    decimal = f'<text:list-style style:name="D">{level(1, "1", after=".")}</text:list-style>'
    assert lines_of(items(p("6万元修闸"), p("换锁"), style="D"), decimal) == ["1. 6万元修闸", "2.换锁"]


def test_an_item_can_start_anywhere_and_bullets_are_no_mark() -> None:
    fifth = f'<text:list-item text:start-value="5">{p("五件")}</text:list-item>'
    at_five = f'<text:list text:style-name="L">{fifth}</text:list>'
    bullets = (
        '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )
    assert lines_of(at_five + items(p("点"), style="B") + items(p("无"), style="没有"), STYLE + bullets) == [
        *("五、五件", "点", "无"),
    ]


def test_numbered_headings_and_several_levels_in_one_mark() -> None:
    outline = '<text:outline-style style:name="Outline">{}{}</text:outline-style>'.format(
        '<text:outline-level-style text:level="1" style:num-format="1"/>',
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>',
    )
    body = "".join(
        f'<text:h text:outline-level="{depth}">{text}</text:h>'
        for depth, text in ((1, "水"), (2, "渠"), (2, "闸"), (1, "路"))
    )
    found = read_odt(odt_file(body, outline))
    assert found.lines == ["1 水", "1.1 渠", "1.2 闸", "2 路"]
    assert found.headings == {"1 水": 1, "1.1 渠": 2, "1.2 闸": 2, "2 路": 1}
