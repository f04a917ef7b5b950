"""Search over what an asker may see: finding, ranking, guessing, and what people steal first."""

from jianggao.library.search.finder import COUNT_LIMIT, Found, Hit, Search, SectionHit, SpeechHit
from jianggao.library.search.guesses import Guess
from jianggao.library.search.query import Query, Term, parse_query
from jianggao.library.search.sight import IdRange
from jianggao.library.search.similar import Similar
from jianggao.library.search.snippets import snippet
from jianggao.library.search.synonyms import NO_SYNONYMS, SynonymBook, Synonyms, read_synonyms
from jianggao.library.search.themes import Quote
from jianggao.library.search.warm_up import warm_up

__all__ = [
    "COUNT_LIMIT",
    "NO_SYNONYMS",
    "Found",
    "Guess",
    "Hit",
    "IdRange",
    "Query",
    "Quote",
    "Search",
    "SectionHit",
    "Similar",
    "SpeechHit",
    "SynonymBook",
    "Synonyms",
    "Term",
    "parse_query",
    "read_synonyms",
    "snippet",
    "warm_up",
]
