"""Headers, footers and page numbers of a PDF."""

from __future__ import annotations

from jianggao.sources.pdf_lines import PdfLine, without_margins, without_print_margins


def line(text: str, down: float, size: float = 12.0) -> PdfLine:
    return PdfLine(text, 90.0, 90.0 + size * len(text), down, size)


def page(*words: str, number: str = "", header: str = "") -> list[PdfLine]:
    lines = [line(text, 100.0 + 18.0 * at) for at, text in enumerate(words)]
    lines += [line(header, 50.0)] if header else []
    return lines + ([line(number, 800.0)] if number else [])


def texts(pages: list[list[PdfLine]]) -> list[list[str]]:
    return [[line.text for line in page] for page in without_margins(pages)[0]]


def test_what_stands_at_the_edge_of_several_pages_goes() -> None:
    pages = [
        page(
            f"灯要挂在高处{at}",
            f"人要走在宽处{at}x",
            "两头看得见",
            number=f"— {at} —",
            header=f"灯会手册 第{at}版",
        )
        for at in range(1, 5)
    ]
    assert texts(pages)[0] == ["灯要挂在高处1", "人要走在宽处1x", "两头看得见"]


def test_what_stood_in_the_margins_is_told_page_by_page() -> None:
    pages = [page("灯" * at, "山", "人" * at, number=f"{at}", header="灯会手册") for at in range(1, 4)]
    assert without_margins(pages)[1] == ["灯会手册", "1", "灯会手册", "2", "灯会手册", "3"]


def test_headers_of_left_and_right_pages_differ() -> None:
    pages = [page("灯" * at + "山", "人" * at + "海", header=("左页眉", "右页眉")[at % 2]) for at in range(6)]
    assert texts(pages)[1:3] == [["灯山", "人海"], ["灯灯山", "人人海"]]


def test_lines_of_the_text_that_come_again_at_the_same_height_stay() -> None:
    pages = [page("同一句话", "又一句话", "再一句话") for _ in range(4)]
    assert texts(pages) == [["同一句话", "又一句话", "再一句话"]] * 4


def test_a_header_on_one_page_alone_stays_and_its_number_goes() -> None:
    assert texts([page("甲乙丙丁", "戊己庚辛", "壬癸", number="1", header="只此一页")]) == [
        ["甲乙丙丁", "戊己庚辛", "壬癸", "只此一页"]
    ]


def test_a_page_with_a_year_alone_in_the_middle_keeps_it() -> None:
    middle = [line("甲乙丙丁", 100), line("2025", 400), line("戊己庚辛", 430), line("壬癸", 448)]
    assert texts([middle]) == [["甲乙丙丁", "2025", "戊己庚辛", "壬癸"]]


def test_what_a_browser_prints_goes_though_it_stands_near_the_text() -> None:
    top, bottom = "2025/3/18 09:30 | 灯会手册-灯会网", "https://www.example.com/deng.html | {}/3"
    pages = [
        [
            *(line(f"灯要挂在高处，人要走在宽处{at}{row}", 43.0 + 18.0 * row) for row in range(5)),
            line(top, 24.0, 8.0),
            line(bottom.format(at), 43.0 + 18.0 * 5, 8.0),
        ]
        for at in (1, 2, 3)
    ]
    kept, printed = without_print_margins(pages)
    assert [len(page) for page in kept] == [5, 5, 5]
    assert printed == [text for at in (1, 2, 3) for text in (top, bottom.format(at))]


def test_an_address_in_the_midst_of_a_page_is_no_margin() -> None:
    pages = [[line(f"灯{row}", 40.0 + 18.0 * row) for row in range(9)]]
    pages[0][4] = line("https://www.example.com/deng.html 1/3", 112.0)
    assert without_print_margins(pages) == (pages, [])
