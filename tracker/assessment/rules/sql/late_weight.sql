-- Actions of which more than half the weight of the dated steps, as first published, falls into the last quarter of the
-- time from the beginning (the policy's, where the action has none) to the deadline (the last step's, without one).
WITH milestone AS ({milestones}), policyaction AS ({actions})
, step AS (
    SELECT action_id, weight, upper(due) - 1 AS due FROM milestone WHERE due IS NOT NULL
), span AS (
    SELECT policyaction.id, lower(coalesce(policyaction.starts, policyaction.policy_starts)) AS first_day,
           coalesce(upper(policyaction.due) - 1, max(step.due)) AS last_day
      FROM policyaction JOIN step ON step.action_id = policyaction.id
     WHERE policyaction.asked
     GROUP BY policyaction.id, policyaction.starts, policyaction.policy_starts, policyaction.due
), weighed AS (
    SELECT span.*, step.weight, step.due > last_day - (last_day - first_day) / 4.0 * interval '1 day' AS late
      FROM span JOIN step ON step.action_id = span.id
     WHERE first_day < last_day
)
SELECT id AS subject, first_day, last_day, sum(weight) AS weight, count(*) AS steps,
       sum(weight) FILTER (WHERE late) AS late, count(*) FILTER (WHERE late) AS late_steps
  FROM weighed
 GROUP BY id, first_day, last_day
HAVING count(*) > 1 AND 2 * sum(weight) FILTER (WHERE late) > sum(weight)
