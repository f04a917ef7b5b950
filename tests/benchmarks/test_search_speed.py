"""The benchmark of speed, small: what it asks and what it prints, never how fast the machine is."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from project_root import ROOT

import bot
from jianggao.benchmarks import engines as engines_module
from jianggao.benchmarks import search_speed
from jianggao.benchmarks.queries import QUERY_KINDS
from jianggao.benchmarks.search_speed import SpeedPlan

SAMPLES = ROOT / "data" / "speeches"
COLUMNS = ["p50/p99（毫秒）", "机器人", "访客", "LIKE", "trigram", "bm25", "tantivy", "p99", "之比"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bot.command_line, ["benchmark", "search", *arguments], catch_exceptions=False)


def test_the_table_has_every_kind_and_column_and_a_kept_library_is_used_again(tmp_path: Path) -> None:
    small = ("--speeches", "30", "--queries", "3", "--folder", str(tmp_path / "kept"))
    first = run(*small)
    assert first.exit_code == 0, first.output
    assert "导入：30 篇" in first.output and "正文" in first.output
    lines = first.output.splitlines()
    assert next(line for line in lines if line.startswith("p50/p99")).split() == COLUMNS
    for kind in QUERY_KINDS:
        cells = next(line for line in lines if line.startswith(kind.name))[len(kind.name) :].split()
        assert len(cells) == 7, cells
        answering = {name.removesuffix(" or") for name in kind.engines}
        assert ["—" not in cell for cell in cells] == [
            True,
            True,
            *(name in answering for name in COLUMNS[3:7]),
            bool(answering),
        ]
    files = sorted((tmp_path / "kept" / "library").rglob("*.txt"))
    before = [path.stat().st_mtime_ns for path in files]
    assert len(files) == 30 and not list((tmp_path / "kept").glob("engines*"))
    again = run(*small)
    assert again.exit_code == 0 and [path.stat().st_mtime_ns for path in files] == before
    other = run("--speeches", "31", "--folder", str(tmp_path / "kept"))
    assert other.exit_code == 2 and "另一份资料库" in other.output


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"mine")
    result = run("--speeches", "30", "--folder", str(tmp_path))
    assert result.exit_code == 2 and "里有别的东西" in result.output
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("bot.db", b"mine")]


def test_a_library_that_was_not_finished_is_written_again(tmp_path: Path) -> None:
    plan = SpeedPlan(tmp_path / "kept", (SAMPLES,), speeches=3, queries=1, seed=1)
    search_speed._claim_folder(plan)
    search_speed._make_library(plan)
    whole = {path: path.read_bytes() for path in plan.library.rglob("*.txt")}
    note = plan.folder / "library.json"
    note.write_text(note.read_text("utf-8").replace("true", "false"), "utf-8")
    next(iter(whole)).unlink()
    search_speed._claim_folder(plan)
    search_speed._make_library(plan)
    assert {path: path.read_bytes() for path in plan.library.rglob("*.txt")} == whole


def test_a_missing_engine_ends_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(engines_module, "find_spec", nothing)
    result = run("--speeches", "30")
    assert result.exit_code == 1
    assert result.output.strip().splitlines() == ["还没有装用来对比的 tantivy。请运行：pip install tantivy"]
