-- Neighbouring figures of a stock, at most a year apart, of which one is at least twice the other. Rivals are no jump,
-- nor are figures on the two sides of a break of the definition, since those are not one series.
WITH figure AS ({figures}), neighbours AS (
    SELECT id, indicator_id, value, as_of, publisher, asked, lag(asked) OVER w AS before_asked,
           lag(id) OVER w AS before_id, lag(value) OVER w AS before_value,
           lag(as_of) OVER w AS before_as_of, lag(publisher) OVER w AS before_publisher
      FROM figure WHERE behaviour IN ('stock', 'cumulative') AND scope = ''
    WINDOW w AS (PARTITION BY series_id ORDER BY as_of, id)
)
SELECT id AS subject, ARRAY[before_id] AS inputs, as_of - before_as_of AS days,
       greatest(value, before_value) / least(value, before_value) AS times
  FROM neighbours
 WHERE value > 0 AND before_value > 0 AND as_of - before_as_of BETWEEN 1 AND 366
   AND greatest(value, before_value) >= 2 * least(value, before_value)
   AND (as_of - before_as_of > 31 OR publisher = before_publisher)
   AND NOT EXISTS (SELECT FROM ({breaks}) broken
                    WHERE broken.indicator_id = neighbours.indicator_id
                      AND upper(broken."on") - 1 > before_as_of AND lower(broken."on") <= as_of)
   AND (asked OR {of_drafts} AND before_asked)
