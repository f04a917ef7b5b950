"""Runs the verbs `benchmark search`, `benchmark search-quality` and `benchmark tracing`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from jianggao.benchmarks import search_quality, search_speed, tracing
from jianggao.cli.terminal import run_verb
from jianggao.install_paths import SAMPLE_LIBRARY

_TEXTS = click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="再加上这些文件夹里的讲稿；可以写几次。",
)


@click.group("benchmark")
def benchmark_verb() -> None:
    """量一量：检索有多快、多准，副本追不追得到。"""


@benchmark_verb.command("search")
@click.option(
    "--speeches", type=click.IntRange(1, 1_000_000), default=5000, show_default=True, help="资料库多大。"
)
@click.option("--queries", type=click.IntRange(1), default=200, show_default=True, help="每类检索多少次。")
@click.option("--seed", type=int, default=1, show_default=True, help="同样的种子，同样的资料库和检索。")
@_TEXTS
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="资料库留在这里，下次接着用。"
)
def search_command(
    speeches: int, queries: int, seed: int, texts: tuple[Path, ...], folder: Path | None
) -> None:
    """用样例的句子拼出一个大资料库，量各类检索要多久，和别的办法比。"""
    sources = (SAMPLE_LIBRARY, *texts)
    with _folder(folder) as kept:
        plan = search_speed.SpeedPlan(kept, sources, speeches, queries, seed)
        run_verb(lambda: search_speed.measure(plan, click.echo))


@benchmark_verb.command("search-quality")
@click.option(
    "--half",
    type=click.Choice([*search_quality.HALVES, search_quality.ALL]),
    default=search_quality.ALL,
    show_default=True,
    help="用哪一半检索：tune 用来调，test 用来验。",
)
@click.option("--failures", is_flag=True, help="列出前 5 段里没有要找的段落的检索（test 那一半只说个数）。")
@click.option(
    "--judged",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=search_quality.JUDGED,
    help="评好的检索；不写就用项目自带的。",
)
def search_quality_command(half: str, failures: bool, judged: Path) -> None:
    """用评好的检索量样例资料库上找得准不准，和别的办法比。"""
    with _folder(None) as scratch:
        run_verb(
            lambda: search_quality.measure(
                SAMPLE_LIBRARY, judged, scratch, half, failures=failures, echo=click.echo
            )
        )


@benchmark_verb.command("tracing")
@click.option("--runs", type=click.IntRange(1), default=40, show_default=True, help="每种外传方式试多少次。")
@click.option("--seed", type=int, default=1, show_default=True, help="同样的种子，同样的结果。")
@_TEXTS
def tracing_command(runs: int, seed: int, texts: tuple[Path, ...]) -> None:
    """量带标记的副本追得到追不到、会不会冤枉人：样例里的短篇，和各个文件夹里的长篇。"""
    long_texts: dict[str, str] = {}
    for folder in (SAMPLE_LIBRARY, *texts):
        long_texts |= tracing.long_texts(folder)
    kept = tracing.run_short(tracing.short_speeches(SAMPLE_LIBRARY), click.echo, runs=runs, seed=seed)
    sys.exit(0 if tracing.run(long_texts, click.echo, runs=runs, seed=seed) and kept else 1)


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """Yields the folder that was given, else one that is deleted afterwards."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="jianggao-", ignore_cleanup_errors=True) as name:
        yield Path(name)
