"""The picture of the rooms is what the imports say today."""

from __future__ import annotations

import importlib.util
import sys
import xml.etree.ElementTree as ElementTree
from types import ModuleType

import pytest
from project_root import ROOT


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    """The script, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("draw_rooms", ROOT / "docs" / "draw_rooms.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw_rooms"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_up_to_date(drawing: ModuleType) -> None:
    stored = (ROOT / "docs" / "rooms.svg").read_text("utf-8")
    assert stored == drawing.draw(), "run `python docs/draw_rooms.py`"


def test_the_picture_is_well_formed_and_shows_every_room(drawing: ModuleType) -> None:
    picture = ElementTree.fromstring(drawing.draw())
    texts = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert set(drawing.rooms()) <= texts
    ground = next(text for text in texts if text is not None and " · " in text)
    assert ground.split(" · ") == drawing.helpers()


def test_rooms_of_a_row_do_not_import_one_another_and_arrows_go_down(drawing: ModuleType) -> None:
    edges = drawing.imports()
    row_of = {name: at for at, row in enumerate(drawing.rows_of(edges)) for name in row}
    assert set(row_of) == set(edges)
    assert [(name, other) for name in edges for other in edges[name] if row_of[name] >= row_of[other]] == []


def test_an_arrow_that_follows_from_others_is_left_out(drawing: ModuleType) -> None:
    edges = {"a": {"b", "c", "d"}, "b": {"c"}, "c": {"d"}, "d": set()}
    assert drawing.without_shortcuts(edges) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set()}


def test_every_room_has_its_purpose_and_its_line_in_the_paper(drawing: ModuleType) -> None:
    rooms = drawing.rooms()
    assert sorted(drawing.PURPOSES) == sorted(rooms)
    paper = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    lines = [
        "`plugins/`"
        if name == "plugins"
        else f"`jianggao/{name}/`"
        if (ROOT / "jianggao" / name).is_dir()
        else f"`jianggao/{name}.py`"
        for name in rooms
    ]
    assert [line for line in lines if f"- {line} " not in paper] == []
