-- The guard and the history of the ledger. A published row never changes, whoever asks; every edit leaves
-- a line in tracker_change. Triggers run AFTER, since generated columns are not yet computed before.

-- Of a published row only these may change: its way out, its version for the forms, its search document,
-- and the columns that the model declares mendable (the arguments of the trigger).
CREATE OR REPLACE FUNCTION ledger_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['withdrawn_in_id', 'redacted_in_id', 'version', 'search'] || TG_ARGV::text[];
BEGIN
    IF TG_OP = 'UPDATE'
       AND (OLD.withdrawn_in_id IS NULL OR OLD.withdrawn_in_id = NEW.withdrawn_in_id)
       AND (OLD.redacted_in_id IS NULL OR OLD.redacted_in_id = NEW.redacted_in_id)
       AND to_jsonb(NEW) - free = to_jsonb(OLD) - free
    THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE =
        format('%s %s was published in edition %s and cannot change', TG_TABLE_NAME, OLD.code, OLD.edition_id);
END $$;

-- An edition is open while its digest is NULL. Rows enter, leave and are redacted in an open one only.
CREATE OR REPLACE FUNCTION ledger_open_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was tracker_edition.number%TYPE[] := CASE WHEN TG_OP = 'UPDATE'
        THEN ARRAY[OLD.edition_id, OLD.withdrawn_in_id, OLD.redacted_in_id] END;
    now_in tracker_edition.number%TYPE[] := ARRAY[NEW.edition_id, NEW.withdrawn_in_id, NEW.redacted_in_id];
BEGIN
    FOR i IN 1..3 LOOP
        IF now_in[i] IS DISTINCT FROM was[i]
           AND NOT EXISTS (SELECT FROM tracker_edition WHERE number = now_in[i] AND digest IS NULL)
        THEN RAISE restrict_violation USING MESSAGE =
            format('%s %s cannot enter or leave in edition %s: that edition is closed', TG_TABLE_NAME, NEW.code, now_in[i]);
        END IF;
    END LOOP;
    -- Four eyes: nobody publishes what they entered themselves.
    IF NEW.edition_id IS DISTINCT FROM was[1] AND EXISTS (
        SELECT FROM tracker_edition WHERE number = NEW.edition_id AND published_by_id = NEW.entered_by_id)
    THEN RAISE restrict_violation USING MESSAGE =
        format('%s %s was entered by the reviewer who publishes edition %s', TG_TABLE_NAME, NEW.code, NEW.edition_id);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = format('%s on %s is refused: the ledger only grows', TG_OP, TG_TABLE_NAME);
END $$;

-- One history for every table. azm.user is set by the application and empty for raw SQL.
CREATE OR REPLACE FUNCTION ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tracker_change (who, "table", "row", op, was)
    VALUES (nullif(current_setting('azm.user', true), '')::bigint, TG_TABLE_NAME, coalesce(NEW.id, OLD.id), left(TG_OP, 1),
            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'search' END);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION edition_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.digest IS NOT NULL THEN
            RAISE restrict_violation USING MESSAGE = format('edition %s cannot be inserted closed', NEW.number);
        END IF;
        IF NEW.number <> (SELECT count(*) FROM tracker_edition) THEN
            RAISE restrict_violation USING MESSAGE = format('edition %s is out of order', NEW.number);
        END IF;
        RETURN NULL;
    END IF;
    RAISE restrict_violation USING MESSAGE = format('edition %s cannot change: it is opened and closed, nothing else', OLD.number);
END $$;

CREATE OR REPLACE FUNCTION edition_not_left_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tracker_edition WHERE number = NEW.number AND digest IS NULL) THEN
        RAISE restrict_violation USING MESSAGE = format('edition %s was left open', NEW.number);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION editionitem_open_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tracker_edition WHERE number = NEW.edition_id AND digest IS NULL) THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE = format('edition %s is closed', NEW.edition_id);
END $$;

CREATE OR REPLACE TRIGGER edition_opens AFTER INSERT ON tracker_edition
    FOR EACH ROW EXECUTE FUNCTION edition_final();
CREATE OR REPLACE TRIGGER edition_final AFTER UPDATE ON tracker_edition
    FOR EACH ROW WHEN (OLD.digest IS NOT NULL OR to_jsonb(OLD) - 'digest' <> to_jsonb(NEW) - 'digest')
    EXECUTE FUNCTION edition_final();
CREATE OR REPLACE TRIGGER edition_stays AFTER DELETE ON tracker_edition
    FOR EACH ROW EXECUTE FUNCTION edition_final();
CREATE OR REPLACE TRIGGER edition_no_truncate BEFORE TRUNCATE ON tracker_edition
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
DROP TRIGGER IF EXISTS edition_not_left_open ON tracker_edition;
CREATE CONSTRAINT TRIGGER edition_not_left_open AFTER INSERT ON tracker_edition
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION edition_not_left_open();

CREATE OR REPLACE TRIGGER editionitem_open AFTER INSERT ON tracker_editionitem
    FOR EACH ROW EXECUTE FUNCTION editionitem_open_edition();
CREATE OR REPLACE TRIGGER editionitem_stays AFTER UPDATE OR DELETE ON tracker_editionitem
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE OR REPLACE TRIGGER editionitem_no_truncate BEFORE TRUNCATE ON tracker_editionitem
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();

CREATE OR REPLACE TRIGGER change_stays AFTER UPDATE OR DELETE ON tracker_change
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE OR REPLACE TRIGGER change_no_truncate BEFORE TRUNCATE ON tracker_change
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();

-- A series holds no fact, but published figures and targets stand in it: one that is wrong is deleted while nothing does.
CREATE OR REPLACE TRIGGER series_stays AFTER UPDATE ON tracker_series
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION ledger_never();

-- Attach the guard to one publishable table; the other arguments are its mendable columns.
CREATE OR REPLACE PROCEDURE ledger_attach(ledger_table regclass, VARIADIC mendable text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (SELECT coalesce(string_agg(quote_literal(name), ', ' ORDER BY name), '') FROM unnest(mendable) AS name);
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_frozen_update AFTER UPDATE ON %s
        FOR EACH ROW WHEN (OLD.edition_id IS NOT NULL) EXECUTE FUNCTION ledger_frozen(%s)', ledger_table, arguments);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_frozen_delete AFTER DELETE ON %s
        FOR EACH ROW WHEN (OLD.edition_id IS NOT NULL) EXECUTE FUNCTION ledger_frozen()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_open_edition_insert AFTER INSERT ON %s
        FOR EACH ROW WHEN (NEW.edition_id IS NOT NULL) EXECUTE FUNCTION ledger_open_edition()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_open_edition_update AFTER UPDATE ON %s FOR EACH ROW
        WHEN ((OLD.edition_id, OLD.withdrawn_in_id, OLD.redacted_in_id)
              IS DISTINCT FROM (NEW.edition_id, NEW.withdrawn_in_id, NEW.redacted_in_id))
        EXECUTE FUNCTION ledger_open_edition()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_never()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_change AFTER INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION ledger_change()', ledger_table);
END $$;

