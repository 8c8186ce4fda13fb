"""The policy of the sample, its commitments, who is responsible, and what is reported of them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from azm.lib.partialdates import PartialDate
from tracker import models as ledger
from tracker.intake.sample import PROGRAMME
from tracker.intake.sample.names import DOMAINS, OBJECTIVES, STEPS, THINGS, VERBS, lettered
from tracker.intake.sample.scenarios import SCENARIOS, Scenario

if TYPE_CHECKING:
    from tracker.intake.sample.world import Cited, World


@dataclass
class Plan:
    """One commitment with its scenario, its steps and the body that leads it."""

    action: ledger.PolicyAction
    scenario: Scenario
    steps: list[ledger.Milestone]
    lead: ledger.ResponsibleBody | None


class Programme:
    def __init__(self, world: "World") -> None:
        self.world = world
        self.bodies: list[ledger.ResponsibleBody] = []
        self.plans: list[Plan] = []

    # What is announced

    def announce(self, cited: "Cited") -> None:
        words = cited.by("report")
        year = self.world.today.year
        policy = self.world.add(
            ledger.Policy,
            code=PROGRAMME,
            name="Sample Policy",
            name_ur="نمونہ پالیسی",
            short_name="Sample Policy",
            short_name_ur="نمونہ پالیسی",
            starts=PartialDate.of(date(year - 2, 1, 1)),
            ends=PartialDate.of(date(year + 2, 12, 31)),
            text="public",
            position=1,
            citation=words,
        )
        objectives = [
            self.world.add(
                ledger.Objective, code=f"sample.o{n}", policy=policy, number=n, name=name, name_ur=urdu,
                grouping="policy", citation=words,
            )
            for n, (name, urdu) in enumerate(OBJECTIVES, 1)
        ]  # fmt: skip
        self.make_bodies(words)
        for number in range(self.world.size.actions):
            self.plans.append(self.plan(number, policy, objectives[number % len(objectives)], words))
        self.give_the_military_a_political_task(words)
        self.name_a_second_policy(cited, year)

    def name_a_second_policy(self, cited: "Cited", year: int) -> None:
        """A policy whose text nobody publishes, and duties to report on it: kept late, not at all, or no more."""
        words = cited.by("report")
        policy = self.world.add(
            ledger.Policy, code="sample-annex", name="Annex to the Sample Policy", name_ur="نمونہ پالیسی کا ضمیمہ",
            short_name="Sample Annex", short_name_ur="نمونہ ضمیمہ", starts=PartialDate.parse(str(year - 2)),
            text="named", position=2, citation=words,
        )  # fmt: skip
        self.world.add(
            ledger.PolicyEvent, code="sample-annex.sought", policy=policy, on=PartialDate.of(cited.day),
            kind="text-sought", account="The library of the secretariat: the annex is listed there and not kept.",
            account_ur="سیکرٹریٹ کا کتب خانہ: ضمیمہ فہرست میں ہے، موجود نہیں۔",
        )  # fmt: skip
        # Days from today on which duties of six months begin, and the day on which one ended.
        for number, (starts, ends) in enumerate([(-900, None), (-220, None), (-20, None), (-900, -200)]):
            self.world.add(
                ledger.ReportingDuty, body=self.bodies[number], policy=policy, interval_months=6, citation=words,
                starts=self.world.partial(starts), ends=self.world.partial(ends),
                code=f"sample-annex.duty-{number + 1}",
            )  # fmt: skip

    def make_bodies(self, words: ledger.Citation) -> None:
        """Departments of provinces first; then a ministry, a police, a civil armed force, an armed force, a court."""
        federal: list[tuple[str, str, dict[str, Any]]] = [
            ("Ministry M", "وزارت م", {"sphere": "federal", "kind": "ministry", "security_force": False}),
            ("Army Z", "فوج ض", {"sphere": "military", "kind": "armed-force", "security_force": True}),
            ("Rangers R", "رینجرز ر", {"sphere": "federal", "kind": "civil-armed-force", "security_force": True}),
            ("Police P", "پولیس ف", {"sphere": "provincial", "kind": "police", "security_force": True}),
        ]
        provinces = self.world.provinces
        for number in range(max(0, self.world.size.bodies - len(federal))):
            (letter, urdu), area = lettered(number), provinces[number % len(provinces)]
            federal.append((
                f"Department {letter}, {area.name}", f"محکمہ {urdu}، {area.name_ur}",
                {"sphere": "provincial", "kind": "department", "security_force": False, "area": area},
            ))  # fmt: skip
        for number, (name, urdu, columns) in enumerate(federal, 1):
            body = self.world.add(
                ledger.ResponsibleBody, code=f"sample-body-{number}", name=name, name_ur=urdu, citation=words, **columns
            )
            self.bodies.append(body)
            if number % 2:
                self.world.add(
                    ledger.ReportingDuty, body=body, interval_months=4, citation=words,
                    starts=PartialDate.of(self.world.days[0]), code=f"sample-duty-{number}",
                )  # fmt: skip

    def plan(self, number: int, policy: ledger.Policy, objective: ledger.Objective, words: ledger.Citation) -> Plan:
        """The action of this number: scenarios, areas, verbs and bodies take turns."""
        scenario = SCENARIOS[number % len(SCENARIOS)]
        (verb, verb_ur), (thing, thing_ur) = VERBS[number % len(VERBS)], THINGS[number // 3 % len(THINGS)]
        area = [self.world.country, *self.world.provinces][number // 2 % 8]
        title = f"{verb} {thing}, {lettered(number)[0]}"
        action = self.world.add(
            ledger.PolicyAction,
            code=f"sample-{number + 1}",
            policy=policy,
            objective=objective,
            number=str(number + 1),
            position=number + 1,
            title=title,
            title_ur=f"{thing_ur} {verb_ur}، {lettered(number)[1]}",
            wording=f"The policy says: {title[0].lower()}{title[1:]}.",
            wording_ur=f"{thing_ur} {verb_ur}",
            domain=DOMAINS[number % len(DOMAINS)],
            area=area,
            starts=PartialDate.of(self.world.days[0]),
            due=self.world.partial(scenario.due),
            scored=scenario.scored,
            unscored_reason="" if scenario.scored else "an activity count; more is not better",
            unscored_reason_ur="" if scenario.scored else "سرگرمی کی گنتی؛ زیادہ ہونا بہتر ہونا نہیں",
            citation=words,
        )
        lead = self.bodies[number % len(self.bodies)] if scenario.owned else None
        if lead is not None:
            self.world.add(
                ledger.Assignment, code=f"sample-{number + 1}.lead", action=action, body=lead,
                role="oversight" if _is_political(lead, action) else "lead", citation=words,
            )  # fmt: skip
        self.share_with_a_province(number, action, words)
        return Plan(action, scenario, list(self.steps(action, scenario, words)), lead)

    def share_with_a_province(self, number: int, action: ledger.PolicyAction, words: ledger.Citation) -> None:
        """A commitment names a province besides its own area, and is judged there too."""
        area = self.world.provinces[number % len(self.world.provinces)]
        if area != action.area:
            self.world.add(
                ledger.Assignment, code=f"{action.code}.support", action=action, area=area, role="support",
                body=next(body for body in reversed(self.bodies) if body.sphere != "military"), citation=words,
            )  # fmt: skip

    def steps(self, action: ledger.PolicyAction, scenario: Scenario, words: ledger.Citation) -> Any:
        for position, step in enumerate(scenario.steps, 1):
            title, title_ur = STEPS[(position - 1) % len(STEPS)]
            yield self.world.add(
                ledger.Milestone, code=f"{action.code}.m{position}", action=action, position=position, title=title,
                title_ur=title_ur, due=self.world.partial(step.due), citation=words,
                means_of_verification="The notice on the public board.",
                means_of_verification_ur="عوامی بورڈ پر نوٹس۔",
            )  # fmt: skip

    def give_the_military_a_political_task(self, words: ledger.Citation) -> None:
        political = next((plan.action for plan in self.plans if plan.action.domain == "political"), None)
        if political is not None:
            self.world.add(
                ledger.Assignment, code="sample.military", action=political, body=self.bodies[1], role="support",
                citation=words,
            )  # fmt: skip

    # What is reported, edition by edition

    def report(self, cited: "Cited", since: date, day: date) -> None:
        is_last = day == self.world.days[-1]
        for number, plan in enumerate(self.plans):
            self.report_steps(plan, cited, since, day)
            self.change_the_plan(plan, cited, since, day)
            if plan.lead is not None and (is_last or (number + cited.number) % 3 == 0) and cited.number > 1:
                self.report_action(plan, cited, day, number, is_last)
        if is_last:
            self.answer(cited)

    def report_steps(self, plan: Plan, cited: "Cited", since: date, day: date) -> None:
        for step, row in zip(plan.scenario.steps, plan.steps, strict=True):
            for offset, met in ((step.met, True), (step.lost, False)):
                if offset is not None and since < self.world.day(offset) <= day:
                    own = plan.scenario.self_reported and plan.lead is not None
                    self.world.add(
                        ledger.ProgressUpdate,
                        code=f"{row.code}.{'met' if met else 'lost'}",
                        action=plan.action,
                        milestone=row,
                        met=met,
                        body=plan.lead if own else None,
                        channel="filed" if own else "other",
                        as_of=self.world.day(offset),
                        status="under-way",
                        account="The step was seen." if met else "The step is no longer there.",
                        account_ur="مرحلہ دیکھا گیا۔" if met else "مرحلہ اب موجود نہیں۔",
                        citation=cited.by("report" if own else "audit"),
                    )

    def change_the_plan(self, plan: Plan, cited: "Cited", since: date, day: date) -> None:
        dropped, moved = plan.scenario.dropped, plan.scenario.moved
        if dropped is not None and since < self.world.day(dropped) <= day:
            self.change(plan, cited, dropped, "dropped", action=plan.action, kind="dropped")
        if moved is not None and since < self.world.day(moved[0]) <= day:
            due = self.world.partial(moved[1])
            self.change(plan, cited, moved[0], "moved", action=plan.action, kind="deadline", new_due=due)
            self.change(plan, cited, moved[0], "last", milestone=plan.steps[-1], kind="deadline", new_due=due)

    def change(self, plan: Plan, cited: "Cited", on: int, name: str, **columns: Any) -> None:
        self.world.add(
            ledger.PlanChange, code=f"{plan.action.code}.{name}", announced=self.world.partial(on),
            reason="The budget was cut.", reason_ur="بجٹ کم ہوا۔", citation=cited.by("report"), **columns,
        )  # fmt: skip

    def report_action(self, plan: Plan, cited: "Cited", day: date, number: int, is_last: bool) -> None:
        waits = number % 7 == 3 and plan.lead is not self.bodies[0]
        self.world.add(
            ledger.ProgressUpdate,
            code=f"{plan.action.code}.report-{cited.number}",
            action=plan.action,
            body=plan.lead,
            as_of=day,
            status=plan.scenario.last_status if is_last else "under-way",
            account="The body filed this report.",
            account_ur="ادارے نے یہ رپورٹ دی۔",
            waiting_on=self.bodies[0] if waits else None,
            needed="the release of funds" if waits else "",
            needed_ur="رقم کا اجرا" if waits else "",
            channel="filed",
            citation=cited.by("report"),
        )

    def answer(self, cited: "Cited") -> None:
        overdue = next((plan for plan in self.plans if plan.scenario.name == "overdue" and plan.lead), None)
        if overdue is not None:
            self.world.add(
                ledger.FindingAnswer, code="sample.answer", rule="deadline-passed", subject_kind="policyaction",
                subject_code=overdue.action.code, body=overdue.lead,
                words="The work is done; the papers follow.", words_ur="کام ہو چکا؛ کاغذات آ رہے ہیں۔",
                citation=cited.by("report"),
            )  # fmt: skip


def _is_political(body: ledger.ResponsibleBody, action: ledger.PolicyAction) -> bool:
    return body.sphere == "military" and action.domain == "political"
