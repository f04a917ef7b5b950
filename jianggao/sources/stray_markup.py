"""Takes tags of web pages out of texts that are none: people paste pages into text files with some of their tags.

Only tags that HTML knows are taken, and only in the form that tags have: `a<b，c>d` is text.
"""

from __future__ import annotations

import re

from jianggao.sources.html_tables import CELL_BREAK
from jianggao.sources.markup import without_ranges
from jianggao.sources.raised_text import without_small_tags

# Behind a tag's name: nothing, or attributes whose values may be of any length. A value that isn't closed on its
# line makes no tag: with it, all text up to a quotation mark far below would go. So each pattern goes over a text
# once.
_VALUE = r"""(?:"[^"<>\r\n\f]*"|'[^'<>\r\n\f]*'|[^\s"'<>]+)"""
_REST = rf"(?:\s+[A-Za-z_:@-][\w:.@-]*(?:\s*=\s*{_VALUE})?)*\s*/?>"
_LINE_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|caption|dd|details|div|dl|dt|figcaption|figure|footer|form"
    r"|h[1-6]|head|header|hr|html|li|link|main|meta|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|title|tr"
    rf"|ul){_REST}",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:a|abbr|audio|b|bdo|big|button|center|cite|code|col|colgroup|del|em|embed|font|i|iframe|img|input|ins"
    r"|kbd|label|mark|mp-[a-z-]+|nobr|o:p|object|param|q|rb|rp|ruby|s|small|source|span|st1:[a-z]+|strike|strong"
    rf"|sub|sup|t[dh]|tt|u|var|video|wbr){_REST}",
    re.IGNORECASE,
)
_READING_AID = re.compile(r"<r[tp]>[^<>]*</r[tp]>", re.IGNORECASE)
_LONGEST_COMMENT = 1_000
"""Characters of an HTML comment."""
_NEXT_CELL = re.compile(rf"</t[dh]>\s*<t[dh]{_REST}", re.IGNORECASE)


def without_tags(text: str) -> str:
    """Returns the text without comments, scripts and tags, with LF for each tag that begins or ends a line."""
    if "<" not in text:
        return text
    text = without_comments(text)
    for name in ("script", "style"):
        text = without_ranges(text, f"<{name}", f"</{name}>")
    text = _NEXT_CELL.sub(CELL_BREAK, _READING_AID.sub("", without_small_tags(text)))
    return _TAG.sub("", _LINE_TAG.sub("\n", text))


def without_comments(text: str) -> str:
    """Returns the text without HTML comments (<!-- 正文 -->), which no page shows.

    One that never ends, or holds so much that its end may belong to another one, stays.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        # Word leaves <!--[if gte mso 9]>…<![endif]--> of any length.
        drops = end - start <= _LONGEST_COMMENT or text.startswith("<!--[if", start)
        parts.append(text[at:start] if drops else text[at : end + 3])
        at = end + 3
    return "".join([*parts, text[at:]])
