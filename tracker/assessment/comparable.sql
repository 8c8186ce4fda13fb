-- Figures that can be set side by side: rivals, and what is none.

-- Who is speaking: the record or a named office, then a named body, then unnamed officials or the writer.
CREATE OR REPLACE FUNCTION attribution_rank(attribution text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE attribution WHEN 'record' THEN 1 WHEN 'named-office' THEN 1 WHEN 'named-body' THEN 2 ELSE 3 END;

-- Whether the periods of two figures agree: stocks within 31 days of each other, all else over the same days.
-- Periods that the sources leave out do not.
CREATE OR REPLACE FUNCTION periods_agree(behaviour text, start_a daterange, end_a daterange, day_a date,
                                         start_b daterange, end_b daterange, day_b date)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(CASE WHEN behaviour = 'stock'
    THEN abs(day_a - day_b) <= threshold('rival_days')
    ELSE lower(coalesce(start_a, end_a)) = lower(coalesce(start_b, end_b)) AND upper(end_a) = upper(end_b) END, false);

-- Over how many days a figure counts; NULL where its source leaves the period out.
CREATE OR REPLACE FUNCTION period_days(period_start daterange, period_end daterange) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN upper(period_end) - lower(coalesce(period_start, period_end));

-- Whether two figures count over times of one length (flows, shares) or from one beginning (cumulative counts);
-- NULL where a source leaves the period out. Months differ by a tenth, and so may any two periods.
CREATE OR REPLACE FUNCTION lengths_agree(behaviour text, start_a daterange, end_a daterange, start_b daterange, end_b daterange)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE behaviour
    WHEN 'stock' THEN true
    WHEN 'cumulative' THEN lower(start_a) = lower(start_b)
    ELSE abs(period_days(start_a, end_a) - period_days(start_b, end_b))
         <= threshold('period_tolerance') * greatest(period_days(start_a, end_a), period_days(start_b, end_b)) END;

-- Whether what an indicator counts changed between two days, or may have where the day of the change is known by its
-- month or year only: figures on the two sides are not one series.
CREATE OR REPLACE FUNCTION broken_between(indicator bigint, day_a date, day_b date, in_edition integer)
RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM tracker_indicatorbreak broken
     WHERE broken.indicator_id = indicator
       AND stands(broken.edition_id, broken.withdrawn_in_id, broken.suspended_in_id, broken.restored_in_id, in_edition)
       AND broken.redacted_in_id IS NULL
       AND upper(broken."on") - 1 > least(day_a, day_b) AND lower(broken."on") <= greatest(day_a, day_b));
