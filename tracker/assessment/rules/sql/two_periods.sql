-- Figures of one series for two periods of one length that adjoin, of which one is at least twice the other.
WITH figure AS ({figures})
SELECT later.id AS subject, array_agg(earlier.id ORDER BY earlier.id) AS inputs
  FROM figure later
  JOIN figure earlier ON earlier.series_id = later.series_id AND earlier.scope = later.scope
       AND later.first_day - earlier.last_day = 1
       AND abs((later.last_day - later.first_day) - (earlier.last_day - earlier.first_day)) <= 3
       AND greatest(later.value, earlier.value) >= 2 * least(later.value, earlier.value)
       AND later.value <> earlier.value
 WHERE later.behaviour IN ('flow', 'share')
   AND (later.asked OR {of_drafts} AND earlier.asked)
 GROUP BY later.id
