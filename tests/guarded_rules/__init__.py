"""The rules that tests guard, a file a room."""

from guarded_rules import (
    access,
    backups,
    connection,
    database,
    front_door,
    library,
    parsing,
    people,
    resale_reports,
    search,
    sending,
    stopping,
    tracing,
)
from guarded_rules.rule import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    *access.RULES,
    *backups.RULES,
    *connection.RULES,
    *database.RULES,
    *front_door.RULES,
    *library.RULES,
    *parsing.RULES,
    *people.RULES,
    *resale_reports.RULES,
    *search.RULES,
    *sending.RULES,
    *stopping.RULES,
    *tracing.RULES,
)
