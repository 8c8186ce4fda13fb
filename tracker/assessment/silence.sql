-- How a reporting duty stands in an edition on a day. The next report is due one interval after the last one by the
-- body itself, or after the day on which the duty surely began; where that is not told, the day of the source, then
-- that of the edition. A duty that names a policy is kept by reports on that policy alone. `days`: how many have passed
-- since the due day; silence begins only when the days of grace are over. What is repeated or redacted is no report.
CREATE OR REPLACE FUNCTION duty_silence(in_edition integer, on_day date)
RETURNS TABLE (duty_id bigint, begins date, last_id bigint, counted_from date, due date, days integer, state varchar)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
WITH last_told AS MATERIALIZED (
    SELECT DISTINCT ON (own.body_id, action.policy_id) own.body_id, action.policy_id, own.id, own.as_of
      FROM told_reports(in_edition, on_day) report
      JOIN tracker_progressupdate own ON own.id = report.update_id
      JOIN tracker_policyaction action ON action.id = own.action_id
     WHERE report.by_body
     ORDER BY own.body_id, action.policy_id, own.as_of DESC, own.id DESC
), duties AS (
    SELECT duty.id, duty.body_id, duty.policy_id, duty.interval_months, upper(duty.ends) - 1 AS ends,
           coalesce(upper(duty.starts) - 1, upper(source.published) - 1,
                    (edition.published_at AT TIME ZONE 'Asia/Karachi')::date) AS begins
      FROM tracker_reportingduty duty
      JOIN tracker_edition edition ON edition.number = duty.edition_id
      LEFT JOIN tracker_citation citation ON citation.id = duty.citation_id
      LEFT JOIN tracker_source source ON source.id = citation.source_id
     WHERE stands(duty.edition_id, duty.withdrawn_in_id, duty.suspended_in_id, duty.restored_in_id, in_edition)
       AND duty.redacted_in_id IS NULL
), reckoned AS (
    SELECT duties.*, last.id AS last_id, last.as_of AS last_on,
           greatest(duties.begins, last.as_of) AS counted_from,
           (greatest(duties.begins, last.as_of) + make_interval(months => duties.interval_months))::date AS due
      FROM duties
      LEFT JOIN LATERAL (
           SELECT told.id, told.as_of FROM last_told told
            WHERE told.body_id = duties.body_id AND (duties.policy_id IS NULL OR told.policy_id = duties.policy_id)
            ORDER BY told.as_of DESC, told.id DESC
            LIMIT 1) last ON true
)
SELECT id, begins, last_id, counted_from, due,
       CASE WHEN on_day > due AND coalesce(ends, on_day) >= on_day THEN on_day - due END,
       CASE WHEN ends < on_day THEN 'ended'
            WHEN on_day > due + threshold('grace_days')::integer THEN 'silent'
            WHEN on_day > due THEN 'in-grace'
            WHEN last_on >= begins THEN 'reported'
            ELSE 'not-due' END
  FROM reckoned;
END;

CREATE OR REPLACE VIEW tracker_silence AS
SELECT * FROM duty_silence(current_setting('azm.edition')::integer, current_setting('azm.day')::date);
