"""An account of the judgements as text: what `manage.py assess` prints."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import date_long, digits
from azm.lib.terminal import GAP, table, wrapped
from tracker.assessment.account import Document
from tracker.assessment.rules import BY_CODE, Severity, text
from tracker.assessment.schedule import Reason, State
from tracker.assessment.standings import Chain

type Heading = Callable[[str], str]

DEEPER = GAP * 2
KINDS: dict[str, Any] = {
    "commitments": gettext_lazy("commitments"),
    "series": gettext_lazy("series"),
    "figures": gettext_lazy("figures, two by two"),
}


def printed(document: Document, heading: Heading, *, every: bool = False) -> Iterator[str]:
    """Line by line. `every` names also which verdicts hang on a threshold."""
    yield from _head(document, heading)
    for title, part in (
        (_("Chain of accountability"), _chain(document)),
        (_("States of the commitments"), _states(document["programme"]["states"])),
        (_("States of the series"), _states(document["programme"]["series"])),
        (_("Commitments"), _commitments(document)),
        (_("Distances"), _distances(document)),
        (_("Findings"), _findings(document)),
        (_("Silences"), _silences(document)),
    ):
        yield ""
        yield heading(title)
        yield from part
    if "sensitivity" in document:
        yield ""
        yield heading(_("Sensitivity"))
        yield from _sensitivity(document["sensitivity"], every=every)


def _head(document: Document, heading: Heading) -> Iterator[str]:
    programme, edition = document["programme"], document["edition"]
    if document["sample"]:
        yield _("SAMPLE: everything here is invented.")
    for policy in programme["policies"]:
        yield heading(policy["name"])
    day, on = (text(date_long(date.fromisoformat(told))) for told in (edition["published"], document["on"]))
    yield _("Edition %(number)d of %(day)s, judged on %(on)s.") % {"number": edition["number"], "day": day, "on": on}
    elapsed = programme["elapsed"]
    if elapsed:
        least, most = (_percent(elapsed[name], 0) for name in ("least", "most"))
        passed = least if least == most else f"{least} – {most}"
        yield _("%(share)s of the time of the policy has passed.") % {"share": passed}


def _percent(share: str | None, places: int = 1) -> str:
    return "–" if share is None else f"{digits(float(share) * 100, places)}%"


def _chain(document: Document) -> Iterator[str]:
    programme = document["programme"]
    of = _("of %d") % programme["commitments"]
    yield from table((Chain.LINKS[link], count, of) for link, count in programme["chain"].items())


def _states(counts: dict[str, int]) -> Iterator[str]:
    yield from table([
        *((State(state).label, count) for state, count in counts.items() if count),
        (_("in all"), sum(counts.values())),
    ])  # fmt: skip


def _commitments(document: Document) -> Iterator[str]:
    for action in document["actions"]:
        yield f"{GAP}{action['code']}  {State(action['state']).label}"
        yield from wrapped(action["title"], DEEPER)
        yield from wrapped(action["sentence"], DEEPER)
        missing = [str(Chain.LINKS[link]) for link, present in action["links"].items() if not present]
        if missing:
            yield from wrapped(_("Missing: %s.") % _(", ").join(missing), DEEPER)
    if not document["actions"]:
        yield GAP + _("None is on record.")


def _distances(document: Document) -> Iterator[str]:
    for distance in document["distances"]:
        verdict = State(distance["state"]).label
        yield f"{GAP}{distance['action']}  {distance['indicator']}, {distance['area']}  {verdict}"
        yield from wrapped(distance["name"], DEEPER)
        yield from wrapped(distance["sentence"] or str(Reason(distance["reason"]).label), DEEPER)
    if not document["distances"]:
        yield GAP + _("None can be measured.")


def _findings(document: Document) -> Iterator[str]:
    found = document["findings"]
    yield from table([
        *((severity.label, n) for severity in Severity if (n := _of_severity(document, severity))),
        (_("in all"), len(found)),
    ])  # fmt: skip
    for finding in found:
        kind = apps.get_model("tracker", finding["kind"])._meta.verbose_name
        yield f"{GAP}{finding['subject']}  {kind}, {BY_CODE[finding['rule']].name}"
        yield from wrapped(finding["sentence"], DEEPER)
        for line in finding["working"]:
            yield from wrapped(line, DEEPER + GAP)
        for answer in finding["answers"]:
            yield from wrapped(_("Answer of %(body)s: %(words)s") % answer, DEEPER + GAP)


def _of_severity(document: Document, severity: str) -> int:
    return sum(finding["severity"] == severity for finding in document["findings"])


def _silences(document: Document) -> Iterator[str]:
    for silence in document["silences"]:
        yield f"{GAP}{silence['body']}  {silence['duty']}"
        yield from wrapped(silence["sentence"], DEEPER)
    if not document["silences"]:
        yield GAP + _("Nobody who has to report has been silent too long.")


def _sensitivity(found: Document, *, every: bool) -> Iterator[str]:
    """A threshold a line: its value, the two to which it was moved, and how many verdicts of each kind then differ."""
    yield from wrapped(
        _(
            "How many verdicts would be others if one threshold were lower, or higher, and the rest as they are."
            " Nothing is changed by asking."
        ),
        GAP,
    )
    yield from table((word, found["verdicts"][kind], _("in all")) for kind, word in KINDS.items())
    yield ""
    names = [str(word) for word in KINDS.values()]
    yield from table([
        (_("threshold"), _("is"), _("moved to"), *names),
        *((row["threshold"], row["value"], row["moved_to"], *(row[kind] for kind in KINDS)) for row in found["moved"]),
    ])  # fmt: skip
    for row in found["moved"] if every else ():
        if row["changed"]:
            yield ""
            yield f"{GAP}{row['threshold']} {row['value']} → {row['moved_to']}"
            yield from table(((c["code"], f"{c['was'] or '–'} → {c['became'] or '–'}") for c in row["changed"]), DEEPER)
