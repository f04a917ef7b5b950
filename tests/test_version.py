"""The version: of a checkout, of an installed package, and where neither can be read."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao import version as module
from jianggao.version import version

STATED = re.search(r'(?m)^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of version 7.8.9 is installed."""
    monkeypatch.setattr(metadata, "version", lambda name: {"jianggao-bot": "7.8.9"}[name])


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)


def project(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.usefixtures("installed")
def test_a_checkout_has_the_version_of_its_own_project_file() -> None:
    assert STATED is not None and version() == STATED[1]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("text", ["[project]\n", 'target-version = "1"\n', "[tool]\nother_version = '2'\n"])
def test_a_project_file_without_a_version_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(module, "PROJECT", project(tmp_path, text))
    assert version() == "7.8.9"


@pytest.mark.usefixtures("installed")
def test_an_installed_package_reads_no_project_file_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROJECT", project(tmp_path, 'version = "somebody else\'s"\n'))
    monkeypatch.setattr(module, "IS_INSTALLED", True)
    assert version() == "7.8.9"


@pytest.mark.usefixtures("not_installed")
def test_a_copy_without_either_has_an_unknown_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    assert version() == "unknown"
