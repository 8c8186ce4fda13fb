-- Every threshold of the judgements, each in this one place; assessment/thresholds.py has the words for it, and
-- the methodology page lists both. A transaction may try another value (SET LOCAL azm.threshold_late_days = 60),
-- so that it can be told how many judgements hang on it; pages never do. Written as one expression, which
-- PostgreSQL inlines.
CREATE OR REPLACE FUNCTION threshold(name text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('azm.threshold_' || name, true), '')::numeric, CASE name
    WHEN 'on_track_from' THEN 0.95
    WHEN 'behind_below' THEN 0.75
    WHEN 'late_days' THEN 90
    WHEN 'least_elapsed' THEN 0.10
    WHEN 'usual_months' THEN 12
    WHEN 'grace_days' THEN 90
    WHEN 'rival_days' THEN 31
    WHEN 'period_tolerance' THEN 0.10
    WHEN 'projection_figures' THEN 3
    WHEN 'projection_years' THEN 100
    WHEN 'jump_factor' THEN 2
    WHEN 'jump_days' THEN 366
END);
