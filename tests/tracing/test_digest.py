"""An unedited copy has the digest of the copy that left, however it was saved or pasted."""

from __future__ import annotations

import pytest

from jianggao.tracing.digest import NOTICE, line_digest

COPY = "在渠首的讲话\n\n渠水清了。\n堤也高了。"


@pytest.mark.parametrize(
    "saved",
    [
        COPY.replace("\n", "\r\n"),
        "\ufeff" + COPY,
        f"{NOTICE}\n{COPY}\n{NOTICE}\n",
        COPY.replace("\n\n", "\n"),
        COPY.replace("\n", "\n　　"),
        COPY + "\n\n \n",
    ],
)
def test_saving_and_pasting_change_nothing(saved: str) -> None:
    assert line_digest(saved) == line_digest(COPY)


@pytest.mark.parametrize(
    "edited",
    [COPY.replace("堤", "坝"), COPY.replace("。\n", "。"), COPY + "\n完", COPY.replace("渠水", "渠 水")],
)
def test_an_edit_changes_it(edited: str) -> None:
    assert line_digest(edited) != line_digest(COPY)


def test_it_is_a_sha256_in_hexadecimal() -> None:
    assert len(line_digest("")) == 64 and int(line_digest(""), 16) > 0
