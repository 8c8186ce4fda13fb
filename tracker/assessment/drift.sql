-- Where a day lies on a line of months: from the fifteenth of one month to that of another are whole months.
CREATE OR REPLACE FUNCTION month_position(day date) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN extract(year FROM day) * 12 + extract(month FROM day) - 1
     + (extract(day FROM day) - 1) / extract(day FROM date_trunc('month', day::timestamp) + interval '1 month - 1 day');

-- How precisely a date is known: 1 to the day, 2 to the month, 3 to the year.
CREATE OR REPLACE FUNCTION date_precision(known daterange) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN upper(known) - lower(known) = 1 THEN 1 WHEN upper(known) - lower(known) < 32 THEN 2 ELSE 3 END;

-- How far a deadline moved, in months, below 0 if it was brought forward: exactly where both dates are known
-- alike; else at least or at most. A date that was only made more or less precise has not moved.
CREATE OR REPLACE FUNCTION months_moved(was daterange, now daterange, most boolean)
RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN was && now THEN 0
    WHEN date_precision(was) = date_precision(now) THEN month_position(lower(now)) - month_position(lower(was))
    WHEN most THEN month_position(upper(now) - 1) - month_position(lower(was))
    ELSE month_position(lower(now)) - month_position(upper(was) - 1) END;

-- The plan of one action, or of one step: the first deadline on record, the one in force, how often it was set
-- anew, how often it moved and how far (`months` from the first to the last, `travelled` there and back), the
-- weight in force, and whether it was dropped. Changes follow each other by the day of their announcement, or of
-- their source. A correction of our own typing replaces the date of the row itself, and is no move; a change that
-- was typed wrongly is withdrawn and entered anew.
CREATE OR REPLACE FUNCTION drift_of(in_edition integer, of_action bigint, of_step bigint, original daterange,
                                    original_weight numeric)
RETURNS TABLE (due_first daterange, due_now daterange, changes integer, moves integer, months_least numeric,
               months_most numeric, days integer, travelled_least numeric, travelled_most numeric,
               weight numeric, dropped boolean, last_move_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH told AS (
    SELECT 0 AS place, 'first' AS kind, original AS due, original_weight AS weight, NULL::bigint AS id
     UNION ALL
    SELECT row_number() OVER (ORDER BY coalesce(upper(change.announced) - 1, upper(source.published) - 1,
                                                (edition.published_at AT TIME ZONE 'Asia/Karachi')::date),
                                       change.edition_id, change.code)::integer,
           change.kind, change.new_due::daterange, change.new_weight, change.id
      FROM tracker_planchange change
      JOIN tracker_edition edition ON edition.number = change.edition_id
      LEFT JOIN tracker_citation citation ON citation.id = change.citation_id
      LEFT JOIN tracker_source source ON source.id = citation.source_id
     WHERE (change.action_id = of_action OR change.milestone_id = of_step)
       AND stands(change.edition_id, change.withdrawn_in_id, change.suspended_in_id, change.restored_in_id, in_edition)
), typed AS (
    SELECT told.*, array_agg(due) FILTER (WHERE kind = 'correction' AND due IS NOT NULL) OVER (
               ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS corrected
      FROM told
), dated AS (
    SELECT place, kind, weight, id,
           CASE kind WHEN 'first' THEN coalesce(corrected[cardinality(corrected)], due)
                     WHEN 'deadline' THEN due END AS due
      FROM typed
), moved AS (
    SELECT dated.*, lag(due) OVER (PARTITION BY due IS NULL ORDER BY place) AS was FROM dated
), plan AS (
    SELECT (array_agg(due ORDER BY place) FILTER (WHERE due IS NOT NULL))[1] AS first,
           (array_agg(due ORDER BY place DESC) FILTER (WHERE due IS NOT NULL))[1] AS now,
           count(*) FILTER (WHERE kind = 'deadline')::integer AS changes,
           count(*) FILTER (WHERE due IS NOT NULL AND NOT was && due)::integer AS moves,
           round(sum(CASE WHEN was IS NULL THEN 0
                          ELSE least(abs(months_moved(was, due, false)), abs(months_moved(was, due, true))) END)
               FILTER (WHERE due IS NOT NULL), 1) AS travelled_least,
           round(sum(CASE WHEN was IS NULL THEN 0
                          ELSE greatest(abs(months_moved(was, due, false)), abs(months_moved(was, due, true))) END)
               FILTER (WHERE due IS NOT NULL), 1) AS travelled_most,
           (array_agg(moved.weight ORDER BY place DESC) FILTER (WHERE moved.weight IS NOT NULL))[1] AS weight,
           (array_agg(kind = 'dropped' ORDER BY place DESC)
               FILTER (WHERE kind IN ('first', 'deadline', 'dropped')))[1] AS dropped,
           (array_agg(id ORDER BY place DESC) FILTER (WHERE kind = 'deadline'))[1] AS last_move_id
      FROM moved
)
SELECT first, now, changes,
       -- A way over a date that is known less precisely hides a move.
       greatest(moves, CASE WHEN first && now THEN 0 ELSE 1 END * (first IS NOT NULL)::integer),
       round(months_moved(first, now, false), 1), round(months_moved(first, now, true), 1),
       CASE WHEN date_precision(first) = 1 AND date_precision(now) = 1 THEN lower(now) - lower(first) END,
       travelled_least, travelled_most, weight, dropped, last_move_id
  FROM plan;
END;

-- The plans of all that stand in an edition. Each is computed by itself, so that a page of a long list asks for its
-- own and no other.
CREATE OR REPLACE FUNCTION action_drift(in_edition integer)
RETURNS TABLE (action_id bigint, due_first daterange, due_now daterange, changes integer, moves integer,
               months_least numeric, months_most numeric, days integer, travelled_least numeric,
               travelled_most numeric, weight numeric, dropped boolean, last_move_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT action.id, drift.*
  FROM tracker_policyaction action
 CROSS JOIN LATERAL drift_of(in_edition, action.id, NULL, action.due::daterange, action.weight) drift
 WHERE stands(action.edition_id, action.withdrawn_in_id, action.suspended_in_id, action.restored_in_id, in_edition);
END;

CREATE OR REPLACE FUNCTION step_drift(in_edition integer)
RETURNS TABLE (milestone_id bigint, due_first daterange, due_now daterange, changes integer, moves integer,
               months_least numeric, months_most numeric, days integer, travelled_least numeric,
               travelled_most numeric, weight numeric, dropped boolean, last_move_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT step.id, drift.*
  FROM tracker_milestone step
 CROSS JOIN LATERAL drift_of(in_edition, NULL, step.id, step.due::daterange, step.weight) drift
 WHERE stands(step.edition_id, step.withdrawn_in_id, step.suspended_in_id, step.restored_in_id, in_edition);
END;

-- Read through unmanaged models, in the edition of the reading (assessment/reading.py).
CREATE OR REPLACE VIEW tracker_actiondrift AS
SELECT * FROM action_drift(current_setting('azm.edition')::integer);

CREATE OR REPLACE VIEW tracker_stepdrift AS
SELECT * FROM step_drift(current_setting('azm.edition')::integer);
