-- The figure that leads each series in an edition: of the latest period; among rivals on it the better attributed
-- one, then the newest published, then the one of the later day, entered last.
CREATE OR REPLACE FUNCTION headline_snapshots(in_edition integer)
RETURNS TABLE (series_id bigint, snapshot_id bigint) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT series.id, headline.id
  FROM tracker_series series
  JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
 CROSS JOIN LATERAL (
        SELECT latest.id, latest.as_of, latest.period_start, latest.period_end, latest.scope
          FROM tracker_metricsnapshot latest
         WHERE latest.series_id = series.id AND latest.value IS NOT NULL AND latest.redacted_in_id IS NULL
           AND stands(latest.edition_id, latest.withdrawn_in_id, latest.suspended_in_id, latest.restored_in_id, in_edition)
         ORDER BY latest.as_of DESC NULLS LAST, latest.id DESC
         LIMIT 1) latest
 CROSS JOIN LATERAL (
        SELECT rival.id
          FROM tracker_metricsnapshot rival
          JOIN tracker_citation citation ON citation.id = rival.citation_id
          JOIN tracker_source source ON source.id = citation.source_id
         WHERE rival.series_id = series.id AND rival.value IS NOT NULL AND rival.redacted_in_id IS NULL
           AND stands(rival.edition_id, rival.withdrawn_in_id, rival.suspended_in_id, rival.restored_in_id, in_edition)
           AND (latest.as_of IS NULL OR rival.as_of >= latest.as_of - threshold('rival_days')::integer)
           AND (rival.id = latest.id
                OR rival.scope = latest.scope
                   AND periods_agree(indicator.behaviour, rival.period_start, rival.period_end, rival.as_of,
                                     latest.period_start, latest.period_end, latest.as_of)
                   AND NOT broken_between(indicator.id, rival.as_of, latest.as_of, in_edition))
         ORDER BY attribution_rank(citation.attribution), upper(source.published) DESC NULLS LAST, rival.as_of DESC, rival.id DESC
         LIMIT 1) headline;
END;
