"""How many letters of a text can be learnt from texts that are shown elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.access import overlap
from jianggao.access.overlap import (
    CrowdedStretches,
    LearntLetters,
    PiecePlaces,
    RunPlaces,
    ShownLetters,
    extent,
)
from jianggao.library.text_fingerprints import RUN, sampled_places

LETTERS = "".join(chr(0x4E00 + 7 * at) for at in range(200))
"""Two hundred different letters."""
FOREIGN = "".join(chr(0x7000 + at) for at in range(200))


def spans(text: str, shown: str) -> set[int]:
    """The places of the letters that a shown text gives away."""
    return {at for start, stop in RunPlaces(text).spans(shown) for at in range(start, stop)}


# --- runs ---------------------------------------------------------------------------------------------------------


def test_a_long_text_gives_away_what_it_shares_in_runs() -> None:
    shared = LETTERS[50:90]
    assert spans(LETTERS, FOREIGN[:30] + shared + FOREIGN[30:60]) == set(range(50, 90))


def test_fewer_letters_than_a_run_in_a_long_text_give_away_nothing() -> None:
    shared = LETTERS[50 : 50 + RUN - 1]
    assert spans(LETTERS, FOREIGN[:30] + shared + FOREIGN[30:60]) == set()


def test_a_short_text_gives_away_itself_wherever_it_stands() -> None:
    text = LETTERS[:10] + LETTERS[:10] + LETTERS[10:]
    assert spans(text, LETTERS[2:8]) == {*range(2, 8), *range(12, 18)}


def test_very_short_texts_stand_in_others_by_chance() -> None:
    assert spans(LETTERS, LETTERS[5:8]) == set()
    assert spans(LETTERS, LETTERS[5:9]) == set(range(5, 9))


# --- what is shown of a speech with the same words ------------------------------------------------------------------


def test_what_was_shown_counts_also_where_the_text_has_it_no_more() -> None:
    shown = ShownLetters(RunPlaces(LETTERS), 100, [FOREIGN[:40], LETTERS[:30]])
    assert shown.spent == 70


def test_texts_have_room_until_the_limit() -> None:
    shown = ShownLetters(RunPlaces(LETTERS), 60, [LETTERS[:30]])
    assert shown.has_room([LETTERS[30:60]]) and not shown.has_room([LETTERS[30:61]])
    assert shown.has_room([LETTERS[10:30]]), "it is shown already"
    assert shown.has_room([FOREIGN]), "it has nothing of this text"
    shown.add([LETTERS[30:60]])
    assert shown.spent == 60 and not shown.has_room([LETTERS[100:130]])


def test_asking_for_room_spends_nothing() -> None:
    shown = ShownLetters(RunPlaces(LETTERS), 40, [])
    assert all(shown.has_room([LETTERS[at : at + 40]]) for at in range(0, 160, 40))
    assert shown.spent == 0


def test_what_is_shown_elsewhere_counts_by_what_it_shares() -> None:
    shown = ShownLetters(RunPlaces(LETTERS), 100, [], [FOREIGN[:50] + LETTERS[:40], FOREIGN[50:]])
    assert shown.spent == 40


def test_a_limit_that_was_overrun_leaves_room_for_what_tells_nothing_new() -> None:
    shown = ShownLetters(RunPlaces(LETTERS), 10, [LETTERS[:30]])
    assert shown.has_room([LETTERS[:30]]) and not shown.has_room([LETTERS[:31]])


# --- pieces at all their places -------------------------------------------------------------------------------------


def test_a_refrain_costs_all_its_places() -> None:
    refrain, verses = FOREIGN[:8], (LETTERS[:20], LETTERS[20:40], LETTERS[40:60])
    learnt = LearntLetters(PiecePlaces("".join(verse + refrain for verse in verses)))
    assert learnt.cost([refrain]) == 24
    assert learnt.add([verses[0] + refrain]) == 28
    assert learnt.cost([refrain]) == 16, "the first is known"


def test_a_body_within_a_shown_piece_is_learnt_at_its_other_places_too() -> None:
    refrain, verse = FOREIGN[:8], LETTERS[:20]
    text = verse + refrain + LETTERS[20:40] + refrain
    places = PiecePlaces(text, [refrain, verse])
    assert places.shown_with([verse + refrain]) == {verse + refrain, refrain}
    assert LearntLetters(places).cost([verse + refrain]) == 36


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=5), max_size=5), st.text("甲乙丙", max_size=30))
def test_asking_for_the_cost_learns_nothing(pieces: list[str], text: str) -> None:
    learnt = LearntLetters(PiecePlaces(text))
    cost = learnt.cost(pieces)
    assert learnt.cost(pieces) == cost
    assert learnt.add(pieces) == cost
    assert learnt.cost(pieces) == 0


def test_a_piece_with_too_many_places_costs_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "_PLACES_LIMIT", 3)
    piece = FOREIGN[:5]
    text = "".join(piece + letter for letter in LETTERS[:10])
    assert PiecePlaces(text).of(piece) == (0, 6, 12)
    assert LearntLetters(PiecePlaces(text)).cost([piece]) >= len(text)
    assert LearntLetters(PiecePlaces(text)).cost([FOREIGN[0]]) == 3, "single letters stand everywhere anyhow"


# --- crowded stretches ----------------------------------------------------------------------------------------------


def test_nothing_is_crowded_without_runs() -> None:
    assert not CrowdedStretches(LETTERS, []).touches(LETTERS[:30])


def test_stretches_reach_to_the_next_runs_that_others_lack() -> None:
    places = list(sampled_places(LETTERS))
    assert len(places) >= 4, "the text is long enough to have kept runs"
    middle, run = places[len(places) // 2]
    crowded = CrowdedStretches(LETTERS, {run})
    assert crowded.touches(LETTERS[middle : middle + RUN])
    first, _ = places[0]
    assert not crowded.touches(LETTERS[first : first + 1])
    assert crowded.touches(FOREIGN[:10]), "what stands nowhere as it is may come from anywhere"
    assert not crowded.touches("")


def test_a_text_whose_runs_are_all_crowded_is_crowded_throughout() -> None:
    crowded = CrowdedStretches(LETTERS, {run for _, run in sampled_places(LETTERS)})
    assert crowded.touches(LETTERS[0]) and crowded.touches(LETTERS[-1])


# --- extent ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "letters"),
    [
        ([], 0),
        (["甲乙"], 2),
        (["甲乙", "甲乙"], 2),
        (["甲乙丙", "乙丙", "丁"], 4),
        (["甲乙", "乙丙"], 4),
        ([""], 0),
    ],
)
def test_a_text_within_another_adds_nothing(texts: list[str], letters: int) -> None:
    assert extent(texts) == letters
