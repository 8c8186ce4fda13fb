"""The burden: open work by sphere and by security force against civil body, each commitment once."""

from django.test import TestCase

from tracker.assessment.rollups import Burden, Rollup
from tracker.publishing import redact
from tracker.tests.factories import (
    asker,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_plan_change,
    make_policy,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.judging import DAY, days_ago, reading
from tracker.tests.pages import file_rows, load_article, read, rows, sections, visible
from tracker.tests.test_sample import Sample


def burdens() -> dict[str, tuple[int, int]]:
    with reading():
        return {found.code: (found.commitments, found.open) for found in Burden.objects.all()}


class TestBurden(TestCase):
    def test_counts_a_commitment_once_however_many_lead_it(self) -> None:
        policy, force = make_policy(code="plan"), make_body(sphere="military", kind="armed-force", security_force=True)
        shared, alone, nobody = (make_action(policy=policy) for _ in range(3))
        publish_all(
            make_assignment(action=shared, body=force, area=make_area("PK-KP")),
            make_assignment(action=shared, area=make_area("PK-SD")),
            make_assignment(action=alone, body=force),
            make_assignment(action=nobody, body=force, role="support"),
        )
        assert burdens() == {
            "plan.shared.both": (1, 1),
            "plan.military.security": (1, 1),
            "plan.nobody.nobody": (1, 1),
        }

    def test_leaves_out_who_led_before(self) -> None:
        policy = make_policy(code="plan")
        publish_all(make_assignment(action=make_action(policy=policy), ends="2024"))
        assert burdens() == {"plan.nobody.nobody": (1, 1)}

    def test_of_open_work_is_neither_done_nor_dropped_nor_never_scored(self) -> None:
        policy = make_policy(code="plan")
        done, late = (make_action(policy=policy, due=days_ago(5)) for _ in range(2))
        dropped = make_action(policy=policy)
        publish_all(
            done,
            make_update(action=done, channel="other", body=None, status="complete", as_of=DAY),
            late,
            make_plan_change(action=dropped),
            make_action(policy=policy, scored=False, unscored_reason="Recorded."),
            make_action(policy=policy),
        )
        assert burdens() == {"plan.nobody.nobody": (5, 2)}  # the late one, and the one of which nothing can be said
        found = file_rows(self.client.get("/actions.csv?open=true&on=2026-11-22"))
        assert {row["schedule"] for row in found} == {"overdue", "cannot-say"}
        assert len(file_rows(self.client.get("/actions.csv?open=false&on=2026-11-22"))) == 3

    def test_has_no_redacted_commitment(self) -> None:
        action = make_action()
        publish_all(action)
        redact([action], reviewer(), "A court ordered it.", asked_by=asker(), ground="court-order")
        assert burdens() == {}
        for open_or_not in ("true", "false"):
            assert file_rows(self.client.get(f"/actions.csv?open={open_or_not}")) == []


class TestAddsUp(Sample):
    def test_to_the_roll_ups(self) -> None:
        with reading():
            whole = Rollup.objects.get(kind="ledger")
            found = list(Burden.objects.all())
            spheres = {r.scope: r.open for r in Rollup.objects.filter(kind="sphere")}
            forces = {r.scope: r.open for r in Rollup.objects.filter(kind="led-by")}
        assert sum(b.commitments for b in found) == whole.commitments
        assert sum(b.open for b in found) == whole.open
        for sphere, count in spheres.items():
            assert sum(b.open for b in found if b.sphere == sphere) == count
        for led_by, count in forces.items():
            assert sum(b.open for b in found if b.led_by == led_by) == count

    def test_in_every_column_of_the_page(self) -> None:
        for address in ("/?on=2026-11-22", "/burden/?on=2026-11-22"):
            page = read(self.client, address)
            table = rows(sections(page)["burden"] if "burden" in sections(page) else page.split("</table>")[0])
            numbers = [[int(cell) for cell in row[1:] if cell] for row in table[1:]]
            *spheres, total = numbers
            assert total == [sum(column) for column in zip(*spheres, strict=True)]
            assert all(row[1] == sum(row[2:]) for row in numbers)

    def test_in_the_list_that_each_row_leads_to(self) -> None:
        for row in file_rows(self.client.get("/burden.csv?on=2026-11-22")):
            query = f"on=2026-11-22&policy={row['policy']}&sphere={row['sphere']}&led_by={row['led_by']}"
            assert len(file_rows(self.client.get(f"/actions.csv?{query}"))) == int(row["commitments"])
            assert len(file_rows(self.client.get(f"/actions.csv?{query}&open=true"))) == int(row["open"])


class TestTheRecord(TestCase):
    def test_shows_its_burden_on_the_front_page(self) -> None:
        load_article()
        told = sections(read(self.client, "/?on=2026-11-22"))["burden"]
        assert [row[:3] for row in rows(told)[1:]] == [
            ["Federal", "2", "1"],
            ["Provincial", "1", "1"],
            ["Military", "1", "0"],
            ["Shared between spheres", "1", "1"],
            ["Nobody named", "6", "5"],
            ["All", "11", "8"],
        ]
        assert "our count: 2 of 5 commitments with an owner name a security force" in visible(
            read(self.client, "/?on=2026-11-22")
        )
