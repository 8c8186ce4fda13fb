from django.db import migrations

from azm.lib.sqlfiles import apply_sql
from tracker.assessment.sql import ELAPSED_SQL
from tracker.models.base import STANDS_SQL
from tracker.publishing.guard import GUARD_SQL

# The mendable columns as the models had them; a system check says when a model has moved on.
ATTACH = """
CALL ledger_attach('tracker_actionlink', 'note_ur');
CALL ledger_attach('tracker_assignment', 'remark_ur');
CALL ledger_attach('tracker_citation', 'speaker_ur', 'translation_ur');
CALL ledger_attach('tracker_indicator', 'counted_ur', 'definition_ur', 'name', 'name_ur', 'position', 'short_name', 'short_name_ur', 'unit_ur', 'unscored_reason_ur');
CALL ledger_attach('tracker_indicatorbreak', 'description_ur');
CALL ledger_attach('tracker_lineageclaim');
CALL ledger_attach('tracker_measure', 'note_ur');
CALL ledger_attach('tracker_metricsnapshot', 'note_ur', 'scope_ur');
CALL ledger_attach('tracker_milestone', 'means_of_verification_ur', 'title_ur');
CALL ledger_attach('tracker_objective', 'name', 'name_ur', 'words_ur');
CALL ledger_attach('tracker_planchange', 'reason_ur');
CALL ledger_attach('tracker_policy', 'name', 'name_ur', 'note_ur', 'position', 'short_name', 'short_name_ur');
CALL ledger_attach('tracker_policyaction', 'remark_ur', 'title_ur', 'unscored_reason_ur', 'wording_ur');
CALL ledger_attach('tracker_policyevent', 'account_ur');
CALL ledger_attach('tracker_progressupdate', 'account_ur', 'needed_ur');
CALL ledger_attach('tracker_reportingduty');
CALL ledger_attach('tracker_responsiblebody', 'command_ur', 'name', 'name_ur', 'note_ur');
CALL ledger_attach('tracker_source', 'note', 'note_ur', 'title_ur');
CALL ledger_attach('tracker_statement', 'words_ur');
CALL ledger_attach('tracker_target', 'note_ur');
"""

DETACH = """
DO $$ DECLARE attached record; BEGIN
    FOR attached IN SELECT tgname, tgrelid::regclass AS ledger_table FROM pg_trigger
        WHERE NOT tgisinternal AND (tgname LIKE 'ledger%' OR tgname LIKE 'edition%' OR tgname LIKE 'change%' OR tgname = 'series_stays')
    LOOP EXECUTE format('DROP TRIGGER %I ON %s', attached.tgname, attached.ledger_table); END LOOP;
END $$;
DROP PROCEDURE ledger_attach;
DROP FUNCTION ledger_frozen, ledger_open_edition, ledger_never, ledger_change;
DROP FUNCTION edition_closes, edition_final, edition_not_left_open, editionitem_open_edition, editionitem_redacted, change_redacted;
"""


class Migration(migrations.Migration):
    """SQL of ours over the tables: what stands, what follows from it, and the guard.

    A file is applied by the last migration that has the columns it names, and by no earlier one: an older
    database gets the newer text over its own, and a new one gets it once.
    """

    dependencies = [("tracker", "0004_acts")]

    operations = [
        apply_sql(STANDS_SQL, undo="DROP FUNCTION stands"),
        apply_sql(ELAPSED_SQL, undo="DROP FUNCTION elapsed_share"),
        apply_sql(GUARD_SQL, undo=DETACH),
        migrations.RunSQL([(ATTACH, None)], migrations.RunSQL.noop),
    ]
