-- The commitments that stand in an edition with all that roll-ups count. What was redacted is told apart and counts for
-- nothing else: it has no state and no link here. `open`: by the current plan neither done nor dropped, and not one that
-- is never scored. A plan is a dated step or a deadline of its own. `proved` and `due` are the shares of its weight that
-- are proved and that were due; without steps the commitment is one step itself, and its deadline the date of it.
CREATE OR REPLACE FUNCTION counted_actions(in_edition integer, on_day date)
RETURNS TABLE (action_id bigint, policy_id bigint, objective_id bigint, area_id varchar, weight numeric, redacted boolean,
               sphere text, led_by text, state text, state_now text, reason text, open boolean, scored boolean,
               has_plan boolean, proved numeric, due numeric,
               owner boolean, measure boolean, baseline boolean, requirement boolean, deadline boolean, figure boolean, report boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH dated AS MATERIALIZED (
    SELECT DISTINCT milestone.action_id
      FROM tracker_milestone milestone
      LEFT JOIN changed_plans(in_edition, on_day, true) changed ON changed.id = milestone.id
     WHERE stands(milestone.edition_id, milestone.withdrawn_in_id, milestone.suspended_in_id, milestone.restored_in_id, in_edition)
       AND milestone.redacted_in_id IS NULL
       AND coalesce(milestone.due::daterange, changed.due_typed, changed.due_set) IS NOT NULL
), told AS MATERIALIZED (
    SELECT action.id, action.policy_id, action.objective_id, action.area_id, action.weight,
           action.redacted_in_id IS NOT NULL AS redacted, action.redacted_in_id IS NULL AS kept,
           led.sphere, led.led_by, standing.state, standing.state_now, standing.reason, standing.steps, standing.evidenced,
           standing.planned_share, standing.due_on, standing.state <> 'not-scored' AS scored,
           dated.action_id IS NOT NULL OR standing.due_on IS NOT NULL AS dated,
           chain.owner, chain.measure, chain.baseline, chain.requirement, chain.deadline, chain.figure, chain.report
      FROM tracker_policyaction action
      JOIN action_standing(in_edition, on_day, false) standing ON standing.action_id = action.id
      JOIN action_chain(in_edition, on_day) chain ON chain.action_id = action.id
      JOIN action_leads(in_edition, on_day) led ON led.action_id = action.id
      LEFT JOIN dated ON dated.action_id = action.id
)
SELECT id, policy_id, objective_id, area_id, weight, redacted, sphere, led_by,
       CASE WHEN kept THEN state END, CASE WHEN kept THEN state_now END, reason,
       kept AND state_now NOT IN ('done', 'dropped', 'not-scored'), kept AND scored, kept AND scored AND dated,
       CASE WHEN kept AND scored AND dated THEN CASE WHEN steps > 0 THEN evidenced ELSE (state = 'done')::integer END END,
       CASE WHEN kept AND scored AND dated THEN CASE WHEN steps > 0 THEN planned_share ELSE (due_on < on_day)::integer END END,
       kept AND owner, kept AND measure, kept AND baseline, kept AND requirement, kept AND deadline, kept AND figure, kept AND report
  FROM told;
END;

-- The share of a policy's time that has passed lies between these two; NULL where it has no period.
CREATE OR REPLACE FUNCTION elapsed_bound(policy bigint, on_day date, upper_bound boolean)
RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT CASE WHEN upper_bound THEN greatest(early, late) ELSE least(early, late) END
          FROM (SELECT elapsed_share(starts, ends, on_day, false) AS early, elapsed_share(starts, ends, on_day, true) AS late
                  FROM tracker_policy WHERE id = policy) bounds);

-- The roll-ups: for every scope the counts of its commitments by state and by link, and the shares over those that have
-- a plan. A scope without commitments has a row of zeros. The ledger, policies, lines of effort, spheres, leads and areas
-- hold each commitment once; programmes and bodies may share one.
-- Within one policy a commitment weighs what the policy says; of several policies the weights cannot be compared,
-- and each plan weighs the same. The floor counts what has no plan as unproved.
CREATE OR REPLACE FUNCTION rollups(in_edition integer, on_day date)
RETURNS TABLE (code text, kind text, scope text, rank integer, policy_id bigint, objective_id bigint, body_id bigint, area_id varchar,
               commitments bigint, redacted bigint, open bigint,
               done bigint, on_track bigint, slipping bigint, behind bigint, overdue bigint, nothing_due bigint, paused bigint,
               dropped bigint, cannot_say bigint, not_scored bigint,
               done_now bigint, on_track_now bigint, slipping_now bigint, behind_now bigint, overdue_now bigint, nothing_due_now bigint,
               paused_now bigint, dropped_now bigint, cannot_say_now bigint, not_scored_now bigint,
               owner bigint, measure bigint, baseline bigint, requirement bigint, deadline bigint, figure bigint, report bigint,
               scored bigint, with_plan bigint, evidenced numeric, evidenced_floor numeric, planned numeric, planned_floor numeric,
               elapsed_least numeric, elapsed_most numeric, reasons text[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH counted AS MATERIALIZED (
    SELECT * FROM counted_actions(in_edition, on_day)
), assigned AS (
    SELECT DISTINCT assignment.role, assignment.body_id, body.code, assignment.action_id
      FROM tracker_assignment assignment
      JOIN tracker_responsiblebody body ON body.id = assignment.body_id
     WHERE stands(assignment.edition_id, assignment.withdrawn_in_id, assignment.suspended_in_id, assignment.restored_in_id, in_edition)
       AND assignment.redacted_in_id IS NULL AND assignment.role IN ('lead', 'support')
       AND coalesce(lower(assignment.starts), on_day) <= on_day AND coalesce(upper(assignment.ends) - 1, on_day) >= on_day
), current_policy AS (
    SELECT * FROM tracker_policy policy
     WHERE stands(policy.edition_id, policy.withdrawn_in_id, policy.suspended_in_id, policy.restored_in_id, in_edition)
), continued AS (
    SELECT id AS programme_id, code, id AS policy_id FROM current_policy
    UNION
    SELECT programme.id, programme.code, claim.policy_id
      FROM current_policy programme
      JOIN tracker_lineageclaim claim ON claim.predecessor_id = programme.id AND claim.relation = 'continues' AND claim.redacted_in_id IS NULL
       AND stands(claim.edition_id, claim.withdrawn_in_id, claim.suspended_in_id, claim.restored_in_id, in_edition)
), member AS (
    SELECT 'ledger' AS kind, 'all' AS scope, 0 AS rank, NULL::bigint AS policy_id, NULL::bigint AS objective_id, NULL::bigint AS body_id,
           NULL::varchar AS area_id, counted.action_id, true AS alone
      FROM (SELECT) ledger LEFT JOIN counted ON true
    UNION ALL
    SELECT 'policy', policy.code, 100, policy.id, NULL, NULL, NULL, counted.action_id, false
      FROM current_policy policy LEFT JOIN counted ON counted.policy_id = policy.id
    UNION ALL
    SELECT 'programme', continued.code, 200, continued.programme_id, NULL, NULL, NULL, counted.action_id, true
      FROM continued LEFT JOIN counted ON counted.policy_id = continued.policy_id
    UNION ALL
    SELECT 'objective', objective.code, 300, objective.policy_id, objective.id, NULL, NULL, counted.action_id, false
      FROM tracker_objective objective LEFT JOIN counted ON counted.objective_id = objective.id
     WHERE stands(objective.edition_id, objective.withdrawn_in_id, objective.suspended_in_id, objective.restored_in_id, in_edition)
    UNION ALL
    SELECT 'objective', policy.code || '.none', 301, policy.id, NULL, NULL, NULL, counted.action_id, false
      FROM counted JOIN tracker_policy policy ON policy.id = counted.policy_id
     WHERE counted.objective_id IS NULL
    UNION ALL
    SELECT 'lead', assigned.code, 400, NULL, NULL, assigned.body_id, NULL, counted.action_id, true
      FROM assigned JOIN counted USING (action_id) WHERE assigned.role = 'lead'
    UNION ALL
    SELECT 'support', assigned.code, 500, NULL, NULL, assigned.body_id, NULL, counted.action_id, true
      FROM assigned JOIN counted USING (action_id) WHERE assigned.role = 'support'
    UNION ALL
    SELECT 'sphere', known.sphere, 600 + known.place::integer, NULL, NULL, NULL, NULL, counted.action_id, true
      FROM unnest(ARRAY['federal', 'provincial', 'military', 'shared', 'unstated', 'nobody']) WITH ORDINALITY known (sphere, place)
      LEFT JOIN counted ON counted.sphere = known.sphere
    UNION ALL
    SELECT 'led-by', known.led_by, 700 + known.place::integer, NULL, NULL, NULL, NULL, counted.action_id, true
      FROM unnest(ARRAY['security', 'civil', 'both', 'nobody']) WITH ORDINALITY known (led_by, place)
      LEFT JOIN counted ON counted.led_by = known.led_by
    UNION ALL
    SELECT 'area', area.code, 800, NULL, NULL, NULL, area.code, counted.action_id, true
      FROM provinces_area area LEFT JOIN counted ON counted.area_id = area.code
     WHERE counted.action_id IS NOT NULL OR area.kind NOT IN ('group', 'former')
), weighed AS (
    SELECT member.kind, member.scope, member.rank, member.policy_id, member.objective_id, member.body_id, member.area_id,
           counted.policy_id AS of_policy, counted.redacted, counted.open, counted.state, counted.state_now, counted.reason,
           counted.owner, counted.measure, counted.baseline, counted.requirement, counted.deadline, counted.figure, counted.report,
           counted.scored, counted.has_plan, counted.proved, counted.due,
           CASE WHEN member.alone THEN 1 ELSE counted.weight END AS weighs
      FROM member LEFT JOIN counted ON counted.action_id = member.action_id
)
SELECT weighed.kind || '.' || weighed.scope, weighed.kind, weighed.scope, weighed.rank, weighed.policy_id, weighed.objective_id, weighed.body_id, weighed.area_id,
       count(state), count(*) FILTER (WHERE redacted), count(*) FILTER (WHERE open),
       count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'on-track'), count(*) FILTER (WHERE state = 'slipping'),
       count(*) FILTER (WHERE state = 'behind'), count(*) FILTER (WHERE state = 'overdue'), count(*) FILTER (WHERE state = 'nothing-due'),
       count(*) FILTER (WHERE state = 'paused'), count(*) FILTER (WHERE state = 'dropped'), count(*) FILTER (WHERE state = 'cannot-say'),
       count(*) FILTER (WHERE state = 'not-scored'),
       count(*) FILTER (WHERE state_now = 'done'), count(*) FILTER (WHERE state_now = 'on-track'), count(*) FILTER (WHERE state_now = 'slipping'),
       count(*) FILTER (WHERE state_now = 'behind'), count(*) FILTER (WHERE state_now = 'overdue'), count(*) FILTER (WHERE state_now = 'nothing-due'),
       count(*) FILTER (WHERE state_now = 'paused'), count(*) FILTER (WHERE state_now = 'dropped'), count(*) FILTER (WHERE state_now = 'cannot-say'),
       count(*) FILTER (WHERE state_now = 'not-scored'),
       count(*) FILTER (WHERE owner), count(*) FILTER (WHERE measure), count(*) FILTER (WHERE baseline), count(*) FILTER (WHERE requirement),
       count(*) FILTER (WHERE deadline), count(*) FILTER (WHERE figure), count(*) FILTER (WHERE report),
       count(*) FILTER (WHERE scored), count(*) FILTER (WHERE has_plan),
       sum(weighs * proved) / sum(weighs) FILTER (WHERE has_plan), sum(weighs * proved) / sum(weighs) FILTER (WHERE scored),
       sum(weighs * due) / sum(weighs) FILTER (WHERE has_plan), sum(weighs * due) / sum(weighs) FILTER (WHERE scored),
       elapsed_bound(coalesce(weighed.policy_id, CASE WHEN min(of_policy) = max(of_policy) THEN min(of_policy) END), on_day, false),
       elapsed_bound(coalesce(weighed.policy_id, CASE WHEN min(of_policy) = max(of_policy) THEN min(of_policy) END), on_day, true),
       array_agg(reason ORDER BY reason) FILTER (WHERE state = 'cannot-say')
  FROM weighed
 GROUP BY weighed.kind, weighed.scope, weighed.rank, weighed.policy_id, weighed.objective_id, weighed.body_id, weighed.area_id;
END;

CREATE OR REPLACE VIEW tracker_rollup AS
SELECT rollup.*
  FROM (SELECT current_setting('azm.edition')::integer AS edition, current_setting('azm.day')::date AS day OFFSET 0) reading
 CROSS JOIN LATERAL rollups(reading.edition, reading.day) rollup;

-- The burden: how the commitments of each policy, and those of them that are open, are divided by the sphere of their
-- leads and by security force against civil body. Each commitment stands in one row; rows of several policies add up.
CREATE OR REPLACE FUNCTION burdens(in_edition integer, on_day date)
RETURNS TABLE (code text, policy_id bigint, sphere text, led_by text, commitments bigint, open bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT policy.code || '.' || counted.sphere || '.' || counted.led_by, policy.id, counted.sphere, counted.led_by,
       count(*), count(*) FILTER (WHERE counted.open)
  FROM counted_actions(in_edition, on_day) counted
  JOIN tracker_policy policy ON policy.id = counted.policy_id
 WHERE NOT counted.redacted
 GROUP BY policy.code, policy.id, counted.sphere, counted.led_by;
END;

CREATE OR REPLACE VIEW tracker_burden AS
SELECT burden.*
  FROM (SELECT current_setting('azm.edition')::integer AS edition, current_setting('azm.day')::date AS day OFFSET 0) reading
 CROSS JOIN LATERAL burdens(reading.edition, reading.day) burden;
