"""The form of every ledger row: nobody overwrites unseen, nobody writes for others, and the rules have their say."""

import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from tracker.admin import scope
from tracker.assessment.rules import CitationMissing, Severity, findings
from tracker.models import Change, Publishable, User
from tracker.publishing.gate import sentence_of

# A draft may still lack these; whatever else blocks publication is wrong from the start.
MAY_BE_MISSING_IN_A_DRAFT = {CitationMissing}


def token(row: Publishable) -> str:
    """What a form has seen of a row: it changes with every edit, and when the row moves on."""
    stamps = (row.edition_id, row.withdrawn_in_id, row.redacted_in_id)
    return "-".join([str(row.version), row.stage, *(str(stamp or 0) for stamp in stamps)])


def _plain(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def is_locked(row: Publishable) -> bool:
    """With a reviewer, withdrawn or redacted: nobody edits it. (Of a published one, mendable columns may be.)"""
    if row.is_published:
        return row.withdrawn_in_id is not None or row.redacted_in_id is not None
    return row.stage == Publishable.Stage.SUBMITTED


class LedgerForm(forms.ModelForm):
    """`clerk` is set on the class that the admin makes for each request."""

    clerk: User

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields and not self.instance._state.adding:
            self.fields["seen"].initial = self.initial["seen"] = token(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "seen" in self.fields and not self.instance._state.adding and self.has_changed():
            self._refuse_what_is_stale(cleaned.get("seen", ""))
        return cleaned

    def _refuse_what_is_stale(self, seen: str) -> None:
        current = token(self.instance)
        if seen == current:
            return
        if not seen:
            raise ValidationError(
                _("This form lacks the version that it began with. Open the row again."), code="stale"
            )
        if is_locked(self.instance) or self.instance.is_published:
            raise ValidationError(
                _("%(edit)s It is now submitted, published or withdrawn, and nothing was saved."),
                code="stale",
                params={"edit": self._last_edit()},
            )
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("seen")] = current  # saving again, knowingly, is possible
        self.data = data
        raise ValidationError(
            _("%(edit)s Nothing was saved; your entries are below. Stored now: %(stored)s. Save again to replace it."),
            code="stale",
            params={"edit": self._last_edit(), "stored": self._what_differs()},
        )

    def _last_edit(self) -> str:
        table = self._meta.model._meta.db_table
        last = Change.objects.filter(table=table, row=self.instance.pk).first()
        who = User.objects.filter(pk=last.who).first() if last and last.who else None
        when = formats.date_format(timezone.localtime(last.at), "Y-m-d H:i") if last else "?"
        return _("%(who)s changed this row on %(when)s, after you opened it.") % {
            "who": who or _("Somebody"),
            "when": when,
        }

    def _what_differs(self) -> str:
        """The stored values of the fields in which this form and the row differ."""
        differing = [name for name in self.changed_data if name != "seen" and name in self.initial]
        return "; ".join(f"{self.fields[name].label}: {self._stored(name)}" for name in differing) or "–"

    def _stored(self, name: str) -> Any:
        """The row has not taken the entries yet: `clean` comes before that."""
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name, self.initial[name])
        return "–" if value in (None, "") else value if display else _plain(value)

    def _post_clean(self) -> None:
        if self.instance._state.adding:
            self.instance.entered_by = self.clerk
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and not scope.may_write(self.instance, self.clerk):
            self.add_error(
                "body" if "body" in self.fields else None,
                ValidationError(_("You enter facts for your own bodies only."), code="foreign"),
            )
        if not self.errors and self.has_changed():
            self._ask_the_rules()

    def _ask_the_rules(self) -> None:
        """Rules are asked of stored rows, so the row is stored in a savepoint and taken out again."""
        if any(field.null is False and getattr(self.instance, field.attname) is None for field in self._parents()):
            return  # a row beside a parent that is not stored yet; submitting asks again
        row = copy.copy(self.instance)
        try:
            with transaction.atomic():
                self.store(row)
                found = findings(type(row).objects.filter(pk=row.pk), Severity.BLOCKS)
                transaction.set_rollback(True)
        except IntegrityError as error:
            self.add_error(None, ValidationError(sentence_of(error), code="refused"))
            return
        for finding in found:
            if finding.rule not in MAY_BE_MISSING_IN_A_DRAFT:
                sentence = ValidationError(_("This row %(remark)s"), params={"remark": finding.sentence}, code="rule")
                self.add_error(finding.field if finding.field in self.fields else None, sentence)

    def _parents(self) -> list[Any]:
        return [f for f in self.instance._meta.fields if f.is_relation and f.name not in self.stored_later()]

    def stored_later(self) -> set[str]:
        """Foreign keys that `store` fills in."""
        return set()

    def store(self, row: Publishable) -> None:
        row.save()
