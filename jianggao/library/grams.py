"""Bigrams over the normal form: any run of characters is found, whatever the segmenter thinks of it.

`乡村振兴` is indexed as `乡村 村振 振兴 兴`; the last character stands alone, so that a prefix query finds
single characters too.
"""

from __future__ import annotations


def gram_text(*runs: str) -> str:
    """What the bigram tables are given for these runs in normal form; no bigram crosses from one to the next."""
    return " ".join(" ".join(run[at : at + 2] for at in range(len(run))) for run in runs)


def gram_query(run: str) -> str:
    """The FTS5 expression that every text holding `run` (in normal form) fulfils.

    Exact for one and two characters; longer runs need a look at the text, since bigrams may stand apart.
    """
    if len(run) == 1:
        return f'"{run}"*'
    return " AND ".join(f'"{run[at : at + 2]}"' for at in range(len(run) - 1))


def is_exact(run: str) -> bool:
    """Whether fulfilling `gram_query(run)` already proves that the run stands there."""
    return len(run) <= 2
