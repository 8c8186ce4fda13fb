"""The reviewed record: numbered folders of YAML files, each published as one edition and then never edited.

A folder holds `edition.yaml` (the summary) and files that map a model to a list of rows. Rows name each
other by code; a series is named by its indicator and area. Every scalar is read as text and converted by
the field it is for, so that no date, number or "no" is ever guessed at.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import BooleanField, ForeignKey

from provinces.models import Area
from tracker import models as ledger
from tracker.intake import sample
from tracker.models import Edition, Indicator, Publishable, Series
from tracker.publishing import GateRefused, publish

# In the order in which rows can name each other.
KINDS: dict[str, type[Publishable]] = {
    "sources": ledger.Source,
    "citations": ledger.Citation,
    "policies": ledger.Policy,
    "policy_events": ledger.PolicyEvent,
    "lineage_claims": ledger.LineageClaim,
    "objectives": ledger.Objective,
    "bodies": ledger.ResponsibleBody,
    "actions": ledger.PolicyAction,
    "action_links": ledger.ActionLink,
    "milestones": ledger.Milestone,
    "plan_changes": ledger.PlanChange,
    "statements": ledger.Statement,
    "assignments": ledger.Assignment,
    "reporting_duties": ledger.ReportingDuty,
    "indicators": ledger.Indicator,
    "indicator_breaks": ledger.IndicatorBreak,
    "measures": ledger.Measure,
    "snapshots": ledger.MetricSnapshot,
    "targets": ledger.Target,
    "updates": ledger.ProgressUpdate,
    "finding_answers": ledger.FindingAnswer,
}


# The base loader leaves every scalar a string; libyaml's is the faster one, where it is installed.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class RecordError(Exception):
    """The record cannot be loaded; the message names the file, the row and what is wrong with it."""


@dataclass(frozen=True)
class Row:
    """One row of a record file, not yet a model instance."""

    file: Path
    kind: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}, {self.kind} {self.values.get('code', '(no code)')}"


def refuse_the_sample() -> None:
    if settings.AZM_SAMPLE or sample.is_here():
        raise RecordError("This is the database of the sample. The record never enters it.")


def record_folders(root: Path) -> list[Path]:
    """The folders of the record in the order of their numbers."""
    return sorted(folder for folder in root.iterdir() if folder.is_dir())


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and the contents of the folder's files."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.yaml")):
        digest.update(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n".encode())
    return digest.hexdigest()


def load_folder(folder: Path) -> Edition | None:
    """Publish the folder as the next edition; None if it is published already.

    Raises RecordError, and changes nothing, if a row is wrong or a published folder was edited.
    """
    digest = folder_digest(folder)
    refuse_the_sample()
    published = Edition.objects.filter(record=folder.name).first()
    if published is not None:
        if published.record_digest != digest:
            raise RecordError(
                f"{folder.name} was published as edition {published.number} and has been edited since. "
                "A published folder stays as it is; a correction is a new folder."
            )
        return None
    summary = _mapping(folder / "edition.yaml")
    with transaction.atomic():
        instances = [_save(row) for row in _rows(folder)]
        try:
            return publish(
                instances,
                by=None,
                summary=summary.get("summary", ""),
                summary_ur=summary.get("summary_ur", ""),
                record=(folder.name, digest),
            )
        except GateRefused as refused:
            raise RecordError(f"{folder.name}:\n" + "\n".join(refused.problems)) from refused


def _mapping(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError:
        raise RecordError(f"{file.parent.name} has no {file.name}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordError(f"{file.parent.name}/{file.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise RecordError(f"{file.parent.name}/{file.name} is not a mapping.")
    return content


def _rows(folder: Path) -> Iterator[Row]:
    """Every row of the folder, kinds in the order in which they can name each other."""
    found: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for file in sorted(folder.glob("*.yaml")):
        if file.name == "edition.yaml":
            continue
        for kind, rows in _mapping(file).items():
            if kind not in KINDS:
                raise RecordError(f"{folder.name}/{file.name}: {kind!r} is not one of {', '.join(KINDS)}.")
            if not isinstance(rows, list) or not all(isinstance(values, dict) for values in rows):
                raise RecordError(f"{folder.name}/{file.name}: {kind} is not a list of rows.")
            found[kind] += [Row(file, kind, values) for values in rows]
    for rows in found.values():
        yield from rows


def _save(row: Row) -> Publishable:
    model = KINDS[row.kind]
    try:
        instance = model(**{name: _value(model, name, text) for name, text in row.values.items()})
        # The database itself holds the constraints; asking it for each one beforehand takes most of the time.
        instance.full_clean(validate_unique=False, validate_constraints=False)
        instance.save()
    except ValidationError as error:
        raise RecordError(f"{row}: {'; '.join(_sentences(error))}") from error
    except IntegrityError as error:
        raise RecordError(f"{row}: {_broken(model, error)}") from error
    except (ObjectDoesNotExist, LookupError, ValueError) as error:
        raise RecordError(f"{row}: {error}") from error
    return instance


def _broken(model: type[Publishable], error: IntegrityError) -> str:
    """The sentence of the constraint that the database names, or what the database says."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    broken = next((c for c in model._meta.constraints if c.name == name), None)
    return str(broken.get_violation_error_message()) if broken else str(error)


def _sentences(error: ValidationError) -> Iterator[str]:
    if hasattr(error, "message_dict"):
        yield from (f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    else:
        yield from error.messages


def _value(model: type[Publishable], name: str, text: Any) -> Any:
    field = next((f for f in model._meta.fields if f.name == name and (f.editable or name == "code")), None)
    if field is None:
        raise LookupError(f"there is no column {name!r}")
    if isinstance(field, ForeignKey):
        return _related(field, text)
    if not isinstance(text, str):
        raise LookupError(f"{name} must be one value")
    if isinstance(field, BooleanField):
        return {"true": True, "false": False}[text]
    if text == "" and field.null:
        return None
    return field.to_python(text.strip())


def _related(field: models.ForeignKey, name: Any) -> Any:
    target: Any = field.related_model
    if not name:
        return None
    if target is Series:
        indicator, area = name
        return Series.objects.get_or_create(
            indicator=Indicator.objects.get(code=indicator), area=Area.objects.get(code=area)
        )[0]
    try:
        return target.objects.get(code=name)
    except target.DoesNotExist:
        raise LookupError(f"{field.name} names {name!r}, which does not exist") from None
