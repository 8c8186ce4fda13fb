-- Actions of which more than half the weight of the dated steps, as first published, falls into the last quarter of the
-- time from the beginning (the policy's, where the action has none) to the deadline (the last step's, without one).
WITH step AS (
    SELECT action_id, weight, upper(due) - 1 AS due FROM tracker_milestone WHERE due IS NOT NULL AND id IN ({milestones})
), span AS (
    SELECT action.id, lower(coalesce(action.starts, policy.starts)) AS first_day,
           coalesce(upper(action.due) - 1, max(step.due)) AS last_day
      FROM tracker_policyaction action
      JOIN tracker_policy policy ON policy.id = action.policy_id
      JOIN step ON step.action_id = action.id
     WHERE action.id IN ({subjects})
     GROUP BY action.id, policy.starts
)
SELECT span.id AS subject, span.first_day, span.last_day, sum(step.weight) AS weight, count(*) AS steps,
       sum(step.weight) FILTER (WHERE step.due > span.last_day - (span.last_day - span.first_day) / 4.0 * interval '1 day') AS late,
       count(*) FILTER (WHERE step.due > span.last_day - (span.last_day - span.first_day) / 4.0 * interval '1 day') AS late_steps
  FROM span JOIN step ON step.action_id = span.id
 WHERE span.first_day < span.last_day
 GROUP BY span.id, span.first_day, span.last_day
HAVING count(*) > 1
   AND 2 * sum(step.weight) FILTER (WHERE step.due > span.last_day - (span.last_day - span.first_day) / 4.0 * interval '1 day') > sum(step.weight)
