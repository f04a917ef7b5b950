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
        "jianggao/membership/previews.py",
        "        (limits.to_all, {*before.to_all}, to_all),",
        "        (limits.to_all, set(), to_all),",
        "tests/membership/test_previews.py tests/membership/test_previews_over_versions.py",
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
    Rule(
        "1 headings count in the budget of public text",
        "jianggao/membership/previews.py",
        "_HEADING_LIMITS = (40, 32, 24, 20, 16, 12, 8, 4, 0)",
        "_HEADING_LIMITS = (40,)",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "1 keywords tell little of the text",
        "jianggao/library/keywords.py",
        "        if cost * _LARGEST_PART > room or sum(told) + cost > room:",
        "        if False:",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "1 short speeches have no keywords",
        "jianggao/library/keywords.py",
        "    if len(letters) < FEWEST_LETTERS_WITH_KEYWORDS:",
        "    if False:",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "1 what was shown under another name counts",
        "jianggao/library/shown.py",
        "    for relative in await relatives(connection, number, runs):",
        "    for relative in ():",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "1 what a speech shows counts for those that have its words",
        "jianggao/membership/previews.py",
        "            account.others.append(",
        "            [].append(",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "1 an earlier release's wider public text is narrowed",
        "jianggao/library/importer.py",
        "            await narrow_public_text(self._database, self._choose_public_part)\n",
        "",
        "tests/membership/test_narrowed_public_text.py",
    ),
    Rule(
        "1 a member group keeps a part for what everybody sees",
        "jianggao/membership/previews.py",
        "        reserved = KEYWORD_SHARE if has_keywords else Fraction(0)",
        "        reserved = Fraction(0)",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "2 whole headings are shown in private alone",
        "jianggao/membership/outlines.py",
        "    if not desk.is_private:\n        wanted = []",
        "    if False:\n        wanted = []",
        f"{PLUGINS}/test_headings.py",
    ),
    Rule(
        "2 whole headings are recorded",
        "jianggao/membership/outlines.py",
        "    whole = {row.ordinal for row in wanted if row.id in allowed}",
        "    whole = {row.ordinal for row in wanted}",
        f"{PLUGINS}/test_headings.py",
    ),
    Rule(
        "2 hits show the public part of headings in groups",
        "jianggao/membership/desk.py",
        "        whole = self.reads_beyond_previews(row) and ((self.is_private and leaves) or not self.records)",
        "        whole = self.reads_beyond_previews(row)",
        f"{PLUGINS}/test_headings.py",
    ),
    Rule(
        "2 what was taken down meanwhile doesn't leave",
        "jianggao/membership/reader.py",
        "        if len(rows) < len(leaving.sections) or listed != leaving.speeches:",
        "        if False:",
        f"{PLUGINS}/test_judged_again.py",
    ),
    Rule(
        "2 what may not be read any more doesn't leave",
        "jianggao/membership/reader.py",
        "        return all(isinstance(verdict, Shown) for verdict in verdicts)",
        "        return True",
        f"{PLUGINS}/test_judged_again.py",
    ),
)
