"""Every component from the real templates, with invented contents: for those who build pages, and who mend words.

To show a component, add a `Specimen` to the group where one would look for it; a test says which are missing.
"""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from azm.lib.colours import Token, tokens
from tracker.assessment.reading import Reading
from tracker.views.public import public
from tracker.views.styleguide import answers, bars, history, lists, maps, overtime, words
from tracker.views.styleguide.specimen import Group
from tracker.views.styleguide.terms import terms

GROUPS: tuple[Group, ...] = (
    *words.GROUPS,
    *answers.GROUPS,
    *lists.GROUPS,
    *bars.GROUPS,
    *maps.GROUPS,
    *overtime.GROUPS,
    *history.GROUPS,
)

# The steps of type, by the class that sets one, with what stands in it.
TYPE = (
    ("small", "13/1.45", gettext_lazy("Notes, sources, heads of columns, labels of charts")),
    ("list", "15/1.4", gettext_lazy("Tables, lists, navigation, buttons")),
    ("text", "17/1.5", gettext_lazy("Text")),
    ("title", "20/1.35", gettext_lazy("Titles of findings")),
    ("answer", "24/1.2", gettext_lazy("An answer")),
    ("big", "36/1.18", gettext_lazy("The heading of a page")),
)


@cache
def palette() -> list[Token]:
    return tokens(settings.BASE_DIR / "static" / "css" / "azm.css")


@public
def styleguide(request: HttpRequest, reading: Reading) -> TemplateResponse:
    groups = [
        {
            "code": group.code,
            "title": group.title,
            "specimens": [
                {"template": specimen.template, "says": specimen.says, "drawn": specimen.drawn(request)}
                for specimen in group.specimens
            ],
        }
        for group in GROUPS
    ]
    context = {"groups": groups, "tokens": palette(), "type": TYPE, "terms": list(terms())}
    return TemplateResponse(request, "tracker/styleguide.html", context)
