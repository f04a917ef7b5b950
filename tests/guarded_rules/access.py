"""Who may read what, and that it is recorded."""

from __future__ import annotations

from guarded_rules.rule import PLUGINS, Rule

RULES = (
    Rule(
        "1 visitors search public text alone",
        "jianggao/membership/desk.py",
        "        if self.access.window is None or self.access.place in",
        "        if self.access.window is None:\n            return (0, 1 << 62)\n        if self.access.place in",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "2 quotes and similar sections that leave are recorded",
        "jianggao/membership/desk.py",
        "        leaving = [row for row in rows if self.leaves(row)]",
        "        leaving = []",
        f"{PLUGINS}/test_search.py",
    ),
    Rule(
        "2 sections read in private are cut from the marked copy",
        "jianggao/membership/desk.py",
        "    return row.body if copy is None else copy.sections[row.ordinal]",
        "    return row.body",
        f"{PLUGINS}/test_full_text.py",
    ),
    Rule(
        "1 a preview stays what was shown",
        "jianggao/house.py",
        "shown_to_all=shown.get(0, set())",
        "shown_to_all=set()",
        "tests/membership tests/library/test_importer.py",
    ),
    Rule(
        "1 the free group shows previews alone, whoever asks",
        "jianggao/membership/desk.py",
        "(PlaceKind.FREE_GROUP, PlaceKind.UNBOUND)",
        "(PlaceKind.UNBOUND,)",
        f"{PLUGINS}/test_search.py tests/membership",
    ),
    Rule(
        "2 a full text is recorded before it leaves",
        "plugins/full_text/commands.py",
        "    outcome = await _send(request, prepared, form)\n    await _settle(request, prepared, outcome)",
        "    async with request.house.database.write() as connection:\n"
        '        await connection.execute("DELETE FROM deliveries WHERE id = ?", (prepared.delivery,))\n'
        "    outcome = await _send(request, prepared, form)\n    await _settle(request, prepared, outcome)",
        f"{PLUGINS}/test_full_text.py",
    ),
    Rule(
        "a full text needs the right to it",
        "jianggao/membership/reader.py",
        "            await self._desk.record([], form, self._desk.place, effect)\n            return verdict",
        "            pass",
        f"{PLUGINS}/test_full_text.py",
    ),
    Rule(
        "the member group shows its fixed share alone",
        "jianggao/membership/access.py",
        "        return MEMBER_GROUP_SET if self.place is PlaceKind.MEMBER_GROUP else PREVIEW",
        "        return THE_REST if self.place is PlaceKind.MEMBER_GROUP else PREVIEW",
        f"{PLUGINS}/test_excerpts.py tests/membership",
    ),
    Rule(
        "what may have arrived isn't sent again",
        "plugins/full_text/commands.py",
        "        if not isinstance(outcome, Refused) or outcome.reason in _FINAL:\n            return outcome",
        "        if not isinstance(outcome, Unknown) and not isinstance(outcome, Refused):\n            return outcome",
        f"{PLUGINS}/test_full_text.py",
    ),
    Rule(
        "people's data goes to the private chat",
        "plugins/members/commands.py",
        "    return Reply(texts.member(report, settings), private=True)",
        "    return Reply(texts.member(report, settings))",
        f"{PLUGINS}/test_members.py",
    ),
)
