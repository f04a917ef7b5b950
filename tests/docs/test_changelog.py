"""The changelog keeps the form of Keep a Changelog: by release, newest first, by kind of change."""

from __future__ import annotations

import re
from collections import Counter

from project_root import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
RELEASES = re.findall(r"(?m)^## (.+)$", TEXT)
KINDS = ["新增", "变更", "弃用", "移除", "修复", "安全"]


def test_what_is_not_released_comes_first_then_the_releases_by_date() -> None:
    assert RELEASES[0] == "[未发布]"
    matches = [re.fullmatch(r"\[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2})", release) for release in RELEASES[1:]]
    assert matches and all(matches)
    dates = [match[1] for match in matches if match is not None]
    assert dates == sorted(dates, reverse=True)


def test_the_newest_release_is_the_version_of_the_project() -> None:
    version = re.search(r'(?m)^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert version is not None and RELEASES[1].startswith(f"[{version[1]}]")


def test_changes_stand_under_their_kind_in_the_usual_order() -> None:
    for release in re.split(r"(?m)^## .+$", TEXT)[1:]:
        kinds = re.findall(r"(?m)^### (.+)$", release)
        assert kinds == [kind for kind in KINDS if kind in kinds]
        before_the_first = release.partition("### ")[0]
        assert "- " not in before_the_first


def test_no_change_is_told_twice() -> None:
    entries = Counter(re.findall(r"(?m)^- (.+)$", TEXT))
    assert [entry for entry, times in entries.items() if times > 1] == []
