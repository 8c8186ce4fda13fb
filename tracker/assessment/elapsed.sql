-- The share of a policy's time that has passed on a day, at least and at most: dates known by year or month
-- only give a range. NULL where the policy has no period; never below 0 or above 1.
CREATE OR REPLACE FUNCTION elapsed_share(starts daterange, ends daterange, on_day date, latest boolean)
RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN starts IS NOT NULL AND ends IS NOT NULL THEN (
    SELECT CASE WHEN last > first
                THEN greatest(0, least(1, (on_day - first)::numeric / (last - first)))
                ELSE (on_day >= last)::integer::numeric END
      FROM (SELECT CASE WHEN latest THEN upper(starts) - 1 ELSE lower(starts) END AS first,
                   CASE WHEN latest THEN upper(ends) - 1 ELSE lower(ends) END AS last) AS bounds
) END;
