"""Which editions a briefing is between.

`to` is the edition that is read, the newest unless told, and `from` the one that it is compared with, the one before
unless told. What other pages are asked by `edition` is here asked by `to`; `edition` is taken as the same word, so
that links that keep an edition lead here too, and both only where they agree. As everywhere, an edition that is named
is judged on the day of its publication, unless `on` names another day; without one the day is today.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_short, plain
from tracker.assessment.reading import NoSuchReading, Reading
from tracker.frame import reading_of
from tracker.models import Edition
from tracker.publishing.compare import Between, judged_on

PARAMETERS = {"from", "to", "edition", "on"}


def ranged(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The page is read in the last edition of its range, by whichever word the address names it."""

    @wraps(view)
    def page(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        asked = request.GET
        if unknown := sorted(set(asked) - PARAMETERS):
            raise BadRequest(
                _("A briefing has no parameter “%(unknown)s”. It has: from, to, on.")
                % {"unknown": ", ".join(unknown)[:100]}
            )
        if {"to", "edition"} <= set(asked) and asked["to"] != asked["edition"]:
            raise BadRequest(_("“to” and “edition” name the same, the edition that is read: give one of them."))
        reading_of(request, "to" if "to" in asked else "edition")
        return view(request, **arguments)

    return page


def between_of(request: HttpRequest, reading: Reading) -> Between | None:
    """From an earlier edition to the one that is read; None where that is the first, before which there is none."""
    asked, number = request.GET.get("from"), reading.edition.number
    if asked is None:
        before = Edition.objects.filter(number=number - 1).first()
        return Between(before, reading.edition, reading.on) if before else None
    try:
        first = Reading.of(asked).edition
    except NoSuchReading as error:
        raise BadRequest(str(error)) from error
    if first.number >= number:
        raise BadRequest(
            _("A briefing ends with a later edition than it begins with: not from %(from)d to %(to)d.")
            % {"from": first.number, "to": number}
        )
    return Between(first, reading.edition, reading.on)


def range_fields(reading: Reading, between: Between | None) -> dict[str, forms.ChoiceField]:
    """From which edition to which; none while there is only one."""
    editions = list(Edition.objects.closed().only("number", "published_at").order_by("number"))
    if len(editions) == 1:
        return {}
    choices = [
        (one.number, _("edition %(n)d, %(day)s") % {"n": one.number, "day": plain(date_short(one.published_at))})
        for one in editions
    ]
    first = between.first.number if between else 1
    last = between.last.number if between else 2
    return {
        "from": forms.ChoiceField(label=_("From"), choices=choices[:-1], initial=first),
        "to": forms.ChoiceField(label=_("To"), choices=choices[1:], initial=last),
    }


def addresses(request: HttpRequest, reading: Reading, between: Between | None) -> dict[str, str]:
    """The addresses of the frame: a briefing is the same one for ever by its two editions and the day."""
    query: dict[str, Any] = {"from": between.first.number} if between else {}
    newest = f"{request.path_info}?{urlencode(query)}" if query else request.path_info
    query["to"] = reading.edition.number
    if reading.on != judged_on(reading.edition):
        query["on"] = reading.on.isoformat()
    permanent = f"{request.path_info}?{urlencode(query)}"
    return {
        "permanent_url": permanent,
        "sheet_url": request.build_absolute_uri(permanent),
        "cited_url": "",  # the sheet says by itself how it is cited
        "newest_url": newest,
    }
