"""How long the judgements take at size: lists by state and counts, against a plain page of the same table.

    .venv/bin/python benchmarks/judgements.py [--actions 10000] [--rounds 7] [--explain]

It works on a PostgreSQL of its own in a temporary folder and touches no other database. Each action has five
milestones and five reports, and one in four a change of plan; one in ten has a target with four figures. The
questions are asked in turn, round after round, so that a slow minute of the machine falls on all of them alike.
"""

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FILL = Path(__file__).with_suffix(".sql")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--actions", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--explain", action="store_true", help="print the plan of each question instead")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="azm-benchmark-") as folder:
        os.chmod(folder, 0o755)
        prepare(Path(folder))
        fill(chosen.actions)
        (explain if chosen.explain else measure)(chosen.rounds)


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


def fill(actions: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from tracker.assessment.headlines import refresh_headlines
    from tracker.models import Edition, User
    from tracker.publishing.guard import publishable_models
    from tracker.publishing.recipes import NEWEST_RECIPE

    begun = time.perf_counter()
    reviewer = User.objects.create_user("reviewer")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL.read_text().replace(":actions", str(actions)))
        edition = Edition.objects.create(
            number=1, published_at=timezone.now(), published_by=reviewer, summary="Invented.", recipe=NEWEST_RECIPE
        )
        for model in publishable_models():
            model.objects.update(edition=edition)
        refresh_headlines(1)
        edition.digest = "0" * 64
        edition.save(update_fields=["digest"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{actions:,} actions with {actions * 5:,} milestones and reports in {time.perf_counter() - begun:.0f} s")


def questions() -> dict[str, Callable[[], Any]]:
    """What is asked. The first two are the yardsticks: a page in the order of the key, without and with standings."""
    from django.db.models import Count, Q, QuerySet

    from tracker.assessment.comparable import FigurePair
    from tracker.assessment.pace import Distance
    from tracker.assessment.rollups import Burden, Rollup
    from tracker.assessment.schedule import AreaStanding
    from tracker.assessment.standings import judge
    from tracker.models import PolicyAction

    actions: QuerySet[PolicyAction] = PolicyAction.objects.in_edition(1)
    page = actions.select_related("policy", "area")

    def of_these(rows: Any) -> list[PolicyAction]:
        judge(found := list(rows))
        return found

    return {
        "page of 25 by key, no standing": lambda: page.order_by("pk")[:25],
        "page of 25 by key, chain and standing of these": lambda: of_these(page.order_by("pk")[:25]),
        "one action, chain and standing": lambda: of_these(page.order_by("pk")[:1]),
        "page of 25 by key, standing from the view": lambda: page.select_related("standing").order_by("pk")[:25],
        "page of 25 sorted by state": lambda: page.select_related("standing").order_by("standing__rank", "pk")[:25],
        "page of 25 filtered to one state": lambda: (
            page.select_related("standing").filter(standing__state="behind").order_by("pk")[:25]
        ),
        "counts by state": lambda: actions.order_by().values("standing__state").annotate(n=Count("pk")),
        "counts by sphere and state": lambda: Rollup.objects.filter(kind="sphere").defer("reasons"),
        "every roll-up": lambda: Rollup.objects.defer("reasons"),
        "the programme and its lines of effort": lambda: Rollup.objects.filter(
            Q(kind="programme", scope="policy-1") | Q(kind="objective", policy__code="policy-1")
        ),
        "the burden": lambda: Burden.objects.all(),
        "every distance": lambda: Distance.objects.all(),
        "every pair of figures": lambda: FigurePair.objects.all(),
        "every standing by area": lambda: AreaStanding.objects.all(),
    }


def measure(rounds: int) -> None:
    from tracker.assessment.reading import Reading

    asked = questions()
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, question in asked.items():
            with Reading.of().opened():
                begun = time.perf_counter()
                rows = len(list(question()))
                if number:  # the first round warms up
                    taken[name].append((time.perf_counter() - begun) * 1000)
                else:
                    print(f"  {name}: {rows:,} rows")
    names = list(asked)
    yardsticks = [statistics.median(taken[name]) for name in names[:2]]
    print(f"{'median of ' + str(rounds):45} {'ms':>7} {'least':>7} {'× plain':>8} {'× with standing':>16}")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:45} {median:7.0f} {min(times):7.0f} {median / yardsticks[0]:8.1f} {median / yardsticks[1]:16.2f}")


def explain(_rounds: int) -> None:
    from django.db.models import QuerySet

    from tracker.assessment.reading import Reading

    for name, question in questions().items():
        with Reading.of().opened():
            if isinstance(rows := question(), QuerySet):
                print(f"\n== {name}\n{rows.explain(analyze=True, buffers=False)}")


if __name__ == "__main__":
    main()
