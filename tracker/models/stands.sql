-- Does a row stand in an edition: entered by then, and by then neither withdrawn nor suspended? The same as
-- LedgerQuerySet.in_edition(), for functions in SQL; the planner writes it into their text.
CREATE OR REPLACE FUNCTION stands(edition integer, withdrawn_in integer, suspended_in integer, restored_in integer, in_edition integer)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN edition <= in_edition
   AND (withdrawn_in IS NULL OR withdrawn_in > in_edition)
   AND (suspended_in IS NULL OR suspended_in > in_edition OR restored_in <= in_edition);
