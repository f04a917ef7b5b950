"""Lines of a PDF put together to paragraphs, its headings and its notes."""

from __future__ import annotations

from jianggao.sources.pdf_lines import PdfLine
from jianggao.sources.pdf_paragraphs import paragraphs_of

SIZE = 12.0
FULL = 34
"""Characters of a full line."""
WORDS = "雪停了路却没有停，扫帚和铁锹比太阳起得早，沿街的铺子一家接一家把门前的雪推到树根底下，给树喝，也给路让开身子。"


def line(text: str, down: float, left: float = 90.0, size: float = SIZE) -> PdfLine:
    return PdfLine(text, left, left + size * len(text), down, size)


def set_lines(*paragraphs: str, indent: int = 2, left: float = 90.0, apart: float = 0.0) -> list[PdfLine]:
    lines, down = [], 100.0
    for paragraph in paragraphs:
        begin = indent
        while paragraph:
            taken, paragraph = paragraph[: FULL - begin], paragraph[FULL - begin :]
            lines.append(line(taken, down, left + begin * SIZE))
            begin, down = 0, down + 18
        down += apart
    return lines


def test_one_blank_behind_the_number_of_a_part_is_the_writers_own() -> None:
    for title in ("第 2 段 雪停以后：谁扫主街", "第三步 把铁锹放回原处，一把也不少"):
        assert paragraphs_of([set_lines(WORDS, title, WORDS)]).lines[1] == title
    assert (
        paragraphs_of([set_lines(WORDS, "第 三 步 把 铁 锹 放 好，不少", WORDS)]).lines[1]
        == "第三步把铁锹放好，不少"
    )


def test_indented_paragraphs_also_across_pages() -> None:
    lines = set_lines(WORDS + "一", WORDS + "二", "短句。", WORDS + "三")
    for cut in range(1, len(lines)):
        found = paragraphs_of([lines[:cut], lines[cut:]])
        assert found.lines == [WORDS + "一", WORDS + "二", "短句。", WORDS + "三"]


def test_a_line_that_ends_as_a_sentence_at_the_margin_goes_on_where_paragraphs_are_indented() -> None:
    first = ("雪" * (FULL - 3) + "。") + WORDS
    assert paragraphs_of([set_lines(first, "短句。", WORDS, "又一句。")]).lines[0] == first


def test_paragraphs_parted_by_a_gap() -> None:
    assert paragraphs_of([set_lines(WORDS + "一", WORDS + "二。", WORDS, indent=0, apart=12)]).lines == [
        *(WORDS + "一", WORDS + "二。", WORDS),
    ]


def test_paragraphs_without_indent_or_gap_part_where_a_sentence_ends_early() -> None:
    nearly = "雪" * (FULL - 2) + "。"
    assert paragraphs_of([set_lines(nearly, WORDS, "一、扫主街", WORDS, indent=0)]).lines == [
        *(nearly, WORDS, "一、扫主街", WORDS),
    ]


def test_hanging_lines_belong_to_their_item() -> None:
    lines = [
        line("（1）" + "雪" * (FULL - 5), 100, 114),
        line("扫到树根底下" + "雪" * (FULL - 12), 118, 162),
        line("为止。", 136, 162),
        *[line(WORDS[:FULL], 160 + 18 * at) for at in range(3)],
    ]
    found = paragraphs_of([lines])
    assert found.lines[0] == "（1）" + "雪" * (FULL - 5) + "扫到树根底下" + "雪" * (FULL - 12) + "为止。"


def test_words_of_latin_letters_keep_their_blanks_and_lose_their_hyphens() -> None:
    full = PdfLine("the road was clear and the snow was swept a-", 90, 498, 100, SIZE)
    broken = PdfLine("the road was clear and the snow was swept\u00ad", 90, 498, 118, SIZE)
    rest = PdfLine("away by noon", 90, 200, 136, SIZE)
    filler = [line(WORDS[:FULL], 300 + 18 * at) for at in range(3)]
    assert paragraphs_of([[full, broken, rest, *filler]]).lines[0] == (
        "the road was clear and the snow was swept a- the road was clear and the snow was sweptaway by noon"
    )


def test_columns_are_read_one_after_the_other() -> None:
    def column(left: float, mark: str) -> list[PdfLine]:
        return [
            PdfLine(
                text, left + (24 if at == 0 else 0), left + 180 if at < 7 else left + 60, 100 + 18 * at, SIZE
            )
            for at, text in enumerate([f"{mark}{'雪' * 13}"] * 7 + ["完。"])
        ]

    found = paragraphs_of([column(90, "左") + column(320, "右")])
    assert found.lines == [
        "左" + "雪" * 13 + ("左" + "雪" * 13) * 6 + "完。",
        ("右" + "雪" * 13) * 7 + "完。",
    ]


def test_notes_at_the_foot_of_a_page_stand_behind_the_text() -> None:
    lines = set_lines(WORDS * 3 + "说完了这句话才能翻过这一页。")
    first, second = lines[:4], lines[4:]
    notes = [line("[1] 主街指牌坊以南。", 780, size=9), line("2小巷不在此列。", 795, size=9)]
    assert paragraphs_of([[*first, *notes], second]).lines == [
        *(WORDS * 3 + "说完了这句话才能翻过这一页。", "[1] 主街指牌坊以南。", "[2] 小巷不在此列。"),
    ]


def test_larger_lines_are_headings_and_the_title_is_none() -> None:
    text = set_lines(WORDS * 2, WORDS * 2)
    page = [
        line("在扫雪动员会上的讲话", 40, 180, 22),
        line("柳树街", 70, 250, 14),
        *text[:4],
        line("扫主街", 300, 90, 16),
        *text[4:],
        line("扫小巷", 500, 90, 16),
        line("扫屋檐下", 520, 90, 14),
        line(WORDS[:20], 540),
    ]
    found = paragraphs_of([page])
    assert found.headings == {"扫主街": 1, "扫小巷": 1, "扫屋檐下": 2}
    assert paragraphs_of([page[:7] + page[7:9]]).headings == {}  # one alone is not sure


def test_a_signature_and_verses_stay_lines() -> None:
    signed = [*set_lines(WORDS, WORDS), line("柳树街道办事处", 300, 414), line("2025年2月3日", 318, 414)]
    assert paragraphs_of([signed]).lines[2:] == ["柳树街道办事处", "2025年2月3日"]
    verses = ["雪花飘，雪花飞，", "扫雪的人早来归。", "扫出一条回家路，", "灯在窗前等着谁。"]
    assert paragraphs_of([[line(text, 100 + 20 * at, 150) for at, text in enumerate(verses)]]).lines == verses


def test_the_one_blank_of_a_short_line_is_the_writers_own() -> None:
    spaced = "雪停了 路却没有停 扫帚和铁锹 比太阳起得早"
    lines = [line("扫雪队长 方大川", 60), line("一 路先醒", 90), *set_lines(WORDS), line(spaced, 300)]
    found = paragraphs_of([lines]).lines
    assert {"扫雪队长 方大川", "一 路先醒", spaced.replace(" ", "")} <= {*found}
