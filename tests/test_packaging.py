"""What `pip install .` installs: one package, with everything that a start from another folder needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from project_root import ROOT


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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, checked as an index would."""
    folder = tmp_path_factory.mktemp("dist")
    built = run("-m", "build", "--outdir", str(folder), str(ROOT), folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    checked = run("-m", "twine", "check", "--strict", *map(str, folder.iterdir()), folder=folder)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    (found,) = folder.glob("*.whl")
    return found


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
        ("data/speeches", "**/*"),
    ):
        wanted = {
            ("" if folder.startswith("jianggao") else "jianggao/") + file.relative_to(ROOT).as_posix()
            for file in (ROOT / folder).glob(pattern)
            if file.is_file() and "__pycache__" not in file.parts
        }
        assert wanted and wanted <= set(names), sorted(wanted - set(names))
    assert "jianggao/data/synonyms.txt" in names and "jianggao/data/bot.db" not in names


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
