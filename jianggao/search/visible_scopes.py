"""Divides the library into spans of dates by what an asker sees of them: whole texts, or their public
part."""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.library.section_ids import EVERY_ID, IdRange

_WHOLE_TEXT = "s.label || s.occasion || s.body"
_TEXT_IN_GROUP = "s.public_label || s.body"
_PUBLIC_TEXT = "CASE s.preview WHEN 1 THEN s.public_label || s.body ELSE s.public_label END"


@dataclass(frozen=True, slots=True)
class IndexScope:
    """A span of section ids and what of it the asker sees: whole texts or their public part.

    `in_group` narrows it to the sections whose text may stand in a member group (True), or to the others
    (False). `by_public_meaning` leaves of what a text means what is public: an answer in a group has no order that
    the meaning of hidden texts makes.
    """

    span: IdRange
    whole: bool
    in_group: bool | None = None
    by_public_meaning: bool = False

    @property
    def table(self) -> str:
        """The bigram table that holds what is seen here."""
        return "section_grams" if self.whole else "public_grams"

    @property
    def text(self) -> str:
        """SQL for the seen text of a section `s`."""
        if self.in_group:
            return _TEXT_IN_GROUP
        return _WHOLE_TEXT if self.whole else _PUBLIC_TEXT

    @property
    def label(self) -> tuple[str, str]:
        """The columns of a section's seen headings and of their cut. Whole headings never stand in a
        group."""
        return ("label", "label_cut") if self.whole and not self.in_group else ("public_label", "public_cut")

    @property
    def vector(self) -> str:
        """SQL for what a section `s` means as it is seen: of what stands in a group no vector is kept."""
        if self.in_group:
            return "x''"
        return "s.whole_vector" if self.whole and not self.by_public_meaning else "s.public_vector"

    @property
    def occasion(self) -> str:
        """SQL for the lines under the title as they are seen with a first section `s`: never in a group."""
        return "s.occasion" if self.whole and not self.in_group else "''"

    @property
    def shows_all_indexed(self) -> bool:
        """Whether all that the bigram table holds of a section is seen here.

        In a group less is: there a match of the table proves nothing.
        """
        return not (self.whole and self.in_group)

    @property
    def group_condition(self) -> str:
        """SQL that a row of `s` must fulfil to be in this scope; "" where the span alone decides."""
        return "" if self.in_group is None else f" AND s.in_group = {int(self.in_group)}"

    @property
    def has_speeches(self) -> bool:
        """Whether the speeches of the span are searched here.

        Two scopes share one span in a member group; the speeches must be counted in one of them only.
        """
        return self.in_group is not False


def visible_scopes(
    readable: IdRange | None, *, in_group: bool, by_public_meaning: bool = False
) -> tuple[IndexScope, ...]:
    """Returns the scopes that together cover the library, the newest span first.

    `readable` is the span that the asker may read, None if there is none. In a member group (`in_group`) the
    readable span makes two scopes, what may be shown in the group first.
    """
    if readable is None:
        return (IndexScope(EVERY_ID, whole=False),)
    within = [IndexScope(readable, whole=True, by_public_meaning=by_public_meaning)]
    if in_group:
        within = [
            IndexScope(readable, whole=True, in_group=True),
            IndexScope(readable, whole=False, in_group=False),
        ]
    around = [
        IndexScope((readable[1] + 1, EVERY_ID[1]), whole=False),
        *within,
        IndexScope((0, readable[0] - 1), whole=False),
    ]
    return tuple(scope for scope in around if scope.span[0] <= scope.span[1])
