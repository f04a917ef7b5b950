"""Holds what the operator, or repetition over files, has decided about lines that may be advertising."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jianggao.text.normal_form import normal_form

_LONGEST_KNOWN = 1_000
"""Characters of a line that is looked up; longer ones are paragraphs of the speech."""


@dataclass(frozen=True, slots=True)
class KnownNotices:
    """Lines whose kind is known beforehand, each in its normal form.

    A line that holds no letter or digit has an empty normal form and is never known.
    """

    removed: frozenset[str] = frozenset()
    """Lines that are notices wherever the whole line equals them."""
    kept: frozenset[str] = frozenset()
    """Lines that are text, whatever they look like. What stands here and in another set is kept."""
    removed_at_edges: frozenset[str] = frozenset()
    """Lines without a feature of a notice, which are some at the head and the end of a text alone."""
    suspected: frozenset[str] = frozenset()
    """Lines that several texts have at their edges, and that may be a notice or a motto: they are text, in doubt."""

    def removes(self, line: str) -> bool:
        """Returns whether the line is known to be a notice where it stands at an edge of a text."""
        is_known = _stands_in(line, self.removed) or _stands_in(line, self.removed_at_edges)
        return is_known and not self.keeps(line)

    def removes_everywhere(self, line: str) -> bool:
        """Returns whether the line is known to be a notice also in the middle of a text."""
        return _stands_in(line, self.removed) and not self.keeps(line)

    def suspects(self, line: str) -> bool:
        """Returns whether the line is in doubt where it stands at an edge of a text."""
        return _stands_in(line, self.suspected) and not self.keeps(line)

    def keeps(self, line: str) -> bool:
        """Returns whether the line is known to be text."""
        return _stands_in(line, self.kept)

    def keeping(self, lines: Iterable[str]) -> KnownNotices:
        """Returns these notices with further lines that are text, except where a line is known to be a notice."""
        kept = {normal_form(line) for line in lines if not self.removes(line)}
        return replace(self, kept=self.kept | kept) if kept else self


NO_NOTICES = KnownNotices()
"""Nothing is known: every line is judged by its features alone."""


def _stands_in(line: str, normal_forms: frozenset[str]) -> bool:
    # The sets are empty in most libraries: then no line is brought into its normal form.
    if not normal_forms or len(line) > _LONGEST_KNOWN:
        return False
    normal = normal_form(line)
    return bool(normal) and normal in normal_forms
