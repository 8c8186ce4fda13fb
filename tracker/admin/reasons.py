"""The words that a clerk or reviewer gives for an act; but for answers, all of them are published."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Edition, Publishable
from tracker.publishing.requests import repeated


def text(label: Any, help_text: Any = "", **options: Any) -> forms.CharField:
    urdu = options.pop("urdu", False)
    attributes = {"rows": 3, "cols": 60} | ({"dir": "rtl", "lang": "ur"} if urdu else {})
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs=attributes), **options)


class ReasonForm(forms.Form):
    reason = text(
        gettext_lazy("Reason"),
        gettext_lazy("One sentence for the public: why. It is the summary of the edition and never changes."),
    )
    reason_ur = text(gettext_lazy("Reason in Urdu"), required=False, urdu=True)
    repeated: Sequence[str] = ()

    def show_only_what_matters(self, *, include: bool) -> None:
        """Boxes to tick that have nothing to say here are left out of the page."""
        self.fields = {
            name: field
            for name, field in self.fields.items()
            if (name != "include" or include) and (name != "harmless" or self.repeated)
        }


class AskForm(ReasonForm):
    include = forms.BooleanField(label=gettext_lazy("Ask for these too"), required=False)


class RedactionForm(ReasonForm):
    """A reason that repeats words of the rows is taken only from somebody who was shown which."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=[("", "---------"), *Edition.Ground.choices])
    harmless = forms.BooleanField(
        label=gettext_lazy("I have read these words again: they give away nothing of what is to go"), required=False
    )

    field_order = ["ground", "reason", "reason_ur", "harmless"]

    def __init__(self, rows: Iterable[Publishable], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.fields["reason"].help_text = _(
            "One sentence for the public: why. It is published and never changes, so it must not repeat what is to be"
            " removed: write “it named a private person”, not whom."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.repeated = repeated(f"{cleaned.get('reason', '')}\n{cleaned.get('reason_ur', '')}", self.rows)
        if self.repeated and not cleaned.get("harmless"):
            words = "; ".join(f"“{words}”" for words in self.repeated)
            self.add_error("reason", _("The reason repeats words of what is to be removed: %s.") % words)
        return cleaned


class AnswerForm(forms.Form):
    answer = text(
        gettext_lazy("Answer"),
        gettext_lazy("Why the request is declined. Whoever asked reads it; it is not published."),
    )
