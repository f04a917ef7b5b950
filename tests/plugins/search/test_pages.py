"""The last search of each asker in each place, for ten minutes."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from jianggao.application import Application
from jianggao.recent_values import SECONDS_KEPT


@pytest.fixture
def pages(plugins: None) -> Any:
    return importlib.import_module("plugins.search.pages")


def test_the_last_search_replaces_the_one_before(pages: Any, application: Application) -> None:
    last_searches = pages.last_searches(application)
    first = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    last = pages.LastSearch(pages.ListKind.QUOTES, "", 2, 3)
    last_searches["private:1:1"] = first
    last_searches["private:1:1"] = last
    assert last_searches.get("private:1:1") == last


def test_places_and_people_do_not_meet(pages: Any, application: Application) -> None:
    last_searches = pages.last_searches(application)
    last_searches["free_group:7:1"] = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    assert last_searches.get("free_group:7:2") is None
    assert last_searches.get("private:1:1") is None


def test_it_is_forgotten_after_ten_minutes(pages: Any, application: Application, clock: Any) -> None:
    last_searches = pages.last_searches(application)
    search = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    last_searches["private:1:1"] = search
    clock.advance(seconds=SECONDS_KEPT - 1)
    assert last_searches.get("private:1:1") == search
    clock.advance(seconds=2)
    assert last_searches.get("private:1:1") is None
