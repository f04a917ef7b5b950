"""Takes what was typed apart into concepts: words, each with everything that may stand for it in a speech.

老百姓看病难 has two: 老百姓, and 看病难, for which speeches say 医疗 or 就医. What a concept weighs is told by the
dictionary alone: weights counted in the library would tell a visitor of locked texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jianggao.search.everyday_words import TypedRun, overlapping, sharing
from jianggao.search.query import Term
from jianggao.search.stand_ins import (
    ALIKE,
    LEAST_SHARE,
    everyday_stand_ins,
    official_weight,
    said_for,
    with_synonyms,
)
from jianggao.search.synonyms import Synonyms
from jianggao.search.typed_numbers import count_number, count_whole, is_day, percentage_in
from jianggao.search.variants import amount_variants, percentages_of, variants
from jianggao.search.word_weights import HEAVIEST, LIGHTEST, is_generic, word_weight
from jianggao.text.normal_form import MASK, normal_form
from jianggao.text.segmentation import is_listed, word_class

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_NUMERAL = "[〇零一二三四五六七八九]"
_CHINESE_YEAR = re.compile(rf"(?<!{_NUMERAL})((?:一九|二[〇零]){_NUMERAL}{{2}})年?(?!{_NUMERAL})")
_PERCENT = re.compile(r"百分之[〇零一二三四五六七八九十百点]+")
_PERCENT_IN_DIGITS = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,3})?[%％]|百分之\d{1,2}(?:\.\d{1,3})?(?![\d.])")
_NUMBER = re.compile(r"(\d{2,})[a-z\u4e00-\u9fff]?")
_DIGITS = re.compile(r"(?<![\d.．])\d{1,2}(?![\d.．])")
_POINT = re.compile(r"\d[.．]\d")
_AMOUNT = re.compile(r"[\d一二两三四五六七八九十百千][万亿]")
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千万亿两几×\d]+[年月日号个次种]?")
"""Words that say nothing of the matter by themselves."""
_EXPLAINED = 0.6
"""What a word counts that is a part of a gapped everyday word (看病 of 看病…远), which stands for it."""
_PLAIN, _LATER_PLAIN, _PLAIN_WEIGHT = 0.6, 0.1, 0.7
"""What the first plain word for an official term counts, how much less each later one, and what they weigh together
beside the term."""
FIRM = 0.5
"""The share from which a run really stands for a concept."""
_LITTLE, CHARACTER_WEIGHT = 20.0, 4.0
"""Where all words of a term weigh less, its nouns and verbs of one character count too, and what they weigh."""
_COMMON_CHARACTERS = frozenset(
    "是有在来去要会能说看到做给用让把想可干弄搞叫问找写讲办开上下出进过起成得着了没人大小多少好老新年天地事点家里头面手个次回"
    "一二两三四五六七八九十几种样些"
)
_YEAR_WEIGHT, _NUMBER_WEIGHT = 4.0, 7.0
_ACROSS = 0.5
"""What a word of the dictionary weighs that the typed text isn't cut into."""
_LONGEST_WORD = 4
MOST_CONCEPTS, _MOST_RUNS = 12, 12
"""Concepts of a query, and runs that stand for one: each is searched for in the index."""


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """A word that was typed, and all that stands for it. Equal to itself alone: a query has each once, and many sets
    and mappings hold them."""

    typed: str
    runs: tuple[tuple[str, float], ...]
    """Runs in normal form, and what share of the concept's weight each earns; the typed word first."""
    weight: float
    of: str
    """The typed term that it belongs to."""
    is_optional: bool = False
    """Whether a text without it lacks nothing that was typed: it is a part of another typed word, or stands across words,
    or is what others say for some of them."""
    year: int = 0
    """The year that it names: then speeches of that year are on it, whatever they say; 0: none."""
    forms: int = 1
    """How many of its first runs are the typed word itself, however it is written: 四万亿 and 4万亿."""
    is_percentage: bool = False

    @property
    def is_character(self) -> bool:
        """Whether it is one character, which stands in many words."""
        return len(self.runs[0][0]) == 1

    def is_part_of(self, other: Concept) -> bool:
        """Returns whether its word is a part of a longer one of the same term: 乡村 of 乡村振兴."""
        word, whole = self.runs[0][0], other.runs[0][0]
        return self.of == other.of and not other.is_optional and len(word) < len(whole) and word in whole

    def count(self, run: str, text: str, limit: int) -> int:
        """Returns how often one of its runs stands in a text, up to `limit`; digits count as a number alone."""
        if run not in text:
            return 0
        if not run.isdecimal():
            is_number = self.is_percentage or is_day(run)
            return count_whole(run, text, limit) if is_number else min(text.count(run), limit)
        return count_number(run, text, limit, is_percentage=self.is_percentage)

    def stands_in(self, text: str) -> bool:
        """Returns whether anything that stands for it is in a text in normal form."""
        return any(self.count(run, text, 1) for run, _ in self.runs)

    def is_said_in(self, text: str) -> bool:
        """Returns whether the typed word itself is in a text, however it is written."""
        if self.is_percentage and any(percentage_in(text, digits) for digits in _DIGITS.findall(self.typed)):
            return True
        # What isn't told from a measure (提到22头一回) isn't said to be missing.
        return any(
            self.count(run, text, 1) or (run.isdecimal() and count_number(run, text, 1, is_percentage=False))
            for run, _ in self.runs[: self.forms]
        )

    def run_in(self, text: str) -> str:
        """Returns the first of its runs that stands in a text; the typed one if none does."""
        return next((run for run, _ in self.runs if self.count(run, text, 1)), self.runs[0][0])

    @property
    def term(self) -> Term:
        """All that stands for it, as a term of which any run will do."""
        return Term(self.typed, tuple(run for run, _ in self.runs))

    @property
    def firm_term(self) -> Term:
        """What really stands for it: of what is said for 网络诈骗 网络 alone doesn't."""
        firm = tuple(run for run, share in self.runs if share >= FIRM)
        return Term(self.typed, firm or (self.runs[0][0],))  # plain words count little by themselves


def concepts_of(terms: Sequence[Term], synonyms: Synonyms) -> list[Concept]:
    """Returns the concepts of what was typed, the weightiest first, at most 12."""
    found: dict[str, Concept] = {}
    beside: dict[tuple[tuple[str, float], ...], Concept] = {}
    for term in terms:
        reader = _TermReader(term, synonyms)
        beside |= {concept.runs: concept for concept in reader.beside()}
        for concept in reader.concepts():
            found.setdefault(concept.runs[0][0], concept)
    # 讲话 of 治水的讲话 stands in every second text, and says nothing of the matter.
    if any(not is_generic(run) for run in found):
        found = {run: concept for run, concept in found.items() if not is_generic(run)}
    # 冷链 may stand for 冷库; where both are typed it is one of them, and no more.
    alone = [_without(concept, found) for concept in found.values()]
    return sorted([*alone, *beside.values()], key=lambda concept: -concept.weight)[:MOST_CONCEPTS]


def _without(concept: Concept, others: Collection[str]) -> Concept:
    runs = (concept.runs[0], *(run for run in concept.runs[1:] if run[0] not in others))
    return replace(concept, runs=runs)


class _TermReader:
    """Takes one typed term apart; what one kind of concept has taken of it the later ones leave."""

    def __init__(self, term: Term, synonyms: Synonyms) -> None:
        self._term = term
        self._run = term.run
        self._synonyms = synonyms
        self._taken = bytearray(len(term.run))
        self._explained = bytearray(len(term.run))
        self._typed = TypedRun(term.run)
        self._cut = self._typed.cut

    def beside(self) -> list[Concept]:
        """Returns what is meant besides the words: by some of them together, or by others for official terms."""
        return [] if self._term.phrase else [*self._gapped(), *self._plain()]

    def concepts(self) -> Iterator[Concept]:
        """Yields the concepts of the term's words; those that `beside` has explained weigh less."""
        if self._term.phrase:
            yield self._concept(self._term.typed, {self._run: 1.0}, HEAVIEST)
            return
        found = [*self._years(), *self._percentages(), *self._everyday(), *self._numbers()]
        if self._run in self._synonyms.words and not any(self._taken):
            found.append(self._word(self._run, 0))
        found += [*self._listed_words(), *self._new_words()]
        if not found:
            # 闸, or 跑 and 腿 apart: nothing longer is there to go by.
            weight = LIGHTEST if len(self._run) == 1 else word_weight(self._run)
            found.append(self._concept(self._term.typed, {self._run: 1.0}, weight))
        yield from found
        if sum(concept.weight for concept in found) < _LITTLE:
            yield from self._characters()

    def _concept(self, typed: str, runs: Mapping[str, float], weight: float) -> Concept:
        # 四万亿 stands in many speeches as 4万亿.
        # The normal form has no point: 1.5万 would be 15万.
        has_amount = _AMOUNT.search(typed) and not _POINT.search(self._term.typed)
        amounts = map(normal_form, amount_variants(typed)) if has_amount else ()
        forms = dict.fromkeys((next(iter(runs)), *amounts), next(iter(runs.values())))
        runs = forms | {run: share for run, share in runs.items() if run not in forms}
        # A sort keeps equals in order: what was typed stays first.
        best = sorted(runs.items(), key=lambda run: -run[1])[:_MOST_RUNS]
        return Concept(typed, tuple(best), weight, self._term.typed, forms=len(forms))

    def _as_typed(self, start: int, stop: int) -> str:
        """Returns a stretch of the run as the person wrote it: GDP, not gdp."""
        typed = self._term.typed if len(self._term.typed) == len(self._run) else self._run
        return typed[start:stop]

    def _word(self, word: str, start: int, share: float = 1.0) -> Concept:
        if any(self._explained[start : start + len(word)]):
            share *= _EXPLAINED
        runs = with_synonyms(word, self._synonyms)
        return self._named_alike(word, runs, self._synonyms.words, share * word_weight(word))

    def _named_alike(
        self, typed: str, runs: Mapping[str, float], listed: Mapping[str, Sequence[str]], weight: float
    ) -> Concept:
        """Returns a concept of which those stand-ins are the typed word itself that it stands for, too: CPI and
        居民消费价格 are one, however either is typed."""
        word = next(iter(runs))
        alike = [other for other in listed.get(word, ()) if word in listed.get(other, ()) and other in runs]
        # They come behind it, before all others of their share.
        shares = {word: 1.0, **dict.fromkeys(alike, ALIKE)}
        concept = self._concept(typed, shares | {run: runs[run] for run in runs if run not in shares}, weight)
        return replace(concept, forms=concept.forms + len(alike))

    def _take(self, start: int, stop: int) -> bool:
        """Takes a stretch, unless some of it is taken."""
        if any(self._taken[start:stop]):
            return False
        self._taken[start:stop] = b"\1" * (stop - start)
        return True

    def _years(self) -> Iterator[Concept]:
        for match in (*_YEAR.finditer(self._run), *_CHINESE_YEAR.finditer(self._run)):
            self._take(*match.span())
            others = variants(match[0]) if match[0].endswith("年") else []
            # 二〇二四年 has a sign in it that may mask a character, too.
            forms = (match[0], *(form for form in others if MASK not in form and "x" not in form))
            year = next(form for form in (match[1], *variants(match[1])) if form.isdecimal())
            concept = self._concept(match[0], dict.fromkeys(forms, 1.0), _YEAR_WEIGHT)
            yield replace(concept, year=int(year), forms=len(concept.runs))

    def _percentages(self) -> Iterator[Concept]:
        for match in _PERCENT.finditer(self._run):
            self._take(*match.span())
            yield self._percentage(match[0], (match[0], *variants(match[0])))
        for percentage in _PERCENT_IN_DIGITS.findall(self._term.typed):
            number = normal_form(percentage)
            at = self._run.find(number)
            self._take(at, at + len(number))
            # 7 of 7% stands in every text: it is looked for beside what goes with a percentage.
            runs = (number,) if len(number) > 1 else ()
            around = percentages_of(number) if len(number) == 1 else ()
            yield self._percentage(percentage, (*runs, *variants(percentage), *around))

    def _percentage(self, typed: str, runs: Iterable[str]) -> Concept:
        concept = self._concept(typed, dict.fromkeys(runs, 1.0), _NUMBER_WEIGHT)
        return replace(concept, forms=len(concept.runs), is_percentage=True)

    def _everyday(self) -> Iterator[Concept]:
        for cluster in overlapping(self._synonyms.everyday_words.fixed_in(self._typed)):
            start, stop = cluster[0].start, max(match.stop for match in cluster)
            if self._take(start, stop):
                inside = [
                    word
                    for word, at in zip(self._cut, self._typed.starts, strict=True)
                    if start <= at and at + len(word) <= stop and stop - start > len(word) > 1
                ]
                found = [match.word for match in cluster]
                runs, weight = everyday_stand_ins(self._run[start:stop], found, self._synonyms, inside)
                yield self._named_alike(self._as_typed(start, stop), runs, self._synonyms.everyday, weight)

    def _gapped(self) -> Iterator[Concept]:
        """Yields what is meant by words that stand apart (看病 and 远); the words count besides, for less."""
        entries = self._synonyms.everyday_words.gapped_in(self._typed)
        for entry in entries:
            for part in entry:
                self._explained[part.start : part.stop] = b"\1" * (part.stop - part.start)
        for group in sharing(entries):
            start = min(part.start for entry in group for part in entry)
            stop = max(part.stop for entry in group for part in entry)
            found = [entry[0].word for entry in group]
            yield self._beside(
                self._as_typed(start, stop),
                said_for(found, self._synonyms),
                official_weight(found, self._synonyms),
            )

    def _plain(self) -> Iterator[Concept]:
        """Yields the plain words for official terms, beside the terms themselves and for less."""
        for match in self._synonyms.official_terms.fixed_in(self._typed):
            plain = self._synonyms.plain[match.word]
            runs = {word: max(LEAST_SHARE, _PLAIN - _LATER_PLAIN * place) for place, word in enumerate(plain)}
            yield self._beside(match.word, runs, _PLAIN_WEIGHT * word_weight(match.word))

    def _beside(self, typed: str, runs: Mapping[str, float], weight: float) -> Concept:
        """Returns a concept of words that stand for what was typed, and may be missing."""
        return replace(self._concept(typed, runs, weight), is_optional=True)

    def _numbers(self) -> Iterator[Concept]:
        for match in _NUMBER.finditer(self._run):
            # 16字 and 100万 are numbers; of 985高校 and 12345热线 the digits alone are.
            is_whole = match.end() in self._typed.stops or match[0][-1] in "万亿"
            stop = match.end() if is_whole else match.end(1)
            if self._take(match.start(), stop):
                number = self._run[match.start() : stop]
                yield self._concept(number, {number: 1.0}, _NUMBER_WEIGHT)

    def _listed_words(self) -> Iterator[Concept]:
        for start, word in self._words_in_run():
            is_whole = word == self._run and word in self._synonyms.words
            if is_whole or any(self._taken[start : start + len(word)]) or _NUMERALS.fullmatch(word):
                continue
            is_part = word not in self._cut
            if self._typed.is_across(start, start + len(word)):
                # 择校 in 选择校企合作: it may be meant, and mostly isn't, and what stands for it is farther off still.
                yield replace(
                    self._concept(word, {word: 1.0}, _ACROSS * word_weight(word)), is_optional=is_part
                )
            else:
                yield replace(self._word(word, start, _ACROSS if is_part else 1.0), is_optional=is_part)

    def _words_in_run(self) -> Iterator[tuple[int, str]]:
        """Yields the words of the dictionary that stand in the run, with their offsets, however it may be cut, and words
        of the lists that the cut goes through: 采砂 of 偷采砂子. A run that is itself in the lists has none inside."""
        is_in_lists = self._synonyms.knows(self._run)
        for start in range(len(self._run) - 1):
            for stop in range(start + 2, min(len(self._run), start + _LONGEST_WORD) + 1):
                word = self._run[start:stop]
                is_cut = any(start < border < stop for border in self._typed.stops)
                if is_listed(word) or (is_cut and not is_in_lists and self._synonyms.knows(word)):
                    yield start, word

    def _characters(self) -> Iterator[Concept]:
        """Yields the nouns and verbs of one character: of 树栽了年年不活 they are all that tells."""
        for character, start in zip(self._cut, self._typed.starts, strict=True):
            is_telling = len(character) == 1 and word_class(character)[:1] in ("n", "v")
            if is_telling and not self._taken[start] and character not in _COMMON_CHARACTERS:
                weight = CHARACTER_WEIGHT * (_EXPLAINED if self._explained[start] else 1)
                yield self._beside(character, {character: 1.0}, weight)

    def _new_words(self) -> Iterator[Concept]:
        """Yields names, and new words that no dictionary has."""
        for word, start in zip(self._cut, self._typed.starts, strict=True):
            is_free = not any(self._taken[start : start + len(word)])
            if len(word) > 1 and is_free and not is_listed(word) and not _NUMERALS.fullmatch(word):
                yield self._word(word, start)
