"""Specimens of lists and of the frame: filters, chips, tables, pages, searches."""

from types import SimpleNamespace
from typing import Final

import django_tables2 as tables
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.listedrows import CappedPaginator
from azm.lib.templatetags.azm import english
from tracker.assessment.schedule import State
from tracker.frame import href, kept_by_forms
from tracker.listings.base import LedgerTable, NumberColumn, state_of
from tracker.views.styleguide.specimen import Contents, Group, Specimen
from tracker.views.styleguide.words import chain

STATES = (State.DONE, State.SLIPPING, State.CANNOT_SAY)


class SpecimenTable(LedgerTable):
    code = tables.Column(verbose_name=gettext_lazy("Code"), attrs={"cell": {"class": "code"}})
    title = tables.Column(verbose_name=gettext_lazy("Action"), attrs={"cell": {"class": "wide wording plain"}})
    links = NumberColumn(verbose_name=gettext_lazy("Links of 7"))
    state = tables.Column(verbose_name=gettext_lazy("State"), attrs={"cell": {"class": "plain end state-cell"}})

    def below(self, record: SimpleNamespace) -> str:
        return ""

    def render_title(self, value: str) -> str:
        return english(value)

    def render_state(self, value: State) -> str:
        return state_of(value.value, value.label)


def _table(request: HttpRequest, rows: int = 60) -> SpecimenTable:
    made = [
        SimpleNamespace(code=f"x-{n}", title=f"A commitment nobody made, {n}", links=n % 8, state=STATES[n % 3])
        for n in range(1, rows + 1)
    ]
    table = SpecimenTable(made)
    table.request = request
    table.order_by = "-links"
    table.paginator = CappedPaginator(table.rows, 3)
    table.page = table.paginator.get_page(2)
    table.empty_text, table.empty_reason = _("Nothing fits these filters."), ""
    return table


def _filters(request: HttpRequest) -> Contents:
    form = forms.Form(auto_id="specimen_%s")
    form.fields["area"] = forms.ChoiceField(label=_("Area"), choices=[("", _("All areas"))], required=False)
    form.fields["words"] = forms.CharField(label=_("Words"), required=False)
    form.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds"))], required=False)
    return {"form": form, "fields": [form["area"], form["words"]], "more_fields": [form["kind"]]}


def _chips(request: HttpRequest) -> Contents:
    chips = [{"label": english("Area: Area A"), "url": "#lists"}, {"label": english("State: done"), "url": "#lists"}]
    return {"chips": chips, "clear_url": "#lists"}


def _results(request: HttpRequest) -> Contents:
    return {
        **_chips(request),
        "page": _table(request).page,
        "noun": _("rows"),
        "total": "100",
        "noun_of_total": _("rows"),
        "sorted_by": [(_("Links of 7"), True)],
        "csv_url": "#lists",
        "columns_url": "#lists",
    }


def _commitments(request: HttpRequest) -> Contents:
    row = {"code": "x-1", "url": "#lists", "wording": english("“words nobody promised”"), "links": chain(5)}
    bare = {"code": "x-2", "url": "#lists", "wording": english("“other such words”"), "links": chain(0)}
    state = State.CANNOT_SAY
    return {
        "caption": _("Commitments"),
        "show_head": True,
        "rows": [
            row | {"owners": english("Body A"), "figure": "12", "requirement": english("Required: all"), "gap": "8"},
            bare | {"state": state.value, "word": state.label, "reason": _("no owner, no measure")},
        ],
    }


def _areas(request: HttpRequest) -> Contents:
    rows = [
        {"name": english("Area A"), "kind": "area", "cells": [{"text": "72%"}, {"word": _("none found")}]},
        {"name": english("Areas A and B"), "kind": "joint", "cells": [{"word": _("withheld")}, {"text": "1,234"}]},
        {"name": english("The country"), "kind": "country", "cells": [{"text": "44%"}, {"text": "5,678"}]},
    ]
    return {
        "id": "specimen-areas",
        "caption": english("Area and measure"),
        "columns": [{"label": english("A share"), "unit": "2031, %"}, {"label": english("A count"), "unit": "2031"}],
        "rows": rows,
        "totals": {"label": english("Areas with a figure"), "cells": ["1", "0"]},
    }


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "lists",
        gettext_lazy("Lists"),
        (
            Specimen("components/filters.html", gettext_lazy("Filters"), _filters),
            Specimen("components/chips.html", gettext_lazy("Filters in force"), _chips),
            Specimen("components/results.html", gettext_lazy("How many rows, and the file"), _results),
            Specimen("components/table.html", gettext_lazy("A table"), lambda request: {"table": _table(request)}),
            Specimen(
                "components/table.html",
                gettext_lazy("A table without rows"),
                lambda request: {"table": _table(request, 0)},
            ),
            Specimen(
                "components/pagination.html", gettext_lazy("Pages"), lambda request: {"page": _table(request).page}
            ),
            Specimen("components/commitments.html", gettext_lazy("Commitments of a line of effort"), _commitments),
            Specimen("components/area_measures.html", gettext_lazy("Areas and measures"), _areas),
        ),
    ),
    Group(
        "frame",
        gettext_lazy("Frame"),
        (
            Specimen("components/wordmark.html", gettext_lazy("Wordmark"), {}),
            Specimen("components/urdu.html", gettext_lazy("The way to Urdu, from an English page"), {}),
            Specimen("components/search.html", gettext_lazy("Search"), {"action": "/search/", "id": "specimen-search"}),
            Specimen(
                "components/section_head.html",
                gettext_lazy("Head of a section"),
                lambda request: {
                    "id": "specimen-section",
                    "title": english("What this is"),
                    "note": english("How we know."),
                    "url": "#frame",
                    "label": english("Take these rows as CSV"),
                },
            ),
            Specimen(
                "components/part_head.html",
                gettext_lazy("Head of a part"),
                lambda request: {"id": "specimen-part", "title": english("A part"), "note": english("Of a page.")},
            ),
            Specimen(
                "components/ways_on.html",
                gettext_lazy("Ways on from a page of failure"),
                lambda request: {"kept_query": href(request, ""), "search_keeps": kept_by_forms(request)},
            ),
        ),
    ),
)
