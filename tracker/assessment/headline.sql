-- Who is speaking: the record or a named office, then a named body, then unnamed officials or the writer.
CREATE OR REPLACE FUNCTION attribution_rank(attribution text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE attribution WHEN 'record' THEN 1 WHEN 'named-office' THEN 1 WHEN 'named-body' THEN 2 ELSE 3 END;

-- The figure that leads each series in an edition. The latest period leads; stocks within 31 days of the
-- latest are rivals, and so are statements on the same period: among rivals the better attributed one
-- leads, then the newest publication, then the latest entry.
CREATE OR REPLACE FUNCTION headline_snapshots(in_edition integer)
RETURNS TABLE (series_id bigint, snapshot_id bigint) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT series.id, headline.id
  FROM tracker_series series
  JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
 CROSS JOIN LATERAL (
        SELECT latest.as_of, latest.period_start, latest.period_end
          FROM tracker_metricsnapshot latest
         WHERE latest.series_id = series.id AND latest.value IS NOT NULL
           AND stands(latest.edition_id, latest.withdrawn_in_id, latest.suspended_in_id, latest.restored_in_id, in_edition)
         ORDER BY latest.as_of DESC NULLS LAST, latest.id DESC
         LIMIT 1) latest
 CROSS JOIN LATERAL (
        SELECT rival.id
          FROM tracker_metricsnapshot rival
          JOIN tracker_citation citation ON citation.id = rival.citation_id
          JOIN tracker_source source ON source.id = citation.source_id
         WHERE rival.series_id = series.id AND rival.value IS NOT NULL
           AND stands(rival.edition_id, rival.withdrawn_in_id, rival.suspended_in_id, rival.restored_in_id, in_edition)
           AND (latest.as_of IS NULL OR rival.as_of >= latest.as_of - 31)
           AND CASE WHEN indicator.behaviour = 'stock' THEN true
                    ELSE (rival.period_start, rival.period_end) IS NOT DISTINCT FROM (latest.period_start, latest.period_end) END
         ORDER BY attribution_rank(citation.attribution), upper(source.published) DESC NULLS LAST, rival.as_of DESC, rival.id DESC
         LIMIT 1) headline;
END;
