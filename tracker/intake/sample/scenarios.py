"""Plans and how they went, in days from today: a scenario for each state, for what rules find, and for every gap."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """When a step is due, and when it was met; None if it was not, or has no date."""

    due: int | None
    met: int | None = None
    lost: int | None = None
    """When it was reported as no longer met."""


@dataclass(frozen=True)
class Scenario:
    name: str
    due: int | None
    steps: tuple[Step, ...] = ()
    last_status: str = "under-way"
    scored: bool = True
    owned: bool = True
    dropped: int | None = None
    moved: tuple[int, int] | None = None
    """When a new deadline was announced, and when that is."""
    self_reported: bool = False
    aim: str = ""
    """What is odd about its target, so that no verdict on its series can be given; see figures.py."""


def steps(*dues: int, met: int) -> tuple[Step, ...]:
    """Steps of which the first were met, ten days before they were due."""
    return tuple(Step(due, due - 10 if number < met else None) for number, due in enumerate(dues))


SCENARIOS = (
    Scenario("done", -60, steps(-600, -450, -300, -200, -90, met=5), last_status="complete"),
    Scenario("overdue", -45, steps(-500, -400, -300, -150, -45, met=3)),
    Scenario("behind", 300, steps(-500, -350, -200, -120, 250, met=2)),
    Scenario("slipping", 300, steps(-500, -400, -300, -200, -30, met=4)),
    Scenario("on track", 300, steps(-500, -350, -200, -60, 250, met=4)),
    Scenario("nothing due yet", 600, steps(60, 150, 250, 350, 550, met=0), last_status="not-started"),
    Scenario("paused", 300, steps(-500, -350, -200, -60, 250, met=2), last_status="paused"),
    Scenario("dropped", 300, steps(-500, -350, -200, -60, 250, met=1), dropped=-150),
    Scenario("cannot say", None, (Step(None), Step(None)), owned=False),
    Scenario("not scored", 300, steps(-300, 200, met=1), scored=False),
    Scenario("lost again", 200, (Step(-500, -510), Step(-400, -410, lost=-100), *steps(-200, 150, met=1))),
    Scenario("moved", -60, steps(-500, -350, -200, -60, met=3), moved=(-120, 200)),
    Scenario("claimed complete", 100, steps(-500, -350, -200, 80, met=3), last_status="complete", self_reported=True),
    Scenario("all at the end", 500, steps(-300, 400, 450, 480, 490, met=1)),
    # No steps and no deadline: where they stand is for their series to say, and each of these has another gap.
    Scenario("no plan", None, owned=False),
    Scenario("direction only", None, aim="direction"),
    Scenario("no baseline", None, aim="no-baseline"),
    Scenario("no figure", None, aim="no-figure"),
    Scenario("no whole", None, aim="no-whole"),
    Scenario("undated", None, aim="undated"),
    Scenario("baseline elsewhere", None, aim="baseline-elsewhere"),
)
