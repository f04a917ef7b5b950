"""Marks and whom they name."""

from __future__ import annotations

from guarded_rules.rule import PLUGINS, Rule

RULES = (
    Rule(
        "a copy that would say something else isn't made",
        "jianggao/tracing/mark.py",
        "    if not says_the_same(text, marked.text):",
        "    if False:",
        "tests/tracing/test_mark.py",
    ),
    Rule(
        "headings and quotations carry no marks",
        "jianggao/tracing/protected.py",
        "        return not any(first < end + edge and start < last + edge for first, last in self._named)",
        "        return True",
        "tests/tracing/test_plan.py",
    ),
    Rule(
        "a place counts only if its surroundings occur once",
        "jianggao/tracing/letters.py",
        "    return None if first < 0 or text.find(piece, first + 1) >= 0 else first",
        "    return None if first < 0 else first",
        "tests/tracing/test_read.py",
    ),
    Rule(
        "breaks that somebody redid are dropped",
        "jianggao/tracing/read.py",
        "_REDONE_BELOW, _REDONE_ABOVE = 0.15, 0.85",
        "_REDONE_BELOW, _REDONE_ABOVE = 0.0, 1.0",
        "tests/tracing/test_read.py",
    ),
    Rule(
        "the chances of all suspects are added up",
        "jianggao/tracing/accuse.py",
        "            times = TIMES[rule] * len(self._names) * self._looks\n",
        "            times = TIMES[rule] * self._looks\n",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "the chances of all looks are added up",
        "jianggao/tracing/accuse.py",
        "        self._looks = looks",
        "        self._looks = 1",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "the chances of all rules are added up",
        "jianggao/tracing/accuse.py",
        "TIMES = {Rule.ALL: 2, Rule.PUNCTUATION: 8, Rule.BREAKS: 8, Rule.TRIPLE: 4}",
        "TIMES = {Rule.ALL: 1, Rule.PUNCTUATION: 1, Rule.BREAKS: 1, Rule.TRIPLE: 1}",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "the chances of all threes are added up",
        "jianggao/tracing/accuse.py",
        "        times = TIMES[Rule.TRIPLE] * len(self._names) * pairs * self._looks",
        "        times = TIMES[Rule.TRIPLE] * len(self._names) * self._looks + 0 * pairs",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "nobody above the limit is named",
        "jianggao/tracing/accuse.py",
        "                if agreeing >= needed[places]:",
        "                if 2 * agreeing > places:",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "the same text leaked twice counts once",
        "jianggao/tracing/accuse.py",
        "        merged[one.text_id] = one if earlier is None else _both(earlier, one)\n    return list(merged.values())",
        "        merged[one.text_id] = one\n    return list(readings)",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "of a suspect only texts that he received count",
        "jianggao/tracing/accuse.py",
        "            if mine is None:\n                continue",
        "            if mine is None:\n                mine = [(ones >> at) & 1 for at in range(length)][::-1]",
        "tests/tracing/test_accuse.py",
    ),
    Rule(
        "a file names its holder only if nobody else has the same",
        "jianggao/tracing/examine.py",
        "    by_hash = len(hashed) == 1",
        "    by_hash = len(hashed) >= 1",
        "tests/tracing/test_examine_records.py",
    ),
    Rule(
        "copies whose marks chance to be the same count as the same file",
        "jianggao/tracing/examine.py",
        "        return {one.account for one in copies if one.plan in plans and marks(one) in known}",
        "        return set()",
        "tests/tracing/test_examine_records.py",
    ),
    Rule(
        "suspects are those to whom a copy may have gone",
        "jianggao/tracing/store.py",
        "AND plan IS NOT NULL AND outcome <> 'refused' ORDER BY id",
        "AND plan IS NOT NULL ORDER BY id",
        "tests/tracing/test_examine.py",
    ),
    Rule(
        "each look is logged and raises the chances of later ones",
        "jianggao/tracing/examine.py",
        "            looks = 1 + await store.looks_since(connection, now - _YEAR, leak_sha256)",
        "            looks = 1",
        "tests/tracing/test_examine_records.py",
    ),
    Rule(
        "all versions that may have leaked are read",
        "jianggao/tracing/examine.py",
        "    return near or [_most(versions)]",
        "    return [_most(versions)]",
        "tests/tracing/test_examine_records.py",
    ),
    Rule(
        "溯源 is done in private alone",
        "plugins/tracing/commands.py",
        "    if request.in_group:\n        return Reply(texts.IN_PRIVATE, private=True)",
        "    if False:\n        return Reply(texts.IN_PRIVATE, private=True)",
        f"{PLUGINS}/test_tracing.py",
    ),
    Rule(
        "完成 waits for what is still coming in",
        "plugins/tracing/commands.py",
        "        async with collected.turn:\n            if collected.done:",
        "        if True:\n            if collected.done:",
        f"{PLUGINS}/test_tracing.py",
    ),
)
