"""Roll-ups: exhaustive counts, shares with what they leave out, and nothing that does not stand."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import TestCase, override_settings

from azm.lib import charts
from azm.lib.partialdates import PartialDate
from tracker.assessment.rollups import EXCLUSIVE, Kind, LedBy, Rollup, Sphere, column
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.models import LineageClaim, PolicyAction
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_milestone,
    make_objective,
    make_policy,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.judging import DAY, Plan, days_ago, reading
from tracker.tests.pages import World, file_rows, links, load_article, queries, read, sections, visible
from tracker.tests.test_sample import Sample

HALF, QUARTER = Decimal("0.5"), Decimal("0.25")


def rollup(code: str, **when: Any) -> Rollup:
    with reading(**when):
        return Rollup.objects.get(code=code)


def rollups(kind: str) -> dict[str, Rollup]:
    with reading():
        return {found.scope: found for found in Rollup.objects.filter(kind=kind)}


class TestCounts(Sample):
    """On the sample, which has every state."""

    def test_of_every_scope_add_up(self) -> None:
        with reading():
            for found in Rollup.objects.all():
                with self.subTest(found.code):
                    assert sum(found.states().values()) == found.commitments
                    assert sum(found.states_now().values()) == found.commitments
                    assert found.scored == found.commitments - found.not_scored
                    assert found.with_plan <= found.scored
                    assert found.open <= found.commitments
                    assert max(found.links().values(), default=0) <= found.commitments
                    assert sum(count for _reason, count in found.whys()) == found.cannot_say

    def test_of_every_exclusive_kind_add_up_to_the_ledger(self) -> None:
        columns = [*map(column, State), *(f"{column(state)}_now" for state in State), *Chain.LINKS, "open", "with_plan"]
        whole = rollup("ledger.all")
        assert whole.commitments == PolicyAction.objects.count()
        for kind in EXCLUSIVE:
            found = rollups(kind).values()
            for name in ("commitments", "scored", *columns):
                with self.subTest(kind=kind, column=name):
                    assert sum(getattr(one, name) for one in found) == getattr(whole, name)

    def test_are_those_of_the_list_that_they_lead_to(self) -> None:
        page = self.client.get("/progress/?on=2026-11-22")
        shown = 0
        for row in page.context["page"].object_list:
            for one in row.record.states():
                count = getattr(row.record, column(one))
                if not count:
                    continue
                scope = {"kind": row.record.kind, "scope": row.record.scope}
                address = next(
                    link for link in state_links(page.text) if f"state={one.value}" in link and leads_to(link, scope)
                )
                shown += 1
                if shown % 7 == 0:  # one in seven is asked; each takes a page
                    assert self.client.get(address).context["page"].paginator.count == count, address
        assert shown > 50

    def test_of_links_are_those_of_the_chain(self) -> None:
        with reading():
            whole = Rollup.objects.get(kind=Kind.LEDGER)
            chains = list(Chain.objects.all())
        assert whole.links() == {link: sum(getattr(chain, link) for chain in chains) for link in Chain.LINKS}

    def test_hold_every_state(self) -> None:
        assert all(count for count in rollup("ledger.all").states().values())


def state_links(markup: str) -> list[str]:
    return [link for link in links(markup) if link.startswith("/actions/?") and "state=" in link]


def leads_to(link: str, scope: dict[str, str]) -> bool:
    kind, code = scope["kind"], scope["scope"]
    wanted = {
        Kind.LEDGER: "?state=",
        Kind.LEAD: f"body={code}&role=lead",
        Kind.SUPPORT: f"body={code}&role=support",
        Kind.LED_BY: f"led_by={code}&",
        Kind.OBJECTIVE: f"objective={code}&",
    }
    return wanted.get(Kind(kind), f"?{kind}={code}&") in link


class TestScopes(TestCase):
    def test_of_a_programme_are_the_policy_and_those_that_continue_it(self) -> None:
        earlier, later, other = make_policy(), make_policy(), make_policy()
        publish_all(
            make(LineageClaim, policy=later, predecessor=earlier),
            make(LineageClaim, policy=later, predecessor=earlier),  # said twice, and counted once
            make(LineageClaim, policy=other, predecessor=earlier, relation="revises"),
            *(make_action(policy=policy) for policy in (earlier, later, later, other)),
        )
        assert rollup(f"programme.{earlier.code}").commitments == 3
        assert rollup(f"policy.{earlier.code}").commitments == 1
        assert rollup(f"programme.{later.code}").commitments == 2

    def test_without_a_commitment_have_a_row_of_zeros_and_no_share(self) -> None:
        publish_all(make_objective(code="empty"))
        found = rollup("objective.empty")
        assert found.commitments == 0
        assert (found.evidenced, found.evidenced_floor, found.planned) == (None, None, None)
        assert rollup("ledger.all").commitments == 0
        assert set(rollups(Kind.SPHERE)) == set(Sphere.values)
        assert set(rollups(Kind.LED_BY)) == set(LedBy.values)

    def test_hold_what_has_no_line_of_effort_apart_for_each_policy(self) -> None:
        policy = make_policy(code="plain")
        publish_all(make_action(policy=policy), make_action(policy=policy), make_action())
        assert rollup("objective.plain.none").commitments == 2

    def test_of_bodies_are_those_that_hold_the_role_on_the_day(self) -> None:
        body = make_body(code="ministry")
        first, second = make_action(), make_action()
        publish_all(
            make_assignment(action=first, body=body, ends="2024"),
            make_assignment(action=second, body=body, role="support"),
            make_assignment(action=second, body=body, role="oversight", area=make_area("PK-SD")),
        )
        assert rollups(Kind.LEAD) == {}
        assert rollup("support.ministry").commitments == 1
        assert rollup("lead.ministry", on=DAY.replace(year=2024)).commitments == 1

    def test_of_areas_are_those_of_the_commitment(self) -> None:
        publish_all(
            make_action(area=make_area("PK-KP")),
            make_action(area=make_area("PK-BA+PK-KP", kind="group", member_codes=["PK-BA", "PK-KP"])),
        )
        found = {code: one.commitments for code, one in rollups(Kind.AREA).items()}
        assert found["PK-KP"] == found["PK-BA+PK-KP"] == 1


class TestSpheres(TestCase):
    def spheres(self, *bodies: dict[str, Any]) -> tuple[str, str]:
        """The scopes in which a commitment led by such bodies is counted: its sphere, and who leads."""
        action = make_action()
        areas = ["PK-KP", "PK-SD", "PK-PB"]
        leads = [
            make_assignment(action=action, body=make_body(**body), area=make_area(area))
            for body, area in zip(bodies, areas, strict=False)
        ]
        publish_all(action, *leads)
        found = [
            scope for kind in (Kind.SPHERE, Kind.LED_BY) for scope, one in rollups(kind).items() if one.commitments
        ]
        withdraw([*leads, action], reviewer(), "Done.", asked_by=asker())
        sphere, led_by = found
        return sphere, led_by

    def test_are_told_honestly_where_several_lead(self) -> None:
        federal, force = {"sphere": "federal"}, {"sphere": "federal", "security_force": True}
        army = {"sphere": "military", "kind": "armed-force", "security_force": True}
        unstated = {"sphere": ""}
        expected = {
            (): ("nobody", "nobody"),
            (0,): ("federal", "civil"),
            (0, 0): ("federal", "civil"),
            (1,): ("federal", "security"),
            (0, 1): ("federal", "both"),
            (0, 2): ("shared", "both"),
            (1, 2): ("shared", "security"),
            (3,): ("unstated", "civil"),
            (0, 3): ("unstated", "civil"),
            (0, 2, 3): ("shared", "both"),
        }
        bodies = [federal, force, army, unstated]
        for which, scopes in expected.items():
            with self.subTest(which):
                assert self.spheres(*(bodies[n] for n in which)) == scopes


class TestShares(TestCase):
    def planned(self, policy: Any, *, due: int, proved: int, of: int, **how: Any) -> Plan:
        plan = Plan(policy=policy, **how)
        for number in range(of):
            plan.step(days_ago(10) if number < due else days_ago(-100), proved=number < proved)
        plan.publish()
        return plan

    def test_weigh_commitments_alike_however_many_steps_they_have(self) -> None:
        policy = make_policy()
        self.planned(policy, due=1, proved=1, of=1)
        self.planned(policy, due=4, proved=0, of=8)
        found = rollup(f"policy.{policy.code}")
        assert (found.evidenced, found.planned) == (HALF, Decimal("0.75"))
        assert (found.with_plan, found.scored) == (2, 2)
        assert found.evidenced_floor == found.evidenced

    def test_weigh_them_as_their_policy_does_but_never_across_policies(self) -> None:
        one, other = make_policy(), make_policy()
        self.planned(one, due=1, proved=1, of=1, weight=3)
        self.planned(one, due=1, proved=0, of=1)
        self.planned(other, due=1, proved=0, of=1, weight=40)
        assert rollup(f"policy.{one.code}").evidenced == Decimal("0.75")
        assert round(rollup("ledger.all").evidenced, 4) == Decimal("0.3333")

    def test_count_what_has_no_plan_as_unproved_in_the_floor_alone(self) -> None:
        policy = make_policy()
        self.planned(policy, due=2, proved=1, of=2)
        publish_all(make_action(policy=policy), make_action(policy=policy, scored=False, unscored_reason="Recorded."))
        found = rollup(f"policy.{policy.code}")
        assert (found.with_plan, found.scored, found.commitments) == (1, 2, 3)
        assert (found.evidenced, found.evidenced_floor) == (HALF, QUARTER)
        assert (found.planned, found.planned_floor) == (1, HALF)

    def test_are_none_where_nothing_has_a_plan(self) -> None:
        action = make_action()
        publish_all(action, make_milestone(action=action))  # a step without a date is no plan
        found = rollup("ledger.all")
        assert (found.with_plan, found.scored) == (0, 1)
        assert (found.evidenced, found.evidenced_floor, found.planned, found.planned_floor) == (None,) * 4
        assert found.whys() == [("no-dates", 1)]

    def test_take_a_deadline_alone_for_a_plan_of_one_step(self) -> None:
        policy = make_policy()
        done, late = (make_action(policy=policy, due=days_ago(1)) for _ in range(2))
        publish_all(done, late, make_update(action=done, channel="other", body=None, status="complete", as_of=DAY))
        found = rollup(f"policy.{policy.code}")
        assert (found.done, found.overdue, found.with_plan) == (1, 1, 2)
        assert (found.evidenced, found.planned) == (HALF, 1)

    def test_of_a_deadline_that_is_today_are_not_due_yet(self) -> None:
        publish_all(make_action(due=days_ago(0)))
        assert rollup("ledger.all").planned == 0

    def test_lie_within_0_and_1_on_the_sample(self) -> None:
        publish_all(make_action())
        with reading():
            for found in Rollup.objects.all():
                for value in (found.evidenced, found.planned, found.evidenced_floor):
                    assert value is None or 0 <= value <= 1


class TestWhatDoesNotStand(TestCase):
    def setUp(self) -> None:
        self.body = make_body(code="ministry")
        self.kept, self.gone = make_action(), make_action()
        self.lead = make_assignment(action=self.gone, body=self.body)
        publish_all(self.kept, self.gone, self.lead)

    def counts(self) -> tuple[int, int, int, int]:
        whole = rollup("ledger.all")
        lead = rollups(Kind.LEAD).get("ministry")
        return whole.commitments, whole.redacted, whole.owner, lead.commitments if lead else 0

    def test_is_not_counted_once_withdrawn(self) -> None:
        assert self.counts() == (2, 0, 1, 1)
        withdraw([self.lead, self.gone], reviewer(), "Wrong.", asked_by=asker())
        assert self.counts() == (1, 0, 0, 0)

    def test_is_not_counted_while_suspended(self) -> None:
        suspend([self.gone], reviewer(), "Doubtful.")
        assert self.counts() == (1, 0, 0, 0)

    def test_is_told_apart_once_redacted(self) -> None:
        redact([self.gone], reviewer(), "A court ordered it.", asked_by=asker(), ground="court-order")
        assert self.counts() == (1, 1, 0, 0)

    def test_names_no_lead_once_the_assignment_is_redacted(self) -> None:
        redact([self.lead], reviewer(), "A court ordered it.", asked_by=asker(), ground="court-order")
        assert self.counts() == (2, 0, 0, 0)
        assert rollup("sphere.nobody").commitments == 2

    def test_is_counted_in_the_edition_in_which_it_stood(self) -> None:
        withdraw([self.lead, self.gone], reviewer(), "Wrong.", asked_by=asker())
        assert rollup("ledger.all", edition=1).commitments == 2

    def test_is_in_no_list_of_a_state(self) -> None:
        redact([self.gone], reviewer(), "A court ordered it.", asked_by=asker(), ground="court-order")
        assert file_rows(self.client.get("/actions.csv?state=not-scored")) == []
        assert len(file_rows(self.client.get("/actions.csv?state=cannot-say"))) == 1


class TestElapsedTime(TestCase):
    def test_is_a_range_where_dates_are_known_by_year_only(self) -> None:
        policy = make_policy(starts=PartialDate.parse("2023"), ends=PartialDate.parse("2028"))
        publish_all(make_action(policy=policy))
        for code in (f"policy.{policy.code}", f"programme.{policy.code}", "ledger.all", "sphere.nobody"):
            least, most = rollup(code).elapsed() or (Decimal(0), Decimal(0))
            assert (round(least, 2), round(most, 2)) == (Decimal("0.58"), Decimal("0.78")), code

    def test_is_not_told_of_several_policies_nor_without_dates(self) -> None:
        policy = make_policy(starts=PartialDate.parse("2023"), ends=PartialDate.parse("2028"))
        publish_all(make_action(policy=policy), make_action())
        assert rollup("ledger.all").elapsed() is None
        assert rollup("area.PK").elapsed() is None


class TestStrip(TestCase):
    def test_leaves_out_what_is_not_there_and_runs_with_the_script(self) -> None:
        counts = [("done", 1), ("behind", 0), ("overdue", 3)]
        assert [(s.of, s.x, s.width) for s in charts.strip(counts)] == [
            ("done", "0%", "25%"),
            ("overdue", "25%", "75%"),
        ]
        assert [(s.of, s.x) for s in charts.strip(counts, rightwards=False)] == [("done", "75%"), ("overdue", "0%")]
        assert charts.strip([("done", 0)]) == []


class TestPages(TestCase):
    def test_of_the_record_say_that_nothing_can_be_said_and_why(self) -> None:
        load_article()
        glance = visible(sections(read(self.client, "/?on=2026-11-22"))["glance"])
        assert "8 of 11 commitments: cannot say." in glance
        assert (
            "Not one of the 8 commitments that can be judged has a plan, so that no share can be worked out." in glance
        )
        assert "no dated step and no deadline is published" in glance
        assert "3 are recorded and never judged" in glance
        assert "%" not in glance.split("8 of 11")[1]

    def test_take_no_more_queries_when_everything_doubles(self) -> None:
        world = World.make(2)
        subjects = [world.policy.get_absolute_url(), world.body.get_absolute_url(), "/provinces/pk-kp/"]
        pages = ["/", *subjects, "/progress/", "/burden/", "/progress.csv", "/burden.csv", "/actions/?open=true"]
        world.grow(2)  # from here on every page has something of every kind
        before = {page: queries(self.client, page) for page in pages}
        world.grow(4)
        assert all(queries(self.client, page) <= before[page] for page in pages)

    def test_show_the_roll_up_of_their_subject(self) -> None:
        world = World.make(2)
        for page in ("/", world.policy.get_absolute_url(), world.body.get_absolute_url(), "/provinces/pk-kp/"):
            for prefix in ("", "/ur"):
                with self.subTest(prefix + page):
                    assert 'class="rollup"' in read(self.client, prefix + page)


@override_settings(AZM_PROGRAMME="policy")
class TestFile(TestCase):
    maxDiff = None

    def test_is_exactly(self) -> None:
        policy = make_policy(
            code="policy", name="Policy", starts=PartialDate.parse("2023"), ends=PartialDate.parse("2028"), position=1
        )
        plan = Plan(code="one", policy=policy, objective=make_objective(code="line", policy=policy))
        plan.step(days_ago(30), proved=True)
        plan.step(days_ago(30))
        plan.publish()
        army = make_body(code="army", sphere="military", kind="armed-force", security_force=True)
        publish_all(make_assignment(action=plan.action, body=army), make_action(code="two", policy=policy))
        made = self.client.get("/progress.csv?on=2026-11-22").getvalue().decode()
        expected = settings.BASE_DIR / "tracker" / "tests" / "expected" / "made" / "progress.csv"
        assert made == expected.read_text()

    def test_agrees_with_the_list_of_actions(self) -> None:
        World.make(3)
        whole = file_rows(self.client.get("/progress.csv?kind=ledger"))[0]
        actions = file_rows(self.client.get("/actions.csv"))
        for state in State:
            assert int(whole[column(state)]) == sum(row["schedule"] == state for row in actions)
            assert int(whole[f"{column(state)}_current"]) == sum(row["schedule_current"] == state for row in actions)
