-- A share of a whole that lies outside the range of the shares of its areas, all exact and for the same period.
WITH figure AS ({figures})
SELECT whole.id AS subject, min(part.value) AS low, max(part.value) AS high, count(DISTINCT part.area_id) AS told,
       array_agg(part.id ORDER BY part.value DESC, part.id) AS inputs
  FROM figure whole
  JOIN figure part ON part.indicator_id = whole.indicator_id
       AND part.period_start IS NOT DISTINCT FROM whole.period_start
       AND part.period_end IS NOT DISTINCT FROM whole.period_end
       AND abs(part.as_of - whole.as_of) <= 31
       AND part.area_kind NOT IN ('country', 'group')
       AND (whole.area_kind = 'country' OR part.area_id = ANY (whole.member_codes))
 WHERE whole.behaviour = 'share' AND whole.area_kind IN ('country', 'group') AND whole.scope = '' AND part.scope = ''
   AND whole.qualifier = 'exactly' AND part.qualifier = 'exactly'
 GROUP BY whole.id, whole.value, whole.asked
HAVING count(DISTINCT part.area_id) > 1
   AND ({inside} AND whole.value BETWEEN min(part.value) AND max(part.value)
        OR NOT {inside} AND whole.value NOT BETWEEN min(part.value) AND max(part.value))
   AND (whole.asked OR {of_drafts} AND bool_or(part.asked))
