"""What the index holds of speeches and sections: normal forms, their words, and who may see them."""

from __future__ import annotations

import pytest

from jianggao.library import index_entries
from jianggao.library.section_ids import Audience


def test_an_entry_has_normal_forms_each_once_and_none_that_is_empty() -> None:
    entry = index_entries.speech_entry(
        9, 3, "修「渠」會", ["水利", "水 利", "！"], ["渠長", "渠长", "，", ""]
    )
    assert (entry.title, entry.topics, entry.runs) == ("修渠会", ("水利",), ("渠长",))


def test_headings_are_no_keywords() -> None:
    entry = index_entries.speech_entry(9, 3, "甲", [], ["乡村振兴", "抓紧抓实冬修水利"])
    assert "〈乡村振兴" in entry.terms and "〈抓紧抓实冬修水利" in entry.terms
    longer = index_entries.speech_entry(9, 3, "甲", [], ["抓紧抓实冬修水利吧"])
    assert "〈" not in longer.terms


@pytest.mark.parametrize(
    ("audience", "preview", "in_group"),
    [(Audience.PREVIEW, True, True), (Audience.MEMBER_GROUP, False, True), (Audience.MEMBERS, False, False)],
)
def test_a_section_is_seen_by_its_audience(audience: Audience, preview: bool, in_group: bool) -> None:
    row = {
        "id": 1,
        "above": "一、甲",
        "label": "（一）乙",
        "public_label": "一、…",
        "body": "丙",
        "occasion": "丁戊",
        "audience": audience,
    }
    entry = index_entries.section_entry(row)
    assert (entry.preview, entry.in_group) == (preview, in_group)
    assert entry.label == "一甲一乙" and entry.public_label == "一" and sum(entry.label_cut) == 4
    assert entry.occasion == "丁戊" and sum(entry.occasion_cut) == 2


def test_what_a_body_means_is_public_in_a_preview_alone() -> None:
    row = {"id": 1, "above": "", "label": "", "public_label": "", "occasion": ""}
    body = "封堵排污口，清理黑臭水体，让两岸的人敢在河边洗菜。"
    preview, locked, empty = (
        index_entries.section_entry({**row, "body": text, "audience": audience})
        for text, audience in [(body, Audience.PREVIEW), (body, Audience.MEMBERS), ("", Audience.PREVIEW)]
    )
    assert preview.public_vector == preview.whole_vector == locked.whole_vector != b""
    assert preview.public_clusters == locked.whole_clusters and len(locked.whole_clusters.split()) == 2
    assert (locked.public_vector, locked.public_clusters) == (b"", "")
    assert (empty.whole_vector, empty.whole_clusters) == (b"", "")


def test_headings_are_a_part_of_what_a_section_means() -> None:
    row = {
        "id": 1,
        "above": "",
        "label": "整治黑臭水体",
        "public_label": "整治…",
        "occasion": "",
        "body": "乡亲们好。",
    }
    locked = index_entries.section_entry({**row, "audience": Audience.MEMBERS})
    other = index_entries.section_entry({**row, "label": "整治", "audience": Audience.MEMBERS})
    assert locked.whole_vector != other.whole_vector
    assert locked.public_vector == other.public_vector != b"", "what is cut of a heading isn't told"
