"""What a row of any kind is called, and where it is shown: the same words on pages, in feeds and in lists."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, date_long, date_short, english, in_language, number
from tracker.models import Citation, Edition, MetricSnapshot, Publishable, Source, Target
from tracker.publishing.items import is_silent
from tracker.wording import figure_with_unit, period

type Words = str | SafeString

BEGINNING: Final = 80  # characters by which a passage is recognised


@dataclass(frozen=True)
class Naming:
    """How rows of one kind are told.

    `about` are the texts that tell what a row is about: of itself, or of rows that it belongs to. `says` is
    what it says about them, `more` the same at length. A row without an address of its own is shown on the
    page of the first of `page`, or of `about`, in the section `anchor`.
    """

    about: tuple[str, ...]
    says: Callable[[Any], Iterable[Words]] = lambda row: ()
    more: Callable[[Any], Words] = lambda row: ""
    related: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    anchor: str = ""


def _value(target: Target) -> Words:
    """ "70%", "1,000 persons", "all of the madrassas registered"."""
    if target.whole:
        return format_html("{} {}", _("all of"), in_language(target.whole, "name"))
    if target.value is None:
        return ""
    return figure_with_unit(MetricSnapshot(series=target.series, value=target.value))


def _beginning(citation: Citation) -> Words:
    """The first words of the source, in its own language, or of our paraphrase."""
    if not citation.quotation:
        return english(Truncator(citation.paraphrase).chars(BEGINNING))
    language = citation.source.language
    return format_html(
        '<q lang="{}" dir="{}">{}</q>',
        language,
        "rtl" if language == "ur" else "ltr",
        Truncator(citation.quotation).chars(BEGINNING),
    )


def _interval(months: int) -> Words:
    return format_html(ngettext("every month", "every {} months", months), number(months))


# In the order in which kinds follow each other where rows of several are listed: facts before their sources.
NAMED: Final[dict[str, Naming]] = {
    "policy": Naming(("name",), more=lambda row: in_language(row, "note")),
    "policyevent": Naming(
        ("policy.short_name",),
        lambda row: [row.get_kind_display(), date_long(row.on)],
        lambda row: in_language(row, "account"),
        anchor="events",
    ),
    "lineageclaim": Naming(
        ("policy.short_name",),
        lambda row: [format_html("{} {}", row.get_relation_display(), in_language(row.predecessor, "short_name"))],
        related=("predecessor",),
        anchor="lineage",
    ),
    "objective": Naming(("policy.short_name",), lambda row: [in_language(row, "name")]),
    "policyaction": Naming(("title",), more=lambda row: in_language(row, "wording")),
    "actionlink": Naming(
        ("action.title",),
        lambda row: [
            format_html(
                "{} {}",
                row.get_relation_display(),
                in_language(row.to_action, "title") if row.to_action else in_language(row.to_policy, "name"),
            )
        ],
        lambda row: in_language(row, "note"),
        ("to_action", "to_policy"),
        anchor="links",
    ),
    "milestone": Naming(
        ("action.title",),
        lambda row: [in_language(row, "title"), date_long(row.due)],
        lambda row: in_language(row, "means_of_verification"),
    ),
    "planchange": Naming(
        ("action.title", "milestone.action.title", "milestone.title"),
        lambda row: [
            row.get_kind_display(),
            date_long(row.new_due),
            number(row.new_weight),
            english(row.new_wording),
        ],
        lambda row: in_language(row, "reason"),
        anchor="changes",
    ),
    "assignment": Naming(
        ("action.title",),
        lambda row: [in_language(row.body, "name"), row.get_role_display(), _area(row)],
        lambda row: in_language(row, "remark"),
        ("body", "area"),
        anchor="responsible",
    ),
    "measure": Naming(
        ("action.title", "policy.short_name"),
        lambda row: [in_language(row.indicator, "name"), row.get_use_display(), _area(row)],
        lambda row: in_language(row, "note"),
        ("indicator", "area"),
    ),
    "target": Naming(
        ("series.indicator.name", "series.area.name"),
        lambda row: [row.get_basis_display(), _value(row), date_long(row.due)],
        lambda row: in_language(row, "note"),
        ("whole",),
        anchor="target",
    ),
    "metricsnapshot": Naming(
        ("series.indicator.name", "series.area.name"),
        lambda row: [row.get_status_display() if row.value is None else figure_with_unit(row), period(row)],
        lambda row: english(row.no_value_reason) or in_language(row, "note"),
    ),
    "progressupdate": Naming(
        ("action.title", "milestone.title"),
        lambda row: [
            in_language(row.body, "name") if row.body else "",
            row.get_status_display(),
            date_long(row.as_of),
        ],
        lambda row: in_language(row, "account"),
        ("body",),
    ),
    "statement": Naming(
        ("policy.short_name", "area.name"),
        lambda row: [format_html(_("“{}”"), in_language(row, "words"))],
        page=("action", "policy"),
        related=("action",),
    ),
    "indicator": Naming(("name",), more=lambda row: in_language(row, "definition")),
    "indicatorbreak": Naming(
        ("indicator.name",),
        lambda row: [date_long(row.on), in_language(row, "description")],
        anchor="breaks",
    ),
    "findinganswer": Naming(
        ("body.name",),
        lambda row: [bdi(row.rule), bdi(row.subject_code)],
        lambda row: in_language(row, "words"),
    ),
    "responsiblebody": Naming(("name",), more=lambda row: in_language(row, "note")),
    "reportingduty": Naming(
        ("body.name",),
        lambda row: [_interval(row.interval_months), in_language(row.policy, "short_name") if row.policy else ""],
        related=("policy",),
        anchor="reports",
    ),
    "source": Naming(("title",), lambda row: [english(row.publisher), date_short(row.published)]),
    "citation": Naming(
        ("source.title",), lambda row: [in_language(row, "speaker"), english(row.place), _beginning(row)]
    ),
}


def _area(row: Any) -> Words:
    return in_language(row.area, "name") if row.area else ""


def naming(row: Any) -> Naming:
    return NAMED[row._meta.model_name]


def with_names(rows: QuerySet, *further: str) -> QuerySet:
    """The rows with all that their names are made of, and `further` relations, in the same query."""
    named = NAMED[rows.model._meta.model_name or ""]
    paths = {path.rpartition(".")[0].replace(".", "__") for path in named.about if "." in path}
    related = sorted({*paths, *named.related, *further})
    return rows.select_related(*related) if related else rows


def name(row: Any, beside: Any = None, *, edition: Edition | None = None) -> SafeString:
    """ "Conviction rate, Punjab: 72%, 2023", in the language of the page.

    On the page of a thing, which is given as `beside`, that thing need not be named again. Of a row whose content was
    redacted, or whose words are kept back in the `edition` that is read, only the code is told and what it belongs
    to; and what it belongs to is told by its code too if its own words are kept back.
    """
    silent = kept_back(row, edition)
    owners = [(owner, field) for owner, field in _owners(row) if owner != beside and not (silent and owner is row)]
    about = listed(code_or_text(owner, field, edition) for owner, field in owners)
    said: Words = bdi(row.code) if silent else says(row)
    if about and said:
        return format_html("{}: {}", about, said)
    return format_html("{}", about or said or code_or_text(*next(_owners(row)), edition))


def kept_back(row: Any, edition: Edition | None) -> bool:
    """Whether the words of a row are gone for good, or hidden in the edition; areas are never hidden."""
    if not isinstance(row, Publishable):
        return False
    return row.redacted_in_id is not None or (edition is not None and is_silent(row, edition))


def says(row: Any) -> SafeString:
    """What the row says, without what it is about: "72%, 2023"."""
    return listed(naming(row).says(row))


def more(row: Any) -> Words:
    """What the row says at length, or why there is no figure."""
    return naming(row).more(row)


def listed(parts: Iterable[Words]) -> SafeString:
    return format_html_join(_(", "), "{}", ((part,) for part in parts if part))


def address(row: Any, edition: int) -> str:
    """Where the row stands as it was in the edition."""
    page, mark, anchor = place(row).partition("#")
    return f"{page}?edition={edition}{mark}{anchor}"


def place(row: Any) -> str:
    """The address of the row itself, or of the section in which the page of another one shows it."""
    if hasattr(row, "get_absolute_url"):
        return str(row.get_absolute_url())
    told = naming(row)
    owners = [_follow(row, path) for path in told.page] or [owner for owner, _field in _owners(row)]
    page: str = next(owner for owner in owners if owner is not None).get_absolute_url()
    return f"{page}#{told.anchor}" if told.anchor else page


def code_or_text(owner: Any, field: str, edition: Edition | None) -> Words:
    """The text in the language of the page, or the code where the words are kept back in the edition.

    The title of a document is told, if need be, in its own language.
    """
    if edition is not None and isinstance(owner, Publishable) and is_silent(owner, edition):
        return bdi(owner.code)
    if isinstance(owner, Source) and owner.language == Source.Language.URDU and get_language() == "en":
        return format_html('<span lang="ur" dir="rtl">{}</span>', owner.title)
    return in_language(owner, field)


def _owners(row: Any) -> Iterator[tuple[Any, str]]:
    for path in naming(row).about:
        relations, _dot, field = path.rpartition(".")
        owner = _follow(row, relations) if relations else row
        if owner is not None:
            yield owner, field


def _follow(row: Any, path: str) -> Any:
    for relation in path.split("."):
        row = row and getattr(row, relation)
    return row
