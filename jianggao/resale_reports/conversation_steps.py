"""Decides the steps of the conversation of 举报: who or where, then the evidence, then 完成.

Pure functions: the plugin fetches what was sent, and words the answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from jianggao.resale_reports.model import Complaint, DraftFile, Piece, PieceKind
from jianggao.text.characters import replace_lone_surrogates
from jianggao.text.folding import nfkc
from jianggao.text.whole_numbers import ACCOUNT_DIGITS

MAX_PIECES = 10
"""Texts, pictures and files of a report together."""
MAX_BYTES = 5 * 1024 * 1024
"""The largest picture or file, in bytes."""
MAX_BYTES_TOGETHER = 20 * 1024 * 1024
"""Bytes of all pictures and files of a report together."""
MAX_CHARACTERS = 20_000
"""Characters of all texts of a report together."""
LONGEST_ABOUT = 200
"""Characters of who or where; what is longer is taken as evidence."""
LONGEST_NAME = 100
"""Characters of a file's name that are kept."""
FINISHED = "完成"

_ACCOUNT = rf"({ACCOUNT_DIGITS})(?!\d)"
_LABELLED = re.compile(rf"(?:qq|[账帐]号|(?<!群)号码) ?号?码? ?[::是为]? ?{_ACCOUNT}", re.IGNORECASE)
"""An account behind QQ, 账号 or 号码; not behind 群号码. For a text whose runs of blanks are single blanks:
with any number of blanks in each place it would take time with their cube."""
_LEADING = re.compile(rf"{_ACCOUNT}(?=$|[\s,.;、。/(])")


class StepAnswer(Enum):
    """How the conversation answers a step."""

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
    """A picture or file that was sent: its bytes, or the file where they lie. Its name is kept as text, never
    used as a path."""

    name: str
    content: bytes = b""
    file: DraftFile | None = None

    def piece(self, kind: PieceKind) -> Piece:
        """Returns the piece of evidence that it is."""
        return Piece(
            kind, replace_lone_surrogates(self.name[:LONGEST_NAME]), content=self.content, file=self.file
        )


@dataclass(frozen=True, slots=True)
class ReportStep:
    """Where the conversation stands after a step, and the answer. If something was refused the draft is as it
    was."""

    draft: Draft
    answer: StepAnswer


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is being written: who or where, and the evidence so far."""

    about: str = ""
    """Who or where, in the reporter's words; "" before he has said it."""
    pieces: tuple[Piece, ...] = ()

    @classmethod
    def begin(cls, argument: str) -> ReportStep:
        """Returns the first step; `argument` is what stood behind 举报: who or where, or ""."""
        return cls().take(argument) if argument.strip() else ReportStep(cls(), StepAnswer.ASK_WHO)

    def to_stored(self) -> dict[str, object]:
        """Returns the draft as it is written down, so that it outlives a restart: files by their names in the
        folder of drafts."""
        pieces = [
            [piece.kind.value, piece.name, piece.text, piece.file.path.name if piece.file else None]
            for piece in self.pieces
        ]
        return {"told": self.about, "pieces": pieces}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any], files: Mapping[str, DraftFile]) -> Draft:
        """Returns the draft of its stored form; `files` are those that are there. A piece whose file is gone
        is left out. Raises KeyError, TypeError or ValueError for what `to_stored` never returns."""
        pieces = [(PieceKind(kind), name, text, file) for kind, name, text, file in stored["pieces"]]
        words = [stored["told"], *(word for _, name, text, _ in pieces for word in (name, text))]
        if not all(isinstance(word, str) for word in words):
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
        """Characters of its texts together."""
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def complaint(self) -> Complaint:
        """What is to be filed."""
        return Complaint(self.about, named_account(self.about), self.pieces)

    def take(
        self, text: str, pictures: Sequence[ReportAttachment] = (), files: Sequence[ReportAttachment] = ()
    ) -> ReportStep:
        """Returns the step after one message, which is taken as a whole or refused as a whole."""
        text = replace_lone_surrogates(text.strip())
        # 完成 with a picture beside it is a caption, and evidence. Long texts aren't folded: they can't be
        # the word.
        if len(text) <= 2 * len(FINISHED) and nfkc(text) == FINISHED and not pictures and not files:
            return self._finish()
        about, text = self._who(text)
        new = [Piece(PieceKind.TEXT, text=text)] if text else []
        new += [picture.piece(PieceKind.PICTURE) for picture in pictures]
        new += [file.piece(PieceKind.FILE) for file in files]
        # The limits are those of the whole draft with the message in it.
        taken = replace(self, about=about, pieces=(*self.pieces, *new))
        refusal = taken._refusal()
        if refusal is not None:
            return ReportStep(self, refusal)
        return ReportStep(taken, taken._ask(something=bool(new)))

    def _who(self, text: str) -> tuple[str, str]:
        """Returns who or where, and what is left of the text as evidence: a long text is no name of a person
        or place."""
        if self.about or not text or len(text) > LONGEST_ABOUT:
            return self.about, text
        return text, ""

    def _refusal(self) -> StepAnswer | None:
        """Returns why the draft is beyond a limit; None if it isn't."""
        if len(self.pieces) > MAX_PIECES:
            return StepAnswer.TOO_MANY
        if any(piece.size > MAX_BYTES for piece in self.pieces):
            return StepAnswer.TOO_LARGE
        if sum(piece.size for piece in self.pieces) > MAX_BYTES_TOGETHER:
            return StepAnswer.TOO_MUCH
        return StepAnswer.TOO_LONG if self.characters > MAX_CHARACTERS else None

    def _ask(self, *, something: bool) -> StepAnswer:
        """Returns what to answer to a message that was taken; `something`: it held evidence."""
        if not self.about:
            return StepAnswer.ASK_WHO
        if something:
            return StepAnswer.TAKEN
        return StepAnswer.NOTHING_SENT if self.pieces else StepAnswer.ASK_EVIDENCE

    def _finish(self) -> ReportStep:
        """Returns the step after 完成."""
        if not self.about:
            return ReportStep(self, StepAnswer.ASK_WHO)
        return ReportStep(self, StepAnswer.COMPLETE if self.pieces else StepAnswer.NO_EVIDENCE)


def named_account(about: str) -> str | None:
    """Returns the one account that the words name: at their beginning, or behind QQ or 账号. The number of a
    group (群号码) is none. None if they name no account, or several."""
    typed = " ".join(nfkc(about).split())
    leading = _LEADING.match(typed)
    accounts = {leading[1]} if leading else set(_LABELLED.findall(typed))
    return accounts.pop() if len(accounts) == 1 else None
