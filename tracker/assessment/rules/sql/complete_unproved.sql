-- The latest report on an action, as a whole or in an area, says complete; these of its steps, in that area, are not
-- proved. Proved: the latest report on the step says met, and it does not come from a body that leads or supports.
WITH report AS ({updates}), assignment AS ({assignments}), milestone AS ({milestones}), change AS ({changes})
, claim AS (
    SELECT DISTINCT ON (action_id, area_id) id, action_id, area_id, status, asked
      FROM report WHERE milestone_id IS NULL
     ORDER BY action_id, area_id, as_of DESC, id DESC
), proof AS (
    SELECT DISTINCT ON (report.milestone_id) report.milestone_id,
           report.met AND (report.channel = 'other' OR NOT EXISTS (
               SELECT FROM assignment
                WHERE assignment.action_id = report.action_id AND assignment.body_id = report.body_id
                  AND assignment.role IN ('lead', 'support'))) AS proved
      FROM report WHERE report.milestone_id IS NOT NULL
     ORDER BY report.milestone_id, report.as_of DESC, report.id DESC
), step AS (
    SELECT milestone.id, milestone.action_id, milestone.area_id, milestone.position, coalesce(proof.proved, false) AS proved
      FROM milestone LEFT JOIN proof ON proof.milestone_id = milestone.id
     WHERE NOT EXISTS (SELECT FROM change WHERE change.kind = 'dropped' AND change.milestone_id = milestone.id)
)
SELECT claim.id AS subject, count(*) AS steps, count(*) FILTER (WHERE NOT proved) AS unproved,
       array_agg(step.id ORDER BY step.position, step.id) FILTER (WHERE NOT proved) AS inputs
  FROM claim JOIN step ON step.action_id = claim.action_id
       AND (claim.area_id IS NULL OR step.area_id IS NULL OR step.area_id = claim.area_id)
 WHERE claim.status = 'complete' AND claim.asked
 GROUP BY claim.id
HAVING bool_or(NOT proved)
