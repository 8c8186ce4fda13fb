-- Actions and steps whose latest deadline has passed, that were not dropped and are not told to be done. `replanned`
-- is the plan change that set the deadline, if one did.
WITH moved AS (
    SELECT DISTINCT ON (action_id, milestone_id) id, action_id, milestone_id, new_due
      FROM tracker_planchange WHERE kind = 'deadline' AND id IN ({changes})
     ORDER BY action_id, milestone_id, edition_id DESC NULLS FIRST, lower(announced) DESC NULLS LAST, id DESC
), dropped AS (
    SELECT action_id, milestone_id FROM tracker_planchange WHERE kind = 'dropped' AND id IN ({changes})
), latest AS (
    SELECT DISTINCT ON (action_id, milestone_id) action_id, milestone_id, met, status
      FROM tracker_progressupdate WHERE id IN ({updates})
     ORDER BY action_id, milestone_id, as_of DESC, id DESC
), plan AS (
    SELECT 'milestone' AS kind, milestone.id, milestone.action_id, coalesce(moved.new_due, milestone.due) AS due,
           moved.id AS replanned, coalesce(latest.met, false) AS done
      FROM tracker_milestone milestone
      LEFT JOIN moved ON moved.milestone_id = milestone.id
      LEFT JOIN latest ON latest.milestone_id = milestone.id
     WHERE milestone.id IN ({milestones})
       AND NOT EXISTS (SELECT FROM dropped WHERE dropped.milestone_id = milestone.id)
    UNION ALL
    SELECT 'policyaction', action.id, action.id, coalesce(moved.new_due, action.due), moved.id,
           coalesce(latest.status = 'complete', false)
      FROM tracker_policyaction action
      LEFT JOIN moved ON moved.action_id = action.id
      LEFT JOIN latest ON latest.action_id = action.id AND latest.milestone_id IS NULL
     WHERE action.id IN ({actions})
)
SELECT id AS subject, upper(due) - 1 AS due, {on} - (upper(due) - 1) AS days, replanned
  FROM plan
 WHERE kind = {kind} AND NOT done AND upper(due) - 1 < {on}
   AND NOT EXISTS (SELECT FROM dropped WHERE dropped.action_id = plan.action_id)
