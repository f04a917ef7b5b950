"""The same passage is known again wherever it stands; other text isn't taken for it."""

from __future__ import annotations

import random

from jianggao.library.text_fingerprints import RUN, SAMPLED, sampled_places, sampled_runs

RNG_SEED = 11


def letters(rng: random.Random, length: int) -> str:
    return "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(length))


def test_a_text_shorter_than_a_run_has_none() -> None:
    assert sampled_runs("") == () == sampled_runs("渠" * (RUN - 1))


def test_runs_are_rising_and_each_stands_once() -> None:
    runs = sampled_runs(letters(random.Random(RNG_SEED), 2_000) * 2)
    assert list(runs) == sorted(set(runs)) and runs


def test_one_in_sixteen_is_kept() -> None:
    kept = len(list(sampled_places(letters(random.Random(RNG_SEED), 100_000))))
    assert 0.9 < kept * SAMPLED / 100_000 < 1.1


def test_a_passage_keeps_its_runs_wherever_it_stands() -> None:
    rng = random.Random(RNG_SEED)
    passage = letters(rng, 400)
    runs = set(sampled_runs(passage))
    assert runs
    for before in range(5):
        assert runs <= set(sampled_runs(letters(rng, before) + passage + letters(rng, 7)))


def test_places_are_those_of_the_runs() -> None:
    text = letters(random.Random(RNG_SEED), 3_000)
    for at, run in sampled_places(text):
        assert run in sampled_runs(text[at : at + RUN])


def test_texts_with_nothing_in_common_share_no_run() -> None:
    rng = random.Random(RNG_SEED)
    assert not set(sampled_runs(letters(rng, 20_000))) & set(sampled_runs(letters(rng, 20_000)))


def test_180_letters_in_a_row_are_enough() -> None:
    """But once in some 20,000 times, which doesn't happen among these 200."""
    rng = random.Random(RNG_SEED)
    assert all(sampled_runs(letters(rng, 180)) for _ in range(200))
