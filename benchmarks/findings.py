"""How long it takes to find what an edition could store: every public rule that depends on no day, at size.

    .venv/bin/python benchmarks/findings.py [--actions 10000]

On a PostgreSQL of its own, as benchmarks/judgements.py, whose rows it uses. Each rule is asked once while the tables
have no statistics yet, as in the transaction that publishes them, and once afterwards.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from judgements import FILL, prepare

LIMIT = "60s"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--actions", type=int, default=10_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="azm-benchmark-") as folder:
        os.chmod(folder, 0o755)
        prepare(Path(folder))
        measure(chosen.actions)


def measure(actions: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from tracker.models import Edition, User
    from tracker.publishing.guard import publishable_models
    from tracker.publishing.recipes import NEWEST_RECIPE

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL.read_text().replace(":actions", str(actions)))
        edition = Edition.objects.create(
            number=1, published_at=timezone.now(), published_by=User.objects.create_user("reviewer"),
            summary="Invented.", recipe=NEWEST_RECIPE,
        )  # fmt: skip
        for model in publishable_models():
            model.objects.update(edition=edition)
        edition.digest = "0" * 64
        edition.save(update_fields=["digest"])
        print(f"{actions:,} actions, in the transaction that publishes them")
        ask()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print("and with statistics")
    ask()


def ask() -> None:
    from django.db import OperationalError, connection, transaction

    from tracker.assessment.reading import Reading
    from tracker.assessment.rules import PUBLIC_RULES, findings_in

    reading = Reading.of("1")
    for rule in PUBLIC_RULES:
        if rule.by_day:
            continue
        begun = time.perf_counter()
        try:
            with transaction.atomic(), reading.opened(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{LIMIT}'")
                found = f"{len(findings_in(reading, rules=[rule])):8,} findings"
        except OperationalError:
            found = f"more than {LIMIT}"
        print(f"  {rule.code:24} {time.perf_counter() - begun:7.2f} s {found}", flush=True)


if __name__ == "__main__":
    main()
