"""An application on the sample library, imported once for all tests that only read it."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from project_root import ROOT
from real_reports import REPORTS
from stored_speeches import prepared, store

from jianggao.application import Application
from jianggao.database import Database
from jianggao.deadline import TimeLimit
from jianggao.library.section_ids import Audience
from jianggao.settings import load_settings

SAMPLES = ROOT / "data" / "speeches"
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)


async def application_on(library: Path, folder: Path) -> Application:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(folder / "bot.db")})
    application = await Application.open(
        settings,
        clock=lambda: NOW,
        rng=random.Random(1),
        random_bytes=random.Random(1).randbytes,
        workers=0,
        time_limit=TimeLimit(seconds=3_600),
    )
    await application.importer.run()
    return application


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def samples(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Application]:
    application = await application_on(SAMPLES, tmp_path_factory.mktemp("samples"))
    yield application
    await application.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def everything(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Application]:
    """The sample library and, where they are present, real reports."""
    folder = tmp_path_factory.mktemp("everything")
    shutil.copytree(SAMPLES, folder / "library")
    if REPORTS:
        shutil.copytree(REPORTS, folder / "library" / "报告")
    application = await application_on(folder / "library", folder)
    yield application
    await application.close()


CANAL = """在冬修水利动员会上的讲话
（2025年3月4日）
同志们：
一、修好灌溉渠道
灌溉渠道年年修，年年漏，网格员把漏水的地方一处一处画在图上，老乡们一看就明白，今年的力气要先用在什么地方。
二、管好水库闸门
闸门锈死放不下水，水库管理员扛着铁锹守到天亮，这笔账要记在心里，今年的闸门一定要换，换完当场试水。
三、算清用水账目
用水账目要贴上墙，每户人家用了多少方水，交了多少钱，都写得清清楚楚，谁也不吃亏，谁也别想占便宜。
"""
ROAD = """在农村公路建设推进会上的讲话
（2024年5月6日）
同志们：
一、修好进村公路
进村公路坑坑洼洼，网格员说拖拉机开进去就出不来，下了雨连学生上学都要绕着走，这条路今年一定要修好。
二、管好公路养护
公路养护要有专人管，养护员每天走一遍，有了坑洼当天补上，不能拖到雨季，拖到雨季就是十倍的工钱。
"""
VILLAGE = """在村级班子建设座谈会上的讲话
（2023年7月1日）
同志们：
一、选好村级班子
村级班子强不强，老乡们心里有杆秤，选对一个人，带动一个村，选错一个人，耽误好几年，这件事马虎不得。
"""


async def three_speeches_in(file: Path, changes: Mapping[str, str]) -> Database:
    """Speech 1 of 2025 with a preview, a section for member groups and one for members; 2 of 2024, all for
    members; 3 of 2023, all of it a preview. `changes` are words that stand there for others."""

    def changed(text: str) -> str:
        for before, after in changes.items():
            text = text.replace(before, after)
        return text

    database = await Database.open(file)
    async with database.write() as connection:
        await store(
            connection,
            prepared(changed(CANAL)),
            audiences={1: Audience.PREVIEW, 2: Audience.MEMBER_GROUP},
            topics=["水利"],
        )
        await store(connection, prepared(changed(ROAD)), topics=["交通"])
        await store(connection, prepared(changed(VILLAGE)), audiences={1: Audience.PREVIEW}, topics=["党建"])
    return database


@pytest.fixture
async def three_speeches(tmp_path: Path) -> AsyncIterator[Database]:
    """The speeches of `three_speeches_in`."""
    database = await three_speeches_in(tmp_path / "three.db", {})
    yield database
    await database.close()


@pytest.fixture
async def changed_speeches(tmp_path: Path) -> AsyncIterator[Database]:
    """The same with other words in locked bodies: 拖拉机 and 铁锹 stand in no other text."""
    changes = {"拖拉机": "收割机", "铁锹": "手电"}
    database = await three_speeches_in(tmp_path / "changed.db", changes)
    yield database
    await database.close()


@pytest.fixture
async def speeches_with_spades(tmp_path: Path) -> AsyncIterator[Database]:
    """The same as `three_speeches`, but that a section of members holds both 老乡 and 铁锹, of which the group sees
    each in another section."""
    database = await three_speeches_in(tmp_path / "spades.db", {"学生上学": "铁锹和老乡"})
    yield database
    await database.close()


PROJECTS = """在全县招商引资工作推进会上的讲话
（2025年9月2日）
同志们：
今天把大家请来，是为了把下半年的项目一个一个过一遍，谁家的项目卡在哪里，当场说，当场办，不带回去。
一、盯紧项目落地
项目签了约不等于落了地，厂房没起来，机器没进场，签的就是一张纸，我们要拿着这张纸去工地上看。
二、守住办事承诺
答应企业的事要办到，办不到的不要答应，答应了又办不到，下一家企业就不来了，名声比地价更要紧。
同志们，项目是等不来的，也是喊不来的，要靠脚板子跑出来，散会以后就动身，年底我们再坐到这里算总账。
"""


@pytest.fixture
async def four_speeches(three_speeches: Database) -> Database:
    """Besides the three, speech 4 of 2025, for members, with an opening and a closing under no heading."""
    async with three_speeches.write() as connection:
        await store(connection, prepared(PROJECTS), topics=["招商"])
    return three_speeches
