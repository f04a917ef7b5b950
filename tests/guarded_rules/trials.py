"""Who may have a trial, and that it opens nothing else."""

from __future__ import annotations

from guarded_rules.rule import Rule

_TRIALS = "jianggao/access/trials.py"
_WHO = "tests/access/test_trials.py"
_VERDICTS = "jianggao/access/verdicts.py"
_STORE = "jianggao/access/trial_store.py"
_READER = "jianggao/reading/reader.py"
_TEXTS = "tests/reading/test_trial_texts.py"

RULES = (
    Rule(
        "a trial of time is had once for ever",
        _TRIALS,
        "    if applicant.had_text or any(entry.is_trial for entry in applicant.entries):",
        "    if applicant.had_text:",
        _WHO,
    ),
    Rule(
        "a trial of a text is had once for ever",
        _TRIALS,
        "    if applicant.had_text or any(entry.is_trial for entry in applicant.entries):",
        "    if any(entry.is_trial for entry in applicant.entries):",
        _WHO,
    ),
    Rule(
        "a trial that was undone was had",
        _TRIALS,
        "any(entry.is_trial for entry in applicant.entries)",
        "any(entry.is_trial for entry in given)",
        _WHO,
    ),
    Rule(
        "no trial for who was a member",
        _TRIALS,
        "    if given:\n        return TrialRefusal(TrialObstacle.WAS_MEMBER)\n",
        "",
        _WHO,
    ),
    Rule(
        "no trial for a member",
        _TRIALS,
        "    if own.spans and own.spans[-1].end > now:",
        "    if own.running(now):",
        _WHO,
    ),
    Rule(
        "no trial for who is suspended",
        _TRIALS,
        "    if any(state.suspended for state in states.values()):",
        "    if False:",
        _WHO,
    ),
    Rule(
        "one person's accounts have one trial together",
        _TRIALS,
        "    accounts = joined_accounts(related, account)",
        "    accounts = frozenset({account})",
        _WHO,
    ),
    Rule(
        "an undone transfer costs the other account no trial",
        _TRIALS,
        "    return accounts, [entry for entry in related if entry.member in accounts]",
        "    return accounts, related",
        _WHO,
    ),
    Rule(
        "a trial after the wait alone",
        _TRIALS,
        "    return TrialRefusal(TrialObstacle.TOO_NEW, allowed_at=allowed_at) if now < allowed_at else None",
        "    return None",
        _WHO,
    ),
    Rule(
        "a wait begins when the friend was first known",
        "jianggao/membership/friends.py",
        "DO UPDATE SET since = excluded.since WHERE since > ?",
        "DO UPDATE SET since = excluded.since WHERE since <> ?",
        "tests/membership/test_friends.py",
    ),
    Rule(
        "a trial is of one speech",
        _VERDICTS,
        "            is_trial = self.trial_of is not None and speech == self.trial_of",
        "            is_trial = self.trial_of is not None and speech is not None",
        _TEXTS,
    ),
    Rule(
        "a trial opens a text in private alone",
        _VERDICTS,
        "    may_try = standing is Standing.NEVER and place.kind is PlaceKind.PRIVATE",
        "    may_try = standing is Standing.NEVER and place.kind is not PlaceKind.UNBOUND",
        _TEXTS,
    ),
    Rule(
        "a trial opens a text to who never was a member alone",
        _VERDICTS,
        "    may_try = standing is Standing.NEVER and place.kind is PlaceKind.PRIVATE",
        "    may_try = place.kind is PlaceKind.PRIVATE",
        _TEXTS,
    ),
    Rule(
        "a trial opens no full text by the usual way",
        _READER,
        "        return await self._full_text(number, form, effect, recorded, as_trial=False)",
        "        return await self._full_text(number, form, effect, recorded, as_trial=True)",
        _TEXTS,
    ),
    Rule(
        "4 a trial is judged in the transaction that records it",
        _READER,
        "            if refused is not None:\n                raise _NoTrial(refused)\n",
        "",
        _TEXTS,
    ),
    Rule(
        "the database itself takes one text of a person for trial",
        "jianggao/database/migrations/0027_trials.sql",
        "    WHERE trial_texts.account = NEW.account AND deliveries.outcome <> 'refused'",
        "    WHERE 0",
        "tests/access/test_trial_store.py",
    ),
    Rule(
        "a trial is a full text of that speech in private",
        "jianggao/database/migrations/0027_trials.sql",
        "        AND deliveries.place = 'private' AND versions.speech = NEW.speech",
        "",
        "tests/access/test_trial_store.py",
    ),
    Rule(
        "a text that never left gives the trial back",
        _STORE,
        "\"WHERE deliveries.outcome <> 'refused'\"",
        '"WHERE 1"',
        _TEXTS,
    ),
    Rule(
        "a text that may have arrived doesn't give the trial back",
        _STORE,
        "\"WHERE deliveries.outcome <> 'refused'\"",
        "\"WHERE deliveries.outcome = 'delivered'\"",
        _TEXTS,
    ),
    Rule(
        "a trial is given in private alone",
        "plugins/trials/commands.py",
        "    if request.in_group:\n        return texts.ask_in_private(settings.trial)\n",
        "",
        "tests/plugins/trials/test_commands.py",
    ),
    Rule(
        "figures of the business go to the private chat",
        "plugins/statistics/commands.py",
        "    return Reply(texts.statistics(figures, today), private=True)",
        "    return Reply(texts.statistics(figures, today))",
        "tests/plugins/statistics/test_commands.py",
    ),
)
