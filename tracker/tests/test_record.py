"""The reviewed record as it is loaded and published, and what the loader refuses."""

import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import yaml
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q
from django.test import TestCase
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from tracker.intake.record import KINDS, RecordError, load_folder
from tracker.models import (
    ActionLink,
    Assignment,
    Citation,
    Edition,
    EditionItem,
    Headline,
    Indicator,
    LineageClaim,
    Measure,
    MetricSnapshot,
    Milestone,
    Objective,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    ReportingDuty,
    ResponsibleBody,
    Series,
    Source,
    Statement,
    Target,
)
from tracker.publishing import GateRefused
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import make_area, publish_all

RECORD = settings.BASE_DIR / "fixtures" / "record"
ARTICLE, WIDER = "001-article", "002-wider"

TWENTY_POINTS = """\
Implementation of death sentence of those convicted in cases of terrorism.
Special trial courts under the supervision of Army. The duration of these courts would be two years.
Militant outfits and armed gangs will not be allowed to operate in the country.
NACTA, the anti-terrorism institution will be strengthened.
Strict action against the literature, newspapers and magazines promoting hatred, extremism, sectarianism and intolerance.
Choking financing for terrorist and terrorist organizations.
Ensuring against re-emergence of proscribed organizations.
Establishing and deploying a dedicated counter-terrorism force.
Taking effective steps against religious persecution.
Registration and regulation of religious seminaries.
Ban on glorification of terrorists and terrorist organizations through print and electronic media.
Administrative and development reforms in FATA with immediate focus on repatriation of IDPs.
Communication network of terrorists will be dismantled completely.
Measures against abuse of internet and social media for terrorism.
Zero tolerance for militancy in Punjab.
Ongoing operation in Karachi will be taken to its logical end.
Balochistan government to be fully empowered for political reconciliation with complete ownership by all stakeholders.
Dealing firmly with sectarian terrorists.
Formulation of a comprehensive policy to deal with the issue of Afghan refugees, beginning with registration of all refugees.
Revamping and reforming the criminal justice system.
""".splitlines()  # noqa: E501

# Points of the revised plan, and words about it, that no source opened so far carries.
UNSOURCED_OF_THE_REVISED_PLAN = (
    "zero tolerance", "financ", "pursue", "in court", "madrass", "seminar", "levies", "sectarian", "five kinetic",
)  # fmt: skip
CIVIL_ARMED_FORCES = {
    "punjab-rangers", "sindh-rangers", "frontier-corps-kp-north", "frontier-corps-kp-south",
    "frontier-corps-balochistan-north", "frontier-corps-balochistan-south", "coast-guards", "gb-scouts",
    "federal-constabulary",
}  # fmt: skip


def codes_in_files(folder: str) -> dict[str, set[str]]:
    """The codes that the files of a record folder hold, by kind."""
    codes: dict[str, set[str]] = {}
    for file in (RECORD / folder).glob("*.yaml"):
        if file.name != "edition.yaml":
            for kind, rows in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                codes.setdefault(kind, set()).update(row["code"] for row in rows)
    return codes


def values(indicator: str, edition: int = 2, **conditions: Any) -> dict[str, Decimal]:
    """The figures of an indicator by area; each area must have one."""
    rows = MetricSnapshot.objects.in_edition(edition).filter(series__indicator__code=indicator, **conditions)
    pairs = list(rows.values_list("series__area", "value"))
    assert len(dict(pairs)) == len(pairs), f"{indicator} has two figures for one area"
    return dict(pairs)


class TestTheRecord(TestCase):
    """Loaded once: it is the largest piece of data that tests have."""

    output: ClassVar[str]

    @classmethod
    def setUpTestData(cls) -> None:
        output = io.StringIO()
        call_command("load_record", stdout=output)
        cls.output = output.getvalue()

    def test_is_published_folder_by_folder(self) -> None:
        self.assertIn("001-article: published as edition 1.", self.output)
        self.assertIn("002-wider: published as edition 2.", self.output)
        for edition in Edition.objects.order_by("number"):
            self.assertIsNone(edition.published_by)
            self.assertTrue(edition.digest and edition.summary and edition.summary_ur)

    def test_loaded_again_changes_nothing(self) -> None:
        def state() -> list[Any]:
            counts = [model.objects.count() for model in publishable_models()]
            return [counts, list(EditionItem.objects.order_by("pk").values_list("pk", "digest"))]

        before = state()
        output = io.StringIO()
        call_command("load_record", stdout=output)
        self.assertEqual(output.getvalue().count("published already."), Edition.objects.count())
        self.assertEqual(state(), before)

    def test_puts_each_row_of_its_files_into_the_edition_of_its_folder_and_nothing_else(self) -> None:
        for number, folder in ((1, ARTICLE), (2, WIDER)):
            codes = codes_in_files(folder)
            for kind, model in KINDS.items():
                with self.subTest(edition=number, kind=kind):
                    entered = set(model.objects.filter(edition=number).values_list("code", flat=True))
                    self.assertEqual(entered, codes.get(kind, set()))

    def test_withdraws_nothing_of_the_article(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                self.assertFalse(model.objects.filter(withdrawn_in__isnull=False).exists())
                article = set(model.objects.in_edition(1).values_list("code", flat=True))
                self.assertEqual(article, set(model.objects.filter(edition=1).values_list("code", flat=True)))

    def test_of_the_article_is_eleven_commitments_and_sixteen_figures(self) -> None:
        self.assertEqual(PolicyAction.objects.in_edition(1).count(), 11)
        self.assertEqual(
            list(MetricSnapshot.objects.in_edition(1).order_by("code").values_list("code", flat=True)),
            [f"dunya-{number:02}" for number in range(1, 17)],
        )
        self.assertEqual(Citation.objects.in_edition(1).values("source").distinct().count(), 1)

    def test_cites_every_fact(self) -> None:
        for model in publishable_models():
            if any(field.name == "citation" for field in model._meta.fields):
                uncited = model.objects.filter(citation=None)
                if model is PolicyEvent:
                    uncited = uncited.exclude(kind="text-sought")
                with self.subTest(model.__name__):
                    self.assertEqual(list(uncited.values_list("code", flat=True)), [])

    def test_gives_words_and_a_document_for_every_citation(self) -> None:
        self.assertFalse(Citation.objects.filter(quotation="", paraphrase="").exists())
        self.assertFalse(Citation.objects.exclude(quotation="").exclude(paraphrase="").exists())
        self.assertEqual(set(Source.objects.filter(citations=None).values_list("code", flat=True)), set())
        silent = Citation.objects.exclude(attribution__in=["writer", "record"]).filter(speaker="")
        self.assertFalse(silent.exists())

    def test_says_of_every_paraphrase_that_the_wording_was_not_kept_or_that_it_is_a_repetition(self) -> None:
        paraphrased = Citation.objects.filter(edition=2, quotation="", repeats=None).select_related("source")
        for citation in paraphrased:
            with self.subTest(citation.code):
                self.assertIn("original wording was not kept", citation.source.note)
                self.assertIsNone(citation.source.retrieved_on)

    def test_uses_every_citation_for_a_fact_or_a_repetition(self) -> None:
        used = Q(repeats__isnull=False) | Q(repeated_by__isnull=False)
        for relation in Citation._meta.related_objects:
            if relation.related_name not in ("repeated_by", "+"):
                used |= Q(**{f"{relation.name}__isnull": False})
        unused = Citation.objects.filter(edition=2).exclude(pk__in=Citation.objects.filter(used).values("pk"))
        self.assertEqual(list(unused.values_list("code", flat=True)), [])

    def test_names_everything_in_urdu_too(self) -> None:
        for model in (Policy, Objective, ResponsibleBody, Indicator):
            self.assertFalse(model.objects.filter(name_ur="").exists(), model.__name__)
        self.assertFalse(PolicyAction.objects.filter(Q(title_ur="") | Q(wording_ur="")).exists())
        self.assertFalse(Statement.objects.filter(words_ur="").exists())
        self.assertFalse(MetricSnapshot.objects.exclude(note="").filter(note_ur="").exists())

    def test_invents_no_milestone_target_deadline_duty_or_progress(self) -> None:
        for model in (Milestone, Target, ReportingDuty, ProgressUpdate):
            self.assertFalse(model.objects.filter(edition=2).exists(), model.__name__)
        self.assertFalse(PolicyAction.objects.filter(due__isnull=False).exists())

    def test_has_the_twenty_points_of_2014_in_their_exact_wording(self) -> None:
        points = PolicyAction.objects.filter(policy__code="nap-2014").order_by("position")
        self.assertEqual([point.wording for point in points], [f"“{words}”" for words in TWENTY_POINTS])
        self.assertEqual([point.citation.quotation for point in points], TWENTY_POINTS)
        self.assertEqual([point.code for point in points], [f"nap-2014-{number}" for number in range(1, 21)])

    def test_never_scores_executions_military_courts_or_operations(self) -> None:
        unscored = PolicyAction.objects.filter(policy__code="nap-2014", scored=False)
        self.assertEqual({action.code for action in unscored}, {"nap-2014-1", "nap-2014-2", "nap-2014-16"})
        counts = Q(code__contains="operations") | Q(code__contains="killed") | Q(code__contains="arrests")
        counts |= Q(code__contains="deportations") | Q(code__contains="executions") | Q(code__contains="attacks")
        self.assertEqual(set(Indicator.objects.filter(counts).values_list("direction", flat=True)), {"not-scored"})

    def test_has_eight_points_of_the_revised_plan_and_none_that_no_source_carries(self) -> None:
        points = PolicyAction.objects.filter(policy__code="revised-nap-2021")
        self.assertEqual(points.count(), 8)
        self.assertIn("Partial list", Policy.objects.get(code="revised-nap-2021").note)
        for point in points:
            words = f"{point.title} {point.wording} {point.remark}".lower()
            for unsourced in UNSOURCED_OF_THE_REVISED_PLAN:
                with self.subTest(point.code, words=unsourced):
                    self.assertNotIn(unsourced, words)

    def test_quotes_the_revised_plan_only_where_words_were_kept(self) -> None:
        for point in PolicyAction.objects.filter(policy__code="revised-nap-2021").select_related("citation"):
            with self.subTest(point.code):
                if point.wording.startswith("“"):
                    self.assertIn(point.wording.strip("“”"), point.citation.quotation)
                else:
                    self.assertTrue(point.citation.paraphrase)

    def test_says_where_the_text_of_the_programme_was_sought(self) -> None:
        event = PolicyEvent.objects.get(kind="text-sought")
        self.assertEqual((event.policy.code, str(event.on)), ("nisp-2023-2028", "2026-11-22"))
        self.assertEqual(event.policy.text, "named")
        self.assertFalse(PolicyAction.objects.filter(policy=event.policy).exists())
        self.assertFalse(PolicyEvent.objects.filter(policy=event.policy, kind="approved").exists())

    def test_lets_claims_of_lineage_contradict_each_other(self) -> None:
        claims = LineageClaim.objects.filter(policy__code="azm-e-istehkam")
        self.assertEqual(
            set(claims.values_list("relation", "predecessor__code")),
            {
                ("continues", "nisp-2023-2028"),
                ("continues", "nap-2014"),
                ("revives", "revised-nap-2021"),
                ("part-of", "nap-2014"),
                ("part-of", "revised-nap-2021"),
            },
        )
        self.assertEqual(claims.values("citation").distinct().count(), 5)
        programme = LineageClaim.objects.filter(relation="continues", predecessor__code="nisp-2023-2028")
        self.assertEqual([claim.policy.code for claim in programme], ["azm-e-istehkam"])

    def test_links_two_commitments_to_earlier_plans_and_no_more(self) -> None:
        links = ActionLink.objects.values_list("action__code", "relation", "to_action__code", "to_policy__code")
        self.assertEqual(
            set(links),
            {
                ("azm-5.1", "descends", "nap-2014-10", None),
                ("azm-4.3", "refers", None, "nap-2014"),
                ("azm-4.3", "refers", None, "revised-nap-2021"),
            },
        )

    def test_adds_no_commitment_to_the_programme(self) -> None:
        self.assertEqual(PolicyAction.objects.in_edition(2).filter(policy__code="azm-e-istehkam").count(), 11)
        lines = Objective.objects.filter(edition=2)
        self.assertEqual(set(lines.values_list("grouping", flat=True)), {"speaker"})
        self.assertFalse(PolicyAction.objects.filter(objective__in=lines).exists())

    def test_tells_civil_armed_forces_from_the_military(self) -> None:
        forces = ResponsibleBody.objects.in_edition(2).filter(edition=2, kind="civil-armed-force")
        self.assertEqual({force.code for force in forces}, CIVIL_ARMED_FORCES)
        self.assertEqual(
            set(forces.values_list("sphere", "parent__code", "security_force")),
            {("federal", "ministry-of-interior", True)},
        )
        commands = dict(forces.values_list("code", "command"))
        self.assertEqual(commands.pop("federal-constabulary"), "police officers")
        self.assertEqual(set(commands.values()), {"officers seconded from the army"})
        self.assertEqual(ResponsibleBody.objects.get(code="dgre").parent.code, "ministry-of-federal-education")

    def test_makes_a_lead_only_of_bodies_that_a_source_makes_one(self) -> None:
        leads = Assignment.objects.filter(edition=2, role="lead").values_list("code", "body__code", "basis")
        self.assertEqual(set(leads), {("azm-5.1.dgre", "dgre", "law"), ("rnap-2021-3.nacta", "nacta", "named")})

    def test_keeps_the_plans_first_three_months_as_series_by_area(self) -> None:
        for indicator, total in (("nap-operations", 28_826), ("nap-arrests", 32_347)):
            with self.subTest(indicator):
                areas = values(indicator)
                self.assertEqual(areas.pop("PK"), total)
                self.assertEqual(len(areas), 8)
                self.assertIn("PK-TA", areas)
                self.assertEqual(sum(areas.values()), total)
        deported = values("nap-deportations")
        self.assertEqual(deported.pop("PK"), 18_855)
        self.assertEqual(sum(deported.values()), 18_013)

    def test_divides_17738_registered_madrassas_by_area(self) -> None:
        day = PartialDate.parse("2024-09-11")
        areas = values("madrassas-registered-dgre", period_end=day)
        self.assertEqual(areas.pop("PK"), 17_738)
        self.assertEqual(len(areas), 7)
        self.assertEqual(sum(areas.values()), 17_738)

    def test_does_not_mix_the_registers_of_madrassas(self) -> None:
        def countrywide(indicator: str) -> set[int]:
            rows = MetricSnapshot.objects.filter(series__indicator__code=indicator, series__area="PK")
            return {int(value) for value in rows.values_list("value", flat=True)}

        self.assertEqual(countrywide("madrassas-registered"), {16_300, 21_900})
        self.assertEqual(countrywide("madrassas-registered-societies-act"), {26_160})
        self.assertEqual(countrywide("madrassas-registered-dgre"), {0, 5_000, 17_738, 18_000, 18_400, 18_600})
        self.assertEqual(
            set(Target.objects.values_list("series__indicator__code", flat=True)), {"madrassas-registered"}
        )

    def test_counts_samaas_605_and_217_once_with_the_articles(self) -> None:
        article = Citation.objects.get(code="dunya-2024-07.cases")
        for code, indicator, figure, period in (
            ("samaa-2087316929.cases", "atc-pending-cases", "605", None),
            ("samaa-2087316929.convictions", "terrorism-convictions", "217", PartialDate.parse("2023")),
        ):
            with self.subTest(code):
                samaa = Citation.objects.get(code=code)
                self.assertEqual(samaa.repeats, article)
                self.assertIn(figure, samaa.quotation)
                self.assertFalse(samaa.snapshots.exists())
                again = MetricSnapshot.objects.create(
                    series=Series.objects.get(indicator__code=indicator, area="PK"),
                    period_start=period,
                    period_end=period,
                    value=figure,
                    citation=samaa,
                )
                with self.assertRaisesRegex(GateRefused, "already recorded for this series and period"):
                    publish_all(again)

    def test_keeps_casualties_and_killed_apart(self) -> None:
        def indicators(value: int) -> set[str]:
            return set(MetricSnapshot.objects.filter(value=value).values_list("series__indicator__code", flat=True))

        self.assertEqual(indicators(354), {"reported-terrorist-casualties"})
        self.assertEqual(indicators(341), {"militants-killed"})

    def test_keeps_national_operations_out_of_the_two_provinces(self) -> None:
        rows = MetricSnapshot.objects.filter(series__indicator__code="intelligence-based-operations")
        by_area: dict[str, set[int]] = {}
        for area, value in rows.values_list("series__area", "value"):
            by_area.setdefault(area, set()).add(int(value))
        self.assertEqual(by_area["PK-BA+PK-KP"], {22_714})
        self.assertLessEqual({2_208, 22_409, 23_622, 32_173, 12_801, 59_775}, by_area["PK"])

    def test_names_the_base_of_a_conviction_rate_where_it_is_known(self) -> None:
        sindh = MetricSnapshot.objects.filter(series__indicator__code="conviction-rate", series__area="PK-SD")
        found = {str(row.period_end): (row.value, row.denominator) for row in sindh}
        self.assertEqual(found["2022"], (18, 2_373))
        self.assertEqual(found["2023"], (54, None))
        self.assertEqual(found["2024"], (Decimal("19.28"), 975))

    def test_leads_with_no_opinion_on_the_conviction_rate_of_the_country(self) -> None:
        leading = Headline.objects.get(series__indicator__code="conviction-rate", series__area="PK")
        self.assertEqual(leading.snapshot.code, "dunya-09")

    def test_dates_no_figure_by_the_day_it_was_loaded(self) -> None:
        today = timezone.localdate()
        self.assertFalse(MetricSnapshot.objects.filter(Q(as_of=None) | Q(as_of__gte=today)).exists())

    def test_measures_no_commitment_twice_in_one_place(self) -> None:
        places = Counter(Measure.objects.values_list("action", "policy", "use", "position"))
        self.assertEqual([place for place, times in places.items() if times > 1], [])


class TestAFolder(TestCase):
    """A record folder of its own, with what can be wrong in one."""

    SOURCE = """\
sources:
  - code: a-paper
    publisher: A paper
    title: A title
    kind: news
"""

    def setUp(self) -> None:
        make_area("PK")
        directory = TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name) / "003-more"
        self.folder.mkdir()
        self.write("edition.yaml", "summary: More.\n")
        self.write("sources.yaml", self.SOURCE)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def assertRefused(self, *words: str) -> None:
        with self.assertRaises(RecordError) as refused:
            load_folder(self.folder)
        for word in words:
            self.assertIn(word, str(refused.exception))
        self.assertFalse(Edition.objects.exists())
        self.assertFalse(Source.objects.exists())

    def test_is_published_once(self) -> None:
        edition = load_folder(self.folder)
        assert edition is not None
        self.assertEqual((edition.record, edition.summary), ("003-more", "More."))
        self.assertIsNone(load_folder(self.folder))

    def test_is_refused_if_edited_after_publication(self) -> None:
        load_folder(self.folder)
        self.write("sources.yaml", self.SOURCE.replace("A title", "Another title"))
        with self.assertRaisesRegex(RecordError, "003-more was published as edition 1 and has been edited since"):
            load_folder(self.folder)
        self.assertEqual(Source.objects.get().title, "A title")

    def test_is_refused_if_a_file_was_added_after_publication(self) -> None:
        load_folder(self.folder)
        self.write("more.yaml", self.SOURCE.replace("a-paper", "another-paper"))
        with self.assertRaisesRegex(RecordError, "edited since"):
            load_folder(self.folder)

    def test_needs_a_summary(self) -> None:
        self.write("edition.yaml", "summary_ur: مزید\n")
        self.assertRefused("003-more", "Say in a sentence what this edition publishes.")

    def test_needs_its_edition_file(self) -> None:
        (self.folder / "edition.yaml").unlink()
        self.assertRefused("003-more has no edition.yaml.")

    def test_of_malformed_yaml_names_the_file_and_the_line(self) -> None:
        self.write("bodies.yaml", "bodies:\n  - code: [a\n")
        self.assertRefused("003-more/bodies.yaml cannot be read", "line 3")

    def test_that_is_no_mapping_names_the_file(self) -> None:
        self.write("bodies.yaml", "- bodies\n")
        self.assertRefused("003-more/bodies.yaml is not a mapping.")

    def test_with_an_unknown_kind_names_the_file_and_the_kind(self) -> None:
        self.write("bodies.yaml", "organisations: []\n")
        self.assertRefused("003-more/bodies.yaml", "'organisations' is not one of", "bodies")

    def test_with_an_unknown_column_names_the_file_and_the_row(self) -> None:
        self.write("sources.yaml", self.SOURCE + "    colour: green\n")
        self.assertRefused("003-more/sources.yaml, sources a-paper", "there is no column 'colour'")

    def test_cannot_set_a_column_that_publishing_sets(self) -> None:
        for column in ("edition", "stage", "entered_by"):
            with self.subTest(column):
                self.write("sources.yaml", self.SOURCE + f"    {column}: 1\n")
                self.assertRefused("003-more/sources.yaml, sources a-paper", f"there is no column '{column}'")

    def test_with_an_unknown_code_names_the_file_and_the_row(self) -> None:
        self.write(
            "citations.yaml", "citations:\n  - {code: a.b, source: no-paper, quotation: W, attribution: writer}\n"
        )
        self.assertRefused("003-more/citations.yaml, citations a.b", "source names 'no-paper', which does not exist")

    def test_with_a_value_that_no_column_takes_names_the_file_and_the_row(self) -> None:
        for line, word in (("kind: rumour", "kind"), ("kind: news\n    published: spring 2024", "Write a year")):
            with self.subTest(line):
                self.write("sources.yaml", self.SOURCE.replace("kind: news", line))
                self.assertRefused("003-more/sources.yaml, sources a-paper", word)

    def test_with_a_code_twice_names_the_file_and_the_row(self) -> None:
        self.write("more.yaml", self.SOURCE)
        self.assertRefused("003-more/sources.yaml, sources a-paper", "code")

    def test_reads_no_and_numbers_as_text(self) -> None:
        self.write("sources.yaml", self.SOURCE.replace("A title", "no").replace("A paper", "007"))
        load_folder(self.folder)
        self.assertEqual(Source.objects.values_list("title", "publisher").get(), ("no", "007"))
