"""Searches what an asker may see: matching, ranking, suggestions, themes and quotes."""

from jianggao.search.hits import Hit, HitGroup, SearchResult, SectionHit, SpeechHit
from jianggao.search.query import Query, Term, parse_query
from jianggao.search.quotes import Quote
from jianggao.search.search import COUNT_LIMIT, Search
from jianggao.search.similar import Similar
from jianggao.search.snippets import snippet
from jianggao.search.suggestions import Suggestion
from jianggao.search.synonyms import NO_SYNONYMS, SynonymBook, Synonyms, read_synonyms
from jianggao.search.warm_up import warm_up

__all__ = [
    "COUNT_LIMIT",
    "NO_SYNONYMS",
    "Hit",
    "HitGroup",
    "Query",
    "Quote",
    "Search",
    "SearchResult",
    "SectionHit",
    "Similar",
    "SpeechHit",
    "Suggestion",
    "SynonymBook",
    "Synonyms",
    "Term",
    "parse_query",
    "read_synonyms",
    "snippet",
    "warm_up",
]
