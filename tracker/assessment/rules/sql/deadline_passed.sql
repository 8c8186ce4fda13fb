-- Actions and steps whose latest deadline has passed, that were not dropped and are not told to be done. `replanned`
-- is the plan change that set the deadline, if one did.
WITH change AS ({changes}), report AS ({updates}), milestone AS ({milestones}), policyaction AS ({actions})
, moved AS (
    SELECT DISTINCT ON (action_id, milestone_id) id, action_id, milestone_id, new_due
      FROM change WHERE kind = 'deadline'
     ORDER BY action_id, milestone_id, edition_id DESC NULLS FIRST, lower(announced) DESC NULLS LAST, id DESC
), dropped AS (
    SELECT action_id, milestone_id FROM change WHERE kind = 'dropped'
), latest AS (
    SELECT DISTINCT ON (action_id, milestone_id) action_id, milestone_id, met, status
      FROM report ORDER BY action_id, milestone_id, as_of DESC, id DESC
), plan AS (
    SELECT 'milestone' AS kind, milestone.id, milestone.action_id, milestone.asked,
           coalesce(moved.new_due, milestone.due) AS due, moved.id AS replanned, coalesce(latest.met, false) AS done
      FROM milestone
      LEFT JOIN moved ON moved.milestone_id = milestone.id
      LEFT JOIN latest ON latest.milestone_id = milestone.id
     WHERE NOT EXISTS (SELECT FROM dropped WHERE dropped.milestone_id = milestone.id)
    UNION ALL
    SELECT 'policyaction', policyaction.id, policyaction.id, policyaction.asked, coalesce(moved.new_due, policyaction.due),
           moved.id, coalesce(latest.status = 'complete', false)
      FROM policyaction
      LEFT JOIN moved ON moved.action_id = policyaction.id
      LEFT JOIN latest ON latest.action_id = policyaction.id AND latest.milestone_id IS NULL
)
SELECT id AS subject, upper(due) - 1 AS due, {on} - (upper(due) - 1) AS days, replanned
  FROM plan
 WHERE asked AND kind = {kind} AND NOT done AND upper(due) - 1 < {on}
   AND NOT EXISTS (SELECT FROM dropped WHERE dropped.action_id = plan.action_id)
