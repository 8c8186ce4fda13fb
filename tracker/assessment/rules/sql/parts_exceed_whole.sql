-- Areas whose figures, in one source and for one period, add up to more than that source has for them together.
WITH figure AS ({figures}), told AS (
    SELECT whole.id, whole.asked, part.area_id, min(part.value) AS value, min(part.id) AS part_id,
           bool_or(part.asked) AS part_asked
      FROM figure whole
      JOIN figure part ON part.indicator_id = whole.indicator_id AND part.source_id = whole.source_id
           AND part.period_start IS NOT DISTINCT FROM whole.period_start
           AND part.period_end IS NOT DISTINCT FROM whole.period_end
           AND part.area_kind NOT IN ('country', 'group')
           AND (whole.area_kind = 'country' OR part.area_id = ANY (whole.member_codes))
     WHERE whole.area_kind IN ('country', 'group') AND whole.behaviour <> 'share' AND whole.scope = ''
       AND whole.qualifier IN ('exactly', 'at-most') AND part.qualifier IN ('exactly', 'at-least')
     GROUP BY whole.id, whole.asked, part.area_id
)
SELECT told.id AS subject, sum(told.value) AS total, array_agg(told.part_id ORDER BY told.value DESC, told.area_id) AS inputs
  FROM told JOIN figure whole ON whole.id = told.id
 GROUP BY told.id, told.asked, whole.value
HAVING count(*) > 1 AND sum(told.value) > whole.value
   AND (told.asked OR {of_drafts} AND bool_or(told.part_asked))
