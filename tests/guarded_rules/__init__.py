"""The rules that tests guard, a file a room."""

from guarded_rules import (
    access,
    backups,
    bulk_membership,
    connection,
    database,
    front_door,
    joining,
    library,
    parsing,
    people,
    pushes,
    redeem_codes,
    resale_reports,
    search,
    sending,
    stopping,
    tracing,
    trials,
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
    *joining.RULES,
    *library.RULES,
    *parsing.RULES,
    *redeem_codes.RULES,
    *pushes.RULES,
    *people.RULES,
    *resale_reports.RULES,
    *search.RULES,
    *sending.RULES,
    *stopping.RULES,
    *tracing.RULES,
    *trials.RULES,
)
