"""What is recorded."""

from azm.lib.redaction import REDACTED
from tracker.models.actions import ActionLink, Milestone, PlanChange, PolicyAction
from tracker.models.answers import FindingAnswer
from tracker.models.base import SHOWN, LedgerQuerySet, Publishable, Replaceable, localized
from tracker.models.bodies import Assignment, ReportingDuty, ResponsibleBody
from tracker.models.challenges import Challenge, ThrottleCount, ThrottleKey
from tracker.models.editions import Change, Edition, EditionItem
from tracker.models.indicators import Indicator, IndicatorBreak, Measure, Series, Target
from tracker.models.people import Membership, User
from tracker.models.policies import LineageClaim, Objective, Policy, PolicyEvent, Statement
from tracker.models.requests import Request, RequestedRow
from tracker.models.returns import Return
from tracker.models.snapshots import Headline, MetricSnapshot
from tracker.models.sources import Citation, Source
from tracker.models.updates import ProgressUpdate

__all__ = [
    "REDACTED",
    "SHOWN",
    "ActionLink",
    "Assignment",
    "Challenge",
    "Change",
    "Citation",
    "Edition",
    "EditionItem",
    "FindingAnswer",
    "Headline",
    "Indicator",
    "IndicatorBreak",
    "LedgerQuerySet",
    "LineageClaim",
    "Measure",
    "Membership",
    "MetricSnapshot",
    "Milestone",
    "Objective",
    "PlanChange",
    "Policy",
    "PolicyAction",
    "PolicyEvent",
    "ProgressUpdate",
    "Publishable",
    "Replaceable",
    "ReportingDuty",
    "Request",
    "RequestedRow",
    "ResponsibleBody",
    "Return",
    "Series",
    "Source",
    "Statement",
    "Target",
    "ThrottleCount",
    "ThrottleKey",
    "User",
    "localized",
]
