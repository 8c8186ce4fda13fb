"""The briefing on a policy, an area or a body, and the page on which one is chosen."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from azm.lib.templatetags.azm import date_long, in_language_text, number
from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Rollup, column
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.frame import href
from tracker.progress import rolled_up
from tracker.views.briefings.changed import changed
from tracker.views.briefings.late import late
from tracker.views.briefings.ranges import addresses, between_of, range_fields, ranged
from tracker.views.briefings.sheet import Group, Sheet
from tracker.views.briefings.subjects import KINDS, Subject, all_of
from tracker.views.briefings.unknown import unknown
from tracker.views.commitments import gather
from tracker.views.distances import distance_sentence
from tracker.views.opening import elapsed_sentence, finding
from tracker.views.public import public

type View = Callable[..., HttpResponseBase]

PAGES = {"policies": "policy-briefing", "provinces": "province-briefing", "bodies": "body-briefing"}
"""What the page of each kind of subject is called."""
LONGEST = 80
"""Characters of a name among the choices."""
DISTANCES = 2
"""Sentences on what can be measured."""


# The sheet


def _briefing(kind: str) -> View:
    _kinds, subject_of = KINDS[kind]

    @ranged
    @public
    def briefing(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
        subject = subject_of(reading, code)
        gathered = gather(reading, subject.actions)
        kept = [commitment for commitment in gathered if commitment.action.redacted_in_id is None]
        sheet = Sheet(request, reading, subject, between_of(request, reading), kept)
        return TemplateResponse(request, "tracker/briefing.html", context(sheet, kind, len(gathered) - len(kept)))

    return briefing


policy_briefing, province_briefing, body_briefing = (_briefing(kind) for kind in KINDS)


def context(sheet: Sheet, kind: str, redacted: int) -> dict[str, Any]:
    """The sections come before their notes, which are numbered as the lines name them."""
    request, reading, between = sheet.request, sheet.reading, sheet.between
    whole = counted(sheet, redacted)
    form = forms.Form()
    form.fields.update(range_fields(reading, between))
    return {
        "subject": sheet.subject,
        "kinds": KINDS[kind][0],
        "kinds_url": href(request, reverse(kind)),
        "subject_url": href(request, sheet.subject.row),
        "form": form if form.fields else None,
        "between": between,
        "day": reading.on,
        "finding": finding_of(sheet.subject, whole),
        "lead": lead(sheet, whole),
        "rollup": rolled_up(request, whole, "states"),
        "sections": list(_sections(sheet)),
        "notes": sheet.notes.all,
        "checks": _checks(sheet),
        **addresses(request, reading, between),
    }


def counted(sheet: Sheet, redacted: int) -> Rollup:
    """The commitments of the sheet, counted by state and by link of the chain; of a policy as everywhere."""
    kind, scope = sheet.subject.rollup
    if sheet.subject.kind == "policy":
        return Rollup.objects.get(kind=kind, scope=scope)
    actions = [commitment.action for commitment in sheet.gathered]
    states, now = (Counter(getattr(a.standing, which) for a in actions) for which in ("state", "state_now"))
    return Rollup(
        kind=kind,
        scope=scope,
        commitments=len(actions),
        redacted=redacted,
        scored=0,
        with_plan=0,
        reasons=[a.standing.reason for a in actions if a.standing.state == State.CANNOT_SAY],
        **{column(state): states[state] for state in State},
        **{f"{column(state)}_now": now[state] for state in State},
        **{link: sum(getattr(a.chain, link) for a in actions) for link in Chain.LINKS},
    )


def finding_of(subject: Subject, whole: Rollup) -> SafeString | str:
    """The sentence that leads the sheet."""
    if not whole.commitments and subject.kind == "province":
        return _("No action names this area.")
    if not whole.commitments and subject.kind == "body":
        return _("Named for no commitment on record.")
    return format_html(_("{}."), finding(whole))


def lead(sheet: Sheet, whole: Rollup) -> SafeString:
    """Through which policy, what can be measured, and how much of the time has passed."""
    sentences: list[Any] = [
        format_html(_("On the public record through {}."), in_language_text(other, "name"))
        for other in sheet.subject.policies
        if other.pk != sheet.subject.row.pk
    ]
    if sheet.subject.kind == "body" and sheet.gathered:
        sentences.append(_roles(sheet))
    distances = dict.fromkeys(text for commitment in sheet.gathered if (text := distance_sentence(commitment)))
    sentences += list(distances)[:DISTANCES]
    if sheet.subject.kind == "policy":
        sentences.append(elapsed_sentence(whole))
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def _roles(sheet: Sheet) -> SafeString | str:
    body = sheet.subject.row.pk
    led = sum(any(lead.body_id == body for lead in commitment.leads) for commitment in sheet.gathered)
    if led in (0, len(sheet.gathered)):
        return _("It leads all of them.") if led else _("It leads none of them; it supports them.")
    return format_html(_("It leads {} of them and supports the others."), number(led))


def _sections(sheet: Sheet) -> Iterator[dict[str, Any]]:
    between, day = sheet.between, date_long(sheet.reading.on)
    first = _("Edition 1 is the first; nothing came before it.")
    yield _section(
        "changed", _("What changed"), changed(sheet),
        _("Each edition is judged on its own day: a state can turn because a date has passed.") if between else first,
        _("Nothing about it changed."),
    )  # fmt: skip
    yield _section(
        "late", _("What is late"), late(sheet),
        format_html(_("On {}, against the plan as first published."), day), _("Nothing is late."),
    )  # fmt: skip
    yield _section(
        "unknown", _("What is unknown"), unknown(sheet),
        _("What no source on record gives. Absent, withheld and zero are different things."),
        _("Nothing that is looked for is missing."),
    )  # fmt: skip


def _section(id: str, title: str, groups: list[Group], note: Any, nothing: str) -> dict[str, Any]:
    told = [group for group in groups if group.points]
    return {"id": id, "title": title, "note": note, "groups": told, "nothing": nothing}


def _checks(sheet: Sheet) -> list[dict[str, Any]]:
    """What somebody needs who was handed the sheet and does not trust it."""
    editions = [sheet.between.first, sheet.between.last] if sheet.between else [sheet.reading.edition]
    return [
        {
            "edition": edition,
            "url": href(sheet.request, edition),
            "file": sheet.request.build_absolute_uri(reverse("edition-digests", args=[edition.number])),
        }
        for edition in editions
    ]


# The choice of one


@require_safe
def briefings(request: HttpRequest) -> HttpResponseBase:
    """A form that leads to the briefing chosen; without a choice, the form."""
    chosen = request.GET.get("subject")
    return choice(request) if chosen is None else _led_to(request, chosen)


def _led_to(request: HttpRequest, chosen: str) -> HttpResponseBase:
    kind, _slash, code = chosen.partition("/")
    query = request.GET.copy()
    del query["subject"]
    try:
        url = reverse(PAGES[kind], args=[code])
    except (KeyError, NoReverseMatch) as error:
        raise BadRequest(
            _("There is no briefing on “%(text)s”. Choose a policy, a province or a body.") % {"text": chosen[:40]}
        ) from error
    return redirect(f"{url}?{query.urlencode()}" if query else url)


@ranged
@public
def choice(request: HttpRequest, reading: Reading) -> TemplateResponse:
    form = forms.Form()
    choices = [(str(label), _subjects(kind, reading)) for kind, (label, _subject) in KINDS.items()]
    form.fields["subject"] = forms.ChoiceField(label=_("Subject"), choices=choices)
    if between := between_of(request, reading):  # before the first edition there is none to begin with
        form.fields.update(range_fields(reading, between))
    return TemplateResponse(request, "tracker/briefings.html", {"form": form})


def _subjects(kind: str, reading: Reading) -> list[tuple[str, str]]:
    return [
        (f"{kind}/{_slug(row)}", Truncator(in_language_text(row, "name")).chars(LONGEST))
        for row in all_of(kind, reading)
    ]


def _slug(row: Any) -> str:
    return row.slug if isinstance(row, Area) else row.code
