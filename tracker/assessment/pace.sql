-- How far the leading figure of a series has come towards what it is to reach, and whether that is in time: one row
-- per target, requirement or direction. Interim targets are marks on the way and have none of their own.
--   share, short    of what is required: the value, or all of what another indicator counts in the same area
--   covered         of the way from the baseline; below 0 where the figure moved away, above 1 where it went past
--   planned         of the way, by the day of the figure: straight on, or from one interim target to the next
--   way             1 where the series is to rise, -1 to fall, 0 to stay; `holds` where it starts at what it is to reach
--   first_id        the target as first published: of those that it replaces the earliest, or what corrected that on
--                   the same words. A target that was moved has two rows: `as_first` is judged by that one.
CREATE OR REPLACE FUNCTION target_states(in_edition integer, on_day date, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (target_id bigint, action_id bigint, series_id bigint, reached_id bigint, whole_id bigint, baseline_id bigint,
               required numeric, broken boolean, share numeric, short numeric, covered numeric, elapsed numeric,
               planned numeric, pace numeric, state text, reason text, arrived boolean, way numeric, holds boolean,
               first_id bigint, as_first boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH RECURSIVE line AS (
    SELECT target.id AS target_id, target.id, target.replaces_id, target.citation_id, 0 AS step
      FROM tracker_target target
     WHERE NOT target.interim AND target.redacted_in_id IS NULL AND (chosen IS NULL OR target.action_id = ANY (chosen))
       AND stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
    UNION ALL
    SELECT line.target_id, earlier.id, earlier.replaces_id, earlier.citation_id, step + 1
      FROM line
      JOIN tracker_target earlier ON earlier.id = line.replaces_id AND earlier.redacted_in_id IS NULL
), origin AS (
    SELECT DISTINCT ON (target_id) target_id, id AS first_id
      FROM (SELECT line.*, first_value(citation_id) OVER (PARTITION BY target_id ORDER BY step DESC) AS said FROM line) line
     WHERE citation_id IS NOT DISTINCT FROM said
     ORDER BY target_id, step
), first AS MATERIALIZED (
    SELECT target_id, target_id AS by_id, first_id, false AS as_first FROM origin
    UNION ALL
    SELECT target_id, first_id, first_id, true FROM origin WHERE first_id <> target_id
), aimed AS MATERIALIZED (
    SELECT first.target_id AS id, now.action_id, now.series_id, target.basis, first.first_id, first.as_first,
           upper(target.due) - 1 AS due_on,
           coalesce(start.series_id <> now.series_id, false) AS baseline_elsewhere,
           action.scored AND indicator.direction <> 'not-scored'
           AND action.redacted_in_id IS NULL AND indicator.redacted_in_id IS NULL AS scored,
           action.redacted_in_id IS NOT NULL OR indicator.redacted_in_id IS NOT NULL AS redacted,
           indicator.direction, indicator.behaviour, indicator.decimals, indicator.id AS indicator_id,
           coalesce(indicator.frequency_months, threshold('usual_months'))::integer AS months,
           coalesce(target.value, whole.value) AS required, whole.id AS whole_id, whole.as_of AS whole_on,
           reached.id AS reached_id, reached.value, reached.as_of, reached.period_start, reached.period_end, reached.scope,
           baseline.id AS baseline_id, baseline.value AS base, baseline.as_of AS base_on,
           lengths_agree(indicator.behaviour, reached.period_start, reached.period_end,
                         baseline.period_start, baseline.period_end) AS alike,
           sign(coalesce(nullif(coalesce(target.value, whole.value) - baseline.value, 0),
                         CASE indicator.direction WHEN 'rise' THEN 1 WHEN 'fall' THEN -1 ELSE 0 END)) AS way
      FROM first
      JOIN tracker_target now ON now.id = first.target_id
      JOIN tracker_target target ON target.id = first.by_id
      JOIN tracker_policyaction action ON action.id = now.action_id
       AND stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition)
      JOIN tracker_series series ON series.id = now.series_id
      JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
       AND stands(indicator.edition_id, indicator.withdrawn_in_id, indicator.suspended_in_id, indicator.restored_in_id, in_edition)
      LEFT JOIN headline_snapshots(in_edition) headline ON headline.series_id = series.id
      LEFT JOIN tracker_metricsnapshot reached ON reached.id = headline.snapshot_id AND reached.redacted_in_id IS NULL
      LEFT JOIN tracker_series whole_series ON whole_series.indicator_id = target.whole_id
                                           AND whole_series.area_id = series.area_id
      LEFT JOIN headline_snapshots(in_edition) whole_headline ON whole_headline.series_id = whole_series.id
      LEFT JOIN tracker_metricsnapshot whole ON whole.id = whole_headline.snapshot_id AND whole.redacted_in_id IS NULL
      LEFT JOIN tracker_metricsnapshot start ON start.id = target.baseline_id
      LEFT JOIN tracker_metricsnapshot baseline ON baseline.id = start.id AND baseline.series_id = now.series_id
            AND baseline.value IS NOT NULL AND baseline.redacted_in_id IS NULL
            AND stands(baseline.edition_id, baseline.withdrawn_in_id, baseline.suspended_in_id, baseline.restored_in_id, in_edition)
), compared AS MATERIALIZED (
    SELECT aimed.*,
           coalesce(whole_id IS NOT NULL AND broken_between(indicator_id, as_of, whole_on, in_edition), false) AS whole_broken,
           coalesce(baseline_id IS NOT NULL AND broken_between(indicator_id, as_of, base_on, in_edition), false) AS base_broken,
           CASE way WHEN 1 THEN value >= required WHEN -1 THEN value <= required
                    ELSE round(value, decimals) = round(required, decimals) END AS arrived,
           base = required OR way = 0 AS holds,
           (value - base) / nullif(required - base, 0) AS covered,
           CASE WHEN due_on <= base_on THEN NULL WHEN as_of <= base_on THEN 0 WHEN as_of >= due_on THEN 1
                ELSE (as_of - base_on)::numeric / (due_on - base_on) END AS elapsed,  -- not least(): least(1, NULL) is 1
           (as_of + make_interval(months => months))::date + threshold('grace_days')::integer < on_day
               AND (due_on IS NULL OR as_of < due_on) AS stale
      FROM aimed
), expected AS (
    SELECT compared.*, CASE WHEN as_of >= due_on THEN 1 ELSE (leg.expected - base) / nullif(required - base, 0) END AS planned
      FROM compared
      LEFT JOIN LATERAL (
           SELECT from_value + (to_value - from_value) * (compared.as_of - from_day) / (to_day - from_day) AS expected
             FROM (SELECT mark.day AS from_day, mark.value AS from_value,
                          lead(mark.day) OVER (ORDER BY mark.day, mark.id) AS to_day,
                          lead(mark.value) OVER (ORDER BY mark.day, mark.id) AS to_value
                     FROM (SELECT compared.base_on AS day, compared.base AS value, 0 AS id
                           UNION ALL
                           SELECT upper(interim.due) - 1, interim.value, interim.id FROM tracker_target interim
                            WHERE interim.interim AND interim.series_id = compared.series_id AND interim.action_id = compared.action_id
                              AND stands(interim.edition_id, interim.withdrawn_in_id, interim.suspended_in_id, interim.restored_in_id, in_edition)
                              AND interim.redacted_in_id IS NULL
                              AND upper(interim.due) - 1 > compared.base_on AND upper(interim.due) - 1 < compared.due_on
                           UNION ALL
                           SELECT compared.due_on, compared.required, NULL) mark) leg
            WHERE compared.as_of >= from_day AND compared.as_of < to_day) leg
        ON compared.base IS NOT NULL AND NOT compared.holds
), judged AS MATERIALIZED (
    SELECT expected.*,
           CASE WHEN redacted THEN 'redacted'
                WHEN NOT scored THEN 'not-scored'
                WHEN basis = 'direction' THEN 'direction-only'
                WHEN reached_id IS NULL THEN 'no-figure'
                WHEN required IS NULL THEN 'no-whole'
                WHEN as_of IS NULL THEN 'figure-undated'
                WHEN as_of > on_day THEN 'figure-after-the-day'
                WHEN whole_broken OR base_broken THEN 'definition-changed'
                WHEN due_on IS NULL AND NOT arrived AND holds IS NOT TRUE THEN 'no-date'
                WHEN stale THEN 'figure-too-old'
                WHEN baseline_elsewhere THEN 'baseline-of-another-series'
                WHEN baseline_id IS NOT NULL AND alike IS NOT TRUE THEN 'periods-differ'
                WHEN holds OR arrived OR on_day > due_on THEN NULL
                WHEN baseline_id IS NULL THEN 'no-baseline'
                WHEN elapsed IS NULL THEN 'baseline-after-the-date'
                WHEN elapsed < threshold('least_elapsed') THEN 'too-early' END AS reason
      FROM expected
)
SELECT judged.id, action_id, judged.series_id, reached_id, whole_id, baseline_id, required, whole_broken OR base_broken,
       CASE WHEN scored AND NOT whole_broken AND required > 0 AND way >= 0 THEN value / required END,
       CASE WHEN scored AND NOT whole_broken THEN required - value END,
       CASE WHEN scored AND NOT base_broken AND alike THEN judged.covered END,
       CASE WHEN scored THEN elapsed END, CASE WHEN scored THEN planned END,
       CASE WHEN reason IS NULL AND planned > 0 THEN judged.covered / planned END,
       CASE WHEN reason IN ('not-scored', 'redacted') THEN 'not-scored'
            WHEN reason IS NOT NULL THEN 'cannot-say'
            WHEN on_day > due_on THEN CASE WHEN arrived THEN 'done' ELSE 'overdue' END
            WHEN holds THEN CASE WHEN arrived THEN 'on-track' ELSE 'behind' END
            WHEN arrived THEN 'done'
            WHEN judged.covered >= least(planned, threshold('on_track_from') * planned) THEN 'on-track'
            WHEN judged.covered >= least(planned, threshold('behind_below') * planned) THEN 'slipping'
            ELSE 'behind' END,
       coalesce(reason, ''), scored AND arrived, way, coalesce(holds, false), first_id, as_first
  FROM judged;
END;

-- The same with the year in which the mean course of at least three comparable figures arrives. There is none where
-- they lead elsewhere, or where what they are measured with is not sure. `state_first` is against the target as first
-- published.
CREATE OR REPLACE FUNCTION target_progress(in_edition integer, on_day date)
RETURNS TABLE (target_id bigint, action_id bigint, series_id bigint, reached_id bigint, whole_id bigint, baseline_id bigint,
               required numeric, broken boolean, share numeric, short numeric, covered numeric, elapsed numeric,
               planned numeric, pace numeric, state text, reason text, projected integer, arrived boolean, way numeric,
               holds boolean, first_id bigint, state_first text, reason_first text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH state AS MATERIALIZED (
    SELECT * FROM target_states(in_edition, on_day)
)
SELECT target.target_id, target.action_id, target.series_id, target.reached_id, target.whole_id, target.baseline_id,
       target.required, target.broken, target.share, target.short, target.covered, target.elapsed, target.planned,
       target.pace, target.state, target.reason,
       CASE WHEN course.figures >= threshold('projection_figures') AND sign(course.slope) = target.way
                 AND (target.required - reached.value) / course.slope < 365.25 * threshold('projection_years')
            THEN extract(year FROM reached.as_of + ceil((target.required - reached.value) / course.slope)::integer)::integer END,
       target.arrived, target.way, target.holds, target.first_id,
       coalesce(early.state, target.state), coalesce(early.reason, target.reason)
  FROM state target
  LEFT JOIN state early ON early.target_id = target.target_id AND early.as_first
  LEFT JOIN tracker_metricsnapshot reached ON reached.id = target.reached_id
        AND NOT target.arrived AND target.way <> 0 AND target.reason IN ('', 'no-date', 'no-baseline', 'too-early')
  LEFT JOIN LATERAL (
       SELECT count(*) AS figures,
              nullif(regr_slope(figure.value::float8, (figure.as_of - reached.as_of)::float8), 0)::numeric AS slope
         FROM leading_figures(in_edition) figure
        WHERE figure.series_id = reached.series_id AND figure.scope = reached.scope AND figure.as_of <= reached.as_of
          AND lengths_agree(figure.behaviour, figure.period_start, figure.period_end, reached.period_start, reached.period_end)
          AND NOT broken_between(figure.indicator_id, figure.as_of, reached.as_of, in_edition)) course
    ON reached.id IS NOT NULL
 WHERE NOT target.as_first;
END;

CREATE OR REPLACE VIEW tracker_distance AS
SELECT * FROM target_progress(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
