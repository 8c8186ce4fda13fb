-- The one scale of commitments and series, in the order in which pages show it and lists sort by it.
CREATE OR REPLACE FUNCTION state_rank(state text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_position(ARRAY['done', 'on-track', 'slipping', 'behind', 'overdue', 'nothing-due', 'paused', 'dropped',
                            'cannot-say', 'not-scored'], state);

-- The state of a plan, steps or none. Each line is reached only if none above it holds, so that states are exclusive.
-- Whether it is done and dropped is settled before; a pause stops no clock, so that overdue comes first.
CREATE OR REPLACE FUNCTION plan_state(scored boolean, done boolean, dropped boolean, paused boolean, final_day date, on_day date,
                                      steps bigint, dated bigint, planned numeric, earned numeric, days_late integer, series text)
RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN NOT scored THEN 'not-scored'
            WHEN done THEN 'done'
            WHEN dropped THEN 'dropped'
            WHEN on_day > final_day THEN 'overdue'
            WHEN paused THEN 'paused'
            WHEN steps = 0 AND series IS NOT NULL THEN series
            WHEN dated = 0 AND final_day IS NULL THEN 'cannot-say'
            WHEN coalesce(planned, 0) = 0 THEN 'nothing-due'
            WHEN earned < threshold('behind_below') * planned OR days_late > threshold('late_days') THEN 'behind'
            WHEN days_late > 0 THEN 'slipping'
            ELSE 'on-track' END;

-- Which of the states of several series is that of their commitment: the one that comes first.
CREATE OR REPLACE FUNCTION state_severity(state text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_position(ARRAY['overdue', 'behind', 'slipping', 'cannot-say', 'on-track', 'done'], state);

-- The three answers, of every commitment as a whole or in each area that facts about it name: what is reported, what
-- is evidenced, and where that stands against the plan as first published and (`_now`) against the plan with its
-- published changes. A step counts as due when its last day is over, and as earned when it is proved.
-- A commitment without steps is one step itself: done when its completion is proved, or judged by its series.
-- The parts are materialized, so that a planner without statistics, after a large load, cannot compute one of them
-- again for every row.
CREATE OR REPLACE FUNCTION action_standing(in_edition integer, on_day date, by_area boolean, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (action_id bigint, area_id varchar, reported_id bigint,
               state text, rank integer, reason text, state_now text, rank_now integer, reason_now text, basis text,
               steps bigint, steps_due bigint, steps_late bigint, steps_said bigint, steps_proved bigint, steps_dropped bigint,
               steps_due_now bigint, steps_late_now bigint,
               weight numeric, planned numeric, earned numeric, evidenced numeric, self_reported numeric, planned_share numeric,
               weight_now numeric, planned_now numeric, earned_now numeric, evidenced_now numeric, planned_share_now numeric,
               days_late integer, days_late_now integer, due_on date, due_on_now date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH scope AS MATERIALIZED (
    SELECT * FROM judged_scopes(in_edition, by_area, chosen)
), plan AS MATERIALIZED (
    SELECT step.action_id, step.area_id, count(*) AS steps, count(step.due_on) AS dated,
           count(*) FILTER (WHERE step.due_on < on_day) AS due,
           count(*) FILTER (WHERE step.due_on < on_day AND NOT proved) AS late,
           count(*) FILTER (WHERE said AND NOT proved) AS said,
           count(*) FILTER (WHERE proved) AS proved,
           count(*) FILTER (WHERE step.dropped) AS dropped,
           sum(step.weight) AS weight,
           coalesce(sum(step.weight) FILTER (WHERE step.due_on < on_day), 0) AS planned,
           coalesce(sum(step.weight) FILTER (WHERE proved), 0) AS earned,
           coalesce(sum(step.weight) FILTER (WHERE said AND NOT proved), 0) AS claimed,
           max(on_day - step.due_on) FILTER (WHERE step.due_on < on_day AND NOT proved) AS days_late,
           count(*) FILTER (WHERE NOT step.dropped) AS steps_now,
           count(due_on_now) FILTER (WHERE NOT step.dropped) AS dated_now,
           count(*) FILTER (WHERE NOT step.dropped AND due_on_now < on_day) AS due_count_now,
           count(*) FILTER (WHERE NOT step.dropped AND due_on_now < on_day AND NOT proved) AS late_now,
           count(*) FILTER (WHERE NOT step.dropped AND proved) AS proved_now,
           sum(step.weight_now) FILTER (WHERE NOT step.dropped) AS weight_now,
           coalesce(sum(step.weight_now) FILTER (WHERE NOT step.dropped AND due_on_now < on_day), 0) AS planned_now,
           coalesce(sum(step.weight_now) FILTER (WHERE NOT step.dropped AND proved), 0) AS earned_now,
           max(on_day - due_on_now) FILTER (WHERE NOT step.dropped AND due_on_now < on_day AND NOT proved) AS days_late_now
      FROM plan_steps(in_edition, on_day, by_area, chosen) step
     GROUP BY step.action_id, step.area_id
), word AS MATERIALIZED (
    -- The latest report on the commitment itself; "nothing to report" is news, but changes no status. Of several on
    -- one day a body's own comes first. Only a body can say that it has paused or given up.
    SELECT scope.action_id, scope.area_id,
           (array_agg(report.update_id ORDER BY report.as_of DESC, report.by_body DESC, report.update_id DESC))[1] AS reported_id,
           (array_agg(report.status ORDER BY report.as_of DESC, report.by_body DESC, report.update_id DESC)
               FILTER (WHERE report.status <> 'nothing-to-report'))[1] AS status,
           (array_agg(report.status ORDER BY report.as_of DESC, report.by_body DESC, report.update_id DESC)
               FILTER (WHERE report.status <> 'nothing-to-report' AND report.by_body))[1] AS own_status,
           (array_agg(report.status ORDER BY report.as_of DESC, report.by_body DESC, report.update_id DESC)
               FILTER (WHERE report.status <> 'nothing-to-report' AND report.evidence))[1] AS proof
      FROM scope
      JOIN told_reports(in_edition, on_day, chosen) report ON report.action_id = scope.action_id AND report.milestone_id IS NULL
       AND (report.area_id IS NULL OR report.area_id = coalesce(nullif(scope.area_id, ''), scope.home))
     GROUP BY scope.action_id, scope.area_id
), course AS MATERIALIZED (
    -- The states of its series, the worst of several; one that cannot be judged is worse than one on track. Each is
    -- against the target as first published and (`_now`) against the one in force.
    SELECT scope.action_id, scope.area_id,
           (array_agg(progress.state ORDER BY state_severity(progress.state), progress.target_id) FILTER (WHERE progress.of_first))[1] AS state,
           (array_agg(progress.reason ORDER BY state_severity(progress.state), progress.target_id) FILTER (WHERE progress.of_first))[1] AS reason,
           (array_agg(progress.state ORDER BY state_severity(progress.state), progress.target_id) FILTER (WHERE NOT progress.as_first))[1] AS state_now,
           (array_agg(progress.reason ORDER BY state_severity(progress.state), progress.target_id) FILTER (WHERE NOT progress.as_first))[1] AS reason_now
      FROM (SELECT target.*, target.as_first OR target.first_id = target.target_id AS of_first
              FROM target_states(in_edition, on_day, chosen) target) progress
      JOIN tracker_series series ON series.id = progress.series_id
      JOIN scope ON scope.action_id = progress.action_id
       AND (series.area_id = coalesce(nullif(scope.area_id, ''), scope.home)
            OR scope.area_id = '' AND EXISTS (
                SELECT FROM tracker_measure measure
                 WHERE measure.action_id = scope.action_id AND measure.indicator_id = series.indicator_id
                   AND measure.area_id = series.area_id AND measure.use = 'implementation'
                   AND stands(measure.edition_id, measure.withdrawn_in_id, measure.suspended_in_id, measure.restored_in_id, in_edition)))
     WHERE progress.state <> 'not-scored' AND progress.reason <> 'direction-only'
     GROUP BY scope.action_id, scope.area_id
), changed AS MATERIALIZED (
    SELECT * FROM changed_plans(in_edition, on_day, false, chosen)
), judged AS MATERIALIZED (
    SELECT scope.action_id, scope.area_id, word.reported_id, course.state AS series_state, course.reason AS series_reason,
           course.state_now AS series_state_now, course.reason_now AS series_reason_now,
           plan.weight, plan.planned, plan.earned, plan.claimed, plan.days_late, plan.said, plan.late_now,
           plan.weight_now, plan.planned_now, plan.earned_now, plan.days_late_now,
           coalesce(plan.steps, 0) AS steps, coalesce(plan.dated, 0) AS dated, coalesce(plan.due, 0) AS due,
           coalesce(plan.late, 0) AS late, coalesce(plan.proved, 0) AS proved, coalesce(plan.dropped, 0) AS dropped,
           coalesce(plan.dated_now, 0) AS dated_now, coalesce(plan.due_count_now, 0) AS due_now,
           action.scored AND action.redacted_in_id IS NULL AS scored, action.redacted_in_id IS NOT NULL AS redacted,
           upper(coalesce(changed.due_typed, action.due::daterange, changed.due_set)) - 1 AS final_day,
           upper(coalesce(changed.due, changed.due_typed, action.due::daterange)) - 1 AS final_day_now,
           coalesce(changed.dropped OR plan.steps = plan.dropped OR word.own_status = 'cancelled', false) AS given_up,
           coalesce(word.own_status = 'paused', false) AS paused,
           CASE WHEN plan.steps > 0 THEN plan.proved = plan.steps
                ELSE coalesce(word.proof = 'complete' AND word.status = 'complete' OR course.state = 'done', false) END AS done,
           CASE WHEN plan.steps > 0 THEN plan.proved_now = plan.steps_now AND plan.steps_now > 0
                ELSE coalesce(word.proof = 'complete' AND word.status = 'complete' OR course.state_now = 'done', false) END AS done_now
      FROM scope
      JOIN tracker_policyaction action ON action.id = scope.action_id
      LEFT JOIN plan ON plan.action_id = scope.action_id AND plan.area_id = scope.area_id
      LEFT JOIN word ON word.action_id = scope.action_id AND word.area_id = scope.area_id
      LEFT JOIN course ON course.action_id = scope.action_id AND course.area_id = scope.area_id
      LEFT JOIN changed ON changed.id = scope.action_id
), stated AS MATERIALIZED (
    SELECT judged.*,
           plan_state(scored, done, given_up, paused, final_day, on_day, steps, dated, planned, earned, days_late, series_state) AS state,
           plan_state(scored, done_now, given_up, paused, final_day_now, on_day, steps, dated_now, planned_now, earned_now,
                      days_late_now, series_state_now) AS state_now
      FROM judged
)
SELECT action_id, area_id, reported_id,
       state, state_rank(state),
       CASE WHEN state = 'not-scored' THEN CASE WHEN redacted THEN 'redacted' ELSE 'unscored' END
            WHEN state = 'cannot-say' THEN coalesce(series_reason, CASE WHEN steps > 0 THEN 'no-dates' ELSE 'no-plan' END)
            ELSE '' END,
       state_now, state_rank(state_now),
       CASE WHEN state_now = 'not-scored' THEN CASE WHEN redacted THEN 'redacted' ELSE 'unscored' END
            WHEN state_now = 'cannot-say' THEN coalesce(series_reason_now, CASE WHEN steps > 0 THEN 'no-dates' ELSE 'no-plan' END)
            ELSE '' END,
       CASE WHEN NOT scored THEN '' WHEN steps > 0 THEN 'steps' WHEN coalesce(series_state, series_state_now) IS NOT NULL THEN 'series'
            WHEN coalesce(final_day, final_day_now) IS NOT NULL THEN 'deadline' ELSE '' END,
       steps, due, late, coalesce(said, 0), proved, dropped, due_now, coalesce(late_now, 0),
       weight, planned, earned, earned / weight, claimed / weight, planned / weight,
       weight_now, planned_now, earned_now, earned_now / weight_now, planned_now / weight_now,
       days_late, days_late_now, final_day, final_day_now
  FROM stated;
END;

-- Written into each question, and read from the settings once, not for every row. A plan which a session keeps for a
-- function that it calls was seen to run into the statement timeout.
CREATE OR REPLACE VIEW tracker_standing AS
SELECT standing.*
  FROM (SELECT current_setting('azm.edition')::integer AS edition, current_setting('azm.day')::date AS day OFFSET 0) reading
 CROSS JOIN LATERAL action_standing(reading.edition, reading.day, false) standing;

CREATE OR REPLACE VIEW tracker_areastanding AS
SELECT standing.*
  FROM (SELECT current_setting('azm.edition')::integer AS edition, current_setting('azm.day')::date AS day OFFSET 0) reading
 CROSS JOIN LATERAL action_standing(reading.edition, reading.day, true) standing;
