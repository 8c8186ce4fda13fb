-- A figure below nought, or a hundred times more or less than the median of the other figures of its series, of which
-- there are at least two; flows per day of their period. A stated zero is a claim, not a slip of the keyboard.
WITH figure AS ({figures}), told AS (
    SELECT id, series_id, value, asked,
           CASE WHEN behaviour <> 'flow' THEN value
                WHEN first_day IS NOT NULL THEN value / (last_day - first_day + 1) END AS rate
      FROM figure WHERE scope = ''
)
SELECT told.id AS subject, told.value < 0 AS negative, others.median, others.inputs, told.rate,
       CASE WHEN told.rate >= others.median THEN told.rate / others.median ELSE others.median / nullif(told.rate, 0) END AS times
  FROM told
  CROSS JOIN LATERAL (
       SELECT (percentile_disc(0.5) WITHIN GROUP (ORDER BY rate)
               + percentile_disc(0.5) WITHIN GROUP (ORDER BY rate DESC)) / 2 AS median, count(*) AS n,
              array_agg(other.id ORDER BY other.rate, other.id) AS inputs
         FROM told other WHERE other.series_id = told.series_id AND other.id <> told.id AND other.rate > 0) others
 WHERE told.asked
   AND (told.value < 0
        OR told.rate > 0 AND others.n >= 2 AND (told.rate >= 100 * others.median OR others.median >= 100 * told.rate))
