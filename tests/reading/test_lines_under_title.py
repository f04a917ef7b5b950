"""The lines under the title (subtitle, date, speaker, editor's note): found and shown where the speech may be
read, public for nobody."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from delivery_records import deliveries_of

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.application import Application
from jianggao.errors import JianggaoError, NotFound, WrongUse
from jianggao.library import listing
from jianggao.library.section_ids import Audience
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import parse_duration
from jianggao.reading.views import SearchPage, SectionHitView

SUPERUSER, VISITOR = "90001", "30001"
MEMBER_GROUP, FREE_GROUP = (
    Place(PlaceKind.MEMBER_GROUP, "700001"),
    Place(PlaceKind.FREE_GROUP, "700002"),
)
UNDER_TITLE = """——在石板乡晒谷场公用协调会上的讲话
（2025年9月18日）
乡党委书记　{speaker}
编者按：{note}
"""
BODY = """同志们：
谷子晒在路上，车要绕，人要让，下一场雨还要抢。今天把晒谷场的事情定下来，定了就照着办。
一、场地排好队
六个村共用两块场，先熟的先晒，谁家哪天用、用多大一块，前一天晚上写在粮站的黑板上。写上去的不许擦，临时换的两家自己说好，再到粮站改一笔。
二、雨前有人喊
气象站的消息先到粮站，粮站的喇叭三分钟之内要响。喇叭响了，没有谷子的人家也要出来搭把手，今年帮人收一床，明年别人帮你收两床。
三、夜里有人守
守夜的人从每个村轮流出，一夜两个，手电和茶水由粮站管。谷子少了先找守夜的问，问清楚了再说赔不赔，不许当场吵起来。
四、收完把场扫干净
用完场的人家当天扫净、压平，坑洼自己填上。扫得好不好由下一家说了算，下一家不满意，这一家回来重扫。
"""
SPEAKER, OTHER = "闻人谷雨", "百里霜降"
NOTE, OTHER_NOTE = (
    "会后各村当晚就把黑板挂了出去，梨树坪还添了一只铜锣。",
    "会后各组隔天才把木牌立了起来，柿子湾又借了两面皮鼓。",
)


def write(root: Path, speaker: str, note: str) -> None:
    folder = root / "粮食"
    folder.mkdir(parents=True, exist_ok=True)
    text = "把谷子稳稳收进仓\n" + UNDER_TITLE.format(speaker=speaker, note=note) + BODY
    (folder / "2025-09-18 晒谷场.txt").write_text(text, "utf-8")


@pytest.fixture
async def application(
    tmp_path: Path, open_application: Callable[..., Awaitable[Application]]
) -> AsyncIterator[Application]:
    root = tmp_path / "under title"
    write(root, SPEAKER, NOTE)
    application = await open_application(LIBRARY_DIR=str(root), DATABASE_FILE=str(tmp_path / "a" / "bot.db"))
    await application.importer.run()
    yield application
    shutil.rmtree(root)


async def set_audience(application: Application, audience: Audience) -> None:
    """Gives the first section this audience, in the index too."""
    async with application.database.write() as connection:
        await connection.execute("UPDATE sections SET audience = ? WHERE ordinal = 1", (audience,))
        await listing.rebuild_index(connection)


async def found(application: Application, text: str, account: str, place: Place | None = None) -> SearchPage:
    reader = await application.reader(account, place or Place(PlaceKind.PRIVATE, account))
    return await reader.search(text)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("闻人谷雨", "乡党委书记 【闻人谷雨】"),
        ("谷雨", "闻人【谷雨】"),
        ("2025年9月18日", "【2025年9月18日】"),
        ("石板乡晒谷场公用协调会", "——在【石板乡晒谷场公用协调会】"),
        ("梨树坪 铜锣", "【梨树坪】还添了一只【铜锣】"),
    ],
)
async def test_who_may_read_the_speech_finds_them_in_private(
    application: Application, audience: Audience, typed: str, shown: str
) -> None:
    await set_audience(application, audience)
    page = await found(application, typed, SUPERUSER)
    assert page.total == 1 and isinstance(page.hits[0], SectionHitView)
    assert page.hits[0].number == "1.1" and shown in (page.hits[0].snippet or "")
    async with application.database.read() as connection:
        records = await deliveries_of(connection, SUPERUSER)
    assert [record.section for record in records] == [page.hits[0].section], "a record comes first"


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("typed", ["闻人谷雨", "谷雨", "石板乡", "梨树坪 铜锣", "铜锣"])
@pytest.mark.parametrize("place", [None, MEMBER_GROUP, FREE_GROUP])
async def test_who_may_not_finds_nothing(
    application: Application, audience: Audience, typed: str, place: Place | None
) -> None:
    await set_audience(application, audience)
    page = await found(application, typed, VISITOR, place)
    assert page.total == 0 and not page.hits
    assert all(word not in repr(page.suggestions) for word in typed.split())


@pytest.mark.parametrize("audience", [Audience.PREVIEW, Audience.MEMBER_GROUP])
@pytest.mark.parametrize("typed", ["谷雨", "闻人谷雨", "铜锣"])
async def test_they_stand_in_no_group(application: Application, audience: Audience, typed: str) -> None:
    await set_audience(application, audience)
    page = await found(application, typed, SUPERUSER, MEMBER_GROUP)
    assert [view.number for view in page.hits] == ["1.1"], "who asks may read it, in private"
    assert all(word not in (page.hits[0].snippet or "") for word in (SPEAKER, "谷雨", "铜锣"))
    reader = await application.reader(SUPERUSER, MEMBER_GROUP)
    view = await reader.section(1, 1)
    assert view.occasion == "" and SPEAKER not in (view.body or "")
    assert (await reader.outline(1)).occasion == ""


@pytest.mark.parametrize("audience", list(Audience))
async def test_they_are_shown_with_the_opening_in_private(
    application: Application, audience: Audience
) -> None:
    await set_audience(application, audience)
    reader = await application.reader(SUPERUSER, Place(PlaceKind.PRIVATE, SUPERUSER))
    view = await reader.section(1, 1)
    lines = UNDER_TITLE.format(speaker=SPEAKER, note=NOTE).replace("　", " ").strip()
    assert view.occasion == lines and view.body is not None and view.contents.deliveries
    assert view.contents.beyond_public == view.contents.sections
    assert (await reader.section(1, 2)).occasion == ""
    outline = await reader.outline(1)
    assert outline.occasion == lines and outline.contents.deliveries
    full = await reader.full_text(1, "text")
    assert lines in full.copy.text  # type: ignore[union-attr]


@pytest.mark.parametrize("audience", list(Audience))
async def test_they_are_shown_to_no_visitor(application: Application, audience: Audience) -> None:
    await set_audience(application, audience)
    for place in (Place(PlaceKind.PRIVATE, VISITOR), MEMBER_GROUP, FREE_GROUP):
        reader = await application.reader(VISITOR, place)
        assert (await reader.section(1, 1)).occasion == ""
        assert (await reader.outline(1)).occasion == ""


async def test_a_day_without_allowance_shows_none_of_them(
    tmp_path: Path, open_application: Callable[..., Awaitable[Application]]
) -> None:
    root = tmp_path / "library of two"
    write(root, SPEAKER, NOTE)
    application = await open_application(
        LIBRARY_DIR=str(root), DATABASE_FILE=str(tmp_path / "b" / "bot.db"), SECTIONS_PER_DAY="1"
    )
    await application.importer.run()
    await set_audience(application, Audience.PREVIEW)
    async with application.database.write() as connection:
        await connection.execute("UPDATE sections SET audience = 2 WHERE ordinal = 2")
    act = Act(SUPERUSER, "grant", application.clock(), application.settings.timezone, "")
    async with application.database.write() as connection:
        await administration.grant(connection, VISITOR, parse_duration("1年"), act)
    reader = await application.reader(VISITOR, Place(PlaceKind.PRIVATE, VISITOR))
    assert (await reader.section(1, 2)).body, "the day's only section"
    view = await reader.section(1, 1)
    assert view.body and view.occasion == "", "the preview alone"
    assert (await reader.outline(1)).occasion == ""
    page = await reader.search("谷雨")
    assert page.total == 1 and "谷雨" not in (page.hits[0].snippet or "")  # type: ignore[union-attr]


# --- the speaker as a filter --------------------------------------------------------------------------------


async def speaker_is(application: Application, name: str) -> None:
    async with application.database.write() as connection:
        await connection.execute("UPDATE versions SET speaker = ?", (name,))


@pytest.mark.parametrize(
    "typed", ["主讲:闻人谷雨", "主讲： 闻人谷雨", "作者：闻人谷雨 黑板", "第1篇 主讲:闻人谷雨"]
)
async def test_a_speech_is_found_by_its_speaker(application: Application, typed: str) -> None:
    await speaker_is(application, SPEAKER)
    page = await found(application, typed, SUPERUSER)
    assert page.total >= 1 and {view.speech for view in page.hits} == {1}


async def test_a_name_that_is_part_of_another_is_another(application: Application) -> None:
    await speaker_is(application, SPEAKER)
    with pytest.raises(NotFound, match="闻人谷"):
        await found(application, "主讲:闻人谷", SUPERUSER)
    with pytest.raises(WrongUse, match="主讲"):
        await found(application, "主讲:", SUPERUSER)


@pytest.mark.parametrize("place", [None, MEMBER_GROUP, FREE_GROUP])
async def test_a_visitor_learns_no_speaker(application: Application, place: Place | None) -> None:
    await speaker_is(application, SPEAKER)
    said = []
    for name in (SPEAKER, OTHER):
        with pytest.raises(NotFound) as refused:
            await found(application, f"主讲:{name}", VISITOR, place)
        said.append(str(refused.value).replace(name, ""))
    assert said[0] == said[1]


# --- two libraries ------------------------------------------------------------------------------------------

WORDS = ("闻人谷雨", "百里霜降", "谷雨", "霜降", "铜锣", "皮鼓", "梨树坪", "柿子湾", "黑板", "木牌", "谷场")
FILTERED = ("主讲:闻人谷雨", "作者:百里霜降", "标题:收进仓 铜锣", "年份:2025 谷雨", "主题:粮食 皮鼓")
NEARLY = ("晒谷场 闻人", "tongluo", "pigu", "闻人谷宇", "百里双降")


async def all_said(application: Application, account: str) -> list[str]:
    """Everything that somebody without a subscription is told."""
    said = []
    for place in (Place(PlaceKind.PRIVATE, account), MEMBER_GROUP, FREE_GROUP):
        for question in (*WORDS, *FILTERED, *NEARLY):
            try:
                said.append(repr(await found(application, question, account, place)))
            except JianggaoError as error:
                said.append(repr(str(error)).replace(SPEAKER, "X").replace(OTHER, "X"))
        reader = await application.reader(account, place)
        said += [
            repr(await reader.section(1, 1)),
            repr(await reader.section(1, 2)),
            repr(await reader.outline(1)),
            repr(await reader.outlines_on("晒谷")),
        ]
    return said


async def test_what_a_visitor_is_told_does_not_depend_on_them(
    tmp_path: Path, open_application: Callable[..., Awaitable[Application]]
) -> None:
    told = []
    for name, speaker, note in (("c", SPEAKER, NOTE), ("d", OTHER, OTHER_NOTE)):
        root = tmp_path / f"library {name}"
        write(root, speaker, note)
        application = await open_application(
            LIBRARY_DIR=str(root), DATABASE_FILE=str(tmp_path / name / "bot.db"), PREVIEW_SHARE="0.30"
        )
        await application.importer.run()
        await speaker_is(application, speaker)
        await set_audience(application, Audience.PREVIEW)
        told.append(await all_said(application, VISITOR))
    assert told[0] == told[1]
