"""The list of areas with its map: one measure by area, which the reader chooses."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language_text
from tracker.assessment.areas import OnePeriod, widest
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings.provinces import AreaListing
from tracker.models import Indicator
from tracker.views.areas import area_map, dot_table, may_be_shaded


class AreaPage(AreaListing):
    """The page knows the drawings, which a list does not; rows and file are the list's own."""

    parameters: ClassVar[frozenset[str]] = AreaListing.parameters | {"measure"}

    def as_csv(self) -> HttpResponseBase:
        return AreaListing(self.request).as_csv()

    def csv_url(self) -> str:
        """Without the measure, which changes nothing in the rows."""
        address, _mark, asked = super().csv_url().partition("?")
        query = QueryDict(asked, mutable=True)
        query.pop("measure", None)
        return f"{address}?{query.urlencode()}" if query else address

    def context(self) -> dict[str, Any]:
        return {
            "beside_url": href(self.request, reverse("province-comparison")),
            **mapped(self.request, self.reading, self.request.GET.get("measure")),
        }


def mapped(request: HttpRequest, reading: Reading, asked: str | None) -> dict[str, Any]:
    """The measure that is asked for, or the one that most areas have in one period; and the choice among all such."""
    units = widest(reading)
    indicators = sorted(Indicator.objects.in_bulk(units).values(), key=lambda found: (found.position, found.code))
    # Of several that as many areas have, one with a shade: the first look is at a map.
    widest_first = sorted(indicators, key=lambda found: (-units[found.pk], not may_be_shaded(found)))
    chosen = _chosen(widest_first, asked)
    said = OnePeriod.of(reading, chosen) if chosen else None
    form = forms.Form(initial={"measure": chosen.code if chosen else ""})
    form.fields["measure"] = forms.ChoiceField(
        label=_("Measure on the map"),
        choices=[(indicator.code, in_language_text(indicator, "name")) for indicator in indicators],
    )
    return {
        "map": area_map(request, said) if said else None,
        "dots": dot_table(request, said) if said and may_be_shaded(said.indicator) else None,
        "map_form": form,
        "map_hidden": [
            {"name": name, "value": value}
            for name in ("edition", "on", "kind", "sort")
            if (value := request.GET.get(name))
        ],
    }


def _chosen(widest_first: list[Indicator], asked: str | None) -> Indicator | None:
    """A measure that no two areas have in one period has no map, and is refused as an unknown one is."""
    if not asked:
        return next(iter(widest_first), None)
    for indicator in widest_first:
        if indicator.code == asked:
            return indicator
    raise BadRequest(
        _("There is no map of “%(measure)s”. There is one of: %(known)s.")
        % {"measure": asked[:100], "known": ", ".join(sorted(indicator.code for indicator in widest_first))}
    )
