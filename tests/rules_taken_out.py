"""Takes each rule out of a copy of the project and runs the tests that guard it: every one must fail.

Run by hand (`python tests/rules_taken_out.py [NAME]`); takes some minutes. Exit code 1 names rules that nobody guards.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = "tests/plugins"


@dataclass(frozen=True)
class Rule:
    """A rule, where it stands, what takes it out, and the tests that should notice."""

    name: str
    file: str
    stands: str
    taken_out: str
    tests: str


RULES = (
    Rule(
        "1 visitors search public text alone",
        "jianggao/membership/desk.py",
        "        if self.access.window is None or self.access.place in",
        "        if self.access.window is None:\n            return (0, 1 << 62)\n        if self.access.place in",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "1 a guess's words are words in sight",
        "jianggao/library/search/guesses.py",
        "found.get(word, 2) > rank and self._is_word(word)",
        "found.get(word, 2) > rank",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "1 similar sections are told by what is seen",
        "jianggao/membership/finding.py",
        "whole = desk.reads_beyond_previews(row) and desk.searchable is not None",
        "whole = True",
        "tests/membership/test_two_libraries.py",
    ),
    Rule(
        "1 quotes are of what may be shown here",
        "jianggao/membership/finding.py",
        "    condition = desk.access.condition()",
        '    condition = ("1", ())',
        "tests/membership/test_two_libraries.py tests/search/test_themes.py",
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
        "2 access is judged again when a text leaves the queue",
        "jianggao/outbound/queue.py",
        "allowed = entry.still_allowed is None or await entry.still_allowed()",
        "allowed = True",
        f"{PLUGINS}/test_full_text.py {PLUGINS}/test_search.py tests/outbound",
    ),
    Rule(
        "3 ledger rows are never changed",
        "jianggao/database/migrations/0002_membership.sql",
        "CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger",
        "CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger WHEN 0",
        "tests/membership",
    ),
    Rule(
        "3 ledger rows are never deleted",
        "jianggao/database/migrations/0002_membership.sql",
        "CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger",
        "CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger WHEN 0",
        "tests/membership",
    ),
    Rule(
        "4 the claim is stored with its effect",
        "plugins/gate/claims.py",
        '                "INSERT INTO claims (message, claimed_at)',
        '                "INSERT OR IGNORE INTO facts (name, value)',
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "4 an old message changes nothing",
        "plugins/gate/claims.py",
        "TOO_OLD = timedelta(minutes=10)",
        "TOO_OLD = timedelta(days=10)",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "5 what is answered has been committed",
        "jianggao/database/connection.py",
        "                await _settled(self._writer.commit())",
        "                pass",
        "tests/database tests/end_to_end/test_robustness.py",
    ),
    Rule(
        "5 an exception rolls back, a cancellation too",
        "jianggao/database/connection.py",
        "                yield self._writer\n            except BaseException:",
        "                yield self._writer\n            except ValueError:",
        "tests/database",
    ),
    Rule(
        "5 one transaction at a time",
        "jianggao/database/connection.py",
        "        async with self._writing:\n            try:\n                await _settled(self._writer.execute",
        "        if True:\n            try:\n                await _settled(self._writer.execute",
        "tests/database",
    ),
    Rule(
        "6 pace between any two sends",
        "jianggao/outbound/pace.py",
        "        self._free_at = at + self._spread(self._limits.send_interval)",
        "        self._free_at = at",
        "tests/outbound",
    ),
    Rule(
        "6 sends of a group in a minute",
        "jianggao/outbound/pace.py",
        "            moment = max(moment, sends[0] + _MINUTE)",
        "            pass",
        "tests/outbound",
    ),
    Rule(
        "6 no send past the queue",
        "plugins/delivery/guard.py",
        "    if api.startswith(_SENDING) and not _from_queue.get():",
        "    if False:",
        f"{PLUGINS}/test_delivery.py",
    ),
    Rule(
        "7 chatter makes no event",
        "plugins/gate/adapter.py",
        "            if _is_chatter(json_data):",
        "            if False:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "8 text leaves as segments",
        "plugins/delivery/sender.py",
        '            message = [*segments, {"type": "text", "data": {"text": text}}]',
        "            message = text",
        f"{PLUGINS}/test_delivery.py",
    ),
    Rule(
        "8 no path out of an archive",
        "jianggao/library/reading.py",
        "    if not is_safe_name(inner):",
        "    if False:",
        "tests/library/test_reading.py",
    ),
    Rule(
        "8 import takes paths inside the library alone",
        "jianggao/library/importer.py",
        "    if not absolute.is_relative_to(root.resolve()):\n        raise",
        "    if False:\n        raise",
        "tests/test_offline.py tests/library/test_importer.py",
    ),
    Rule(
        "9 source files are only read",
        "jianggao/library/reading.py",
        "        content = path.read_bytes()",
        "        content = path.read_bytes()\n        path.write_bytes(content.rstrip())",
        "tests/test_offline.py",
    ),
    Rule(
        "groups that aren't bound hear nothing",
        "plugins/gate/front_door.py",
        "        if parsed is None or (unbound and not parsed.command.unbound):",
        "        if parsed is None:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "temporary sessions command nothing",
        "plugins/gate/front_door.py",
        'if event.sub_type == "friend" else None',
        "if True else None",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "anonymous people command nothing",
        "plugins/gate/front_door.py",
        'or event.sub_type != "normal" or event.anonymous:',
        "or False:",
        f"{PLUGINS}/test_gate.py",
    ),
    Rule(
        "superuser words of others get silence",
        "plugins/gate/commands.py",
        "            if command.scope is Scope.SUPERUSER and not superuser:\n                continue",
        "            if False:\n                continue",
        f"{PLUGINS}/test_gate.py",
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
        "HTTP posts find nothing",
        "plugins/gate/adapter.py",
        '        """Leave the routes out',
        '        super().setup_http_server(setup)\n        """Leave the routes out',
        "tests/end_to_end/test_robustness.py -k http",
    ),
    Rule(
        "requests being answered count in the queue",
        "jianggao/outbound/queue.py",
        "        ahead += [reservation.group for reservation in self._reserved]",
        "",
        "tests/outbound",
    ),
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
        "a report is paid only where a member is named surely",
        "jianggao/resale_reports/verdicts.py",
        "    if found.finding.named is None:",
        "    if False:",
        "tests/resale_reports",
    ),
    Rule(
        "nobody is paid for reporting himself",
        "jianggao/resale_reports/verdicts.py",
        "    if reporter in sellers:",
        "    if False:",
        "tests/resale_reports",
    ),
    Rule(
        "a case is decided and paid once",
        "jianggao/resale_reports/verdicts.py",
        "    if case.status is not Status.OPEN:\n        done",
        "    if False:\n        done",
        "tests/resale_reports",
    ),
    Rule(
        "a reward that counts again by hand is not paid beside",
        "jianggao/resale_reports/verdicts.py",
        "        if reward.case == case.number:\n            raise",
        "        if False:\n            raise",
        "tests/resale_reports",
    ),
    Rule(
        "a seller is paid for once",
        "jianggao/resale_reports/verdicts.py",
        "    paid = [reward for reward in await _standing_rewards(connection) if sellers & reward.accounts]",
        "    paid: list[Reward] = []",
        "tests/resale_reports",
    ),
    Rule(
        "nobody is rewarded twice within 365 days",
        "jianggao/resale_reports/verdicts.py",
        "    if last is not None and now - last < BETWEEN_REWARDS:",
        "    if last is None and now < now:",
        "tests/resale_reports",
    ),
    Rule(
        "new evidence is looked at before a verdict",
        "jianggao/resale_reports/verdicts.py",
        "    if case.finding is None or not case.is_traced:",
        "    if case.finding is None:",
        "tests/resale_reports",
    ),
    Rule(
        "evidence is never deleted",
        "jianggao/database/migrations/0006_resale_reports.sql",
        "CREATE TRIGGER report_evidence_never_deleted BEFORE DELETE ON report_evidence",
        "CREATE TRIGGER report_evidence_never_deleted BEFORE DELETE ON report_evidence WHEN 0",
        "tests/resale_reports",
    ),
    Rule(
        "who cried wolf waits",
        "jianggao/resale_reports/filing.py",
        "    if until is not None and now < until:",
        "    if False:",
        "tests/resale_reports",
    ),
    Rule(
        "reports are made in private alone",
        "plugins/resale_reports/commands.py",
        "    if request.in_group:\n        return texts.IN_PRIVATE",
        "    if False:\n        return texts.IN_PRIVATE",
        f"{PLUGINS}/test_resale_reports.py",
    ),
    Rule(
        "what is said of reports goes to the private chat",
        "plugins/resale_reports/commands.py",
        "            return Reply(await handler(request), private=True)",
        "            return Reply(await handler(request))",
        f"{PLUGINS}/test_resale_reports.py",
    ),
    Rule(
        "an accused who joins the report on himself isn't told",
        "jianggao/resale_reports/model.py",
        "            if report is self.first or report.reporter not in accused:",
        "            if True:",
        f"{PLUGINS}/test_resale_reports.py",
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
        "dialogues hear private messages alone",
        "plugins/gate/front_door.py",
        "        if place.kind is not PlaceKind.PRIVATE:\n            return None\n        return dialogues.heard",
        "        return dialogues.heard",
        f"{PLUGINS}/test_tracing.py",
    ),
    Rule(
        "a dialogue ends after ten minutes of silence",
        "plugins/gate/dialogues.py",
        "        if found.until < now:",
        "        if False:",
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


def is_noticed(rule: Rule, folder: Path) -> bool:
    """Whether the tests fail without the rule; the copy is put right again."""
    file = folder / rule.file
    whole = file.read_text("utf-8")
    if whole.count(rule.stands) != 1:
        raise SystemExit(f"{rule.name}: its line isn't in {rule.file} any more")
    file.write_text(whole.replace(rule.stands, rule.taken_out), "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *rule.tests.split()]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
    except subprocess.TimeoutExpired:
        return True  # hangs: nobody would overlook that
    finally:
        file.write_text(whole, "utf-8")
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{rule.name}: the tests did not run\n{ended.stdout}{ended.stderr}")
    return ended.returncode == 1


def main() -> int:
    chosen = [rule for rule in RULES if len(sys.argv) < 2 or sys.argv[1] in rule.name]
    unnoticed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", "*.db*", "__pycache__"))
        for rule in chosen:
            noticed = is_noticed(rule, folder)
            print(f"{'noticed ' if noticed else 'UNNOTICED'}  {rule.name}", flush=True)
            if not noticed:
                unnoticed.append(rule.name)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
