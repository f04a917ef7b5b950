"""The dialogue of 举报, step by step: who or where, then the evidence, then 完成. Pure: the plugin fetches
and speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from jianggao.resale_reports.model import Complaint, DraftFile, Piece, PieceKind
from jianggao.text.folding import nfkc

MOST_PIECES = 10
MOST_BYTES = 5 * 1024 * 1024
"""Of one picture or file."""
MOST_TOGETHER = 20 * 1024 * 1024
"""Of all pictures and files of a report."""
MOST_CHARACTERS = 20_000
"""Of all texts of a report together."""
MOST_TOLD = 200
"""Characters of who or where; what is longer is taken as evidence."""
MOST_NAME = 100
FINISHED = "完成"

_ACCOUNT = r"([1-9][0-9]{4,10})(?!\d)"
_LABELLED = re.compile(rf"(?:qq|[账帐]号|(?<!群)号码) ?号?码? ?[::是为]? ?{_ACCOUNT}", re.IGNORECASE)
"""For a text whose runs of blanks are one each; with any number of blanks in each place it would take their
cube."""
_LEADING = re.compile(rf"{_ACCOUNT}(?=$|[\s,.;、。/(])")


class StepAnswer(Enum):
    """What is said after a step."""

    ASK_WHO = "ask who"
    ASK_EVIDENCE = "ask evidence"
    TAKEN = "taken"
    NOTHING_SENT = "nothing sent"
    NO_EVIDENCE = "no evidence yet"
    TOO_MANY = "too many"
    TOO_LARGE = "too large"
    TOO_MUCH = "too much"
    TOO_LONG = "too long"
    COMPLETE = "complete"
    """`Draft.complaint` is ready to be filed."""


@dataclass(frozen=True, slots=True)
class ReportAttachment:
    """A picture or file that was sent: its bytes, or where they lie. Its name is kept as text, never used as
    a path."""

    name: str
    content: bytes = b""
    file: DraftFile | None = None

    def piece(self, kind: PieceKind) -> Piece:
        """The piece of evidence that it is."""
        return Piece(kind, _storable(self.name[:MOST_NAME]), content=self.content, file=self.file)


@dataclass(frozen=True, slots=True)
class ReportStep:
    """Where the dialogue stands now, and what to say. What is refused leaves the draft as it was."""

    draft: Draft
    answer: StepAnswer


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been told so far."""

    told: str = ""
    pieces: tuple[Piece, ...] = ()

    @classmethod
    def begin(cls, argument: str) -> ReportStep:
        """The first step; `argument` is what stood behind 举报, who or where for some."""
        return cls().take(argument) if argument.strip() else ReportStep(cls(), StepAnswer.ASK_WHO)

    def to_stored(self) -> dict[str, object]:
        """As it is written down, so that it outlives a restart: files by their names in the folder of
        drafts."""
        pieces = [
            [piece.kind.value, piece.name, piece.text, piece.file.path.name if piece.file else None]
            for piece in self.pieces
        ]
        return {"told": self.told, "pieces": pieces}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any], files: Mapping[str, DraftFile]) -> Draft:
        """The inverse of `to_stored`; `files` are those that are there. A piece whose file is gone is left
        out. Raises KeyError, TypeError and ValueError for what `to_stored` didn't give."""
        pieces = [(PieceKind(kind), name, text, file) for kind, name, text, file in stored["pieces"]]
        texts = [stored["told"], *(one for _, name, text, _ in pieces for one in (name, text))]
        if not all(isinstance(one, str) for one in texts):
            raise ValueError("a text that is none")
        return cls(
            stored["told"],
            tuple(
                Piece(kind, name, text, file=None if file is None else files[file])
                for kind, name, text, file in pieces
                if file is None or file in files
            ),
        )

    @property
    def characters(self) -> int:
        """Of its texts together."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def complaint(self) -> Complaint:
        """What is to be filed."""
        return Complaint(self.told, named_account(self.told), self.pieces)

    def take(
        self, text: str, pictures: Sequence[ReportAttachment] = (), files: Sequence[ReportAttachment] = ()
    ) -> ReportStep:
        """The step after one message: taken as a whole, or refused as a whole."""
        text = _storable(text.strip())
        if len(text) <= 2 * len(FINISHED) and nfkc(text) == FINISHED and not pictures and not files:
            return self._finish()
        told, text = self._who(text)
        new = [Piece(PieceKind.TEXT, text=text)] if text else []
        new += [one.piece(PieceKind.PICTURE) for one in pictures]
        new += [one.piece(PieceKind.FILE) for one in files]
        taken = replace(self, told=told, pieces=(*self.pieces, *new))
        refusal = taken._refusal()
        if refusal is not None:
            return ReportStep(self, refusal)
        return ReportStep(taken, taken._ask(something=bool(new)))

    def _who(self, text: str) -> tuple[str, str]:
        """Who or where, and what is left of the text as evidence."""
        if self.told or not text or len(text) > MOST_TOLD:
            return self.told, text
        return text, ""

    def _refusal(self) -> StepAnswer | None:
        if len(self.pieces) > MOST_PIECES:
            return StepAnswer.TOO_MANY
        if any(piece.size > MOST_BYTES for piece in self.pieces):
            return StepAnswer.TOO_LARGE
        if sum(piece.size for piece in self.pieces) > MOST_TOGETHER:
            return StepAnswer.TOO_MUCH
        return StepAnswer.TOO_LONG if self.characters > MOST_CHARACTERS else None

    def _ask(self, *, something: bool) -> StepAnswer:
        if not self.told:
            return StepAnswer.ASK_WHO
        if something:
            return StepAnswer.TAKEN
        return StepAnswer.NOTHING_SENT if self.pieces else StepAnswer.ASK_EVIDENCE

    def _finish(self) -> ReportStep:
        if not self.told:
            return ReportStep(self, StepAnswer.ASK_WHO)
        return ReportStep(self, StepAnswer.COMPLETE if self.pieces else StepAnswer.NO_EVIDENCE)


def named_account(told: str) -> str | None:
    """The one account that the words name: at their beginning, or behind QQ or 账号. A group's number is
    none."""
    typed = " ".join(nfkc(told).split())
    leading = _LEADING.match(typed)
    found = {leading[1]} if leading else set(_LABELLED.findall(typed))
    return found.pop() if len(found) == 1 else None


def _storable(text: str) -> str:
    """Half a surrogate pair can be sent, but not stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
