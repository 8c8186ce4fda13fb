"""One search over everything that is published, in English and Urdu."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.searching import found, kinds, near
from tracker.views.public import public

LONGEST = 200


@public
def search(request: HttpRequest, reading: Reading) -> TemplateResponse:
    words = request.GET.get("q", "").strip()
    if len(words) > LONGEST:
        raise BadRequest(_("Search for at most %d characters.") % LONGEST)
    groups = found(request, reading, words) if words else []
    context = {
        "words": words,
        "groups": groups,
        "found": sum(group.count for group in groups),
        "kinds": list(kinds(request)) if not words else [],
        "near": [
            {"url": href(request, row), "text": in_language(row, field), "kind": row._meta.verbose_name}
            for row, field in (near(reading, words) if words and not groups else [])
        ],
    }
    return TemplateResponse(request, "tracker/search.html", context)
