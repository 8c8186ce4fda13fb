-- What is withheld or not published, in an edition on a day: one row for each thing that no source on record gives.
-- Of a series the latest statement without a value counts, unless a figure of the same day or a later one is on record.
-- `body`: who withholds it; else the only body that leads the commitment in question; else none. Redacted rows are
-- passed over; what was redacted counts as absent, as it does in the chain.
CREATE OR REPLACE FUNCTION unpublished(in_edition integer, on_day date)
RETURNS TABLE (code text, gap varchar, place integer, body_id bigint, basis varchar, snapshot_id bigint, policy_id bigint,
               search_id bigint, action_id bigint, target_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH leads AS MATERIALIZED (
    SELECT DISTINCT action_id, body_id FROM tracker_assignment
     WHERE stands(edition_id, withdrawn_in_id, suspended_in_id, restored_in_id, in_edition) AND redacted_in_id IS NULL
       AND role = 'lead' AND coalesce(lower(starts), on_day) <= on_day AND coalesce(upper(ends) - 1, on_day) >= on_day
), led AS MATERIALIZED (
    SELECT action_id, min(body_id) AS body_id FROM leads GROUP BY action_id HAVING count(*) = 1
), measured AS MATERIALIZED (
    SELECT series.id AS series_id, min(leads.body_id) AS body_id
      FROM tracker_measure measure
      JOIN tracker_policyaction action ON action.id = measure.action_id
      JOIN tracker_series series ON series.indicator_id = measure.indicator_id
                                AND series.area_id = coalesce(measure.area_id, action.area_id)
      JOIN leads ON leads.action_id = action.id
     WHERE measure.use = 'implementation'
       AND stands(measure.edition_id, measure.withdrawn_in_id, measure.suspended_in_id, measure.restored_in_id, in_edition)
     GROUP BY series.id HAVING count(DISTINCT leads.body_id) = 1
), stated AS (
    SELECT DISTINCT ON (snapshot.series_id) snapshot.id, snapshot.code, snapshot.series_id, snapshot.status, snapshot.as_of,
           snapshot.withheld_by_id
      FROM tracker_metricsnapshot snapshot
     WHERE snapshot.status IN ('withheld', 'not-collected', 'not-applicable', 'not-found') AND snapshot.redacted_in_id IS NULL
       AND stands(snapshot.edition_id, snapshot.withdrawn_in_id, snapshot.suspended_in_id, snapshot.restored_in_id, in_edition)
     ORDER BY snapshot.series_id, snapshot.as_of DESC NULLS LAST, snapshot.id DESC
), found AS (
    SELECT stated.status AS gap, stated.code, coalesce(stated.withheld_by_id, measured.body_id) AS body_id,
           CASE WHEN stated.withheld_by_id IS NOT NULL THEN 'withholds' WHEN measured.body_id IS NOT NULL THEN 'leads' END AS basis,
           stated.id AS snapshot_id, NULL::bigint AS policy_id, NULL::bigint AS search_id, NULL::bigint AS action_id,
           NULL::bigint AS target_id
      FROM stated
      LEFT JOIN measured ON measured.series_id = stated.series_id
     WHERE stated.status <> 'not-applicable'
       AND NOT EXISTS (SELECT FROM tracker_metricsnapshot told
                        WHERE told.series_id = stated.series_id AND told.value IS NOT NULL AND told.redacted_in_id IS NULL
                          AND (stated.as_of IS NULL OR told.as_of >= stated.as_of)
                          AND stands(told.edition_id, told.withdrawn_in_id, told.suspended_in_id, told.restored_in_id, in_edition))
    UNION ALL
    SELECT 'text-' || policy.text, policy.code, NULL, NULL, NULL, policy.id, search.id, NULL, NULL
      FROM tracker_policy policy
      LEFT JOIN LATERAL (
           SELECT event.id FROM tracker_policyevent event
            WHERE event.policy_id = policy.id AND event.kind = 'text-sought' AND event.redacted_in_id IS NULL
              AND stands(event.edition_id, event.withdrawn_in_id, event.suspended_in_id, event.restored_in_id, in_edition)
            ORDER BY upper(event."on") DESC, event.code
            LIMIT 1) search ON true
     WHERE policy.text IN ('named', 'partly') AND policy.redacted_in_id IS NULL
       AND stands(policy.edition_id, policy.withdrawn_in_id, policy.suspended_in_id, policy.restored_in_id, in_edition)
    UNION ALL
    SELECT 'no-' || link.name, action.code, led.body_id, CASE WHEN led.body_id IS NOT NULL THEN 'leads' END,
           NULL, action.policy_id, NULL, action.id, NULL
      FROM action_chain(in_edition, on_day) chain
      JOIN tracker_policyaction action ON action.id = chain.action_id AND action.redacted_in_id IS NULL
      LEFT JOIN led ON led.action_id = action.id
     CROSS JOIN LATERAL (VALUES ('owner', chain.owner), ('measure', chain.measure), ('deadline', chain.deadline),
                                ('report', chain.report)) AS link (name, present)
     WHERE NOT link.present
    UNION ALL
    SELECT 'no-baseline', target.code, led.body_id, CASE WHEN led.body_id IS NOT NULL THEN 'leads' END,
           NULL, action.policy_id, NULL, action.id, target.id
      FROM tracker_target target
      JOIN tracker_policyaction action ON action.id = target.action_id AND action.redacted_in_id IS NULL
      LEFT JOIN led ON led.action_id = action.id
     WHERE target.basis IN ('target', 'requirement') AND target.baseline_id IS NULL AND target.redacted_in_id IS NULL
       AND stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
)
SELECT found.gap || '.' || found.code, found.gap::varchar,
       array_position(ARRAY['withheld', 'not-collected', 'not-found', 'text-named', 'text-partly', 'no-owner', 'no-measure',
                            'no-baseline', 'no-deadline', 'no-report'], found.gap::text),
       found.body_id, coalesce(found.basis, '')::varchar, found.snapshot_id, found.policy_id, found.search_id,
       found.action_id, found.target_id
  FROM found;
END;

CREATE OR REPLACE VIEW tracker_gap AS
SELECT * FROM unpublished(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
