-- What a snapshot's row derives from its citation, whoever writes it: the first citation of the statement,
-- and the last day that the figure can stand for (its publication, where the source leaves the period out;
-- NULL, where that is unknown too).
CREATE OR REPLACE FUNCTION snapshot_derived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today date := (NEW.entered_at AT TIME ZONE 'Asia/Karachi')::date;
    published date;
BEGIN
    NEW.origin_id := NULL;
    IF NEW.citation_id IS NOT NULL THEN
        SELECT coalesce(citation.repeats_id, citation.id), upper(source.published) - 1
          INTO NEW.origin_id, published
          FROM tracker_citation citation JOIN tracker_source source ON source.id = citation.source_id
         WHERE citation.id = NEW.citation_id;
    END IF;
    NEW.as_of := coalesce(upper(NEW.period_end) - 1, published, NEW.searched_on);
    IF NEW.as_of > today THEN NEW.as_of := today; END IF;  -- not least(): that of NULL and today is today
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER snapshot_derived BEFORE INSERT OR UPDATE ON tracker_metricsnapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_derived();
