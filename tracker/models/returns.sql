-- Returns only grow, except that a redaction, while its edition is open, empties the notes on the redacted row.
CREATE OR REPLACE FUNCTION return_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    redacted boolean := false;
BEGIN
    IF NEW.note = '[redacted]' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I ledger JOIN tracker_edition edition ON edition.number = ledger.redacted_in_id
                         WHERE ledger.id = $1 AND edition.digest IS NULL)', 'tracker_' || OLD.kind) INTO redacted USING OLD."row";
    END IF;
    IF redacted THEN RETURN NULL; END IF;
    RAISE restrict_violation USING MESSAGE = format('%s on %s is refused: the ledger only grows', TG_OP, TG_TABLE_NAME);
END $$;

CREATE OR REPLACE TRIGGER return_redacted AFTER UPDATE ON tracker_return
    FOR EACH ROW EXECUTE FUNCTION return_redacted();
CREATE OR REPLACE TRIGGER return_stays AFTER DELETE ON tracker_return
    FOR EACH ROW EXECUTE FUNCTION ledger_never();
CREATE OR REPLACE TRIGGER return_no_truncate BEFORE TRUNCATE ON tracker_return
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
