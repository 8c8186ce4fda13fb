"""What the guard and the history cost: 100,000 figures entered and stamped, with the triggers and without.

    .venv/bin/python benchmarks/guard.py [--rows 100000] [--rounds 5]

It works on a PostgreSQL of its own in a temporary folder and touches no other database. Each round enters the
rows in one transaction and stamps them with an open edition in another, once guarded and once with every trigger
of ours disabled on the table (foreign keys stay), in turn, so that a slow minute of the machine falls on both.
"""

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TABLE = "tracker_metricsnapshot"
ENTER = f"""
INSERT INTO {TABLE} (code, stage, series_id, period_start, period_end, status, qualifier, value, scope, scope_ur, note,
                     note_ur, no_value_reason, searched_where, citation_id, reason, version)
SELECT 'f-' || n, 'submitted', %s, day, day, 'as-reported', 'exactly', n, '', '', '', '', '', '', %s, '', 1
  FROM generate_series(1, %s) AS n
 CROSS JOIN LATERAL (SELECT daterange(date '1700-01-01' + n, date '1700-01-01' + n + 1) AS day) AS of_day"""
STAMP = f"UPDATE {TABLE} SET edition_id = %s WHERE edition_id IS NULL"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="azm-benchmark-") as folder:
        os.chmod(folder, 0o755)
        prepare(Path(folder))
        measure(chosen.rows, chosen.rounds)


def prepare(folder: Path) -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"SECRET_KEY": secrets.token_urlsafe(50), "DJANGO_SETTINGS_MODULE": "azm.settings"}
    os.environ["AZM_STATEMENT_TIMEOUT"] = "0"
    import django

    from azm import database

    database.export_url(folder / "postgres", durable=False)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def measure(rows: int, rounds: int) -> None:
    from tracker.tests.factories import make_citation, make_series, publish_all

    citation, series = make_citation(), make_series()
    publish_all(citation, series.indicator)
    took: dict[str, list[tuple[float, float]]] = {"guarded": [], "unguarded": []}
    one_round(rows, series.pk, citation.pk, guarded=True)  # warms the caches
    for _round in range(rounds):
        for name, times in took.items():
            times.append(one_round(rows, series.pk, citation.pk, guarded=name == "guarded"))
    for number, what in enumerate(("enter", "stamp")):
        guarded, unguarded = ([times[number] for times in took[name]] for name in ("guarded", "unguarded"))
        pairs = [with_it / without for with_it, without in zip(guarded, unguarded, strict=True)]
        print(
            f"{what} {rows:,} rows: guarded {statistics.median(guarded):.2f} s, "
            f"unguarded {statistics.median(unguarded):.2f} s, "
            f"median of {rounds} pairs {statistics.median(pairs):.1f} ({min(pairs):.1f} to {max(pairs):.1f})"
        )


def one_round(rows: int, series: int, citation: int, *, guarded: bool) -> tuple[float, float]:
    """Seconds to enter and to stamp the rows; everything is rolled back."""
    from django.db import connection, transaction

    from tracker.models import Edition
    from tracker.tests.factories import open_edition

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} {'ENABLE' if guarded else 'DISABLE'} TRIGGER USER")
        try:
            with transaction.atomic():
                started = time.perf_counter()
                cursor.execute(ENTER, [series, citation, rows])
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that foreign keys are checked within the time
                entered = time.perf_counter() - started
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                if not guarded:  # the database derives them by a trigger
                    cursor.execute(f"UPDATE {TABLE} SET origin_id = citation_id, as_of = lower(period_end)")
                with open_edition() as edition:
                    started = time.perf_counter()
                    cursor.execute(STAMP, [edition.pk])
                    stamped = time.perf_counter() - started
                transaction.set_rollback(True)
        finally:
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM {TABLE}")
            cursor.execute("VACUUM tracker_change")
    assert Edition.objects.count() == 1
    return entered, stamped


if __name__ == "__main__":
    main()
