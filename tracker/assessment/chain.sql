-- The chain of accountability: for every commitment that stands in an edition, which of its seven links are
-- on record on a day. Owner: a lead whose time has not run out. Measure: an indicator that measures the
-- implementation. Figure: a value in the series that the measure names. Report: any report by anybody.
-- What was redacted counts for nothing: no figure, no baseline, no requirement without its value, no report.
-- Of all commitments, or of those in `chosen`; that is as in evidence.sql.
CREATE OR REPLACE FUNCTION action_chain(in_edition integer, on_day date, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (action_id bigint, owner boolean, measure boolean, baseline boolean, requirement boolean,
               deadline boolean, figure boolean, report boolean, links integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH owned AS (
    SELECT DISTINCT action_id FROM tracker_assignment
     WHERE stands(edition_id, withdrawn_in_id, suspended_in_id, restored_in_id, in_edition)
       AND (chosen IS NULL OR action_id = ANY (chosen))
       AND redacted_in_id IS NULL AND role = 'lead' AND coalesce(lower(starts), on_day) <= on_day AND coalesce(upper(ends) - 1, on_day) >= on_day
), measured AS (
    SELECT measure.action_id, bool_or(snapshot.id IS NOT NULL) AS figure
      FROM tracker_measure measure
      JOIN tracker_policyaction action ON action.id = measure.action_id
      LEFT JOIN tracker_series series ON series.indicator_id = measure.indicator_id
                                     AND series.area_id = coalesce(measure.area_id, action.area_id)
      LEFT JOIN tracker_metricsnapshot snapshot ON snapshot.series_id = series.id AND snapshot.value IS NOT NULL
            AND stands(snapshot.edition_id, snapshot.withdrawn_in_id, snapshot.suspended_in_id, snapshot.restored_in_id, in_edition)
     WHERE measure.use = 'implementation' AND (chosen IS NULL OR measure.action_id = ANY (chosen))
       AND stands(measure.edition_id, measure.withdrawn_in_id, measure.suspended_in_id, measure.restored_in_id, in_edition)
     GROUP BY measure.action_id
), targeted AS (
    SELECT target.action_id, bool_or(baseline.id IS NOT NULL) AS baseline,
           bool_or(target.basis IN ('target', 'requirement')
                   AND (target.value IS NOT NULL OR target.whole_id IS NOT NULL)) AS requirement,
           bool_or(target.due IS NOT NULL) AS deadline
      FROM tracker_target target
      LEFT JOIN tracker_metricsnapshot baseline ON baseline.id = target.baseline_id AND baseline.redacted_in_id IS NULL
     WHERE (chosen IS NULL OR target.action_id = ANY (chosen))
       AND stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
     GROUP BY target.action_id
), postponed AS (
    SELECT DISTINCT action_id FROM tracker_planchange
     WHERE stands(edition_id, withdrawn_in_id, suspended_in_id, restored_in_id, in_edition)
       AND kind = 'deadline' AND action_id IS NOT NULL AND (chosen IS NULL OR action_id = ANY (chosen))
), reported AS (
    SELECT DISTINCT action_id FROM tracker_progressupdate
     WHERE stands(edition_id, withdrawn_in_id, suspended_in_id, restored_in_id, in_edition) AND redacted_in_id IS NULL
       AND (chosen IS NULL OR action_id = ANY (chosen))
), chain AS (
    SELECT action.id AS action_id,
           owned.action_id IS NOT NULL AS owner,
           measured.action_id IS NOT NULL AS measure,
           coalesce(targeted.baseline, false) AS baseline,
           coalesce(targeted.requirement, false) AS requirement,
           action.due IS NOT NULL OR postponed.action_id IS NOT NULL OR coalesce(targeted.deadline, false) AS deadline,
           coalesce(measured.figure, false) AS figure,
           reported.action_id IS NOT NULL AS report
      FROM tracker_policyaction action
      LEFT JOIN owned ON owned.action_id = action.id
      LEFT JOIN measured ON measured.action_id = action.id
      LEFT JOIN targeted ON targeted.action_id = action.id
      LEFT JOIN postponed ON postponed.action_id = action.id
      LEFT JOIN reported ON reported.action_id = action.id
     WHERE (chosen IS NULL OR action.id = ANY (chosen))
       AND stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition)
)
SELECT chain.*, owner::integer + measure::integer + baseline::integer + requirement::integer
              + deadline::integer + figure::integer + report::integer
  FROM chain;
END;

-- Read through an unmanaged model. The edition and the day are those of the reading (assessment/reading.py);
-- outside of one the settings are missing and the view fails rather than answer for another reading.
CREATE OR REPLACE VIEW tracker_chain AS
SELECT * FROM action_chain(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
