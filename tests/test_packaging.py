"""What `pip install .` installs: one package, with everything that a start from another folder needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from project_root import ROOT

SAMPLES = ROOT / "data" / "samples.txt"


def run(*words: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


OWN = (
    ".env",
    "data/bot.db",
    "data/bot.marks.key",
    "data/speeches/会员专享/2026-03-18 讲话.txt",
    "data/speeches/.env",
    "data/speeches/bot.db",
    "plugins/.env",
    "plugins/search/notes.txt",
    "jianggao/.env",
    "jianggao/bot.db",
    "jianggao/sandbox/scenarios/mine.yaml",
    "jianggao/sandbox/web/page/notes.txt",
    "jianggao/database/migrations/notes.sql",
)
"""What an operator may have in a checkout: nobody else may get it."""
DELETED = "jianggao/no_longer_there.py"
"""A module that an earlier build has left behind."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, checked as an index would, of a checkout in which a bot runs."""
    checkout, folder = tmp_path_factory.mktemp("own") / "checkout", tmp_path_factory.mktemp("dist")
    ignored = shutil.ignore_patterns(
        ".*", "build", "dist", "*.egg-info", "__pycache__", "*.db*", "tests", "docs"
    )
    shutil.copytree(ROOT, checkout, ignore=ignored)
    shutil.copyfile(ROOT / ".env.example", checkout / ".env.example")
    for name in (*OWN, f"build/lib/{DELETED}"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("自己的", "utf-8")
    built = run("-m", "build", "--sdist", "--wheel", "--outdir", str(folder), str(checkout), folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "Package would be ignored" not in built.stdout + built.stderr
    checked = run("-m", "twine", "check", "--strict", *map(str, folder.iterdir()), folder=folder)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    """The built wheel."""
    (found,) = dist.glob("*.whl")
    return found


def names_in_sdist(dist: Path) -> set[str]:
    (found,) = dist.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        return {member.name.partition("/")[2] for member in archive if member.isfile()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel alone is installed in; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    done = run("-m", "pip", "install", "--no-deps", "--target", str(folder), str(wheel), folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_one_package_and_all_that_belongs_to_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"jianggao", "jianggao_bot"}
    for folder, pattern in (
        ("jianggao", "**/*.py"),
        ("plugins", "**/*.py"),
        ("jianggao/database/migrations", "*.sql"),
        ("jianggao/sandbox/scenarios", "*.yaml"),
        ("jianggao/sandbox/web/page", "*"),
    ):
        wanted = {
            ("" if folder.startswith("jianggao") else "jianggao/") + file.relative_to(ROOT).as_posix()
            for file in (ROOT / folder).glob(pattern)
            if file.is_file() and "__pycache__" not in file.parts
        }
        assert wanted and wanted <= set(names), sorted(wanted - set(names))
    assert {
        "jianggao/data/synonyms.txt",
        "jianggao/data/everyday_words.txt",
        "jianggao/data/plain_words.txt",
        "jianggao/benchmarks/judged.jsonl",
    } <= set(names)
    samples = {name.removeprefix("jianggao/data/speeches/") for name in names if "/data/speeches/" in name}
    assert samples == set(SAMPLES.read_text("utf-8").splitlines())


def test_nothing_of_the_operators_own_is_passed_on(dist: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {name if name.startswith("jianggao/") else "" for name in archive.namelist()}
    in_sdist = names_in_sdist(dist)
    for name in OWN:
        assert name not in in_sdist and name not in in_wheel and f"jianggao/{name}" not in in_wheel, name
    assert DELETED not in in_sdist | in_wheel


def test_the_sdist_has_all_that_the_wheel_is_built_of(dist: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("jianggao/")]
    in_sdist = names_in_sdist(dist)
    missing = [
        name for name in names if name not in in_sdist and name.removeprefix("jianggao/") not in in_sdist
    ]
    assert missing == []
    assert {"bot.py", "setup.py", "pyproject.toml", "LICENSE", "data/samples.txt", ".env.example"} <= in_sdist


def test_every_sample_of_the_repository_is_listed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "data/speeches"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if tracked.returncode:
        pytest.skip("no checkout of git")
    files = {name.removeprefix("data/speeches/") for name in tracked.stdout.split("\0") if name}
    assert SAMPLES.read_text("utf-8").splitlines() == sorted(files)


def test_an_installed_bot_works_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()

    def verb(*words: str, folder: Path = home) -> subprocess.CompletedProcess[str]:
        return run("-m", "jianggao", *words, folder=folder, PYTHONPATH=str(installed))

    imported = verb("import")
    assert imported.returncode == 0, imported.stderr
    assert "样例讲稿" in imported.stderr and (home / "data" / "speeches").is_dir()
    found = verb("search", "乡村振兴", "--json")
    assert found.returncode == 0 and '"total": 0' not in found.stdout
    assert verb("--home", str(home), "search", "乡村振兴", "--json", folder=elsewhere).stdout == found.stdout
    assert list(elsewhere.iterdir()) == []
    refused = verb("restore", str(home / "none.db"))
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    started = verb()
    assert started.returncode == 1 and "ONEBOT_ACCESS_TOKEN" in started.stderr


def test_an_installed_sandbox_plays_a_story(installed: Path, tmp_path: Path) -> None:
    story = installed / "jianggao" / "sandbox" / "scenarios" / "01-visitor-searches.yaml"
    played = run("-m", "jianggao", "scenario", str(story), folder=tmp_path, PYTHONPATH=str(installed))
    assert played.returncode == 0, played.stdout + played.stderr


def test_a_missing_library_of_a_bot_that_has_run_is_not_filled_with_samples(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LIBRARY_DIR=texts\n", "utf-8")
    (tmp_path / "texts").mkdir()
    run("-m", "jianggao", "import", folder=tmp_path, PYTHONPATH=str(installed))
    assert (tmp_path / "data" / "bot.db").is_file() and not (tmp_path / "data" / "speeches").exists()
    (tmp_path / ".env").unlink()
    again = run("-m", "jianggao", "import", folder=tmp_path, PYTHONPATH=str(installed))
    assert "样例讲稿" not in again.stderr and not (tmp_path / "data" / "speeches").exists()
