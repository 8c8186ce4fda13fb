"""Django's admin, made strict: input that none of its pages makes gets 400 and a sentence, not an error.

It takes any lookup of any column for a filter, any text for the number of a row, and any relation for a
field with suggestions, and fails on most of them.
"""

from typing import Any

from django.contrib.admin import ActionLocation, AdminSite, ModelAdmin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import SOURCE_MODEL_VAR, IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _


def is_possible(field: Field, value: Any) -> bool:
    """Whether a column could hold the value at all: digits that are not too many, for most keys."""
    try:
        field.run_validators(field.to_python(value))
    except ValidationError:
        return False
    return True


class StrictChangeList(ChangeList):
    """Django lets a list be filtered by any lookup of any column; ours by the filters that it shows."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            found = super().get_filters(request)
        except (ValueError, OverflowError) as error:  # a year that no calendar has
            raise IncorrectLookupParameters(error) from error
        of_dates = self._bounds_of_dates() if f"{self.date_hierarchy}__year" in self.params else set()
        if unknown := sorted(found[2].keys() - of_dates):
            raise BadRequest(_("This list has no filter “%s”.") % unknown[0])
        return found

    def _bounds_of_dates(self) -> set[str]:
        return {f"{self.date_hierarchy}__gte", f"{self.date_hierarchy}__lt"}

    def get_results(self, request: HttpRequest) -> None:
        """A page that is no longer there, since rows have left the list, is the first one."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            self.page_num = 1
            super().get_results(request)


class Strict(ModelAdmin):
    """The pages of one model."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return StrictChangeList

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except DisallowedModelAdminLookup as error:
            raise BadRequest(_("This list has no such filter.")) from error
        except IncorrectLookupParameters as error:
            raise BadRequest(_("A filter of this list has a value that it does not know.")) from error

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills into a new form: a row that is chosen must at least have a possible number."""
        initial = super().get_changeform_initial_data(request)
        keys = {field.name: field.target_field for field in self.opts.get_fields() if isinstance(field, ForeignKey)}
        for name, field in self.form.declared_fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                keys[name] = field.queryset.model._meta.pk
        for name in initial.keys() & keys.keys():
            if initial[name] and not is_possible(keys[name], initial[name]):
                raise BadRequest(_("“%s” in this address names no row.") % name)
        return initial

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id, from_field or None)

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        action_location: Any = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        if not all(is_possible(self.opts.pk, value) for value in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest(_("No such row."))
        return super().response_action(request, queryset, action_location=action_location)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        source = request.POST.get(SOURCE_MODEL_VAR, "")
        if source and "." not in source:
            raise BadRequest(_("This window was opened from no form."))
        return super().response_add(request, obj, post_url_continue)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page itself; Django's way there is closed (`StrictSite.get_urls`)."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None


class Suggestions(AutocompleteJsonView):
    """Suggestions for a foreign key, and for nothing else."""

    def process_request(self, request: HttpRequest) -> Any:
        try:
            found = super().process_request(request)
        except FieldDoesNotExist as error:
            raise BadRequest(_("There are no suggestions for this field.")) from error
        if not isinstance(found[2], ForeignKey):
            raise BadRequest(_("There are no suggestions for this field."))
        return found


class StrictSite(AdminSite):
    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Whoever registers a model, its pages are strict: an app that is added later cannot forget it."""
        base = admin_class or Strict
        if not issubclass(base, Strict):
            base = type(base.__name__, (base, Strict), {"__module__": base.__module__})
        super().register(model_or_iterable, base, **options)

    def get_urls(self) -> list[Any]:
        """Without `/r/<type>/<id>/`, which told anybody at the desk the address of any row, drafts included."""
        return [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        suggestions: Any = Suggestions.as_view(admin_site=self)
        return suggestions(request)  # type: ignore[no-any-return]
