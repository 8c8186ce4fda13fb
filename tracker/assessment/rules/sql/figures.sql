-- The figures that count, each with its days, its area and its publisher: what the rules about figures compare.
figure AS (
    SELECT snapshot.id, snapshot.series_id, series.indicator_id, series.area_id, area.kind AS area_kind,
           area.member_codes, indicator.behaviour, snapshot.value, snapshot.qualifier, snapshot.scope, snapshot.as_of,
           snapshot.period_start, snapshot.period_end, snapshot.origin_id, citation.source_id, source.publisher,
           lower(snapshot.period_start) AS first_day, upper(snapshot.period_end) - 1 AS last_day
      FROM tracker_metricsnapshot snapshot
      JOIN tracker_series series ON series.id = snapshot.series_id
      JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
      JOIN provinces_area area ON area.code = series.area_id
      LEFT JOIN tracker_citation citation ON citation.id = snapshot.citation_id
      LEFT JOIN tracker_source source ON source.id = citation.source_id
     WHERE snapshot.value IS NOT NULL AND snapshot.id IN ({rows})
)
