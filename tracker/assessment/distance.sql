-- How far the leading figure of a series has come towards a requirement: the value required, or all of what
-- another indicator counts in the same area. A share across a break of the definition is not computed.
CREATE OR REPLACE FUNCTION requirement_distance(in_edition integer)
RETURNS TABLE (target_id bigint, reached_id bigint, whole_id bigint, required numeric, broken boolean,
               share numeric, short numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH leader AS (
    SELECT headline.series_id, snapshot.id, snapshot.value, snapshot.as_of
      FROM headline_snapshots(in_edition) headline
      JOIN tracker_metricsnapshot snapshot ON snapshot.id = headline.snapshot_id
), measured AS (
    SELECT target.id AS target_id, reached.id AS reached_id, whole.id AS whole_id, reached.value AS reached,
           coalesce(target.value, whole.value) AS required,
           whole.id IS NOT NULL AND EXISTS (
               SELECT FROM tracker_indicatorbreak broken
                WHERE broken.indicator_id = series.indicator_id
                  AND stands(broken.edition_id, broken.withdrawn_in_id, broken.suspended_in_id, broken.restored_in_id, in_edition)
                  AND lower(broken."on") > least(reached.as_of, whole.as_of)
                  AND lower(broken."on") <= greatest(reached.as_of, whole.as_of)) AS broken
      FROM tracker_target target
      JOIN tracker_series series ON series.id = target.series_id
      JOIN leader reached ON reached.series_id = series.id
      LEFT JOIN tracker_series whole_series ON whole_series.indicator_id = target.whole_id
                                           AND whole_series.area_id = series.area_id
      LEFT JOIN leader whole ON whole.series_id = whole_series.id
     WHERE target.basis = 'requirement' AND stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
)
SELECT target_id, reached_id, whole_id, required, broken,
       CASE WHEN NOT broken AND required > 0 THEN reached / required END,
       CASE WHEN NOT broken THEN required - reached END
  FROM measured WHERE required IS NOT NULL;
END;

CREATE OR REPLACE VIEW tracker_distance AS
SELECT * FROM requirement_distance(current_setting('azm.edition')::integer);
