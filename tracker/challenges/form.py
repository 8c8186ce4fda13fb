"""The form of a question: what a reader may send, and what a machine does not get right."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from azm.lib.plaintext import UNSEEN, is_typed, letters, plain_text
from tracker.challenges.ticket import Ticket, TooSoon, Unusable
from tracker.models.challenges import LONGEST, SHORTEST

LETTERS = 5


class PlainTextField(forms.CharField):
    """Measured after it was put into one spelling: a browser sends two characters for the end of a line."""

    def to_python(self, value: Any) -> str:
        return plain_text(super().to_python(value) or "")


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(["https", "http"])]


class ChallengeForm(forms.Form):
    text = PlainTextField(
        label=_("What is wrong or missing, and how do you know?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "autocomplete": "off"}),
    )
    source_url = WebAddressField(
        label=_("The address of a source, if you know one"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off", "placeholder": "https://"}),
    )
    # No person sees this one, and no browser fills it in; machines that fill in everything do.
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kind: str, code: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind, self.code = kind, code

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not is_typed(text):
            raise ValidationError(_("The text holds characters that cannot be typed. Please write it anew."))
        if len(text) < SHORTEST or letters(text) < LETTERS:
            raise ValidationError(_("Please say in a sentence what you question."))
        return text

    def clean_source_url(self) -> str:
        address: str = self.cleaned_data["source_url"]
        if UNSEEN.search(address) or not is_typed(address):
            raise ValidationError(_("The address holds characters that cannot be typed."))
        if "@" in urlsplit(address).netloc:
            raise ValidationError(_("Please give the address without a user name or a password."))
        return address

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(
                _("A hidden field that must stay empty was filled in, perhaps by your browser. It is empty again.")
            )
        return ""

    def clean_ticket(self) -> Ticket:
        try:
            return Ticket.read(self.cleaned_data["ticket"], self.kind, self.code)
        except Unusable:
            raise ValidationError(_("This form was open for too long or was not made here."), "unusable") from None
        except TooSoon:
            raise ValidationError(_("This was sent faster than anybody writes. Please look it over."), "soon") from None

    def sentences(self) -> list[str]:
        """What is wrong with the sending as a whole; what is wrong with a field stands beside it."""
        return [str(sentence) for name in ("ticket", "homepage") for sentence in self.errors.get(name, [])]
