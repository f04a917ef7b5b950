"""The fixed parts of a workbook are well-formed, and name each sheet."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from jianggao.spreadsheets.workbook_parts import FIXED_PARTS, content_types, relations, workbook


def test_every_part_is_well_formed_and_names_the_sheets() -> None:
    for part in (*FIXED_PARTS.values(), content_types(2), relations(2), workbook(["一", "二"])):
        ElementTree.fromstring(part)
    for number in (1, 2):
        assert f"sheet{number}.xml" in content_types(2) and f"sheet{number}.xml" in relations(2)
        assert f'r:id="rId{number}"' in workbook(["一", "二"])
