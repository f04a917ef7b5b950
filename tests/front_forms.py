"""What tests of heads share: a head as lines, with what should be read in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsed_texts import TODAY, A

from jianggao.parsing.lines import plain_text
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse
from jianggao.text.normal_form import normal_form

CALL = "同志们："


@dataclass(frozen=True)
class HeadForm:
    """The lines of a text, and what stands in its head; `first` is the first line of the body."""

    lines: Sequence[str]
    title: str
    occasion: Sequence[str] = ()
    speaker: str = ""
    day: str | None = None
    salutation: str = CALL
    first: str = A
    name: str = "讲话.txt"
    styled: Mapping[str, int] | None = None


def assert_read(form: HeadForm) -> None:
    """Asserts that a head is read as it should be, and that nothing of it is lost."""
    text = "\n".join(form.lines)
    speech = parse(text, form.name, TODAY, form.styled)
    assert isinstance(speech, ParsedSpeech), speech
    day = speech.date.isoformat() if speech.date else None
    occasion = [line for line in speech.occasion.split("\n") if line]
    first = speech.body(speech.sections[0]).split("\n")[0]
    assert (speech.title, occasion) == (form.title, [" ".join(line.split()) for line in form.occasion])
    assert (speech.speaker, day, speech.salutation, first) == (
        form.speaker,
        form.day,
        form.salutation,
        form.first,
    )
    assert_front_is_whole(speech)
    kept = "".join((speech.text + "".join(speech.removed)).split())
    assert sorted(kept) == sorted("".join(plain_text(text).split()))


def assert_front_is_whole(speech: ParsedSpeech) -> None:
    """Asserts that the front holds the letters of title, occasion and salutation and no others, and the occasion's
    lines in their order. A title that was made of the file's name stands in no line."""
    starts = [heading.start for heading in speech.headings if not heading.in_body]
    front = speech.text[: min([*starts, *(section.start for section in speech.sections)])]
    lines = iter(front.split("\n"))
    assert all(line in lines for line in speech.occasion.split("\n") if line)
    found = sorted(normal_form(front))
    beside = normal_form(speech.occasion + speech.salutation)
    without_title = any("没有找到标题" in problem for problem in speech.problems)
    assert found == sorted(beside if without_title else beside + normal_form(speech.title))
