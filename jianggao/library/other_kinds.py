"""Words which files of a library were not read because of their kind, in one line for the operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from jianggao.text.quoting import visible

_MOST_SHOWN = 12
_LONGEST_SUFFIX = 12
_NO_SUFFIX = "没有后缀的"
_OFFICE = frozenset({".doc", ".dot", ".wps", ".wpt"})
_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".cab", ".iso"})
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"})
_ADVICE = (
    (_OFFICE, "{} 要装了 LibreOffice 才能读，装好后重新载入，或先另存为 .docx"),
    (_ARCHIVES, "{} 请解开，或改压成 .zip"),
    (_PICTURES, "图片里的文字要先做文字识别（OCR）"),
)


def unread_line(paths: Sequence[str]) -> str:
    """Returns how many files of which kinds weren't read and what to do with them; "" if there are none.

    `paths` are their paths in the library: `没有读：.pptx 3 个、.jpg 12 个。要读的请另存为 .docx 或 .txt`.
    """
    if not paths:
        return ""
    counts = Counter(_suffix(path) for path in paths)
    shown = counts.most_common(_MOST_SHOWN)
    kinds = [f"{suffix} {count} 个" for suffix, count in shown]
    if len(counts) > len(shown):
        kinds.append(f"其他 {counts.total() - sum(count for _, count in shown)} 个")
    advice = []
    for suffixes, sentence in _ADVICE:
        present = [suffix for suffix in counts if suffix in suffixes]
        if present:
            advice.append(sentence.format(" ".join(present)))
    if any(suffix not in known for suffix in counts for known in [_OFFICE | _ARCHIVES | _PICTURES]):
        advice.append("要读的请另存为 .docx 或 .txt")
    return f"没有读：{'、'.join(kinds)}。{'；'.join(advice)}"


def _suffix(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    return visible(suffix, _LONGEST_SUFFIX) if len(suffix) > 1 else _NO_SUFFIX
