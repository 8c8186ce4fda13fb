"""The SQL files of this folder, in the order in which migrations apply them: each rests on those before it."""

from pathlib import Path

HERE = Path(__file__).parent
(
    THRESHOLDS_SQL,
    COMPARABLE_SQL,
    HEADLINE_SQL,
    RIVALS_SQL,
    CHAIN_SQL,
    ELAPSED_SQL,
    EVIDENCE_SQL,
    PACE_SQL,
    STANDING_SQL,
    LEADS_SQL,
    ROLLUP_SQL,
) = (
    HERE / f"{name}.sql"
    for name in (
        "thresholds",
        "comparable",
        "headline",
        "rivals",
        "chain",
        "elapsed",
        "evidence",
        "pace",
        "standing",
        "leads",
        "rollup",
    )
)
