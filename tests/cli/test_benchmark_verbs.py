"""The verbs of `benchmark` pass on what was typed, and their exit code says whether the figures are good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import bot
from jianggao.benchmarks import search_quality, search_speed, tracing


def run(*words: str) -> Result:
    return CliRunner().invoke(bot.command_line, ["benchmark", *words], catch_exceptions=False)


def test_without_a_name_the_benchmarks_are_listed() -> None:
    shown = run("--help").output
    assert all(name in shown for name in ("search", "search-quality", "tracing"))


@pytest.mark.parametrize(
    "words",
    [
        ("search", "--speeches", "0"),
        ("search", "--texts", "/none/at/all"),
        ("search-quality", "--half", "third"),
        ("search-quality", "--judged", "/none/at/all"),
        ("tracing", "--runs", "0"),
        ("tracing", "--texts", "/none/at/all"),
    ],
)
def test_wrong_use_is_exit_code_2(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_the_speed_of_search_is_measured_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[Any] = []

    async def measure(plan: Any, echo: Any) -> None:
        plans.append(plan)
        echo("一张表")

    monkeypatch.setattr(search_speed, "measure", measure)
    further = tmp_path / "texts"
    further.mkdir()
    folder = tmp_path / "kept"
    result = run(
        *("search", "--speeches", "9", "--queries", "2", "--seed", "5"),
        *("--texts", str(further), "--folder", str(folder)),
    )
    assert result.exit_code == 0 and result.output == "一张表\n"
    samples = bot.HOME / "data" / "speeches"
    assert plans == [search_speed.SpeedPlan(folder, (samples, further), 9, 2, 5)]


def test_a_scratch_folder_goes_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Path] = []

    async def measure(samples: Path, judged: Path, scratch: Path, half: str, **options: Any) -> None:
        assert scratch.is_dir() and judged.name == "judged.jsonl"
        assert half == search_quality.ALL and options["failures"] is True
        used.append(scratch)

    monkeypatch.setattr(search_quality, "measure", measure)
    assert run("search-quality", "--failures").exit_code == 0
    assert len(used) == 1 and not used[0].exists()


@pytest.mark.parametrize(
    ("kept", "traced", "code"), [(True, True, 0), (False, True, 1), (True, False, 1), (False, False, 1)]
)
def test_tracing_passes_only_if_both_halves_do(
    monkeypatch: pytest.MonkeyPatch, kept: bool, traced: bool, code: int
) -> None:
    monkeypatch.setattr(tracing, "long_texts", lambda folder: {})
    monkeypatch.setattr(tracing, "short_speeches", lambda folder: [])
    monkeypatch.setattr(tracing, "run_short", lambda *args, **options: kept)
    monkeypatch.setattr(tracing, "run", lambda *args, **options: traced)
    assert run("tracing", "--runs", "1").exit_code == code


def test_tracing_is_measured_on_the_samples_and_the_texts_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setattr(tracing, "long_texts", lambda folder: {f"{folder.name}.txt": "一"})
    monkeypatch.setattr(tracing, "short_speeches", lambda folder: [])
    monkeypatch.setattr(tracing, "run_short", lambda *args, **options: True)
    monkeypatch.setattr(tracing, "run", lambda texts, *args, **options: given.append(dict(texts)) is None)
    assert run("tracing", "--texts", str(tmp_path)).exit_code == 0
    assert given == [{"speeches.txt": "一", f"{tmp_path.name}.txt": "一"}]
