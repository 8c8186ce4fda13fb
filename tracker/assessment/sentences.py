"""What a judgement says in one sentence, built from the numbers it was computed from."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment.schedule import Answers, Basis, State
from tracker.assessment.silence import Silence
from tracker.models import PolicyAction, ProgressUpdate, ReportingDuty

NUMBERS = [
    gettext_lazy("none"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
]


def counted(n: int) -> str:
    """Small numbers in words, as in a newspaper."""
    return str(NUMBERS[n]) if n < len(NUMBERS) else number(n)


def of_commitment(answers: Answers, action: PolicyAction, on: date) -> SafeString:
    """ "Two of five steps were due by 22 November 2026; one is proved; the ministry says under way." """
    if answers.state == State.NOT_SCORED:
        reason = in_language(action, "unscored_reason") or answers.get_reason_display()
        return format_html(_("Recorded and never judged: {}."), reason)
    clauses = [_plan(answers, on), _proof(answers), _word(answers.reported)]
    if answers.state == State.CANNOT_SAY:
        clauses.insert(
            0, format_html(_("whether this is in time cannot be said, for {}"), answers.get_reason_display())
        )
    told = format_html_join(_("; "), "{}", ((clause,) for clause in clauses if clause))
    sentence = format_html(_("{}."), _begun(told))
    if answers.state_now != answers.state:
        current = format_html(_("Against the plan with its published changes: {}."), answers.get_state_now_display())
        sentence = format_html("{} {}", sentence, current)
    return sentence


def _begun(text: SafeString) -> SafeString:
    return mark_safe(capfirst(text))  # it was safe before


def _plan(answers: Answers, on: date) -> str:
    day = date_long(on)
    if answers.basis == Basis.STEPS:
        if answers.steps == 1:
            text = _("its one step was due by {day}") if answers.steps_due else _("its one step was not due by {day}")
            return format_html(text, day=day)
        if not answers.steps_due:
            return format_html(_("its {steps} steps were not due by {day}"), steps=counted(answers.steps), day=day)
        text = ngettext(
            "{due} of {steps} steps was due by {day}", "{due} of {steps} steps were due by {day}", answers.steps_due
        )
        return format_html(text, due=counted(answers.steps_due), steps=counted(answers.steps), day=day)
    if answers.due_on is not None and answers.basis == Basis.DEADLINE:
        text = _("it was due by {day}") if answers.due_on < on else _("it is due by {day}")
        return format_html(text, day=date_long(answers.due_on))
    return ""


def _proof(answers: Answers) -> str:
    if answers.basis != Basis.STEPS:
        return ""
    if answers.steps_proved == answers.steps and answers.steps > 1:
        return _("all are proved")
    text = ngettext("{proved} is proved", "{proved} are proved", answers.steps_proved)
    proved = format_html(text, proved=counted(answers.steps_proved))
    if not answers.steps_said:
        return proved
    text = ngettext("{said} is only said to be met", "{said} are only said to be met", answers.steps_said)
    return format_html(_("{}, {}"), proved, format_html(text, said=counted(answers.steps_said)))


def _word(report: ProgressUpdate | None) -> str:
    if report is None:
        return _("no report on it as a whole is on record")
    status, day = report.get_status_display(), date_long(report.as_of)
    if report.body is None:
        return format_html(_("others report: {status} ({day})"), status=status, day=day)
    return format_html(
        _("{body} says: {status} ({day})"), body=in_language(report.body, "name"), status=status, day=day
    )


def of_silence(duty: ReportingDuty, silence: Silence) -> SafeString:
    """ "Ministry M has to report every 4 months. A report was due on 21 July 2026; 125 days have passed. …" """
    text = ngettext(
        "{body} has to report every {months} months. A report was due on {due}; {days} day has passed.",
        "{body} has to report every {months} months. A report was due on {due}; {days} days have passed.",
        silence.days or 0,
    )
    sentence = format_html(
        text, body=in_language(duty.body, "name"), months=number(duty.interval_months), due=date_long(silence.due),
        days=number(silence.days),
    )  # fmt: skip
    if silence.last is None:
        return format_html("{} {}", sentence, _("No report by it is on record."))
    return format_html("{} {}", sentence, format_html(_("The last is of {}."), date_long(silence.last.as_of)))
