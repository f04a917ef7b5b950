"""A new home gets the samples; no other does."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.home_folder import furnish
from jianggao.settings import Settings, load_settings


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "讲话.txt").write_text("在座谈会上的讲话", "utf-8")
    return folder


def settings_in(home: Path, **values: str) -> Settings:
    return load_settings(values, home)


def test_an_installed_bot_finds_samples_in_a_new_home(tmp_path: Path, samples: Path) -> None:
    home = tmp_path / "home"
    notice = furnish(home, settings_in(home), is_installed=True, samples=samples)
    assert notice is not None and str(home / "data" / "speeches") in notice
    assert (home / "data" / "speeches" / "讲话.txt").read_text("utf-8") == "在座谈会上的讲话"
    assert furnish(home, settings_in(home), is_installed=True, samples=samples) is None


def test_a_checkout_is_left_as_it_is(tmp_path: Path, samples: Path) -> None:
    assert furnish(tmp_path, settings_in(tmp_path), is_installed=False, samples=samples) is None
    assert not (tmp_path / "data").exists()


def test_a_library_of_ones_own_is_not_mixed_with_samples(tmp_path: Path, samples: Path) -> None:
    settings = settings_in(tmp_path, LIBRARY_DIR="texts")
    assert furnish(tmp_path, settings, is_installed=True, samples=samples) is None
    assert not (tmp_path / "data").exists() and not (tmp_path / "texts").exists()


def test_a_library_that_vanished_is_not_replaced(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"")
    assert furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples) is None
    assert not (tmp_path / "data" / "speeches").exists()
