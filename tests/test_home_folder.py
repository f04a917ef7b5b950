"""A new home gets the samples; no other does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from jianggao.errors import CannotStart
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


def test_samples_that_find_no_room_are_taken_away_again(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (samples / "专题").mkdir()
    (samples / "专题" / "讲话.txt").write_text("在推进会上的讲话", "utf-8")
    write = Path.write_bytes

    def fill_the_disk(target: Path, content: bytes) -> int:
        if target.parent.name == "专题":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return write(target, content)

    monkeypatch.setattr(Path, "write_bytes", fill_the_disk)
    home = tmp_path / "home"
    with pytest.raises(CannotStart, match=f"满了：{home}"):
        furnish(home, settings_in(home), is_installed=True, samples=samples)
    assert list((home / "data").iterdir()) == []
    monkeypatch.setattr(Path, "write_bytes", write)
    assert furnish(home, settings_in(home), is_installed=True, samples=samples) is not None
    assert (home / "data" / "speeches" / "专题" / "讲话.txt").is_file()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EIO, errno.EINVAL])
def test_a_home_that_takes_nothing_is_one_line(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(target: Path, content: bytes) -> int:
        raise OSError(code, os.strerror(code), str(target))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(CannotStart) as refused:
        furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples)
    assert "\n" not in str(refused.value) and str(tmp_path) in str(refused.value)


def test_a_file_in_the_place_of_data_is_one_line(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(CannotStart) as refused:
        furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples)
    assert "是文件，不是文件夹" in str(refused.value)


def test_of_two_first_starts_both_find_the_samples(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is ready while this one still copies."""
    library = tmp_path / "data" / "speeches"
    write = Path.write_bytes

    def be_slower(target: Path, content: bytes) -> int:
        library.mkdir(exist_ok=True)
        write(library / target.name, content)
        return write(target, content)

    monkeypatch.setattr(Path, "write_bytes", be_slower)
    assert furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples) is not None
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["speeches"]


def test_what_a_killed_start_left_goes_with_a_later_one(tmp_path: Path, samples: Path) -> None:
    data = tmp_path / "data"
    for name in (".samples-killed00", ".samples-copying0", "speeches-20250101"):
        (data / name).mkdir(parents=True)
    os.utime(data / ".samples-killed00", (0, 0))
    os.utime(data / "speeches-20250101", (0, 0))
    assert furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples) is not None
    left = {path.name for path in data.iterdir()}
    assert left == {"speeches", ".samples-copying0", "speeches-20250101"}


def test_a_link_that_leads_nowhere_is_left_to_the_import(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "speeches").symlink_to(tmp_path / "gone")
    assert furnish(tmp_path, settings_in(tmp_path), is_installed=True, samples=samples) is None
