"""What the columns of files mean that no field of a model tells: sums, shares and rows that are computed.

A key is the name of a column, in whichever file, or "list.column" where it means something else in one of them.
Everything else in the dictionary of columns comes from the fields themselves.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

MEANINGS: Final[dict[str, Any]] = {
    # Counts
    "policies.actions": _("How many commitments the policy has."),
    "bodies.actions": _("How many commitments name the body, in any role and at any time."),
    "figures": _("How many statements with a figure are on record."),
    "passages": _("How many citations the document has."),
    "members": _("Of a group, the codes of its areas, separated by semicolons."),
    "leads": _("The codes of the bodies that lead on the day of the reading, separated by semicolons."),
    # Shares, between 0 and 1, to four places
    "evidence": _("The share of the weight of the milestones that independent or checked evidence proves met."),
    "evidence_floor": _("The same over all that is scored; what has no plan counts as unproved."),
    "self_reported": _("The share of the weight of the milestones that the body itself says is met."),
    "planned": _("The share of the weight of the milestones that was due by the day of the reading."),
    "planned_floor": _("The same over all that is scored; what has no plan counts as not due."),
    "elapsed_least": _("The least share of the time of the policy that has passed; dates may be known by year only."),
    "elapsed_most": _("The most that it may be."),
    "share": _("The latest figure divided by what is required."),
    "covered": _("The way from the baseline to the target that is covered; empty where the baseline is not known."),
    "distances.planned": _("The way that should be covered by the day of the latest figure."),
    "distances.elapsed": _("The share of the time from baseline to deadline that has passed."),
    "pace": _("The way covered divided by the way that should be."),
    # Figures
    "headline": _("Whether the statement leads its series: the one that pages show first."),
    "factor": _("The larger of the two figures divided by the smaller."),
    # What is missing
    "openness.searched_on": _("The day on which one looked for it."),
    "openness.searched_where": _("Where one looked for it."),
    # Acts
    "item": _("Edition, kind and code of the row."),
    "happened": _("Whether the row entered, was corrected, withdrawn, suspended, restored or redacted."),
    "history.replaces": _("The code of the row that this one corrected."),
    "replaced_by": _("The code of the row that corrects this one."),
    "corrections.reason": _("Why, as the one who did it says."),
    "history.reason": _("Why, as the one who did it says."),
    "old_value": _("The figure before the correction."),
    "new_value": _("The figure after it."),
    "outcome": _("Of a suspension, whether another reviewer ratified or reversed it."),
    "entered": _("How many rows the edition published."),
    "withdrawn": _("How many rows left with it."),
    "editions.suspended": _("How many rows it hid."),
    "editions.restored": _("How many rows it brought back."),
    "editions.redacted": _("From how many rows it removed the content."),
    # Findings
    "findings.code": _("Rule, kind of row and code of row: the name of the finding as long as the rule remarks on it."),
    "rule": _("The code of the rule, as on the page of the methodology."),
    "severity": _("“warns” or “notes”; what would block publication is never public."),
    "findings.kind": _("The kind of row that is remarked on."),
    "subject": _("The code of the row that is remarked on."),
    "findings.indicator": _("The code of the indicator that the row belongs to."),
    "findings.area": _("The code of the area that the row belongs to."),
    "findings.policy": _("The code of the policy that the row belongs to."),
    "findings.action": _("The code of the commitment that the row belongs to."),
    "findings.body": _("The code of the body that the row belongs to."),
    "sentence": _("The remark in English."),
    "sentence_ur": _("The remark in Urdu."),
    "working": _("The arithmetic in English."),
    "working_ur": _("The arithmetic in Urdu."),
    "inputs": _("The codes of the rows that its numbers come from, separated by semicolons."),
    "citations": _("The codes of the citations that it rests on, separated by semicolons."),
    "answered_by": _("The codes of the bodies that answer it, separated by semicolons."),
    "answers": _("What they say, a line each."),
    "answer_citations": _("The codes of the citations of the answers, separated by semicolons."),
    "address": _("Where the row is shown."),
    "findings.edition": _("The number of the edition that is read."),
    "on": _("The day for which it is worked out."),
    # Measures in areas
    "area-measures.code": _("Indicator and area: the name of the row."),
    "area-measures.indicator": _("The code of the indicator."),
    "area-measures.area": _("The code of the area."),
    "area_kind": _("Province, territory, country, or group that a source reports jointly."),
    "area-measures.state": _("What is known: a figure, only a joint one, withheld, sought and not found, or none."),
    "joint_with": _("The codes of the groups that have a figure which holds this area, separated by semicolons."),
    "areas_reported": _("In how many areas the measure has a figure of its own."),
    "areas": _("In how many areas it could have one."),
    "policies": _("The codes of the policies that it measures, separated by semicolons."),
    "uses": _("Whether it measures implementation or describes the situation."),
    "area-measures.snapshot": _("The code of the statement."),
    "area-measures.reason": _("Why there is no figure, as it is worded."),
    "area-measures.edition": _("The number of the edition in which the statement entered."),
    # Every file
    "edition": _("The number of the edition in which the row entered."),
    "redacted_in": _("The number of the edition that removed the content of the row; empty for nearly all."),
    "sample": _("Always true: every row of this site is invented."),
}
