"""金句: which sentences are on a theme, in what order, and of which years."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from stored_speeches import speech_text

from jianggao.application import Application
from jianggao.errors import WrongUse

YOUNG = "冷板凳坐得住的人，才端得稳热饭碗。"
NAMED = "青年不怕山路陡，就怕脚底先打软。"
BESIDE = "不怕井深，就怕绳短。"
PASSING = "谁把百姓放在心上，百姓就把谁抬在肩上。"
OLD = "与其在台账里找亮点，不如到田埂上找差距。"
BEGINNING = "先看了现场。"
FILLING = "会场在礼堂东头，茶水放在门边的桌子上，椅子靠着墙摆了两排。" * 6


Opener = Callable[..., Awaitable[Application]]


@pytest.fixture
async def themed(open_application: Opener, tmp_path: Path) -> Application:
    texts = {
        "青年成长/a.txt": speech_text("在新职工座谈会上的讲话", "坐得住", body=BEGINNING + YOUNG + FILLING),
        "修渠/b.txt": speech_text("在修渠会上的讲话", "渠要修", body=BEGINNING + NAMED + FILLING),
        "修渠/c.txt": speech_text("在修路会上的讲话", "路要修", body=f"来了一批青年。{BESIDE}{FILLING}"),
        "修渠/d.txt": speech_text("在修桥会上的讲话", "桥要修", body=f"来了青年。{FILLING}{PASSING}"),
        "修渠/e.txt": speech_text(
            "在青年誓师会上的讲话", "开工", day="1978年3月4日", body="青年要听。" + OLD + FILLING
        ),
    }
    return await opened(open_application, tmp_path / "own", texts)


async def opened(open_application: Opener, folder: Path, texts: dict[str, str]) -> Application:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    application = await open_application(LIBRARY_DIR=str(folder))
    await application.importer.run()
    return application


async def quoted(application: Application, theme: str) -> list[tuple[str, int]]:
    page = await application.local_reader(reads_all=True).quotables(theme)
    return [(quote.text, quote.year) for quote in page.quotes]


async def test_quotes_of_a_theme(themed: Application) -> None:
    """What stands in a folder of the theme or holds the word comes first, then what stands beside it; what
    only stands in the same section doesn't. Speeches before 1990 are quoted where their year is asked for."""
    found = [text for text, _ in await quoted(themed, "青年")]
    assert set(found[:2]) == {YOUNG, NAMED} and found[2:] == [BESIDE]
    everything = await quoted(themed, "")
    assert (PASSING, 2025) in everything and OLD not in dict(everything)
    for asked in ("青年 年份:1978", "1978", "1978年", "年份:1978"):
        assert await quoted(themed, asked) == [(OLD, 1978)], asked
    assert await quoted(themed, "“1978”") == []
    assert [text for text, _ in await quoted(themed, "主题:青年成长")] == [YOUNG]
    with pytest.raises(WrongUse):
        await quoted(themed, "年份:1979")


async def test_equally_good_sentences_with_the_word_come_first(
    open_application: Opener, tmp_path: Path
) -> None:
    without, with_word = "不怕同伴慢，就怕骨头软。", "不怕青年慢，就怕骨头软。"
    text = speech_text("在会上的讲话", "坐得住", body=f"{BEGINNING}{without}{BEGINNING}{with_word}{FILLING}")
    application = await opened(open_application, tmp_path / "own", {"青年成长/a.txt": text})
    assert [text for text, _ in await quoted(application, "青年")] == [with_word, without]
