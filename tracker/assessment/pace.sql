-- How far the leading figure of a series has come towards what it is to reach, and whether that is in time: one row
-- per target, requirement or direction. Interim targets are marks on the way and have none of their own.
--   share, short    of what is required: the value, or all of what another indicator counts in the same area
--   covered         of the way from the baseline; below 0 where the figure moved away, above 1 where it went past
--   planned         of the way, by the day of the figure: straight on, or from one interim target to the next
CREATE OR REPLACE FUNCTION target_states(in_edition integer, on_day date)
RETURNS TABLE (target_id bigint, action_id bigint, series_id bigint, reached_id bigint, whole_id bigint, baseline_id bigint,
               required numeric, broken boolean, share numeric, short numeric, covered numeric, elapsed numeric,
               planned numeric, pace numeric, state text, reason text, arrived boolean, way numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH aimed AS (
    SELECT target.id, target.action_id, target.series_id, target.basis, upper(target.due) - 1 AS due_on,
           target.baseline_id IS NOT NULL AND baseline.id IS NULL AS baseline_elsewhere,
           action.scored AND indicator.direction <> 'not-scored' AS scored, indicator.direction, indicator.behaviour,
           indicator.decimals, indicator.id AS indicator_id,
           coalesce(indicator.frequency_months, threshold('usual_months'))::integer AS months,
           coalesce(target.value, whole.value) AS required, whole.id AS whole_id, whole.as_of AS whole_on,
           reached.id AS reached_id, reached.value, reached.as_of, reached.period_start, reached.period_end, reached.scope,
           baseline.id AS baseline_id, baseline.value AS base, baseline.as_of AS base_on,
           lengths_agree(indicator.behaviour, reached.period_start, reached.period_end,
                         baseline.period_start, baseline.period_end) AS alike,
           sign(coalesce(nullif(coalesce(target.value, whole.value) - baseline.value, 0),
                         CASE indicator.direction WHEN 'rise' THEN 1 WHEN 'fall' THEN -1 ELSE 0 END)) AS way
      FROM tracker_target target
      JOIN tracker_policyaction action ON action.id = target.action_id
      JOIN tracker_series series ON series.id = target.series_id
      JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
      LEFT JOIN headline_snapshots(in_edition) headline ON headline.series_id = series.id
      LEFT JOIN tracker_metricsnapshot reached ON reached.id = headline.snapshot_id AND reached.redacted_in_id IS NULL
      LEFT JOIN tracker_series whole_series ON whole_series.indicator_id = target.whole_id
                                           AND whole_series.area_id = series.area_id
      LEFT JOIN headline_snapshots(in_edition) whole_headline ON whole_headline.series_id = whole_series.id
      LEFT JOIN tracker_metricsnapshot whole ON whole.id = whole_headline.snapshot_id AND whole.redacted_in_id IS NULL
      LEFT JOIN tracker_metricsnapshot baseline ON baseline.id = target.baseline_id AND baseline.series_id = target.series_id
            AND baseline.value IS NOT NULL AND baseline.redacted_in_id IS NULL
            AND stands(baseline.edition_id, baseline.withdrawn_in_id, baseline.suspended_in_id, baseline.restored_in_id, in_edition)
     WHERE NOT target.interim AND target.redacted_in_id IS NULL
       AND stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
), compared AS (
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
), judged AS (
    SELECT expected.*,
           CASE WHEN NOT scored THEN 'not-scored'
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
       CASE WHEN NOT whole_broken AND required > 0 AND way >= 0 THEN value / required END,
       CASE WHEN NOT whole_broken THEN required - value END,
       CASE WHEN NOT base_broken AND alike THEN judged.covered END, elapsed, planned,
       CASE WHEN reason IS NULL AND planned > 0 THEN judged.covered / planned END,
       CASE WHEN reason = 'not-scored' THEN 'not-scored'
            WHEN reason IS NOT NULL THEN 'cannot-say'
            WHEN on_day > due_on THEN CASE WHEN arrived THEN 'done' ELSE 'overdue' END
            WHEN holds THEN CASE WHEN arrived THEN 'on-track' ELSE 'behind' END
            WHEN arrived THEN 'done'
            WHEN judged.covered >= least(planned, threshold('on_track_from') * planned) THEN 'on-track'
            WHEN judged.covered >= least(planned, threshold('behind_below') * planned) THEN 'slipping'
            ELSE 'behind' END,
       coalesce(reason, ''), arrived, way
  FROM judged;
END;

-- The same with the year in which the mean course of at least three comparable figures arrives. There is none where
-- they lead elsewhere, or where what they are measured with is not sure.
CREATE OR REPLACE FUNCTION target_progress(in_edition integer, on_day date)
RETURNS TABLE (target_id bigint, action_id bigint, series_id bigint, reached_id bigint, whole_id bigint, baseline_id bigint,
               required numeric, broken boolean, share numeric, short numeric, covered numeric, elapsed numeric,
               planned numeric, pace numeric, state text, reason text, projected integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT target.target_id, target.action_id, target.series_id, target.reached_id, target.whole_id, target.baseline_id,
       target.required, target.broken, target.share, target.short, target.covered, target.elapsed, target.planned,
       target.pace, target.state, target.reason,
       CASE WHEN course.figures >= threshold('projection_figures') AND sign(course.slope) = target.way
                 AND (target.required - reached.value) / course.slope < 365.25 * threshold('projection_years')
            THEN extract(year FROM reached.as_of + ceil((target.required - reached.value) / course.slope)::integer)::integer END
  FROM target_states(in_edition, on_day) target
  LEFT JOIN tracker_metricsnapshot reached ON reached.id = target.reached_id
        AND NOT target.arrived AND target.way <> 0 AND target.reason IN ('', 'no-date', 'no-baseline', 'too-early')
  LEFT JOIN LATERAL (
       SELECT count(*) AS figures,
              nullif(regr_slope(figure.value::float8, (figure.as_of - reached.as_of)::float8), 0)::numeric AS slope
         FROM leading_figures(in_edition) figure
        WHERE figure.series_id = reached.series_id AND figure.scope = reached.scope AND figure.as_of <= reached.as_of
          AND lengths_agree(figure.behaviour, figure.period_start, figure.period_end, reached.period_start, reached.period_end)
          AND NOT broken_between(figure.indicator_id, figure.as_of, reached.as_of, in_edition)) course
    ON reached.id IS NOT NULL;
END;

CREATE OR REPLACE VIEW tracker_distance AS
SELECT * FROM target_progress(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
