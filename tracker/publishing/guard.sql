-- The guard and the history of the ledger. A published row never changes, whoever asks; every edit leaves
-- a line in tracker_change. Triggers run AFTER, since generated columns are not yet computed before.

-- Of a published row only these may change: its stamps (once each), its version for the forms, its search
-- document, and the columns that the model declares mendable (the arguments of the trigger). A redaction may
-- empty any column and fill none; what was redacted is never mended.
CREATE OR REPLACE FUNCTION ledger_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stamps text[] := ARRAY['withdrawn_in_id', 'suspended_in_id', 'restored_in_id', 'redacted_in_id', 'version', 'search'];
    free text[] := stamps || TG_ARGV::text[];
    was jsonb := to_jsonb(OLD);
    became jsonb := to_jsonb(NEW);
BEGIN
    IF TG_OP = 'UPDATE'
       AND (OLD.withdrawn_in_id IS NULL OR OLD.withdrawn_in_id = NEW.withdrawn_in_id)
       AND (OLD.suspended_in_id IS NULL OR OLD.suspended_in_id = NEW.suspended_in_id)
       AND (OLD.restored_in_id IS NULL OR OLD.restored_in_id = NEW.restored_in_id)
       AND (OLD.redacted_in_id IS NULL OR OLD.redacted_in_id = NEW.redacted_in_id)
    THEN
        IF OLD.redacted_in_id IS NOT NULL THEN
            IF became - stamps = was - stamps THEN RETURN NULL; END IF;
        ELSIF NEW.redacted_in_id IS NOT NULL THEN
            IF NOT EXISTS (SELECT FROM jsonb_each_text(became - stamps) AS new_text
                           WHERE new_text.value IS DISTINCT FROM was ->> new_text.key
                             AND coalesce(new_text.value, '') NOT IN ('', '[redacted]'))
            THEN RETURN NULL; END IF;
        ELSIF became - free = was - free THEN RETURN NULL;
        END IF;
    END IF;
    RAISE restrict_violation USING MESSAGE =
        format('%s %s was published in edition %s and cannot change', TG_TABLE_NAME, OLD.code, OLD.edition_id);
END $$;

-- An edition is open while its digest is NULL. A row gets each stamp in an open edition only, and only in one
-- whose act it is: a suspension withdraws nothing, a withdrawal publishes nothing.
CREATE OR REPLACE FUNCTION ledger_open_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was tracker_edition.number%TYPE[] := CASE WHEN TG_OP = 'UPDATE'
        THEN ARRAY[OLD.edition_id, OLD.withdrawn_in_id, OLD.suspended_in_id, OLD.restored_in_id, OLD.redacted_in_id] END;
    now_in tracker_edition.number%TYPE[] :=
        ARRAY[NEW.edition_id, NEW.withdrawn_in_id, NEW.suspended_in_id, NEW.restored_in_id, NEW.redacted_in_id];
    acts text[] := ARRAY['publication', 'publication withdrawal ratification', 'suspension', 'reversal', 'redaction'];
    ends tracker_edition.number%TYPE;
BEGIN
    FOR i IN 1..5 LOOP
        CONTINUE WHEN now_in[i] IS NOT DISTINCT FROM was[i];
        SELECT ends_id INTO ends FROM tracker_edition
         WHERE number = now_in[i] AND digest IS NULL AND act = ANY (string_to_array(acts[i], ' '));
        IF NOT FOUND THEN RAISE restrict_violation USING MESSAGE =
            format('%s %s cannot enter or leave in edition %s: that edition is closed, or of another act',
                   TG_TABLE_NAME, NEW.code, now_in[i]);
        END IF;
        IF ends IS DISTINCT FROM NEW.suspended_in_id AND ends IS NOT NULL THEN RAISE restrict_violation USING MESSAGE =
            format('%s %s was not suspended in edition %s', TG_TABLE_NAME, NEW.code, ends);
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

-- One history for every table. azm.user is set by the application and empty for raw SQL. What a redaction removes
-- is not kept here either.
CREATE OR REPLACE FUNCTION ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tracker_change (who, "table", "row", op, was)
    VALUES (nullif(current_setting('azm.user', true), '')::bigint, TG_TABLE_NAME, coalesce(NEW.id, OLD.id), left(TG_OP, 1),
            CASE WHEN TG_OP <> 'INSERT' AND OLD.redacted_in_id IS NOT DISTINCT FROM NEW.redacted_in_id OR TG_OP = 'DELETE'
                 THEN to_jsonb(OLD) - 'search' END);
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
        IF NEW.ends_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM tracker_edition WHERE number = NEW.ends_id AND act = 'suspension' AND published_by_id <> NEW.published_by_id)
        THEN RAISE restrict_violation USING MESSAGE =
            format('edition %s must end a suspension by another reviewer', NEW.number);
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

-- Four eyes: in a publication a row leaves only because another enters in its place. By itself it leaves by an act
-- of two people. Asked of every guarded table when the edition closes; what cannot be replaced has no such column.
CREATE OR REPLACE FUNCTION edition_closes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    guarded record;
    gone text;
BEGIN
    IF NEW.act <> 'publication' THEN RETURN NULL; END IF;
    FOR guarded IN SELECT tgrelid::regclass AS ledger_table,
                          EXISTS (SELECT FROM pg_attribute WHERE attrelid = tgrelid AND attname = 'replaces_id') AS replaceable
                     FROM pg_trigger WHERE tgname = 'ledger_frozen_update' LOOP
        EXECUTE format('SELECT code FROM %s was WHERE withdrawn_in_id = $1', guarded.ledger_table)
             || CASE WHEN guarded.replaceable
                THEN format(' AND NOT EXISTS (SELECT FROM %s became WHERE became.replaces_id = was.id AND became.edition_id = $1)', guarded.ledger_table)
                ELSE '' END || ' LIMIT 1'
           INTO gone USING NEW.number;
        IF gone IS NOT NULL THEN RAISE restrict_violation USING MESSAGE =
            format('%s %s leaves in edition %s, and nothing in it replaces it', guarded.ledger_table, gone, NEW.number);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION editionitem_open_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tracker_edition WHERE number = NEW.edition_id AND digest IS NULL) THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE = format('edition %s is closed', NEW.edition_id);
END $$;

-- Items and history only grow, except that a redaction, while its edition is open, empties salt and content.
CREATE OR REPLACE FUNCTION editionitem_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.salt = '' AND to_jsonb(NEW) - 'salt' = to_jsonb(OLD) - 'salt' AND EXISTS (
        SELECT FROM tracker_editionitem redaction JOIN tracker_edition ON number = redaction.edition_id
         WHERE redaction.kind = OLD.kind AND redaction.code = OLD.code AND redaction.act = 'redacted' AND tracker_edition.digest IS NULL)
    THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE = format('%s on %s is refused: the ledger only grows', TG_OP, TG_TABLE_NAME);
END $$;

CREATE OR REPLACE FUNCTION change_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    redacted boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.was IS NULL AND to_jsonb(NEW) - 'was' = to_jsonb(OLD) - 'was' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I ledger JOIN tracker_edition edition ON edition.number = ledger.redacted_in_id
                         WHERE ledger.id = $1 AND edition.digest IS NULL)', OLD."table") INTO redacted USING OLD."row";
    END IF;
    IF redacted THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE = format('%s on %s is refused: the ledger only grows', TG_OP, TG_TABLE_NAME);
END $$;

CREATE OR REPLACE TRIGGER edition_opens AFTER INSERT ON tracker_edition
    FOR EACH ROW EXECUTE FUNCTION edition_final();
CREATE OR REPLACE TRIGGER edition_final AFTER UPDATE ON tracker_edition
    FOR EACH ROW WHEN (OLD.digest IS NOT NULL OR to_jsonb(OLD) - 'digest' <> to_jsonb(NEW) - 'digest')
    EXECUTE FUNCTION edition_final();
CREATE OR REPLACE TRIGGER edition_closes AFTER UPDATE ON tracker_edition
    FOR EACH ROW WHEN (OLD.digest IS NULL) EXECUTE FUNCTION edition_closes();
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
    FOR EACH ROW EXECUTE FUNCTION editionitem_redacted();
CREATE OR REPLACE TRIGGER editionitem_no_truncate BEFORE TRUNCATE ON tracker_editionitem
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();

CREATE OR REPLACE TRIGGER change_stays AFTER UPDATE OR DELETE ON tracker_change
    FOR EACH ROW EXECUTE FUNCTION change_redacted();
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
        WHEN ((OLD.edition_id, OLD.withdrawn_in_id, OLD.suspended_in_id, OLD.restored_in_id, OLD.redacted_in_id)
              IS DISTINCT FROM (NEW.edition_id, NEW.withdrawn_in_id, NEW.suspended_in_id, NEW.restored_in_id, NEW.redacted_in_id))
        EXECUTE FUNCTION ledger_open_edition()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_never()', ledger_table);
    EXECUTE format('CREATE OR REPLACE TRIGGER ledger_change AFTER INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION ledger_change()', ledger_table);
END $$;

