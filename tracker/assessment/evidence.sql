-- The reports that stand in an edition and are about a day not after the one that is asked for. A statement
-- that another outlet merely repeats counts once: with the original, where that is on record for the same
-- action and milestone. `evidence`: somebody else than a body that leads or supports the action says so, in
-- words of its own and under a name; or what is said was held against the means of verification.
-- Of all commitments or, here and in the functions below, of those in `chosen`: that falls out of the query where it is
-- NULL, and where it is a list of keys, only their rows are fetched, by the indexes.
CREATE OR REPLACE FUNCTION told_reports(in_edition integer, on_day date, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (update_id bigint, action_id bigint, milestone_id bigint, area_id varchar, as_of date, met boolean,
               status varchar, by_body boolean, evidence boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT report.id, report.action_id, report.milestone_id, report.area_id, report.as_of, report.met, report.status,
       report.channel <> 'other',
       coalesce(report.checked_on <= on_day, false)
       OR (report.channel = 'other' AND citation.repeats_id IS NULL AND citation.attribution <> 'unnamed-officials'
           AND (report.body_id IS NULL OR NOT EXISTS (
               SELECT FROM tracker_assignment doer
                WHERE doer.action_id = report.action_id AND doer.body_id = report.body_id AND doer.role IN ('lead', 'support')
                  AND stands(doer.edition_id, doer.withdrawn_in_id, doer.suspended_in_id, doer.restored_in_id, in_edition))))
  FROM tracker_progressupdate report
  JOIN tracker_citation citation ON citation.id = report.citation_id
 WHERE stands(report.edition_id, report.withdrawn_in_id, report.suspended_in_id, report.restored_in_id, in_edition)
   AND report.redacted_in_id IS NULL AND report.as_of <= on_day AND (chosen IS NULL OR report.action_id = ANY (chosen))
   AND (citation.repeats_id IS NULL OR NOT EXISTS (
       SELECT FROM tracker_progressupdate original
        WHERE original.citation_id = citation.repeats_id AND original.action_id = report.action_id
          AND original.milestone_id IS NOT DISTINCT FROM report.milestone_id
          AND original.area_id IS NOT DISTINCT FROM report.area_id
          AND stands(original.edition_id, original.withdrawn_in_id, original.suspended_in_id, original.restored_in_id, in_edition)
          AND original.redacted_in_id IS NULL AND original.as_of <= on_day));
END;

-- What the plan changes of an edition, announced by the day, make of the plan: one row per milestone (`of_steps`) or action
-- that changed, by the rules of drift.sql. A correction of our own typing replaces the date of the row itself (`due_typed`);
-- the newest deadline and the newest weight hold, and a new deadline takes up again what was dropped. drift.sql asks
-- of every row and of no day; here only rows that changed cost anything. A test compares the two.
CREATE OR REPLACE FUNCTION changed_plans(in_edition integer, on_day date, of_steps boolean, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (id bigint, due_typed daterange, due_set daterange, due daterange, weight numeric, dropped boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
-- One order for all; the first deadline is the last of them.
SELECT told.id,
       (array_agg(told.due ORDER BY told.day DESC, told.edition_id DESC, told.code DESC)
           FILTER (WHERE told.kind = 'correction' AND told.due IS NOT NULL))[1],
       (array_agg(told.due ORDER BY told.day DESC, told.edition_id DESC, told.code DESC)
           FILTER (WHERE told.kind = 'deadline'))[(count(*) FILTER (WHERE told.kind = 'deadline'))::integer],
       (array_agg(told.due ORDER BY told.day DESC, told.edition_id DESC, told.code DESC) FILTER (WHERE told.kind = 'deadline'))[1],
       (array_agg(told.weight ORDER BY told.day DESC, told.edition_id DESC, told.code DESC) FILTER (WHERE told.kind = 'weight'))[1],
       coalesce((array_agg(told.kind ORDER BY told.day DESC, told.edition_id DESC, told.code DESC)
                    FILTER (WHERE told.kind IN ('deadline', 'dropped')))[1] = 'dropped', false)
  FROM (SELECT CASE WHEN of_steps THEN change.milestone_id ELSE change.action_id END AS id,
               change.kind, change.new_due::daterange AS due, change.new_weight AS weight, change.edition_id, change.code,
               coalesce(upper(change.announced) - 1, upper(source.published) - 1,
                        (edition.published_at AT TIME ZONE 'Asia/Karachi')::date) AS day
          FROM tracker_planchange change
          JOIN tracker_edition edition ON edition.number = change.edition_id
          LEFT JOIN tracker_citation citation ON citation.id = change.citation_id
          LEFT JOIN tracker_source source ON source.id = citation.source_id
         WHERE stands(change.edition_id, change.withdrawn_in_id, change.suspended_in_id, change.restored_in_id, in_edition)
           AND change.redacted_in_id IS NULL AND (change.announced IS NULL OR lower(change.announced) <= on_day)
           AND CASE WHEN NOT of_steps THEN chosen IS NULL OR change.action_id = ANY (chosen)
                    ELSE chosen IS NULL OR change.milestone_id = ANY (ARRAY(
                        SELECT milestone.id FROM tracker_milestone milestone WHERE milestone.action_id = ANY (chosen))) END) told
 WHERE told.id IS NOT NULL
 GROUP BY told.id;
END;

-- What is judged: every commitment as a whole (area '') or, with `by_area`, in each area that a fact about it
-- names: a milestone, a report, an assignment or the series of a target. Its own area is the whole.
CREATE OR REPLACE FUNCTION judged_scopes(in_edition integer, by_area boolean, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (action_id bigint, area_id varchar, home varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT action.id, ''::varchar, action.area_id
  FROM tracker_policyaction action
 WHERE NOT by_area AND (chosen IS NULL OR action.id = ANY (chosen))
   AND stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition)
UNION ALL
SELECT DISTINCT action.id, named.area_id, action.area_id
  FROM tracker_policyaction action
  JOIN (SELECT milestone.action_id, milestone.area_id FROM tracker_milestone milestone
         WHERE stands(milestone.edition_id, milestone.withdrawn_in_id, milestone.suspended_in_id, milestone.restored_in_id, in_edition)
        UNION ALL
        SELECT report.action_id, report.area_id FROM tracker_progressupdate report
         WHERE stands(report.edition_id, report.withdrawn_in_id, report.suspended_in_id, report.restored_in_id, in_edition)
        UNION ALL
        SELECT assignment.action_id, assignment.area_id FROM tracker_assignment assignment
         WHERE stands(assignment.edition_id, assignment.withdrawn_in_id, assignment.suspended_in_id, assignment.restored_in_id, in_edition)
        UNION ALL
        SELECT target.action_id, series.area_id FROM tracker_target target
          JOIN tracker_series series ON series.id = target.series_id
         WHERE stands(target.edition_id, target.withdrawn_in_id, target.suspended_in_id, target.restored_in_id, in_edition)
       ) named ON named.action_id = action.id AND named.area_id <> action.area_id
 WHERE by_area AND (chosen IS NULL OR action.id = ANY (chosen))
   AND stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition);
END;

-- The steps of every commitment, as first published and as the plan says now, and whether each is said to be met
-- (`said`) and whether that is proved. The latest word counts, so that a status can fall back; of two on one day the
-- one that says "not met" does. Proved is what the latest evidence says is met, and no later report denies.
-- Met everywhere is met in each area, and not met in one area is not met everywhere.
CREATE OR REPLACE FUNCTION plan_steps(in_edition integer, on_day date, by_area boolean, chosen bigint[] DEFAULT NULL)
RETURNS TABLE (action_id bigint, area_id varchar, milestone_id bigint, due_on date, due_on_now date,
               weight numeric, weight_now numeric, dropped boolean, said boolean, proved boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT heard.action_id, heard.area_id, heard.milestone_id,
       coalesce(upper(changed.due_typed) - 1, heard.due_on, upper(changed.due_set) - 1),
       coalesce(upper(coalesce(changed.due, changed.due_typed)) - 1, heard.due_on),
       heard.weight, coalesce(changed.weight, heard.weight), coalesce(changed.dropped, false),
       coalesce(heard.word % 2 = 0, false), coalesce(heard.word % 2 = 0 AND heard.proof % 2 = 0, false)
  FROM (
    -- Day and word in one number, later and "not met" higher: its maximum is the word that counts.
    SELECT scope.action_id, scope.area_id, milestone.id AS milestone_id, upper(milestone.due) - 1 AS due_on, milestone.weight,
           max(2 * (report.as_of - DATE '1900-01-01') + (NOT report.met)::integer) AS word,
           max(2 * (report.as_of - DATE '1900-01-01') + (NOT report.met)::integer) FILTER (WHERE report.evidence) AS proof
      FROM judged_scopes(in_edition, by_area, chosen) scope
      JOIN tracker_milestone milestone ON milestone.action_id = scope.action_id
       AND (scope.area_id = '' OR milestone.area_id IS NULL OR milestone.area_id = scope.area_id)
      LEFT JOIN told_reports(in_edition, on_day, chosen) report ON report.milestone_id = milestone.id
       AND CASE WHEN scope.area_id = ''
                THEN report.area_id IS NULL OR report.area_id = coalesce(milestone.area_id, scope.home)
                     OR milestone.area_id IS NULL AND NOT report.met
                ELSE report.area_id = scope.area_id
                     OR report.area_id IS NULL AND (milestone.area_id = scope.area_id OR report.met) END
     WHERE stands(milestone.edition_id, milestone.withdrawn_in_id, milestone.suspended_in_id, milestone.restored_in_id, in_edition)
       AND milestone.redacted_in_id IS NULL
     GROUP BY scope.action_id, scope.area_id, milestone.id) heard
  LEFT JOIN changed_plans(in_edition, on_day, true, chosen) changed ON changed.id = heard.milestone_id;
END;
