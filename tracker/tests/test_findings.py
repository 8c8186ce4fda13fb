"""What the rules find in what is published: each fires, leaves the rest alone, and shows its working."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.assessment import rules
from tracker.assessment.reading import Reading
from tracker.assessment.rules import PUBLIC_RULES, Finding, Rule, Scope, findings, findings_in, text
from tracker.models import Indicator, IndicatorBreak, MetricSnapshot, PolicyAction, Publishable
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_milestone,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    open_edition,
    publish_all,
    rolled_back,
)

DAY = date(2024, 12, 31)
type Rows = list[Publishable]


def when(text: str) -> PartialDate:
    return PartialDate.parse(text)


def on(day: date = DAY) -> Reading:
    return Reading.of(on=day.isoformat())


def found(rule: type[Rule], day: date = DAY) -> list[Finding]:
    reading = on(day)
    with reading.opened():
        return findings_in(reading, rules=[rule])


def published(*rows: Publishable) -> Rows:
    publish_all(*rows)
    return list(rows)


def figures(behaviour: str, *told: tuple[str, str | None, str | None, Any], **options: Any) -> list[MetricSnapshot]:
    """Figures of one indicator: area, first and last day of the period, value; each from a publisher of its own."""
    indicator = make_indicator(behaviour=behaviour, decimals=1)
    return [figure(indicator, area, start, end, value, **options) for area, start, end, value in told]


def figure(
    indicator: Indicator, area: str, start: str | None, end: str | None, value: Any, **options: Any
) -> MetricSnapshot:
    kind = {"PK": "country", "PK-BA+PK-KP": "group"}.get(area, "province")
    members = {"member_codes": area.split("+")} if kind == "group" else {}
    place = make_area(area) if _exists(area) else make_area(area, kind=kind, **members)
    series = indicator.series.filter(area=place).first() or make_series(indicator=indicator, area=place)
    source = options.pop("source", None) or make_source(publisher=f"Publisher of {value}")
    return make_snapshot(
        series=series,
        period_start=start and when(start),
        period_end=end and when(end),
        value=value,
        citation=make_citation(source=source),
        **options,
    )


def _exists(area: str) -> bool:
    return Area.objects.filter(code=area).exists()


def share(value: str, numerator: int, denominator: int, **options: Any) -> Rows:
    series = make_series(indicator=make_indicator(behaviour="share"))
    return [make_snapshot(series=series, value=value, numerator=numerator, denominator=denominator, **options)]


def of_one_source(*told: tuple[str, int]) -> Rows:
    source, indicator = make_source(), make_indicator()
    return [figure(indicator, area, "2023", "2023", value, source=source) for area, value in told]


def repeated() -> Rows:
    """One statement, printed twice."""
    first = figures("stock", ("PK", None, "2024-06-30", 605))[0]
    again = make_citation(repeats=first.citation)
    return [
        first,
        make_snapshot(series=first.series, period_start=None, period_end=when("2024-06"), value=700, citation=again),
    ]


def broken_between(on_day: str) -> Rows:
    rows = figures("stock", ("PK", None, "2024-01-31", 605), ("PK", None, "2024-06-30", 2273))
    return [*rows, make(IndicatorBreak, indicator=rows[0].series.indicator, on=when(on_day))]


def claimed_complete(*, channel: str = "statement", dropped: bool = False, met: bool = True) -> Rows:
    """A lead that says complete, and one step with a report on it."""
    body = make_body()
    action = make_action()
    step = make_milestone(action=action)
    rows: Rows = [
        make_assignment(action=action, body=body),
        make_update(action=action, body=body, status="complete"),
        make_update(action=action, milestone=step, met=met, body=body, channel=channel),
    ]
    return [*rows, make_plan_change(action=None, milestone=step)] if dropped else rows


def due(text: str, **options: Any) -> Rows:
    return [make_action(due=when(text), **options)]


def moved(new_due: str) -> Rows:
    action = make_action(due=when("2024-01"))
    return [action, make_plan_change(action=action, kind="deadline", new_due=when(new_due))]


def told_done(status: str) -> Rows:
    action = make_action(due=when("2024-01"))
    return [action, make_update(action=action, status=status)]


def step(met: bool | None) -> Rows:
    row = make_milestone(due=when("2024-01"))
    return [row] if met is None else [row, make_update(action=row.action, milestone=row, met=met)]


def dropped() -> Rows:
    action = make_action(due=when("2024-01"))
    return [make_milestone(action=action, due=when("2024-01")), make_plan_change(action=action)]


def plan(*dues: str, **action: Any) -> Rows:
    whole = make_action(**({"starts": when("2023-01-01"), "due": when("2026-12-31")} | action))
    return [make_milestone(action=whole, position=n, due=when(day)) for n, day in enumerate(dues, 1)]


def military(role: str = "lead", domain: str = "political", sphere: str = "military") -> Rows:
    return [make_assignment(role=role, action=make_action(domain=domain), body=make_body(sphere=sphere))]


def rates(national: int, *provinces: int) -> Rows:
    areas = ("PK-PB", "PK-SD", "PK-KP", "PK-BA")
    return figures(
        "share",
        ("PK", "2023", "2023", national),
        *((a, "2023", "2023", v) for a, v in zip(areas, provinces, strict=False)),
    )


def convictions(national_rate: int) -> Rows:
    rate = make_indicator(code="conviction-rate", behaviour="share", direction="not-scored", unscored_reason="No.")
    count = make_indicator(code="terrorism-convictions")
    told = [("PK", national_rate, 217), ("PK-PB", 72, 152), ("PK-SD", 54, None), ("PK-KP", 35, 14), ("PK-BA", 6, 10)]
    return [
        row
        for area, share_of, counted in told
        for row in (
            figure(rate, area, "2023", "2023", share_of),
            figure(count, area, "2023", "2023", counted) if counted else None,
        )
        if row is not None
    ]


# Of each rule: rows that it remarks on, and rows close to them that it leaves alone.
CASES: dict[type[Rule], tuple[list[Callable[[], Rows]], list[Callable[[], Rows]]]] = {
    rules.ShareAgainstCounts: (
        [
            lambda: share("51.2", 16300, 32000),
            lambda: share("11", 774, 6550),
            lambda: share("60", 16300, 32000, qualifier="at-least"),
            lambda: share("40", 16300, 32000, qualifier="at-most"),
        ],
        [
            lambda: share("50.9", 16300, 32000),
            lambda: share("51", 16300, 32000),
            lambda: share("50.94", 16300, 32000),
            lambda: share("50", 16300, 32000, qualifier="at-least"),
            lambda: share("52", 16300, 32000, qualifier="at-most"),
            lambda: share("60", 16300, 32000, qualifier="about"),
            lambda: share("0.5", 1, 200),
            lambda: [make_snapshot(value=42, numerator=1, denominator=2)],
        ],
    ),
    rules.PartExceedsWhole: (
        [
            lambda: figures("flow", ("PK-BA+PK-KP", "2024-01", "2024-07", 22714), ("PK", None, None, 22409)),
            lambda: figures("flow", ("PK-KP", "2023", "2023", 9), ("PK-BA+PK-KP", "2023", "2023", 8)),
            lambda: figures("flow", ("PK", "2024-01", "2024-03", 9), ("PK", "2024", "2024", 8)),
            lambda: figures("stock", ("PK-KP", None, "2024-06-30", 9), ("PK", None, "2024-07-31", 8)),
        ],
        [
            lambda: figures("flow", ("PK-KP", "2024-01", "2024-07", 9), ("PK", "2024-01", "2024-07", 9)),
            lambda: figures("flow", ("PK-KP", "2024-01", "2024-07", 9), ("PK", "2024-02", "2024-07", 8)),
            lambda: figures("flow", ("PK-KP", "2024", "2024", 9), ("PK-PB", "2024", "2024", 8)),
            lambda: figures("stock", ("PK-KP", None, "2024-06-30", 9), ("PK", None, "2024-08-01", 8)),
            lambda: figures("share", ("PK-KP", "2024", "2024", 9), ("PK", "2024", "2024", 8)),
            lambda: figures("flow", ("PK-KP", "2024", "2024", 9), ("PK", "2024", "2024", 8), qualifier="about"),
            lambda: figures("flow", ("PK-KP", "2024", "2024", 9), ("PK", "2024", "2024", 8), qualifier="at-least"),
            lambda: figures("flow", ("PK-KP", "2024", "2024", 9), ("PK", "2024", "2024", 8), scope="one city"),
        ],
    ),
    rules.PartsExceedWhole: (
        [lambda: of_one_source(("PK", 10), ("PK-KP", 6), ("PK-PB", 5))],
        [
            lambda: of_one_source(("PK", 11), ("PK-KP", 6), ("PK-PB", 5)),
            lambda: of_one_source(("PK", 10), ("PK-KP", 11)),
            lambda: figures(
                "flow", ("PK", "2023", "2023", 10), ("PK-KP", "2023", "2023", 6), ("PK-PB", "2023", "2023", 5)
            ),
        ],
    ),
    rules.RateOutsideItsAreas: (
        [lambda: rates(80, 72, 54, 35, 6), lambda: rates(5, 72, 6)],
        [
            lambda: rates(44, 72, 54, 35, 6),
            lambda: rates(72, 72, 54),
            lambda: rates(6, 72, 6),
            lambda: rates(80, 72),
            lambda: figures("share", ("PK", "2023", "2023", 80), *((a, "2022", "2022", 6) for a in ("PK-KP", "PK-PB"))),
        ],
    ),
    rules.Jumps: (
        [
            lambda: figures("stock", ("PK", None, "2024-07-31", 605), ("PK", None, "2024-11-07", 2273)),
            lambda: figures("stock", ("PK", None, "2023-12-31", 200), ("PK", None, "2024-12-31", 100)),
            lambda: broken_between("2023"),
        ],
        [
            lambda: figures("stock", ("PK", None, "2024-07-31", 605), ("PK", None, "2024-11-07", 1209)),
            lambda: figures("stock", ("PK", None, "2023-12-30", 100), ("PK", None, "2024-12-31", 200)),
            lambda: figures("stock", ("PK", None, "2024-07-31", 605), ("PK", None, "2024-08-31", 2273)),
            lambda: figures("stock", ("PK", None, "2024-07-31", 0), ("PK", None, "2024-11-07", 2273)),
            lambda: figures("stock", ("PK", None, "2024-07-31", 605), ("PK-KP", None, "2024-11-07", 2273)),
            lambda: figures("flow", ("PK", "2023", "2023", 605), ("PK", "2024-01", "2024-06", 2273)),
            lambda: broken_between("2024-03"),
        ],
    ),
    rules.Implausible: (
        [
            lambda: figures("stock", ("PK", None, "2020", 100), ("PK", None, "2021", 110), ("PK", None, "2022", 10500)),
            lambda: figures("stock", ("PK", None, "2020", 100), ("PK", None, "2021", 110), ("PK", None, "2022", 1)),
            lambda: [make_snapshot(value=-1)],
        ],
        [
            lambda: figures("stock", ("PK", None, "2020", 100), ("PK", None, "2021", 110), ("PK", None, "2022", 9900)),
            lambda: figures("stock", ("PK", None, "2020", 100), ("PK", None, "2021", 110), ("PK", None, "2022", 0)),
            lambda: figures("stock", ("PK", None, "2020", 100), ("PK", None, "2022", 50000)),
            lambda: figures(
                "flow", ("PK", "2020", "2020", 366), ("PK", "2021", "2021", 365), ("PK", "2022-01-01", "2022-01-01", 1)
            ),
        ],
    ),
    rules.MilitaryOnPolitical: (
        [military, lambda: military("support")],
        [
            lambda: military("oversight"),
            lambda: military(domain="operational"),
            lambda: military(sphere="federal"),
        ],
    ),
    rules.CompleteUnproved: (
        [
            claimed_complete,
            lambda: claimed_complete(channel="filed"),
            lambda: claimed_complete(channel="other", met=False),
        ],
        [
            lambda: claimed_complete(channel="other"),
            lambda: claimed_complete(dropped=True),
            lambda: [make_update(status="complete")],
        ],
    ),
    rules.DeadlinePassed: (
        [
            lambda: due("2024-12-30"),
            lambda: due("2024-11"),
            lambda: due("2023"),
            lambda: moved("2024-06"),
            lambda: told_done("under-way"),
            lambda: told_done("cancelled"),
            lambda: step(None),
            lambda: step(False),
        ],
        [
            lambda: due("2024-12-31"),
            lambda: due("2024-12"),
            lambda: due("2024"),
            lambda: moved("2025"),
            lambda: told_done("complete"),
            lambda: step(True),
            dropped,
            lambda: [make_action()],
        ],
    ),
    rules.Rivals: (
        [
            lambda: figures("stock", ("PK", None, "2024-06-30", 605), ("PK", None, "2024-07-31", 700)),
            lambda: figures("flow", ("PK", "2023", "2023", 651), ("PK", "2023", "2023", 858)),
        ],
        [
            lambda: figures("stock", ("PK", None, "2024-06-30", 605), ("PK", None, "2024-08-01", 700)),
            lambda: figures("stock", ("PK", None, "2024-06-30", 605), ("PK", None, "2024-07-31", 605)),
            lambda: figures("flow", ("PK", "2023", "2023", 651), ("PK", "2022", "2022", 858)),
            lambda: figures("flow", ("PK", "2023", "2023", 651), ("PK-KP", "2023", "2023", 858)),
            lambda: figures(
                "stock", ("PK", None, "2024-06", 605), ("PK", None, "2024-07", 700), source=make_source()
            ),
            repeated,
        ],
    ),
    rules.TwoPeriods: (
        [
            lambda: figures("share", ("PK-SD", "2022", "2022", 18), ("PK-SD", "2023", "2023", 54)),
            lambda: figures("flow", ("PK", "2024-01", "2024-01", 4), ("PK", "2024-02", "2024-02", 2)),
        ],
        [
            lambda: figures("share", ("PK-SD", "2022", "2022", 18), ("PK-SD", "2023", "2023", 35)),
            lambda: figures("share", ("PK-SD", "2021", "2021", 18), ("PK-SD", "2023", "2023", 54)),
            lambda: figures("share", ("PK-SD", "2022", "2022", 18), ("PK-KP", "2023", "2023", 54)),
            lambda: figures("flow", ("PK", "2023", "2023", 4), ("PK", "2024-01", "2024-06", 1)),
            lambda: figures("stock", ("PK", None, "2022", 18), ("PK", None, "2023", 54)),
        ],
    ),
    rules.RatesAndCounts: (
        [lambda: convictions(44)],
        [lambda: rates(44, 72, 54, 35, 6)],
    ),
    rules.LateWeight: (
        [lambda: plan("2023-06", "2026-06", "2026-12"), lambda: plan("2024", "2026", "2026", due=None)],
        [
            lambda: plan("2023-06", "2024-06", "2026-06", "2026-12"),
            lambda: plan("2026-12"),
            lambda: plan("2023-06", "2026-06", "2026-12", starts=None),
        ],
    ),
    rules.LinkMissing: ([lambda: [make_action()]], [lambda: [make_policy()]]),
}  # fmt: skip


class TestEveryPublicRule(TestCase):
    def test_is_tried(self) -> None:
        assert set(CASES) == set(PUBLIC_RULES)

    def test_fires(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            for number, make_rows in enumerate(breaking, 1):
                with self.subTest(rule.code, number=number), rolled_back():
                    published(*make_rows())
                    [finding] = found(rule)
                    assert finding.rule is rule
                    assert issubclass(type(finding.subject), rule.about)

    def test_leaves_the_rest_alone(self) -> None:
        for rule, (_breaking, others) in CASES.items():
            for number, make_rows in enumerate(others, 1):
                with self.subTest(rule.code, number=number), rolled_back():
                    published(*make_rows())
                    assert found(rule) == []

    def test_speaks_in_sentences_in_both_languages(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            with self.subTest(rule.code), rolled_back():
                published(*breaking[0]())
                [finding] = found(rule)
                english, working = text(finding.sentence), [text(line) for line in finding.working]
                for line in [english, *working]:
                    assert line.endswith((".", ").")), line
                    assert "{" not in line
                with translation.override("ur"):
                    assert text(finding.sentence) != english

    def test_never_counts_a_redacted_row(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            with self.subTest(rule.code), rolled_back():
                rows = published(*breaking[0]())
                [finding] = found(rule)
                with open_edition("redaction", ground="court-order") as edition:
                    type(finding.subject).objects.filter(pk=finding.subject.pk).update(redacted_in=edition)
                assert [f for f in found(rule) if f.subject == finding.subject] == []
                assert rows

    def test_never_counts_a_withdrawn_row_or_a_draft(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            with self.subTest(rule.code), rolled_back():
                rows = breaking[0]()
                published(make_policy())
                assert found(rule) == []
                published(*rows)
                [finding] = found(rule)
                with open_edition("withdrawal") as edition:
                    type(finding.subject).objects.filter(pk=finding.subject.pk).update(withdrawn_in=edition)
                assert [f for f in found(rule) if f.subject == finding.subject] == []


class TestFindings(TestCase):
    def test_are_told_to_the_clerk_before_publication(self) -> None:
        """A draft is compared with what stands: the rules that compare ask it as the one that is new."""
        [earlier, later] = figures("stock", ("PK", None, "2024-06-30", 605), ("PK", None, "2024-07-31", 700))
        published(earlier)
        [finding] = findings(MetricSnapshot.objects.filter(pk=later.pk))
        assert (finding.rule, finding.subject, finding.inputs) == (rules.Rivals, later, (earlier,))

    def test_of_a_draft_do_not_compare_it_with_what_it_corrects(self) -> None:
        [row] = published(*figures("stock", ("PK", None, "2024-06-30", 605)))
        correction = make_snapshot(
            series=row.series,
            period_start=None,
            period_end=when("2024-06-30"),
            value=700,
            replaces=row,
            reason="A digit slipped.",
        )
        assert findings(MetricSnapshot.objects.filter(pk=correction.pk)) == []

    def test_narrow_to_what_a_page_is_about(self) -> None:
        first, second = make_action(), make_action()
        published(first, second)
        reading = on()
        with reading.opened():
            [finding] = findings_in(reading, {PolicyAction: Q(pk=first.pk)})
        assert finding.subject == first

    def test_take_as_many_queries_when_rows_double(self) -> None:
        def queries() -> int:
            reading = on()
            with reading.opened(), CaptureQueriesContext(connection) as captured:
                assert {finding.rule for finding in findings_in(reading)} >= {rules.Rivals, rules.DeadlinePassed}
            return len(captured)

        cases = (rules.Rivals, rules.DeadlinePassed, rules.CompleteUnproved, rules.MilitaryOnPolitical, rules.Jumps)
        for rule in cases:
            published(*CASES[rule][0][0]())
        before = queries()
        for rule in cases * 2:
            published(*CASES[rule][0][0]())
        assert queries() == before

    def test_of_the_past_are_those_of_what_stood_then(self) -> None:
        [earlier, later] = figures("stock", ("PK", None, "2024-06-30", 605), ("PK", None, "2024-07-31", 700))
        published(earlier)
        published(later)
        for edition, expected in (("1", 0), ("2", 1)):
            reading = Reading.of(edition)
            with reading.opened():
                assert len(findings_in(reading, rules=[rules.Rivals])) == expected

    def test_depend_on_the_day_only_where_their_rule_says_so(self) -> None:
        published(*due("2024-06"))
        assert found(rules.DeadlinePassed, date(2024, 6, 30)) == []
        [finding] = found(rules.DeadlinePassed, date(2024, 7, 1))
        assert text(finding.sentence).startswith("Was due on 30 June 2024; 1 day later")
        assert rules.DeadlinePassed.by_day
        assert not rules.Rivals.by_day


class TestScope(TestCase):
    def test_before_the_first_edition_holds_nothing(self) -> None:
        draft = make_snapshot()
        scope = Scope.of_drafts(MetricSnapshot.objects.filter(pk=draft.pk))
        assert list(scope.rows(MetricSnapshot)) == [draft]
        assert list(scope.rows(PolicyAction)) == []
