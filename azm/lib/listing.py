"""A listing: one declaration of a table, its filters and its file.

From it come the page `/actions/` and the file `/actions.csv`, with the same rows, the same filters and the
same order. What rows are is told in `azm.lib.listedrows`.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import BadRequest
from django.core.paginator import Page
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import npgettext
from django.views.decorators.http import require_safe

from azm.lib import listedrows
from azm.lib.csvfiles import Columns, copy_csv, write_csv
from azm.lib.templatetags.azm import number


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the page without it."""

    label: str
    url: str


def told(total: int) -> str:
    """ "1,234", or "more than 10,000" where counting stopped."""
    if total <= listedrows.COUNTED:
        return number(total)
    return format_html(_("more than {}"), number(listedrows.COUNTED))


def chosen(field: Any, value: Any, asked: str) -> Any:
    """What was asked of a filter and found valid, in the words of its control."""
    if hasattr(field, "label_from_instance"):
        return field.label_from_instance(value)
    return {str(key): text for key, text in getattr(field, "choices", [])}.get(asked, value)


class Listing:
    """Subclass it, name the table, the filters and the columns of the file, and give the rows."""

    name: ClassVar[str]
    title: ClassVar[Any]
    lead: ClassVar[Any] = ""
    table_class: ClassVar[type[listedrows.ListingTable]]
    filterset_class: ClassVar[type[django_filters.FilterSet]]
    columns: ClassVar[Columns]
    template_name: ClassVar[str] = "listing.html"
    parameters: ClassVar[frozenset[str]] = frozenset({"sort", "page"})
    file_timeout: ClassVar[str] = "10min"
    leading_filters: ClassVar[tuple[str, ...]] = ()
    """The filters that are shown at once; without any named, all are."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    # What a subclass says

    def get_queryset(self) -> Any:
        """The rows that exist for this request, in their own total order; `listedrows.Rows`, if they are computed."""
        raise NotImplementedError

    def opened(self) -> AbstractContextManager[None]:
        """What must hold while rows are read, for instance a transaction."""
        return nullcontext()

    def file_name(self) -> str:
        return f"{self.name}.csv"

    def counted(self, n: int) -> Any:
        """So many rows of this list in words, without the number: "rows"."""
        return npgettext("counted", "row", "rows", n)

    def columns_url(self) -> str:
        """Where the columns of the file are explained, if they are."""
        return ""

    def complete(self, rows: list[Any]) -> None:
        """Give the rows of one page what is worked out for them alone."""

    def context(self) -> dict[str, Any]:
        """What the page shows besides the table."""
        return {}

    # The rows, filtered and sorted; both spellings take them from here

    @cached_property
    def filterset(self) -> django_filters.FilterSet:
        return self.filterset_class(self.request.GET, self.get_queryset(), request=self.request)

    @cached_property
    def table(self) -> listedrows.ListingTable:
        self.refuse_what_is_not_understood()
        table = self.table_class(self.filterset.qs)
        table.request = self.request  # given to the constructor, it would page and count every row there and then
        if sort := self.request.GET.get("sort"):
            table.order_by = sort
        return table

    def refuse_what_is_not_understood(self) -> None:
        """A filter that is misspelt must not show, or export, everything."""
        known = {*self.filterset.filters, *self.parameters}
        if unknown := sorted(set(self.request.GET) - known):
            raise BadRequest(
                _("This list has no filter “%(unknown)s”. It has: %(known)s.")
                % {"unknown": ", ".join(unknown)[:100], "known": ", ".join(sorted(self.filterset.filters))}
            )
        if not self.filterset.is_valid():
            raise BadRequest(
                " ".join(
                    f"{self.filterset.form.fields[name].label or name}: {' '.join(map(str, errors))}"
                    if name in self.filterset.form.fields
                    else " ".join(map(str, errors))
                    for name, errors in self.filterset.errors.items()
                )
            )
        sortable = self.table_class.sortable()
        for alias in filter(None, self.request.GET.get("sort", "").split(",")):
            if alias.removeprefix("-") not in sortable:
                raise BadRequest(
                    _("This list cannot be sorted by “%(alias)s”. It can be by: %(sortable)s.")
                    % {"alias": alias[:50], "sortable": ", ".join(sortable)}
                )

    @cached_property
    def page(self) -> Page:
        table = self.table
        table.paginator = listedrows.CappedPaginator(table.rows, listedrows.PER_PAGE)
        page: Page = table.paginator.get_page(self.request.GET.get("page", 1))
        table.page = page
        shown: Any = page.object_list  # of the table; what it shows is asked for
        self.complete(list(shown.data))
        return page

    # The two spellings

    def as_page(self) -> HttpResponseBase:
        with self.opened():
            table, chips = self.table, list(self.chips())  # the table first, which refuses what is not understood
            context = {
                "listing": self,
                "title": self.title,
                "lead": self.lead,
                "table": table,
                "page": self.page,
                "form": self.filterset.form,
                **self.controls(),
                "hidden": list(self.carried()),
                "chips": chips,
                "clear_url": self.url_without(*self.filterset.filters),
                "csv_url": self.csv_url(),
                "columns_url": self.columns_url(),
                "sorted_by": self.sorted_by(),
                **self.counts(narrowed=bool(chips)),
                **self.context(),
            }
            if chips and not self.page.paginator.count:
                table.empty_text = _("Nothing fits these filters.")
                table.empty_reason = format_html(
                    _("Without them there are {total} {rows}; remove one above, or all of them."),
                    total=context["total"],
                    rows=context["noun_of_total"],
                )
            return TemplateResponse(self.request, self.template_name, context).render()

    def as_csv(self) -> HttpResponseBase:
        with self.opened():
            rows = self.table.data.data  # every refusal comes before the first byte
        stream = self._stream(rows)
        response = StreamingHttpResponse(
            stream,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self.file_name()}"'},
        )
        if self.request.method != "HEAD":
            # So does what fails in the database. A file of one block is read to its end here, and nothing stays
            # open; of a longer one the response closes the stream, however far it was read.
            response.streaming_content = chain(list(islice(stream, 2)), stream)
        return response

    def _stream(self, rows: Any) -> Iterator[bytes]:
        with self.opened():
            # A page must be quick; a file takes as long as the slowest phone that reads it.
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [self.file_timeout])
            yield from (write_csv if isinstance(rows, list) else copy_csv)(rows, self.file_columns())

    def file_columns(self) -> Columns:
        return self.columns

    # What stands around the table

    def controls(self) -> dict[str, Any]:
        """The controls of the filters: those shown at once, and the rest, which open if one of them is in force."""
        fields = self.filterset.form.visible_fields()
        if not self.leading_filters:
            return {"fields": fields, "more_fields": []}
        more = [field for field in fields if field.name not in self.leading_filters]
        return {
            "fields": [self.filterset.form[name] for name in self.leading_filters],
            "more_fields": more,
            "more_in_force": any(self.filterset.form.cleaned_data.get(field.name) for field in more),
        }

    def counts(self, *, narrowed: bool) -> dict[str, Any]:
        """How many rows are shown, of how many; only a list that is narrowed by a filter counts all of them."""
        n = self.page.paginator.count
        total = listedrows.number_of(self.filterset.queryset) if narrowed else n
        return {
            "noun": self.counted(n),
            "any_rows": bool(total),
            "total": told(total),
            "noun_of_total": self.counted(total),
        }

    def sorted_by(self) -> list[tuple[Any, bool]]:
        """The heads of the columns that the reader sorts by, and whether each falls."""
        return [(self.table.columns[alias.bare].header, alias.is_descending) for alias in self.table.order_by or ()]

    # Addresses

    def carried(self) -> Iterator[dict[str, str]]:
        """What the form of the filters must not lose: the order, and whatever else the listing reads."""
        for name in sorted(self.parameters - {"page"}):
            if value := self.request.GET.get(name):
                yield {"name": name, "value": value}

    def chips(self) -> Iterator[Chip]:
        for name, field in self.filterset.form.fields.items():
            value = self.filterset.form.cleaned_data.get(name)
            if value in (None, "", []):
                continue
            yield Chip(f"{field.label}: {chosen(field, value, self.request.GET.get(name, ''))}", self.url_without(name))

    def url_without(self, *names: str) -> str:
        query = self.request.GET.copy()
        for name in (*names, "page"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def csv_url(self) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        address = reverse(f"{self.name}-csv")
        return f"{address}?{query.urlencode()}" if query else address

    @classmethod
    def urls(cls, prefix: str | None = None) -> list[URLPattern]:
        """`<name>/` and `<name>.csv`, named `<name>` and `<name>-csv`."""
        prefix = prefix or cls.name

        @require_safe
        def page(request: HttpRequest) -> HttpResponseBase:
            return cls(request).as_page()

        @require_safe
        def csv(request: HttpRequest) -> HttpResponseBase:
            return cls(request).as_csv()

        return [path(f"{prefix}/", page, name=cls.name), path(f"{prefix}.csv", csv, name=f"{cls.name}-csv")]
