"""The rows of a list: counted no further than they are paged through, totally ordered, or computed.

With `azm.lib.listing` this is the only place that knows both django-tables2 and django-filter.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_tables2.data import TableQuerysetData

COUNTED = 10_000
PER_PAGE = 25


def number_of(rows: Any) -> int:
    """How many rows there are, counted no further than one beyond COUNTED."""
    if isinstance(rows, QuerySet):
        return int(rows.order_by()[: COUNTED + 1].count())
    return len(rows if isinstance(rows, list) else rows.all())


class CappedPaginator(Paginator):
    """Counts no further than COUNTED rows, and answers any number with a page that exists."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list  # of the table; their queryset is asked, for they would count one by one
        return number_of(rows.data.data)

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are paged through; the file has them all."""
        return self._counted > COUNTED


class TotallyOrdered(TableQuerysetData):
    """Rows sorted by a column are sorted by their key after it, so that no row changes its page."""

    def order_by(self, aliases: Any) -> None:
        super().order_by(aliases)
        if aliases:
            self.data: QuerySet = self.data.order_by(*self.data.query.order_by, "pk")


@dataclass(frozen=True)
class Rows:
    """Rows that are computed and not stored, as a filterset expects them; not before they are asked for."""

    compute: Callable[[], Iterable[Any]]
    made_of: type
    """The class of a row, whose attributes the columns of the file are."""
    fields: Mapping[str, tuple[Any, str]] = dataclasses.field(default_factory=dict)
    """Of the columns that repeat a field of a model, the model and its field."""
    model = None

    @cached_property
    def _computed(self) -> list[Any]:
        return list(self.compute())

    def all(self) -> list[Any]:
        return self._computed


class RowFilterSet(django_filters.FilterSet):
    """Filters of computed rows: each keeps the rows whose attribute of its name is, or holds, what is asked."""

    def filter_queryset(self, queryset: Any) -> Any:
        for name, value in self.form.cleaned_data.items():
            if value not in (None, ""):
                queryset = [row for row in queryset if self.keeps(getattr(row, name), value)]
        return queryset

    @staticmethod
    def keeps(held: Any, value: Any) -> bool:
        return value in held if isinstance(held, frozenset) else bool(held == value)


class ListingTable(tables.Table):
    """A table whose rows come from the database in a total order, or are computed and come in their own."""

    class Meta:
        order_by_field = "sort"
        empty_text = gettext_lazy("No row on record.")

    empty_reason: Any = ""
    """Why there is no row, and what would change it."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data if isinstance(data, list) else TotallyOrdered(data), **kwargs)

    def below(self, record: Any) -> str:
        """What stands below the head of a row, whichever column that is; most rows have nothing there."""
        return ""

    @classmethod
    def sortable(cls) -> list[str]:
        """The names that `sort` understands."""
        return [name for name, column in cls.base_columns.items() if column.orderable is not False]
