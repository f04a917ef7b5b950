"""Speeches that are typed by their names."""

from __future__ import annotations

import pytest
from stored_speeches import prepared, speech_text, store

from jianggao.database import Database
from jianggao.library.section_ids import EVERY_ID, IdRange, day_of
from jianggao.search.criteria import SearchCriteria
from jianggao.search.indexed_texts import IndexedSpeech
from jianggao.search.query import MAX_CHARACTERS, parse_query
from jianggao.search.search import Search
from jianggao.search.speech_names import NamedSpeech, named_speeches, theme_of_name, with_named
from jianggao.search.visible_index import VisibleIndex


async def named(database: Database, typed: str, readable: IdRange | None = EVERY_ID) -> list[NamedSpeech]:
    return await database.run_in_snapshot(
        lambda snapshot: named_speeches(VisibleIndex(snapshot, readable), parse_query(typed))
    )


async def numbers(database: Database, typed: str, readable: IdRange | None = EVERY_ID) -> list[int]:
    return [found.speech.speech for found in await named(database, typed, readable)]


async def add(database: Database, title: str, day: str = "2025年3月4日") -> int:
    async with database.write() as connection:
        text = speech_text(title, "把渠修好", day=day)
        return await store(connection, prepared(text, f"{title}{day}.txt"))


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("在农村公路建设推进会上的讲话", [2]),
        ("农村公路建设推进会", [2]),
        ("公路建设", [2]),
        ("村级班子 座谈会", [3]),  # two words, both in the title
        ("班子建设 推进会", []),  # of two titles
        ("灌溉渠道", []),  # a heading
        ("拖拉机", []),
        ("会", []),  # one character names nothing
    ],
)
async def test_titles_hold_what_was_typed(three_speeches: Database, typed: str, speeches: list[int]) -> None:
    assert await numbers(three_speeches, typed) == speeches


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("农村公路建设推动会", [2]),  # six of eight pairs
        ("农村公路建设表彰大会", []),  # five of nine
        ("农村公路会", [2]),  # three of four
        ("村公路学", []),  # two of three: a name so short must stand there whole
        ("公路推进会", [2]),  # theme and occasion, apart
        ("公路座谈会", []),
        ("村级班子建设的座谈会", [3]),
    ],
)
async def test_three_quarters_of_the_pairs_are_enough(
    three_speeches: Database, typed: str, speeches: list[int]
) -> None:
    assert await numbers(three_speeches, typed) == speeches


async def test_a_pair_that_is_typed_often_counts_once(three_speeches: Database) -> None:
    """The title has five of the seven pairs, but ten of twelve where those that are typed again count again."""
    assert await numbers(three_speeches, "公路建设 农村公路 村公路建 建设养护") == []
    assert await numbers(three_speeches, "公路建设 农村公路 村公路建 建设养") == [2]


async def test_what_stands_in_the_title_is_told(three_speeches: Database) -> None:
    for typed, found_by in [
        ("农村公路建设推进会", ("农村公路建设推进会",)),
        ("公路建设 推进会", ("公路建设", "推进会")),
        ("农村公路新建设推进会", ("农村公路", "建设推进会")),
    ]:
        (found,) = await named(three_speeches, typed)
        assert found.found_by == found_by
        assert all(run in found.speech.title for run in found.found_by)


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("2024年农村公路建设推进会", [2]),  # the speech's own year
        ("农村公路建设推进会 2024年", [2]),
        ("2024农村公路建设推进会", [2]),
        ("2023年农村公路建设推进会", []),
        ("2021年全镇植树动员会", [4]),  # the year of the title, which is held a year later
        ("2022年全镇植树动员会", [4]),
        ("2023年全镇植树动员会", []),
        ("2024", []),  # a year names no speech
        ("2024年的讲话", []),
    ],
)
async def test_years_stand_in_the_title_or_are_the_speechs_own(
    three_speeches: Database, typed: str, speeches: list[int]
) -> None:
    await add(three_speeches, "在2021年全镇植树动员会上的讲话", "2022年1月6日")
    assert await numbers(three_speeches, typed) == speeches


@pytest.mark.parametrize(
    "typed",
    [
        "农村公路建设推进会讲话稿",
        "农村公路建设推进会上的发言",
        "农村公路建设推进会的稿子",
        "农村公路建设推进会全文",
        "在农村公路建设推进会上的致辞",
        "关于农村公路建设推进会",
    ],
)
async def test_what_any_speech_is_called_is_left_out(three_speeches: Database, typed: str) -> None:
    (found,) = await named(three_speeches, typed)
    assert found.speech.speech == 2 and found.found_by == ("农村公路建设推进会",)
    assert not found.rank[0]  # as one whose title holds all


@pytest.mark.parametrize("typed", ["“农村公路建设推进会”", "「公路建设」", "“公路建设” 推进会"])
async def test_a_phrase_is_a_line_and_no_name(three_speeches: Database, typed: str) -> None:
    assert await numbers(three_speeches, typed) == []


async def test_those_whose_title_is_most_of_it_come_first_and_of_equal_ones_the_newest(
    three_speeches: Database,
) -> None:
    older = await add(three_speeches, "在护林防火工作会上的讲话", "2021年10月8日")
    newer = await add(three_speeches, "在护林防火工作会上的讲话", "2024年10月9日")
    longer = await add(three_speeches, "在青山镇秋冬季护林防火工作会上的讲话", "2025年10月9日")
    lacking = await add(three_speeches, "在护林防火工作总结会上的讲话", "2025年11月9日")
    assert await numbers(three_speeches, "护林防火工作会") == [newer, older, longer, lacking]
    found = await named(three_speeches, "护林防火工作会")
    assert [one.found_by for one in found[:3]] == [("护林防火工作会",)] * 3
    assert found[3].found_by == ("护林防火工作",)


@pytest.mark.parametrize(
    ("typed", "is_name"),
    [
        ("农村公路建设推进会", True),
        ("公路建设推进", True),  # most of the title
        ("公路建设", False),
        ("公路", False),
        ("班子建设", False),
        ("推进会", True),  # short, but an event
        ("座谈会", True),
    ],
)
async def test_a_theme_is_no_name(three_speeches: Database, typed: str, is_name: bool) -> None:
    (found,) = await named(three_speeches, typed)
    assert found.is_name == is_name


@pytest.mark.parametrize(
    ("typed", "speeches"),
    [
        ("推进会 年份:2024", [2]),
        ("推进会 年份:2025", []),
        ("建设 主题:党建", [3]),
        ("建设 主题:水利", []),
        ("建设 标题:座谈", [3]),
        ("建设 标题:农村公路", [2]),
        ("建设 第2篇", [2]),
        ("建设 第1篇", []),
        ("农村公路建设推动会 年份:2024", [2]),  # what lacks a word, too
        ("农村公路建设推动会 主题:水利", []),
        ("主题:水利", []),  # a filter names nothing
    ],
)
async def test_filters_narrow(three_speeches: Database, typed: str, speeches: list[int]) -> None:
    assert await numbers(three_speeches, typed) == speeches


@pytest.mark.parametrize(
    "typed", ["农村公路建设推进会", "农村公路建设推动会", "建设", "讲话", "冬修水利动员会", "拖拉机"]
)
async def test_a_visitor_finds_what_a_member_finds(three_speeches: Database, typed: str) -> None:
    assert await named(three_speeches, typed, None) == await named(three_speeches, typed)


class _CountingIndex(VisibleIndex):
    """Notes how many titles are read at most."""

    limits: list[int]

    def titled(self, criteria: SearchCriteria, limit: int) -> list[IndexedSpeech]:
        self.limits.append(limit)
        return super().titled(criteria, limit)


async def test_the_longest_query_reads_a_bounded_number_of_titles(three_speeches: Database) -> None:
    async def limits(typed: str) -> list[int]:
        def work(index: _CountingIndex) -> list[int]:
            index.limits = []
            named_speeches(index, parse_query(typed))
            return index.limits

        return await database.run_in_snapshot(lambda snapshot: work(_CountingIndex(snapshot, EVERY_ID)))

    database = three_speeches
    longest = "".join(chr(0x4E00 + 7 * at) for at in range(MAX_CHARACTERS))
    read = await limits(longest)
    assert 2 < len(read) <= MAX_CHARACTERS + 1 and max(read) <= 120
    assert sum(read) <= 60 * MAX_CHARACTERS + 240
    assert len(await limits("公路" * (MAX_CHARACTERS // 2))) <= 4  # each pair is looked up once
    assert len(await limits("公路")) == 1  # nothing nearly holds it


async def test_of_more_speeches_of_a_name_the_newest_are_listed(three_speeches: Database) -> None:
    async with three_speeches.write() as connection:
        for at in range(125):
            text = speech_text(
                "在镇干部例会上的讲话", f"第{at}件事", day=f"{2010 + at // 12}年{at % 12 + 1}月4日"
            )
            await store(connection, prepared(text, f"{at}.txt"))
    found = await numbers(three_speeches, "镇干部例会")
    assert found == list(range(128, 8, -1))


async def test_where_passages_are_wanted_a_theme_stands_behind_the_first_section(
    three_speeches: Database,
) -> None:
    theme, occasion = await named(three_speeches, "公路建设"), await named(three_speeches, "公路建设推进会")
    assert theme[0].may_be_theme and not occasion[0].may_be_theme
    sections = await three_speeches.run_in_snapshot(
        lambda snapshot: [
            section
            for scope in VisibleIndex(snapshot, EVERY_ID).scopes
            for section in VisibleIndex(snapshot, EVERY_ID).sections(scope, SearchCriteria(()), 9)
        ]
    )
    speech = theme[0].speech
    assert with_named(theme, sections, sections_first=False)[0] == speech
    assert with_named(theme, sections, sections_first=True)[:2] == [sections[0], speech]
    assert with_named(occasion, sections, sections_first=True)[0] == speech
    assert with_named(theme, [], sections_first=True) == [speech]


@pytest.mark.parametrize("typed", ["大会发言", "会议讲话", "座谈会讲话稿"])
async def test_an_occasion_alone_names_no_speech(three_speeches: Database, typed: str) -> None:
    assert await numbers(three_speeches, typed) == []


@pytest.mark.parametrize("typed", ["公路会上的讲话", "县长在公路推进会上的讲话", "公路推进会发言稿"])
async def test_theme_and_occasion_may_stand_apart_in_the_title(three_speeches: Database, typed: str) -> None:
    (found,) = await named(three_speeches, typed)
    assert found.speech.speech == 2 and found.is_name and not found.may_be_theme


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("在全市防汛工作会议上的讲话", "防汛"),
        ("防汛工作会议", "防汛"),
        ("防汛工作会议 讲话稿", "防汛"),
        ("2024年防汛工作会议讲话", "防汛 2024年"),
        ("乡村振兴大会讲话稿", "乡村振兴"),
        ("在市委农村工作会议上的讲话", "农村"),
        ("在全市防汛抗旱暨安全生产工作会议上的讲话", "防汛抗旱 安全生产"),
        ("全县森林防火工作电视电话会议", "森林防火"),
        ("在读书节闭幕式上的致辞", "读书节"),
        ("防汛会上的讲话", "防汛"),
        ("河长制推进会", "河长制"),
        ("交通安全大会上的讲话", "交通安全"),
        ("2023年毕业典礼", None),
        ("各级领导会议", None),
        ("线上会议", None),
        ("委员会上的讲话", None),
        ("一个大会", None),
        ("有关会议", None),
        ("重要会议", None),
        ("社会", None),
        ("党代会", None),
        ("动员大会讲话", None),
        ("防汛 会议", None),
        ("“防汛工作会议”", None),
        ("在屋里的讲话", None),
    ],
)
def test_a_speech_of_the_typed_name_would_be_on_its_theme(typed: str, theme: str | None) -> None:
    found = theme_of_name(parse_query(typed))
    assert (found.text if found else None) == theme
    if found:
        assert " ".join(term.typed for term in found.terms) == theme


async def test_a_speech_that_wasnt_held_is_read_as_its_theme(three_speeches: Database) -> None:
    query = parse_query("在全县水库工作会议上的讲话")
    result = await three_speeches.run_in_snapshot(lambda snapshot: Search(snapshot, EVERY_ID).find(query))
    assert result.read_as == "水库" and result.total == 1
    held = await three_speeches.run_in_snapshot(
        lambda snapshot: Search(snapshot, EVERY_ID).find(parse_query("在冬修水利动员会上的讲话"))
    )
    assert held.read_as == "" and held.total == 1


async def test_in_the_frame_of_a_title_less_of_it_must_stand_there(three_speeches: Database) -> None:
    await add(three_speeches, "在大学毕业典礼上的讲话")
    assert await numbers(three_speeches, "在大学生毕业典礼上的致辞") == [4]
    assert await numbers(three_speeches, "大学生毕业典礼") == []
    assert await numbers(three_speeches, "在中学开学典礼上的致辞") == []
    # Nothing of 学校, and half of the pairs: another speech.
    assert await numbers(three_speeches, "在学校毕业典礼上的致辞") == []
    (found,) = await named(three_speeches, "在大学生毕业典礼上的致辞")
    assert found.found_by == ("毕业典礼",), "no halves of words"


async def test_a_percentage_is_no_part_of_a_year_in_a_title(three_speeches: Database) -> None:
    await add(three_speeches, "在2023年工作总结会上的讲话")
    assert await numbers(three_speeches, "23%") == []
    assert await numbers(three_speeches, "2023年工作总结会") == [4]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("{year}年{month}月工作总结大会", [4]),
        ("{year}年{other}月工作总结大会", []),
        ("{month}月{day}日工作总结大会", [4]),
        ("{other}月{day}日工作总结大会", []),
        ("工作总结大会 {year}-{month}-{day}", [4]),
        ("{year}年13月工作总结大会", []),
    ],
)
async def test_a_typed_date_is_the_named_speechs_own(
    three_speeches: Database, typed: str, found: list[int]
) -> None:
    await add(three_speeches, "在全县工作总结大会上的讲话")
    (one,) = await named(three_speeches, "工作总结大会")
    day = day_of(one.speech.key)
    typed = typed.format(year=day.year, month=day.month, other=day.month % 12 + 1, day=day.day)
    assert await numbers(three_speeches, typed) == found


async def test_a_year_of_two_digits_is_a_part_of_the_year_in_a_title(three_speeches: Database) -> None:
    await add(three_speeches, "1988年政府工作报告")
    assert await numbers(three_speeches, "88年政府工作报告") == [4]


async def test_a_speech_of_a_leader_is_any_speech(three_speeches: Database) -> None:
    number = await add(three_speeches, "在全市旅游发展大会上的讲话")
    assert await numbers(three_speeches, "旅游发展大会领导讲话") == [number]
    assert await numbers(three_speeches, "在全市旅游发展大会上的讲话（20250304）") == [number]
    assert await numbers(three_speeches, "旅游发展大会 20250305") == []
