"""Who is shown what where: the rules of "Access" in docs/rules.md, and the verdict and its SQL held equal."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jianggao.access.verdicts import (
    Access,
    Asker,
    Help,
    Locked,
    LockReason,
    Place,
    PlaceKind,
    Private,
    SectionFacts,
    Shown,
    Verdict,
    access,
    id_range,
)
from jianggao.library.section_ids import Audience
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, fold

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
TODAY = date(2026, 3, 18)
FIRST, LAST = date(2023, 3, 18), date(2027, 3, 18)
FREE_GROUP, MEMBER_GROUP, PRIVATE, UNBOUND = (
    PlaceKind.FREE_GROUP,
    PlaceKind.MEMBER_GROUP,
    PlaceKind.PRIVATE,
    PlaceKind.UNBOUND,
)


def entry(number: int, kind: EntryKind, at: datetime = NOW) -> LedgerEntry:
    duration = Duration(years=1) if kind is EntryKind.GRANT else None
    return LedgerEntry(number, kind, "10001", "10000", at, duration, "", None, str(number))


NEVER = MemberState()
ACTIVE = fold([entry(1, EntryKind.GRANT)], ZONE)
SUSPENDED = fold([entry(1, EntryKind.GRANT), entry(2, EntryKind.SUSPEND)], ZONE)
EXPIRED = fold([entry(1, EntryKind.GRANT, NOW - timedelta(days=400))], ZONE)


def gives(
    state: MemberState, kind: PlaceKind, audience: int, day: date = TODAY, *, superuser: bool = False
) -> Verdict:
    asked = access(Asker("10001", superuser, state), Place(kind, "1"), NOW)
    return asked.visible(SectionFacts(audience, day))


@pytest.mark.parametrize("kind", [FREE_GROUP, MEMBER_GROUP, PRIVATE])
@pytest.mark.parametrize("state", [NEVER, ACTIVE, SUSPENDED, EXPIRED])
@pytest.mark.parametrize("day", [date(1960, 1, 1), TODAY, date(2099, 1, 1)])
def test_previews_are_shown_to_everyone_in_every_bound_place(
    kind: PlaceKind, state: MemberState, day: date
) -> None:
    assert gives(state, kind, Audience.PREVIEW, day) == Shown()


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize("state", [NEVER, ACTIVE, SUSPENDED, EXPIRED])
@pytest.mark.parametrize("audience", [Audience.PREVIEW, Audience.MEMBER_GROUP, Audience.MEMBERS])
def test_an_unbound_group_gets_nothing(state: MemberState, audience: int, superuser: bool) -> None:
    assert gives(state, UNBOUND, audience, superuser=superuser) == Locked(LockReason.UNBOUND)


@pytest.mark.parametrize("audience", [Audience.MEMBER_GROUP, Audience.MEMBERS])
@pytest.mark.parametrize(("state", "superuser"), [(ACTIVE, False), (NEVER, True), (ACTIVE, True)])
def test_a_free_group_gets_previews_only_whoever_asks(
    state: MemberState, superuser: bool, audience: int
) -> None:
    assert gives(state, FREE_GROUP, audience, superuser=superuser) == Locked(LockReason.FREE_GROUP)


@pytest.mark.parametrize(
    ("state", "reason"),
    [(NEVER, LockReason.NOT_A_MEMBER), (EXPIRED, LockReason.EXPIRED), (SUSPENDED, LockReason.SUSPENDED)],
)
@pytest.mark.parametrize("kind", [FREE_GROUP, MEMBER_GROUP, PRIVATE])
@pytest.mark.parametrize("audience", [Audience.MEMBER_GROUP, Audience.MEMBERS])
@pytest.mark.parametrize("day", [date(1960, 1, 1), TODAY, date(2099, 1, 1)])
def test_who_is_no_active_member_gets_previews_only_everywhere(
    state: MemberState, reason: LockReason, kind: PlaceKind, audience: int, day: date
) -> None:
    assert gives(state, kind, audience, day) == Locked(reason)


def test_the_member_group_sees_a_fixed_set_and_the_rest_goes_to_private() -> None:
    assert gives(ACTIVE, MEMBER_GROUP, Audience.MEMBER_GROUP) == Shown()
    assert gives(ACTIVE, MEMBER_GROUP, Audience.MEMBERS) == Private()
    assert gives(NEVER, MEMBER_GROUP, Audience.MEMBER_GROUP, superuser=True) == Shown()
    assert gives(NEVER, MEMBER_GROUP, Audience.MEMBERS, superuser=True) == Private()


def test_private_chat_shows_all_that_the_asker_may_read() -> None:
    assert gives(ACTIVE, PRIVATE, Audience.MEMBER_GROUP) == Shown()
    assert gives(ACTIVE, PRIVATE, Audience.MEMBERS) == Shown()


@pytest.mark.parametrize("state", [NEVER, SUSPENDED, EXPIRED])
@pytest.mark.parametrize("day", [date.min, TODAY, date.max])
def test_a_superuser_reads_everything_in_private(state: MemberState, day: date) -> None:
    assert gives(state, PRIVATE, Audience.MEMBERS, day, superuser=True) == Shown()


@pytest.mark.parametrize("kind", [MEMBER_GROUP, PRIVATE])
@pytest.mark.parametrize("audience", [Audience.MEMBER_GROUP, Audience.MEMBERS])
def test_the_window_ends_at_its_days(kind: PlaceKind, audience: int) -> None:
    one_day = timedelta(days=1)
    assert not isinstance(gives(ACTIVE, kind, audience, FIRST), Locked)
    assert not isinstance(gives(ACTIVE, kind, audience, LAST), Locked)
    assert gives(ACTIVE, kind, audience, FIRST - one_day) == Locked(LockReason.OLDER_THAN_WINDOW)
    assert gives(ACTIVE, kind, audience, LAST + one_day) == Locked(LockReason.NEWER_THAN_WINDOW)


def test_a_free_group_tells_a_member_what_private_chat_would_not_give_either() -> None:
    old = gives(ACTIVE, FREE_GROUP, Audience.MEMBERS, FIRST - timedelta(days=1))
    assert old == Locked(LockReason.OLDER_THAN_WINDOW)


def test_access_ends_with_the_subscription() -> None:
    end = ACTIVE.spans[-1].end
    asker, here = Asker("10001", False, ACTIVE), Place(PRIVATE, "10001")
    facts = SectionFacts(Audience.MEMBERS, TODAY)
    assert access(asker, here, end - timedelta(seconds=1)).visible(facts) == Shown()
    assert access(asker, here, end).visible(facts) == Locked(LockReason.EXPIRED)


@pytest.mark.parametrize(
    ("state", "superuser", "kind", "day", "expected"),
    [
        (ACTIVE, False, PRIVATE, TODAY, Shown()),
        (ACTIVE, False, MEMBER_GROUP, TODAY, Private()),
        (ACTIVE, False, FREE_GROUP, TODAY, Private()),
        (ACTIVE, False, UNBOUND, TODAY, Locked(LockReason.UNBOUND)),
        (ACTIVE, False, PRIVATE, FIRST - timedelta(days=1), Locked(LockReason.OLDER_THAN_WINDOW)),
        (SUSPENDED, False, PRIVATE, TODAY, Locked(LockReason.SUSPENDED)),
        (EXPIRED, False, FREE_GROUP, TODAY, Locked(LockReason.EXPIRED)),
        (NEVER, False, MEMBER_GROUP, TODAY, Locked(LockReason.NOT_A_MEMBER)),
        (NEVER, True, FREE_GROUP, date.min, Private()),
        (NEVER, True, PRIVATE, date.max, Shown()),
    ],
)
def test_full_texts_go_to_private_chats_of_those_who_may_read_them(
    state: MemberState, superuser: bool, kind: PlaceKind, day: date, expected: Verdict
) -> None:
    assert access(Asker("10001", superuser, state), Place(kind, "1"), NOW).full_text(day) == expected


def test_every_reason_says_what_helps() -> None:
    assert {reason: reason.help for reason in LockReason} == {
        LockReason.NOT_A_MEMBER: Help.SUBSCRIBE,
        LockReason.TRIED: Help.SUBSCRIBE,
        LockReason.NO_TRIAL: Help.SUBSCRIBE,
        LockReason.EXPIRED: Help.RENEW,
        LockReason.SUSPENDED: Help.ASK_OPERATOR,
        LockReason.OLDER_THAN_WINDOW: Help.ASK_OPERATOR,
        LockReason.NEWER_THAN_WINDOW: Help.RENEW,
        LockReason.FREE_GROUP: Help.ASK_IN_PRIVATE,
        LockReason.UNBOUND: Help.NOTHING,
    }


def test_the_range_of_ids_holds_exactly_its_days() -> None:
    low, high = id_range(FIRST, LAST)
    assert low >> 24 == FIRST.toordinal() > (low - 1) >> 24
    assert high >> 24 == LAST.toordinal() < (high + 1) >> 24
    assert id_range(date.min, date.max)[1] < 2**63


near_the_edges = st.sampled_from((FIRST, LAST, TODAY)).flatmap(
    lambda day: st.integers(-2, 2).map(lambda days: day + timedelta(days=days))
)
facts = st.builds(
    SectionFacts,
    st.sampled_from((Audience.PREVIEW, Audience.MEMBER_GROUP, Audience.MEMBERS)),
    st.dates() | near_the_edges,
)
askers = st.builds(
    Asker,
    st.just("10001"),
    st.booleans(),
    st.sampled_from((NEVER, ACTIVE, SUSPENDED, EXPIRED)),
    st.sampled_from((None, 8)),
    st.booleans(),
)
corners = [
    SectionFacts(audience, day + timedelta(days=days))
    for audience in (Audience.PREVIEW, Audience.MEMBER_GROUP, Audience.MEMBERS)
    for day in (FIRST, LAST)
    for days in (-1, 0, 1)
]


def selected(rows: list[tuple[int, int]], condition: tuple[str, tuple[int, ...]]) -> set[int]:
    """The ids that SQLite finds by the condition."""
    sql, parameters = condition
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE sections (id INTEGER PRIMARY KEY, audience INTEGER NOT NULL) STRICT")
        connection.executemany("INSERT INTO sections VALUES (?, ?)", rows)
        return {row[0] for row in connection.execute(f"SELECT id FROM sections WHERE {sql}", parameters)}


@given(askers, st.sampled_from(PlaceKind), st.lists(facts, max_size=30), st.sampled_from((0, 1, 2**24 - 31)))
@example(Asker("10001", False, ACTIVE), MEMBER_GROUP, corners, 0)
@example(Asker("10001", False, ACTIVE), PRIVATE, corners, 2**24 - 31)
def test_the_sql_and_the_verdict_say_the_same(
    asker: Asker, kind: PlaceKind, sections: list[SectionFacts], offset: int
) -> None:
    asked: Access = access(asker, Place(kind, "1"), NOW)
    coded = {
        (section.material_date.toordinal() << 24) + offset + position: section
        for position, section in enumerate(sections)
    }
    rows = [(section_id, section.audience) for section_id, section in coded.items()]
    shown = {section_id for section_id, section in coded.items() if asked.visible(section) == Shown()}
    assert selected(rows, asked.condition()) == shown


@given(askers, st.sampled_from(PlaceKind), facts)
def test_no_place_shows_what_private_chat_would_not(
    asker: Asker, kind: PlaceKind, section: SectionFacts
) -> None:
    in_private = access(asker, Place(PRIVATE, "10001"), NOW)
    if access(asker, Place(kind, "1"), NOW).readable(section):
        assert in_private.visible(section) == Shown()


@given(askers, st.sampled_from(PlaceKind), facts, st.integers(7, 9) | st.none())
def test_a_trial_opens_one_full_text_in_private_to_who_never_was_a_member_and_nothing_else(
    asker: Asker, kind: PlaceKind, section: SectionFacts, speech: int | None
) -> None:
    asked = access(asker, Place(kind, "1"), NOW)
    usual = access(replace(asker, trial_of=None), Place(kind, "1"), NOW)
    assert asked.visible(section) == usual.visible(section)
    assert asked.condition() == usual.condition()
    opened, before = asked.full_text(section.material_date, speech), usual.full_text(section.material_date)
    if opened != before:
        assert (asker.trial_of, asker.state, kind) == (speech, NEVER, PRIVATE)
        refusal = LockReason.NO_TRIAL if asker.no_trial else LockReason.NOT_A_MEMBER
        refusal = LockReason.TRIED if asker.had_trial else refusal
        assert (before, opened) == (Locked(refusal), Shown())
    elif asker.trial_of == speech == 8 and asker.state == NEVER and kind is PRIVATE:
        assert opened == Shown()


@pytest.mark.parametrize(
    ("state", "told"),
    [(NEVER, LockReason.TRIED), (SUSPENDED, LockReason.SUSPENDED), (EXPIRED, LockReason.EXPIRED)],
)
def test_who_has_tried_is_told_so_unless_more_is_known(state: MemberState, told: LockReason) -> None:
    asked = access(Asker("10001", False, state, had_trial=True), Place(PRIVATE, "1"), NOW)
    assert asked.full_text(TODAY) == Locked(told)


def test_who_may_have_no_trial_for_another_reason_is_not_told_of_one() -> None:
    asked = access(Asker("10001", False, NEVER, no_trial=True), Place(PRIVATE, "1"), NOW)
    assert asked.full_text(TODAY) == Locked(LockReason.NO_TRIAL)
    expired = access(Asker("10001", False, EXPIRED, no_trial=True), Place(PRIVATE, "1"), NOW)
    assert expired.full_text(TODAY) == Locked(LockReason.EXPIRED)
