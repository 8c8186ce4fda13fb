"""How many verdicts hang on a threshold: one is moved, and only what it decides changes."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.test import TestCase

from tracker.assessment.sensitivity import STEPS, Sensitivity, moved_to, sensitivity, unwritten
from tracker.assessment.thresholds import THRESHOLDS, thresholds
from tracker.models import Change
from tracker.tests.factories import make_indicator, make_series, make_snapshot, publish_all
from tracker.tests.judging import Plan, days_ago, reading
from tracker.tests.test_pace import course


def judged() -> Sensitivity:
    with reading() as now:
        return sensitivity(now)


def told(found: Sensitivity, threshold: str) -> dict[str, list[tuple[str, str, str]]]:
    """What changes with the threshold below and above where it is."""
    low, high = (moved for moved in found.moved if moved.threshold == threshold)
    assert low.to < low.value < high.to
    return {side: [(c.kind, c.was, c.became) for c in moved.changed] for side, moved in (("low", low), ("high", high))}


def weighed(proved: str, unmet: str) -> Plan:
    plan = Plan()
    plan.step(days_ago(10), proved=True, weight=Decimal(proved))
    plan.step(days_ago(10), weight=Decimal(unmet))
    plan.publish()
    return plan


class TestSensitivity(TestCase):
    def test_is_of_the_ratio_of_a_plan(self) -> None:
        weighed("72", "28")  # behind; slipping from 0.70 on
        weighed("77", "23")  # slipping; behind below 0.80
        weighed("50", "50")
        found = judged()
        assert told(found, "behind_below") == {
            "low": [("commitments", "behind", "slipping")],
            "high": [("commitments", "slipping", "behind")],
        }
        assert found.verdicts == {"commitments": 3, "series": 0, "figures": 0}
        assert told(found, "late_days") == {"low": [], "high": []}

    def test_is_of_the_days_of_a_step(self) -> None:
        for days in (70, 100):
            plan = Plan()
            for _n in range(9):
                plan.step(days_ago(200), proved=True)
            plan.step(days_ago(days))
            plan.publish()
        assert told(judged(), "late_days") == {
            "low": [("commitments", "slipping", "behind")],
            "high": [("commitments", "behind", "slipping")],
        }

    def test_is_of_the_pace_of_a_series_and_of_the_commitment_that_it_judges(self) -> None:
        course(0, 100, 46).found()  # 0.92 of what is planned
        found = judged()
        assert told(found, "on_track_from") == {
            "low": [("commitments", "slipping", "on-track"), ("series", "slipping", "on-track")],
            "high": [],
        }

    def test_is_of_how_two_figures_compare(self) -> None:
        series = make_series(indicator=make_indicator(behaviour="stock"))
        publish_all(
            make_snapshot(series=series, value=100, period_start=None, period_end=days_ago(200)),
            make_snapshot(series=series, value=180, period_start=None, period_end=days_ago(10)),
        )
        found = told(judged(), "jump_factor")
        assert found == {"low": [("figures", "change: another-period", "jump: another-period")], "high": []}

    def test_names_what_changes_and_counts_it(self) -> None:
        plan = weighed("72", "28")
        moved = next(moved for moved in judged().moved if moved.changed)
        document = moved.document()
        assert document["changed"] == [
            {"kind": "commitments", "code": plan.action.code, "was": "behind", "became": "slipping"}
        ]
        assert (document["commitments"], document["series"], document["figures"]) == (1, 0, 0)

    def test_moves_every_threshold_that_gives_a_verdict(self) -> None:
        assert set(THRESHOLDS) - set(STEPS) == {"projection_figures", "projection_years"}
        shares = {"on_track_from", "behind_below", "least_elapsed", "period_tolerance"}
        assert {name for name, step in STEPS.items() if step == Decimal("0.05")} == shares

    def test_leaves_every_threshold_and_every_row_as_it_was(self) -> None:
        weighed("72", "28")
        with reading() as now:
            before, lines = thresholds(), Change.objects.count()
            sensitivity(now)
            assert thresholds() == before
            assert Change.objects.count() == lines

    def test_ends_its_settings_with_itself_also_inside_another_transaction(self) -> None:
        weighed("72", "28")
        with reading() as now:
            with unwritten():
                moved_to("late_days", Decimal(1))
                assert thresholds()["late_days"] == 90
            sensitivity(now)
        publish_all(make_snapshot())  # it may write again

    def test_may_not_write(self) -> None:
        with pytest.raises(DatabaseError, match="read-only"), unwritten(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE trace ()")

    def test_is_of_what_counts_as_one_time(self) -> None:
        series = make_series(indicator=make_indicator(behaviour="stock"))
        publish_all(
            make_snapshot(series=series, value=100, period_start=None, period_end=days_ago(60)),
            make_snapshot(series=series, value=130, period_start=None, period_end=days_ago(25)),
        )
        assert told(judged(), "rival_days") == {
            "low": [],
            "high": [("figures", "change: another-period", "rivals: disagree")],
        }
