"""The last search of each asker in each place, for ten minutes."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from jianggao.recent_values import SECONDS_KEPT


@pytest.fixture
def pages(plugins: None) -> Any:
    return importlib.import_module("plugins.search.pages")


def test_the_last_search_replaces_the_one_before(pages: Any) -> None:
    last_searches = pages.LastSearches()
    first = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    last = pages.LastSearch(pages.ListKind.QUOTES, "", 2, 3)
    last_searches.put("private:1:1", first, 0.0)
    last_searches.put("private:1:1", last, 1.0)
    assert last_searches.get("private:1:1", 2.0) == last


def test_places_and_people_do_not_meet(pages: Any) -> None:
    last_searches = pages.LastSearches()
    search = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    last_searches.put("free_group:7:1", search, 0.0)
    assert last_searches.get("free_group:7:2", 0.0) is None
    assert last_searches.get("private:1:1", 0.0) is None


def test_it_is_forgotten_after_ten_minutes(pages: Any) -> None:
    last_searches = pages.LastSearches()
    search = pages.LastSearch(pages.ListKind.SEARCH, "水利", 1, 8)
    last_searches.put("private:1:1", search, 0.0)
    assert last_searches.get("private:1:1", SECONDS_KEPT) == search
    assert last_searches.get("private:1:1", SECONDS_KEPT + 1) is None
