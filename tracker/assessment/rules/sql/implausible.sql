-- A figure below nought, or a hundred times more or less than the median of the other figures of its series, of which
-- there are at least two; flows per day of their period. A stated zero is a claim, not a slip of the keyboard.
WITH figure AS ({figures}), told AS (
    SELECT id, series_id, value, asked,
           CASE WHEN behaviour <> 'flow' THEN value
                WHEN first_day IS NOT NULL THEN value / (last_day - first_day + 1) END AS rate
      FROM figure WHERE scope = ''
), compared AS (
    SELECT told.id, told.value, told.rate, count(other.id) AS n,
           (percentile_disc(0.5) WITHIN GROUP (ORDER BY other.rate)
            + percentile_disc(0.5) WITHIN GROUP (ORDER BY other.rate DESC)) / 2 AS median,
           array_agg(other.id ORDER BY other.rate, other.id) FILTER (WHERE other.id IS NOT NULL) AS inputs
      FROM told LEFT JOIN told other ON other.series_id = told.series_id AND other.id <> told.id AND other.rate > 0
     WHERE told.asked
     GROUP BY told.id, told.value, told.rate
)
SELECT id AS subject, value < 0 AS negative, median, inputs, rate,
       CASE WHEN rate >= median THEN rate / median ELSE median / nullif(rate, 0) END AS times
  FROM compared
 WHERE value < 0 OR rate > 0 AND n >= 2 AND (rate >= 100 * median OR median >= 100 * rate)
