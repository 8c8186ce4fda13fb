-- The figures of a series side by side: which lead, which are rivals, and what can be said of any two.

-- Every figure of an edition with what decides which of two rivals leads: who says it, when that was published,
-- the day it is of and, last, when it was entered. The four are compared in this order, the higher leads.
CREATE OR REPLACE FUNCTION told_figures(in_edition integer)
RETURNS TABLE (snapshot_id bigint, series_id bigint, indicator_id bigint, behaviour varchar, period_start daterange,
               period_end daterange, as_of date, value numeric, scope varchar, origin_id bigint,
               authority integer, published date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT snapshot.id, snapshot.series_id, series.indicator_id, indicator.behaviour, snapshot.period_start, snapshot.period_end,
       snapshot.as_of, snapshot.value, snapshot.scope, snapshot.origin_id,
       -attribution_rank(citation.attribution), coalesce(upper(source.published), '-infinity')
  FROM tracker_metricsnapshot snapshot
  JOIN tracker_series series ON series.id = snapshot.series_id
  JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
  JOIN tracker_citation citation ON citation.id = snapshot.citation_id
  JOIN tracker_source source ON source.id = citation.source_id
 WHERE snapshot.value IS NOT NULL AND snapshot.redacted_in_id IS NULL
   AND stands(snapshot.edition_id, snapshot.withdrawn_in_id, snapshot.suspended_in_id, snapshot.restored_in_id, in_edition);
END;

-- Rivals say different things, or the same, about one and the same: one series, one scope, one definition, and
-- periods that agree. `figure` is the one that would lead.
CREATE OR REPLACE FUNCTION rival_figures(in_edition integer)
RETURNS TABLE (figure_id bigint, other_id bigint, series_id bigint, same_origin boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT figure.snapshot_id, other.snapshot_id, figure.series_id, figure.origin_id = other.origin_id
  FROM told_figures(in_edition) figure
  JOIN told_figures(in_edition) other ON other.series_id = figure.series_id
   AND (figure.behaviour <> 'stock' OR abs(other.as_of - figure.as_of) <= threshold('rival_days'))
   AND (figure.authority, figure.published, figure.as_of, figure.snapshot_id)
       > (other.authority, other.published, other.as_of, other.snapshot_id)
 WHERE other.scope = figure.scope
   AND periods_agree(figure.behaviour, figure.period_start, figure.period_end, figure.as_of,
                     other.period_start, other.period_end, other.as_of)
   AND NOT broken_between(figure.indicator_id, figure.as_of, other.as_of, in_edition);
END;

-- The figures that lead their own period, each with the day of the one before it in its series, and with the one before
-- it that counts over a time of the same length. No two of them are rivals.
CREATE OR REPLACE FUNCTION leading_figures(in_edition integer)
RETURNS TABLE (snapshot_id bigint, series_id bigint, indicator_id bigint, behaviour varchar, period_start daterange,
               period_end daterange, as_of date, value numeric, scope varchar, before_id bigint, like_before_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT figure.snapshot_id, figure.series_id, figure.indicator_id, figure.behaviour, figure.period_start, figure.period_end,
       figure.as_of, figure.value, figure.scope,
       lag(figure.snapshot_id) OVER (PARTITION BY figure.series_id ORDER BY figure.as_of, figure.snapshot_id),
       lag(figure.snapshot_id) OVER (
           PARTITION BY figure.series_id, figure.scope, CASE figure.behaviour
               WHEN 'stock' THEN 0
               WHEN 'cumulative' THEN lower(figure.period_start) - DATE '1900-01-01'
               ELSE round(period_days(figure.period_start, figure.period_end) / 30.4375) END
           ORDER BY figure.as_of, figure.snapshot_id)
  FROM told_figures(in_edition) figure
 WHERE NOT EXISTS (SELECT FROM rival_figures(in_edition) rival
                    WHERE rival.other_id = figure.snapshot_id AND rival.series_id = figure.series_id);
END;

-- Pairs of figures of one series with what can be said of them.
--   rivals          they are about the same; they agree or they do not
--   change          the figure of another time, which can be set beside this one
--   jump            the same, and more than twice or less than half of it within a year
--   not-comparable  with the reason
CREATE OR REPLACE FUNCTION figure_pairs(in_edition integer)
RETURNS TABLE (figure_id bigint, other_id bigint, series_id bigint, verdict text, reason text, difference numeric, factor numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT rival.figure_id, rival.other_id, rival.series_id, 'rivals',
       CASE WHEN rival.same_origin THEN 'same-origin' WHEN figure.value = other.value THEN 'agree' ELSE 'disagree' END,
       figure.value - other.value,
       CASE WHEN least(figure.value, other.value) > 0
            THEN greatest(figure.value, other.value) / least(figure.value, other.value) END
  FROM rival_figures(in_edition) rival
  JOIN tracker_metricsnapshot figure ON figure.id = rival.figure_id
  JOIN tracker_metricsnapshot other ON other.id = rival.other_id
UNION ALL
SELECT pair.figure_id, pair.other_id, pair.series_id,
       CASE WHEN pair.reason IS NOT NULL THEN 'not-comparable'
            WHEN pair.behaviour <> 'share' AND pair.days <= threshold('jump_days') AND pair.factor >= threshold('jump_factor')
            THEN 'jump' ELSE 'change' END,
       coalesce(pair.reason, 'another-period'), pair.difference, pair.factor
  FROM (SELECT figure.snapshot_id AS figure_id, other.id AS other_id, figure.series_id, figure.behaviour,
               figure.as_of - other.as_of AS days, figure.value - other.value AS difference,
               CASE WHEN least(figure.value, other.value) > 0
                    THEN greatest(figure.value, other.value) / least(figure.value, other.value) END AS factor,
               CASE WHEN figure.as_of IS NULL OR other.as_of IS NULL THEN 'period-not-stated'
                    WHEN other.scope <> figure.scope THEN 'scopes-differ'
                    WHEN broken_between(figure.indicator_id, figure.as_of, other.as_of, in_edition) THEN 'definition-changed'
                    WHEN lengths_agree(figure.behaviour, figure.period_start, figure.period_end,
                                       other.period_start, other.period_end) THEN NULL
                    WHEN figure.period_end IS NULL OR other.period_end IS NULL THEN 'period-not-stated'
                    WHEN figure.behaviour = 'cumulative' THEN 'beginnings-differ'
                    ELSE 'lengths-differ' END AS reason
          FROM leading_figures(in_edition) figure
          JOIN tracker_metricsnapshot other ON other.id IN (figure.before_id, figure.like_before_id)) pair;
END;

-- The figure that leads each series, and why. The latest period leads; among rivals on it the better attributed one,
-- then the newest published, of the later day, entered last. `rivals` counts the other statements on that period, a
-- repeated one once; `low` and `high` are the spread of all of them.
CREATE OR REPLACE FUNCTION series_leads(in_edition integer)
RETURNS TABLE (series_id bigint, snapshot_id bigint, reason text, rivals bigint, low numeric, high numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT headline.series_id, headline.snapshot_id,
       CASE WHEN NOT EXISTS (SELECT FROM told_figures(in_edition) other
                              WHERE other.series_id = headline.series_id AND other.snapshot_id <> headline.snapshot_id)
            THEN 'only-figure'
            WHEN second.snapshot_id IS NULL THEN 'latest-period'
            WHEN leader.authority > second.authority THEN 'better-attributed'
            WHEN leader.published > second.published THEN 'newest-published'
            WHEN leader.as_of > second.as_of THEN 'latest-day'
            ELSE 'entered-last' END,
       beside.rivals, least(leader.value, beside.low), greatest(leader.value, beside.high)
  FROM headline_snapshots(in_edition) headline
  JOIN told_figures(in_edition) leader ON leader.snapshot_id = headline.snapshot_id
 CROSS JOIN LATERAL (
       SELECT count(DISTINCT other.origin_id) FILTER (WHERE NOT rival.same_origin) AS rivals,
              min(other.value) AS low, max(other.value) AS high
         FROM rival_figures(in_edition) rival
         JOIN tracker_metricsnapshot other ON other.id = rival.other_id
        WHERE rival.series_id = headline.series_id AND rival.figure_id = headline.snapshot_id) beside
  LEFT JOIN LATERAL (
       SELECT other.*
         FROM rival_figures(in_edition) rival
         JOIN told_figures(in_edition) other ON other.snapshot_id = rival.other_id
        WHERE rival.series_id = headline.series_id AND rival.figure_id = headline.snapshot_id
        ORDER BY other.authority DESC, other.published DESC, other.as_of DESC, other.snapshot_id DESC
        LIMIT 1) second ON true;
END;

CREATE OR REPLACE VIEW tracker_figurepair AS
SELECT * FROM figure_pairs(current_setting('azm.edition')::integer);

CREATE OR REPLACE VIEW tracker_lead AS
SELECT * FROM series_leads(current_setting('azm.edition')::integer);
