"""Reports and what they pay."""

from __future__ import annotations

from guarded_rules.rule import PLUGINS, Rule

RULES = (
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
)
