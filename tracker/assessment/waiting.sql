-- Which reports still say, in an edition on a day, that a commitment waits for a body. Of what one reporter tells of
-- one commitment (or one step of it, in one area) the latest day counts: a later report of theirs that no longer
-- names the body ends the wait, and so does the step being met, or the commitment or step being dropped. Another
-- reporter's silence about it ends nothing. `since`: the first day from which every report of theirs named the body;
-- `told`: how many reports did. `waiter`: whose wait it is, where a body speaks for itself; else nobody is named.
CREATE OR REPLACE FUNCTION open_waits(in_edition integer, on_day date)
RETURNS TABLE (update_id bigint, waiter_id bigint, holder_id bigint, since date, told integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH said AS MATERIALIZED (
    SELECT report.update_id, report.action_id, report.milestone_id, report.as_of, report.by_body, report.met, own.waiting_on_id,
           own.body_id,
           -- What one reporter tells of one thing. Reports that name no body are told by nobody in particular.
           concat_ws(' ', report.action_id, coalesce(report.milestone_id, 0), coalesce(report.area_id, '-'),
                     coalesce(own.body_id, 0), report.by_body) AS line
      FROM told_reports(in_edition, on_day) report
      JOIN tracker_progressupdate own ON own.id = report.update_id
), lines AS MATERIALIZED (
    SELECT said.*, max(said.as_of) OVER (PARTITION BY said.line) AS latest FROM said
), waits AS MATERIALIZED (
    SELECT lines.* FROM lines
      LEFT JOIN changed_plans(in_edition, on_day, false) whole ON whole.id = lines.action_id
      LEFT JOIN changed_plans(in_edition, on_day, true) step ON step.id = lines.milestone_id
     WHERE lines.waiting_on_id IS NOT NULL AND lines.as_of = lines.latest
       AND NOT coalesce(whole.dropped, false) AND NOT coalesce(step.dropped, false)
       AND NOT EXISTS (SELECT FROM said later
                        WHERE later.milestone_id = lines.milestone_id AND later.met AND later.as_of > lines.as_of)
), days AS (
    SELECT waits.update_id, day.as_of, count(*) FILTER (WHERE day.waiting_on_id = waits.waiting_on_id) AS naming
      FROM waits JOIN lines day ON day.line = waits.line
     GROUP BY waits.update_id, day.as_of
), run AS (
    -- From the latest day back, as far as each day on which the line was told names the same body.
    SELECT days.*, bool_and(days.naming > 0) OVER (PARTITION BY days.update_id ORDER BY days.as_of DESC) AS unbroken FROM days
)
SELECT waits.update_id, CASE WHEN waits.by_body THEN waits.body_id END, waits.waiting_on_id, min(run.as_of), sum(run.naming)::integer
  FROM waits JOIN run ON run.update_id = waits.update_id AND run.unbroken
 GROUP BY waits.update_id, waits.by_body, waits.body_id, waits.waiting_on_id;
END;

CREATE OR REPLACE VIEW tracker_waiting AS
SELECT * FROM open_waits(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
