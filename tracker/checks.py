"""System checks: the guard in the database agrees with the models."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tracker.intake import sample
from tracker.models import Edition, Publishable
from tracker.publishing.guard import guard_problems, publishable_models


@register(Tags.models)
def base_constraints_are_inherited(**kwargs: Any) -> list[CheckMessage]:
    """`class Meta:` without `(Publishable.Meta)` would silently lose the constraints of every ledger row."""
    wanted = {constraint.name for constraint in Publishable.Meta.constraints}
    return [
        Error(
            f"{model.__name__} does not inherit the constraints of Publishable.",
            hint="Write `class Meta(Publishable.Meta)` and begin its constraints with *Publishable.Meta.constraints.",
            obj=model,
            id="tracker.E001",
        )
        for model in publishable_models()
        if not {name.replace("%(class)s", model._meta.model_name or "") for name in wanted}
        <= {constraint.name for constraint in model._meta.constraints}
    ]


@register(Tags.database)
def the_sample_says_so(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What is invented is shown with AZM_SAMPLE, and the record without."""
    if (
        not databases
        or "default" not in databases
        or Edition._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    wrong = sample.others_are_here() and not sample.is_here() if settings.AZM_SAMPLE else sample.is_here()
    if not wrong:
        return []
    says = "the record is shown as a sample" if settings.AZM_SAMPLE else "a sample is shown as the record"
    hint = "Give another DATABASE_URL, or change AZM_SAMPLE."
    return [Error(f"With this database {says}.", hint=hint, id="tracker.E003")]


@register(Tags.database)
def every_table_is_guarded(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Triggers can be missing after manual work on the database or a partial restore."""
    if not databases or "default" not in databases:
        return []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes("tracker")):
        return []  # the tables are on their way
    return [
        Error(problem, hint="Run migrate; if the models changed, add a migration.", id="tracker.E002")
        for problem in guard_problems()
    ]
