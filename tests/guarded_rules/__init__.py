"""The rules that tests guard, a file a room."""

from guarded_rules import (
    access,
    backups,
    bulk_membership,
    connection,
    database,
    front_door,
    library,
    parsing,
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
    *bulk_membership.RULES,
    *connection.RULES,
    *database.RULES,
    *front_door.RULES,
    *library.RULES,
    *parsing.RULES,
    *resale_reports.RULES,
    *search.RULES,
    *sending.RULES,
    *stopping.RULES,
    *tracing.RULES,
)
