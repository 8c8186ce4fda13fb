-- A part (an area within another, a time within another, or both) above the whole that holds it. Only a part that
-- is exact or a least, and a whole that is exact or a most, can prove it. Where a period is not stated, and for
-- stocks, the two count as of one time if at most 31 days lie between them.
WITH figure AS ({figures})
SELECT part.id AS subject, array_agg(whole.id ORDER BY whole.as_of, whole.id) AS inputs
  FROM figure part
  JOIN figure whole ON whole.indicator_id = part.indicator_id AND whole.id <> part.id AND whole.scope = ''
       AND part.value > whole.value
       AND (part.area_id = whole.area_id OR whole.area_kind = 'country' OR part.area_id = ANY (whole.member_codes)
            OR part.area_kind = 'group' AND part.member_codes <@ whole.member_codes)
       AND CASE
           WHEN part.behaviour = 'stock' OR part.first_day IS NULL OR whole.first_day IS NULL
           THEN part.area_id <> whole.area_id AND abs(part.as_of - whole.as_of) <= 31
           ELSE whole.first_day <= part.first_day AND whole.last_day >= part.last_day
                AND (part.area_id, part.first_day, part.last_day) <> (whole.area_id, whole.first_day, whole.last_day)
           END
 WHERE part.behaviour <> 'share' AND part.qualifier IN ('exactly', 'at-least') AND whole.qualifier IN ('exactly', 'at-most')
   AND (part.asked OR {of_drafts} AND whole.asked)
 GROUP BY part.id
