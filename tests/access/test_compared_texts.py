"""What was built of the last long texts: the same as if it were built anew, and no more than a limit."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianggao.access import compared_texts
from jianggao.access.compared_texts import LastBuilt
from jianggao.access.overlap import ANCHOR_STEP, RunPlaces, ShownLetters, ShownTexts, extent
from jianggao.access.previews import public_part
from jianggao.library.public_part import Body, HeadingText, OtherText, PublicPart, ShownBefore, VersionText

RUN = 24
# Few letters: runs repeat, overlap and touch.
letters = st.text("水渠田", max_size=120) | st.text("水", max_size=60)


def plainly_learnt(text: str, shown: str) -> set[int]:
    """The letters of a text that another one gives away, found by looking at every run."""
    length = RUN if len(shown) >= RUN else len(shown)
    if length < 4:
        return set()
    runs = {shown[at : at + length] for at in range(len(shown) - length + 1)}
    starts = [at for at in range(len(text) - length + 1) if text[at : at + length] in runs]
    return {at for start in starts for at in range(start, start + length)}


@given(letters, letters)
def test_each_run_is_found_wherever_it_begins(text: str, shown: str) -> None:
    spans = [*RunPlaces(text).spans(shown)]
    assert {at for start, stop in spans for at in range(start, stop)} == plainly_learnt(text, shown)
    assert all(later[0] > earlier[1] for earlier, later in pairwise(spans))


@pytest.mark.parametrize("shift", range(2 * ANCHOR_STEP))
def test_a_single_run_is_found_at_each_place(shift: int) -> None:
    run = "".join(map(chr, range(0x4E00, 0x4E00 + RUN)))
    text = "".join(map(chr, range(0x6000, 0x6000 + shift))) + run + "渠" * 30
    assert [*RunPlaces(text).spans("田" * 7 + run + "水")] == [(shift, shift + RUN)]


@given(st.lists(letters, max_size=6), letters)
def test_no_text_that_gives_something_away_is_left_out(texts: list[str], other: str) -> None:
    touching = ShownTexts(texts).touching(other)
    assert touching <= {*texts}
    for text in texts:
        assert text in touching or not plainly_learnt(other, text)


@given(letters, st.lists(letters, max_size=4), st.lists(letters, max_size=4), letters)
def test_a_copy_counts_as_one_built_anew(text: str, shown: list[str], elsewhere: list[str], new: str) -> None:
    learnt: set[int] = set()
    for each in shown:
        learnt |= plainly_learnt(text, each)
    of_shown = len(learnt)
    for each in elsewhere:
        learnt |= plainly_learnt(text, each)
    spent = extent(shown) + len(learnt) - of_shown
    kept = compared_texts.shown_letters(text, shown)
    added = plainly_learnt(text, new) - learnt
    for limit in (spent + len(added), spent + len(added) - 1):
        copied = kept.copy(limit, elsewhere)
        assert copied.spent == spent
        assert copied.has_room([new]) == (not added or spent + len(added) <= limit)
        assert copied.spent == spent, "asking changes nothing"
        copied.add([new])
        assert copied.spent == spent + len(added)
    assert kept.spent == extent(shown), "copies don't change what is kept"


def test_the_oldest_are_forgotten_when_too_much_is_kept() -> None:
    built: list[str] = []

    def build(key: str) -> int:
        built.append(key)
        return len(key)

    kept = LastBuilt(build, len, limit=10)
    assert [kept.of(key) for key in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb")] == [4] * 6
    assert built == ["aaaa", "bbbb", "cccc", "bbbb"], "bbbb was asked for longest ago"
    assert kept.of("d" * 11) == kept.of("d" * 11) == 11
    assert built[-2:] == ["d" * 11] * 2, "what is larger than all that may be kept isn't kept"
    assert kept.of("bbbb") == 4 and built[-1] != "bbbb", "and drives out nothing else"


# --- the choice is the same -------------------------------------------------------------------------------


class _Unkept:
    """Builds anew what is asked for, and leaves out none of the texts."""

    @staticmethod
    def shown_letters(text: str, shown: frozenset[str]) -> ShownLetters:
        return ShownLetters(RunPlaces(text), 0, shown)

    def __init__(self, texts: frozenset[str]) -> None:
        self._texts = texts

    def touching(self, _: str) -> set[str]:
        return {*self._texts}


def _library(random_: random.Random) -> tuple[VersionText, ShownBefore]:
    """A part of a volume, and the volume and its other parts before it, with what was shown of them."""
    words = [chr(random_.randint(0x4E00, 0x9FA5)) for _ in range(60)]

    def text(size: int) -> str:
        return "".join(random_.choice(words) for _ in range(size))

    pieces = [text(random_.randint(2, 90)) for _ in range(12)]
    bodies = [random_.choice(pieces) if random_.random() < 0.6 else text(50) for _ in range(6)]
    headings = tuple(HeadingText(random_.choice(pieces)[:12], 40) for _ in range(2))

    def shown() -> list[str]:
        return random_.sample(pieces, random_.randint(0, 4))

    others = [
        OtherText("".join(random_.sample(pieces, 8)), shown(), shown(), shown())
        for _ in range(random_.randint(0, 4))
    ]
    version = VersionText(
        [Body(at, body) for at, body in enumerate(bodies)], headings, "".join(bodies), has_keywords=True
    )
    return version, ShownBefore(shown()[:1], shown()[:1], shown()[:1], others)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_kept_changes_no_choice(seed: int) -> None:
    version, before = _library(random.Random(seed))

    def chosen() -> PublicPart:
        return public_part(version, 7, b"k" * 32, preview_share=0.3, group_share=0.5, before=before)

    once, again = chosen(), chosen()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jianggao.access.previews.shown_letters", _Unkept.shown_letters)
        patch.setattr("jianggao.access.previews.shown_texts", _Unkept)
        assert chosen() == once == again


def test_what_is_built_of_a_thick_volume_is_built_once_for_all_its_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random_ = random.Random(5)
    characters = [chr(code) for code in range(0x4E00, 0x9FA5)]
    parts = ["".join(random_.choices(characters, k=400)) for _ in range(30)]
    whole, shown = "".join(parts), [part[:120] for part in parts]
    built: list[int] = []

    class Counted(RunPlaces):
        def __init__(self, letters: str) -> None:
            built.append(len(letters))
            super().__init__(letters)

    monkeypatch.setattr(compared_texts, "RunPlaces", Counted)
    for number, part in enumerate(parts):
        version = VersionText([Body(at, part[at * 80 : at * 80 + 80]) for at in range(5)], (), part)
        # Equal strings, as they come from the database each time.
        before = ShownBefore(others=[OtherText("".join(list(whole)), [*shown])])
        public_part(version, number, b"k" * 32, preview_share=0.3, group_share=0.5, before=before)
    assert built == [len(whole)]
