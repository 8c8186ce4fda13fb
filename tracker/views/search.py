"""One search over everything that is published, in English and Urdu."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import BadRequest
from django.db.models import F, Func, Value
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import english, in_language
from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.models import (
    Citation,
    Indicator,
    Milestone,
    Policy,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
    Source,
)
from tracker.models.base import SearchQueryField
from tracker.views.public import public

LONGEST = 200
SHOWN = 20

# What is searched, in the order in which it is shown, with the text that names a row.
SEARCHED: tuple[tuple[Any, str], ...] = (
    (Policy, "name"),
    (PolicyAction, "title"),
    (Milestone, "title"),
    (Indicator, "name"),
    (ResponsibleBody, "name"),
    (ProgressUpdate, "account"),
    (Source, "title"),
    (Citation, "quotation"),
)


@public
def search(request: HttpRequest, reading: Reading) -> TemplateResponse:
    words = request.GET.get("q", "").strip()
    if len(words) > LONGEST:
        raise BadRequest(_("Search for at most %d characters.") % LONGEST)
    groups = list(_groups(request, reading, words)) if words else []
    context = {"words": words, "groups": groups, "found": sum(len(group["rows"]) for group in groups), "shown": SHOWN}
    return TemplateResponse(request, "tracker/search.html", context)


def _groups(request: HttpRequest, reading: Reading, words: str) -> Any:
    if areas := list(_areas(words)[:SHOWN]):
        yield {"name": Area._meta.verbose_name_plural, "rows": [_row(request, a, "name") for a in areas], "more": False}
    for model, field in SEARCHED:
        rows = model.objects.in_edition(reading.edition).search(words).order_by("code")
        if model is Citation:
            rows = rows.select_related("source")
        elif hasattr(model, "action"):
            rows = rows.select_related("action")
        found = list(rows[: SHOWN + 1])
        if found:
            yield {
                "name": model._meta.verbose_name_plural,
                "rows": [_row(request, row, field) for row in found[:SHOWN]],
                "more": len(found) > SHOWN,
            }


def _areas(words: str) -> Any:
    """Areas are few and have no search column."""
    document = Func(F("code"), F("name"), F("name_ur"), F("short_name"), function="search_document")
    document.output_field = SearchVectorField()
    query = Func(Value(words), function="search_words", output_field=SearchQueryField())
    return Area.objects.annotate(document=document).filter(document__matches=query)


def quoted(citation: Citation) -> str:
    """Its words, in the language of the source; without any, our own, which are English."""
    if citation.redacted_in_id is not None:
        return redacted()
    if not citation.quotation:
        return english(citation.paraphrase)
    language = citation.source.language
    if language == get_language():
        return citation.quotation
    direction = "rtl" if language == "ur" else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction, citation.quotation)


def _row(request: HttpRequest, row: Any, field: str) -> dict[str, Any]:
    text = quoted(row) if isinstance(row, Citation) else in_language(row, field)
    return {"url": href(request, row), "text": text, "code": row.code, "row": row}
