-- Requests: what was asked stays as it was asked, and ends once. A redaction may take the words out of a request
-- that was declined, for they may repeat what it removes.

CREATE OR REPLACE FUNCTION request_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ending text[] := ARRAY['edition_id', 'declined_by_id', 'declined_at', 'answer'];
    words text[] := ARRAY['reason', 'reason_ur', 'answer'];
    was jsonb := to_jsonb(OLD);
    became jsonb := to_jsonb(NEW);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.edition_id IS NULL AND OLD.declined_by_id IS NULL AND became - ending = was - ending
           AND (NEW.edition_id IS NULL OR EXISTS (
                SELECT FROM tracker_edition WHERE number = NEW.edition_id AND act = NEW.act AND ground = NEW.ground
                   AND asked_by_id = NEW.asked_by_id AND summary = NEW.reason AND summary_ur = NEW.reason_ur))
        THEN
            UPDATE tracker_requestedrow SET ended = true
             WHERE request_id = NEW.id AND (NEW.edition_id IS NOT NULL OR NEW.declined_by_id IS NOT NULL);
            RETURN NULL;
        END IF;
        IF OLD.declined_by_id IS NOT NULL AND became - words = was - words
           AND NOT EXISTS (SELECT FROM unnest(words) AS word WHERE became ->> word <> was ->> word AND became ->> word <> '[redacted]')
        THEN RETURN NULL; END IF;
    END IF;
    RAISE restrict_violation USING MESSAGE =
        format('request %s cannot change: it ends once, in an edition of what it asked for or with an answer', OLD.id);
END $$;

-- Rows belong to what was asked: none is added to a request that has ended, and none goes.
CREATE OR REPLACE FUNCTION requestedrow_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over boolean;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT edition_id IS NOT NULL OR declined_by_id IS NOT NULL INTO over FROM tracker_request WHERE id = NEW.request_id;
        IF NEW.ended = over AND (TG_OP = 'INSERT' AND NOT over
                                 OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'ended' = to_jsonb(OLD) - 'ended')
        THEN RETURN NULL; END IF;
    END IF;
    RAISE restrict_violation USING MESSAGE =
        format('request %s cannot change: its rows are those that were asked for', coalesce(OLD.request_id, NEW.request_id));
END $$;

CREATE OR REPLACE TRIGGER request_ends AFTER UPDATE OR DELETE ON tracker_request
    FOR EACH ROW EXECUTE FUNCTION request_ends();
CREATE OR REPLACE TRIGGER request_no_truncate BEFORE TRUNCATE ON tracker_request
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
CREATE OR REPLACE TRIGGER requestedrow_stays AFTER INSERT OR UPDATE OR DELETE ON tracker_requestedrow
    FOR EACH ROW EXECUTE FUNCTION requestedrow_stays();
CREATE OR REPLACE TRIGGER requestedrow_no_truncate BEFORE TRUNCATE ON tracker_requestedrow
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never();
