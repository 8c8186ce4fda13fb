-- Who leads each commitment on a day, in two words: the sphere of its lead bodies, and whether they are security
-- forces. Exhaustive and exclusive, so that counts by either add up: leads in two spheres are "shared", nobody is
-- "nobody", and where a sphere is not stated and the others do not differ already, nothing is said ("unstated").
-- Who is a lead on a day is told as in chain.sql.
CREATE OR REPLACE FUNCTION action_leads(in_edition integer, on_day date)
RETURNS TABLE (action_id bigint, sphere text, led_by text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT action.id,
       CASE WHEN led.action_id IS NULL THEN 'nobody'
            WHEN led.spheres > 1 THEN 'shared'
            WHEN led.unstated THEN 'unstated'
            ELSE led.sphere END,
       CASE WHEN led.action_id IS NULL THEN 'nobody'
            WHEN led.security AND led.civil THEN 'both'
            WHEN led.security THEN 'security'
            ELSE 'civil' END
  FROM tracker_policyaction action
  LEFT JOIN (
      SELECT assignment.action_id, count(DISTINCT nullif(body.sphere, '')) AS spheres, bool_or(body.sphere = '') AS unstated,
             max(body.sphere) AS sphere, bool_or(body.security_force) AS security, bool_or(NOT body.security_force) AS civil
        FROM tracker_assignment assignment
        JOIN tracker_responsiblebody body ON body.id = assignment.body_id
       WHERE stands(assignment.edition_id, assignment.withdrawn_in_id, assignment.suspended_in_id, assignment.restored_in_id, in_edition)
         AND assignment.redacted_in_id IS NULL AND assignment.role = 'lead'
         AND coalesce(lower(assignment.starts), on_day) <= on_day AND coalesce(upper(assignment.ends) - 1, on_day) >= on_day
       GROUP BY assignment.action_id) led ON led.action_id = action.id
 WHERE stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition);
END;

CREATE OR REPLACE VIEW tracker_leadership AS
SELECT * FROM action_leads(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
