"""Every listed section is read once, with the words and facts that all engines get."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.application import Application
from jianggao.benchmarks import passages as passages_module
from jianggao.benchmarks.passages import passages_of, settings_for
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

TEXT = "在渠首的讲话\n（2024年3月18日）\n同志们：\n　　一、水要算着用\n　　渠里的水一年比一年少，第{}笔账要算。\n"


async def test_all_sections_of_all_speeches_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages_module, "_SPEECHES_AT_ONCE", 2)
    library = tmp_path / "library" / "水利"
    library.mkdir(parents=True)
    for number in range(5):
        (library / f"{number}.txt").write_text(TEXT.format(number), "utf-8")
    application = await Application.open(settings_for(library.parent, tmp_path / "bot.db"), workers=0)
    try:
        report = await application.importer.run()
        batches = [batch async for batch in passages_of(application)]
    finally:
        await application.close()
    passages = [passage for batch in batches for passage in batch]
    assert len(batches) == 3 and len(passages) == report.sections == len({p.id for p in passages})
    assert {passage.source for passage in passages} == {f"水利/{number}.txt" for number in range(5)}
    account = next(passage for passage in passages if "第3笔账" in passage.text)
    assert account.text == normal_form(account.text) and "水要算着用" in account.text
    assert set(words("一年比一年少")) <= set(account.words)
    assert (account.title, account.year, account.topics) == ("在渠首的讲话", 2024, ("水利",))


def test_settings_are_of_this_library_and_database_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "speeches", tmp_path / "bot.db")
    assert (settings.library_dir, settings.database_file) == (tmp_path / "speeches", tmp_path / "bot.db")
