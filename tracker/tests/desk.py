"""What tests of the desk share: the roles, and posting a form as a browser would."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse

from tracker.access import ANALYST, CENTRAL_ANALYST, REVIEWER
from tracker.models import Membership, ResponsibleBody, User


def clerk(username: str, *groups: str, body: ResponsibleBody | None = None) -> User:
    user = User.objects.create_user(username, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    if body is not None:
        Membership.objects.create(user=user, body=body, since="2024-01-01")
    return user


def analyst(username: str = "analyst", body: ResponsibleBody | None = None) -> User:
    return clerk(username, ANALYST, body=body)


def central(username: str = "central") -> User:
    return clerk(username, CENTRAL_ANALYST)


def reviewing(username: str = "rita") -> User:
    return clerk(username, REVIEWER)


def signed_in(user: User) -> Client:
    client = Client()
    with override_settings(AXES_ENABLED=False):  # it counts guesses, and this is none
        client.force_login(user)
    return client


def address(row: Any, page: str = "change") -> str:
    """The desk's page of a row, or of a model (`add`, `changelist`)."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(name) if isinstance(row, type) else reverse(name, args=[row.pk])


class Fields(HTMLParser):
    """The names and values that a browser would post for the form with the most fields on the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.select: str | None = None
        self.textarea: str | None = None
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = given.get("id", "").endswith("_form") or given.get("action", "").endswith("/review/")
        name = given.get("name", "")
        if not self.inside or "disabled" in given or "__prefix__" in name:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "button"):
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if ticks else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values.setdefault(self.select, []).append(given.get("value", ""))
        elif tag == "textarea" and name:
            self.textarea = name
            self.values[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            self.values[self.textarea][0] = self.values[self.textarea][0].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False


def fields(response: Any) -> dict[str, list[str]]:
    return Fields(response.content.decode()).values


def fill(client: Client, page_url: str, /, press: str = "Save", **entries: Any) -> Any:
    """Open a form, enter something and press a button; everything else is posted as the page had it."""
    page = client.get(page_url)
    assert page.status_code == 200, (page_url, page.status_code)
    data = {name: values for name, values in fields(page).items() if not name.startswith("CHANGE_FORM-")}
    return client.post(page_url, {**data, **given(entries), "_save": press}, follow=True)


def given(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in entries.items()}


def errors(response: Any) -> str:
    """What the form complains about, in one string; empty if it was saved."""
    form = response.context.get("adminform") if response.context else None
    if form is None:
        return ""
    inline = [f.errors for formset in response.context["inline_admin_formsets"] for f in formset.formset.forms]
    return f"{dict(form.form.errors)} {[e for e in inline if e]}" if form.form.errors or any(inline) else ""


def told(response: Any) -> str:
    return " | ".join(str(message) for message in response.context["messages"])


def act(client: Client, row: Any, action: str) -> Any:
    """Run an action from the list, on one row."""
    model = type(row)
    return client.post(
        address(model, "changelist"), {"action": action, "_selected_action": [row.pk], "index": 0}, follow=True
    )
