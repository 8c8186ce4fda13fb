-- Statements of different origin on one series whose periods agree and whose figures do not. Stocks agree if at most
-- 31 days lie between them and another publisher speaks, or of the very same day. The latest of them is the subject;
-- of drafts, the draft itself.
WITH figure AS ({figures})
SELECT latest.id AS subject, array_agg(other.id ORDER BY other.as_of DESC, other.id DESC) AS inputs
  FROM figure latest
  JOIN figure other ON other.series_id = latest.series_id AND other.id <> latest.id
       AND other.origin_id IS DISTINCT FROM latest.origin_id AND other.scope = latest.scope
       AND abs(other.as_of - latest.as_of) <= 31
       AND CASE WHEN latest.behaviour = 'stock'
           THEN other.as_of = latest.as_of OR other.publisher IS DISTINCT FROM latest.publisher
           ELSE other.period_start IS NOT DISTINCT FROM latest.period_start
                AND other.period_end IS NOT DISTINCT FROM latest.period_end
           END
       AND ({of_drafts} OR (other.as_of, other.id) < (latest.as_of, latest.id))
 WHERE latest.asked AND NOT EXISTS (
       SELECT FROM figure later
        WHERE NOT {of_drafts} AND later.series_id = latest.series_id AND (later.as_of, later.id) > (latest.as_of, latest.id)
          AND later.origin_id IS DISTINCT FROM latest.origin_id AND later.scope = latest.scope
          AND later.as_of - latest.as_of <= 31
          AND CASE WHEN latest.behaviour = 'stock'
              THEN later.as_of = latest.as_of OR later.publisher IS DISTINCT FROM latest.publisher
              ELSE later.period_start IS NOT DISTINCT FROM latest.period_start
                   AND later.period_end IS NOT DISTINCT FROM latest.period_end
              END)
 GROUP BY latest.id
HAVING bool_or(other.value <> latest.value)
