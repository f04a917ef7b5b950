"""Turns hits into what may be shown of them to the asker, whose deliveries are recorded first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianggao.access.verdicts import PlaceKind, SectionFacts, Shown, Verdict
from jianggao.library import hit_store, speech_store
from jianggao.library.section_ids import Audience
from jianggao.reading.session import Effect, ReadingSession, SectionTexts, facts_of, whole_heading
from jianggao.reading.views import AnswerContents, HitView, SectionHitView, SpeechHitView
from jianggao.search import Hit, HitGroup, Query, SpeechHit, snippet
from jianggao.text.normal_form import normal_form


@dataclass(frozen=True, slots=True)
class ShownHits:
    """Hits as they may be shown, and the texts that may leave for them."""

    views: Sequence[HitView]
    texts: SectionTexts

    @property
    def is_allowance_spent(self) -> bool:
        """Whether a text that might be shown is missing because the day's allowance is spent."""
        return any(isinstance(view, SectionHitView) and view.lacks_text for view in self.views)

    def contents(self, session: ReadingSession, others: Iterable[int] = ()) -> AnswerContents:
        """Returns what an answer of these hits shows; `others` are speeches that it names besides."""
        shown = [
            view.section
            for view in self.views
            if isinstance(view, SectionHitView) and view.snippet is not None
        ]
        return AnswerContents.of(
            [*(view.speech for view in self.views), *others],
            shown,
            beyond_public=[
                view.section
                for view in self.views
                if isinstance(view, SectionHitView) and view.shows_occasion
            ],
            reach=session.reach,
            deliveries=self.texts.deliveries,
        )


async def shown_hits(
    session: ReadingSession,
    hits: Sequence[Hit],
    looked_up: hit_store.LookedUp,
    query: Query,
    form: str,
    effect: Effect | None,
) -> ShownHits:
    """Returns what of hits may be shown here."""
    visible = [
        row for row in looked_up.rows.values() if isinstance(session.access.visible(facts_of(row)), Shown)
    ]
    beyond = [row.id for row in visible if session.shows_occasion(row) and _only_under_title(row, query)]
    texts = await session.recorded_texts(visible, form, effect, beyond)
    views = [hit_view(session, hit, query, looked_up, texts) for hit in hits]
    return ShownHits(views, texts)


def hit_view(
    session: ReadingSession,
    hit: Hit,
    query: Query,
    looked_up: hit_store.LookedUp,
    texts: SectionTexts,
) -> HitView:
    """Returns a hit as it may be shown, its snippet cut from the texts that leave."""
    speech = looked_up.titles[hit.speech]
    source = looked_up.sources.get(hit.speech, "")
    if isinstance(hit, SpeechHit):
        verdict = _speech_verdict(session, speech)
        return SpeechHitView(
            hit.speech,
            speech.title,
            source,
            verdict,
            hit.found_by,
            hit.missing,
            hit.instead,
            group=hit.group,
            by_title=hit.by_title,
        )
    row = looked_up.rows[hit.id]
    verdict = session.access.visible(facts_of(row))
    text = None
    shows_occasion = False
    if isinstance(verdict, Shown) and row.id in texts.by_id:
        body = texts.by_id[row.id]
        shows_occasion = (
            row.id in texts.recorded and session.shows_occasion(row) and _only_under_title(row, query)
        )
        shown = f"{row.occasion}\n{body}" if shows_occasion else body
        runs = (*query.runs, *map(normal_form, hit.instead))
        text = snippet(shown, runs, parts=hit.group is not HitGroup.TYPED, from_end=hit.as_closing)
    return SectionHitView(
        speech=row.speech,
        ordinal=row.ordinal,
        title=speech.title,
        source=source,
        heading=session.heading(row, leaves=row.audience != Audience.PREVIEW and row.id in texts.by_id),
        snippet=text,
        verdict=verdict,
        missing=hit.missing,
        instead=hit.instead,
        group=hit.group,
        section=row.id,
        shows_occasion=shows_occasion,
    )


def _only_under_title(row: speech_store.SectionRow, query: Query) -> bool:
    """Returns whether a typed word stands in the lines under the title, and not in the section itself."""
    if not row.occasion:
        return False
    occasion = normal_form(row.occasion)
    missing = [term for term in query.terms if term.stands_in(occasion)]
    if not missing:
        return False
    section = normal_form(whole_heading(row) + row.body)
    return not all(term.stands_in(section) for term in missing)


def _speech_verdict(session: ReadingSession, speech: hit_store.SpeechTitle) -> Verdict:
    """Returns the verdict on a speech that was found as a whole. In a free group it is the one on its
    sections, which says to ask in private: full texts go there in any case."""
    if session.access.place is PlaceKind.FREE_GROUP:
        return session.access.visible(SectionFacts(Audience.MEMBERS, speech.material_date))
    return session.access.full_text(speech.material_date)
