"""What every public page stands in: the reading that its address asks for, and the frame around it."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import date_long, number
from tracker.assessment.reading import NoSuchReading, NothingPublished, Reading
from tracker.models import Edition
from tracker.removals import reason, removals_of

NAVIGATION = (
    ("overview", _("Overview")),
    ("policies", _("Policies")),
    ("actions", _("Actions")),
    ("indicators", _("Indicators")),
    ("provinces", _("Provinces")),
    ("bodies", _("Bodies")),
    ("sources", _("Sources")),
    ("findings", _("Findings")),
    ("editions", _("Editions")),
    ("data", _("Data")),
    ("methodology", _("Methodology")),
)


def reading_of(request: HttpRequest, parameter: str = "edition") -> Reading:
    """The reading that the address asks for; kept on the request, so that filters and frame see the same."""
    reading: Reading | None = getattr(request, "reading", None)
    if reading is None:
        try:
            reading = Reading.of(request.GET.get(parameter), request.GET.get("on"))
        except NoSuchReading as error:
            raise BadRequest(str(error)) from error
        except NothingPublished as error:
            raise Http404(str(error)) from error
        setattr(request, "reading", reading)  # noqa: B010 (a request declares no such attribute)
    return reading


def file_name(name: str, edition: Edition, kind: str = "csv") -> str:
    """ "azm-snapshots-edition-2-1f0c9a….csv": the first digits of the digest tell one edition 2 from any other."""
    return saved_as(f"azm-{name}-{(edition.digest or '')[:16]}.{kind}")


def saved_as(name: str) -> str:
    """What a file is saved as; one of the sample says so wherever it goes."""
    return f"sample-{name}" if settings.AZM_SAMPLE else name


def href(request: HttpRequest | None, target: Any) -> str:
    """The address of an object, or an address, that keeps reading the edition which this page reads."""
    url = target if isinstance(target, str) else target.get_absolute_url()
    reading = getattr(request, "reading", None)
    if reading is None or not reading.pinned:
        return url
    address, hash_mark, fragment = url.partition("#")
    query = {"edition": reading.edition.number}
    if request is not None and "on" in request.GET:
        query["on"] = reading.on.isoformat()
    separator = "&" if "?" in address else "?"
    return f"{address}{separator}{urlencode(query)}{hash_mark}{fragment}"


def kept_by_forms(request: HttpRequest) -> list[dict[str, Any]]:
    """What a form must send along to stay in the edition that is read; an address in `action` loses its query."""
    reading = getattr(request, "reading", None)
    if reading is None or not reading.pinned:
        return []
    kept = [{"name": "edition", "value": reading.edition.number}]
    return [*kept, {"name": "on", "value": reading.on.isoformat()}] if "on" in request.GET else kept


def marked(title: str) -> str:
    """The title of a feed or a calendar; one of the sample begins with the word."""
    return f"SAMPLE · {title}" if settings.AZM_SAMPLE else title


def tombstone(request: HttpRequest, row: Any) -> SafeString | str:
    """Below a row whose content was redacted: in which edition, when and on what ground. Nothing below any other."""
    stamp = getattr(row, "redacted_in_id", None)
    edition = removals_of(request).redactions.get(stamp) if stamp else None
    if edition is None:
        return ""
    link = format_html('<a href="{}">{}</a>', href(request, edition), format_html(gettext("edition {}"), number(stamp)))
    told = gettext("Redacted in {}, {}: {}.")
    return format_html(
        '<span class="note tombstone">{}</span>',
        format_html(told, link, date_long(edition.published_at), edition.get_ground_display()),
    )


def suspensions(request: HttpRequest) -> list[dict[str, Any]]:
    """What the frame says of each suspension that holds in the edition which is read."""
    return [
        {
            "number": edition.number,
            "published": timezone.localdate(edition.published_at),
            "rows": rows,
            "reason": reason(edition),
        }
        for edition, rows in removals_of(request).suspensions
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, editions and the other addresses of this page."""
    path = escape_uri_path(request.path_info)
    context: dict[str, Any] = {
        "navigation": [
            {"url": href(request, url), "label": label, "current": _is_current(url, path)}
            for name, label in NAVIGATION
            for url in [reverse(name)]
        ],
        "search_url": href(request, reverse("search")),
        "search_action": reverse("search"),
        "search_keeps": kept_by_forms(request),
        "kept_query": href(request, ""),
        "about_url": href(request, reverse("about")),
        "report_url": href(request, f"{reverse('about')}#report"),
        "editions_url": href(request, reverse("editions")),
        "corrections_url": href(request, reverse("corrections")),
        "openness_url": href(request, reverse("openness")),
        "methodology_url": href(request, reverse("methodology")),
        "feed_url": reverse("feed"),
        "translated_url": _translated(request),
        "sample": settings.AZM_SAMPLE,
    }
    reading: Reading | None = getattr(request, "reading", None)
    if reading is None:
        return context
    query = request.GET.copy()
    for name in ("edition", "on"):
        query.pop(name, None)
    newest_url = f"{path}?{query.urlencode()}" if query else path
    query["edition"] = str(reading.edition.number)
    if "on" in request.GET:
        query["on"] = reading.on.isoformat()
    if reading.newest.number == 1:
        del context["editions_url"]  # there is no earlier one to read
    if not reading.is_newest:
        context["compare_url"] = f"{reverse('compare')}?from={reading.edition.number}&to={reading.newest.number}"
    permanent_url = f"{path}?{query.urlencode()}"
    return context | {
        "reading": reading,
        "edition": _told(reading.edition),
        "newest_edition": _told(reading.newest),
        "newest_url": newest_url,
        "suspensions": suspensions(request),
        "suspensions_url": href(request, f"{reverse('corrections')}?act=suspension"),
        # Not as of the edition that is read: what is redacted is gone from every edition.
        "redactions_url": f"{reverse('corrections')}?act=redaction" if removals_of(request).redactions else "",
        "permanent_url": permanent_url,
        "cited_url": request.build_absolute_uri(permanent_url),
        "digest_url": f"{href(request, reading.edition)}#check",
    }


def _told(edition: Edition) -> dict[str, Any]:
    day = timezone.localdate(edition.published_at)
    return {"number": edition.number, "published": day, "digest": edition.digest}


def _is_current(url: str, path: str) -> bool:
    home = reverse("overview")
    return path == url if url == home else path.startswith(url)


def _translated(request: HttpRequest) -> str:
    path = request.get_full_path()
    # What follows /ur may begin with two slashes, which would lead to another host.
    return escape_leading_slashes(path.removeprefix("/ur") or "/") if get_language() == "ur" else f"/ur{path}"
