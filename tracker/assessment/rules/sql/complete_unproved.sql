-- The latest report on an action, as a whole or in an area, says complete; these of its steps, in that area, are not
-- proved. Proved: the latest report on the step says met, and it does not come from a body that leads or supports.
WITH concerned AS (
    SELECT DISTINCT action_id, body_id FROM tracker_assignment WHERE role IN ('lead', 'support') AND id IN ({assignments})
), said AS (
    SELECT DISTINCT ON (action_id, area_id) id, action_id, area_id, status
      FROM tracker_progressupdate WHERE milestone_id IS NULL AND id IN ({updates})
     ORDER BY action_id, area_id, as_of DESC, id DESC
), proof AS (
    SELECT DISTINCT ON (said.milestone_id) said.milestone_id,
           said.met AND (said.channel = 'other' OR NOT EXISTS (
               SELECT FROM concerned WHERE concerned.action_id = said.action_id AND concerned.body_id = said.body_id)) AS proved
      FROM tracker_progressupdate said WHERE said.milestone_id IS NOT NULL AND said.id IN ({updates})
     ORDER BY said.milestone_id, said.as_of DESC, said.id DESC
), step AS (
    SELECT milestone.id, milestone.action_id, milestone.area_id, milestone.position, coalesce(proof.proved, false) AS proved
      FROM tracker_milestone milestone LEFT JOIN proof ON proof.milestone_id = milestone.id
     WHERE milestone.id IN ({milestones}) AND NOT EXISTS (
           SELECT FROM tracker_planchange change
            WHERE change.kind = 'dropped' AND change.milestone_id = milestone.id AND change.id IN ({changes}))
)
SELECT said.id AS subject, count(*) AS steps, count(*) FILTER (WHERE NOT proved) AS unproved,
       array_agg(step.id ORDER BY step.position, step.id) FILTER (WHERE NOT proved) AS inputs
  FROM said JOIN step ON step.action_id = said.action_id
       AND (said.area_id IS NULL OR step.area_id IS NULL OR step.area_id = said.area_id)
 WHERE said.status = 'complete' AND said.id IN ({subjects})
 GROUP BY said.id
HAVING bool_or(NOT proved)
