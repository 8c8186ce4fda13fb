-- Functions that columns and constraints stand on. Bodies are of the RETURN form: names in them are
-- resolved when they are created, so that a restored dump finds them under any search_path.

-- A date known to the day, the month or only the year is the range of days it may be.
CREATE OR REPLACE FUNCTION is_partial_date(daterange) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $1 IS NULL OR (NOT isempty($1) AND NOT lower_inf($1) AND NOT upper_inf($1) AND (
       upper($1) - lower($1) = 1
    OR (extract(day FROM lower($1)) = 1 AND upper($1) = (lower($1) + interval '1 month')::date)
    OR (extract(doy FROM lower($1)) = 1 AND upper($1) = (lower($1) + interval '1 year')::date)));

-- ISO 8601 with reduced precision: 2024, 2024-07 or 2024-07-22.
CREATE OR REPLACE FUNCTION partial_date_text(daterange) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN upper($1) - lower($1) = 1 THEN lpad(extract(year FROM lower($1))::text, 4, '0') || '-' || lpad(extract(month FROM lower($1))::text, 2, '0') || '-' || lpad(extract(day FROM lower($1))::text, 2, '0')
    WHEN upper($1) - lower($1) < 32 THEN lpad(extract(year FROM lower($1))::text, 4, '0') || '-' || lpad(extract(month FROM lower($1))::text, 2, '0')
    ELSE lpad(extract(year FROM lower($1))::text, 4, '0') END;

-- One spelling of Urdu for searching: Arabic yeh, kaf and heh as Persian ones, no vowel signs, hamzas, tatweel
-- or joiners, and the compound that the press writes in one word or in two.
CREATE OR REPLACE FUNCTION fold_text(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(
    regexp_replace(translate(lower($1), 'يىئۓؤكهةۃۂۀآأإٱ', 'یییےوکہہہہہاااا'),
                   '[\u064B-\u065F\u0670\u0640\u200B-\u200F\u2060]', '', 'g'),
    'عمل درامد', 'عملدرامد');

-- Every word as it stands, and English words by their stem.
CREATE OR REPLACE FUNCTION search_document(VARIADIC texts text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, fold_text(array_to_string($1, ' '))) || to_tsvector('english'::regconfig, array_to_string($1, ' '));

CREATE OR REPLACE FUNCTION search_words(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN websearch_to_tsquery('simple'::regconfig, fold_text($1)) || websearch_to_tsquery('english'::regconfig, $1);

-- Text as a CSV file carries it: a first character that a spreadsheet takes for the beginning of a formula
-- (= + - @, also full-width, tab, line feed, carriage return) gets an apostrophe before it; no text is no cell.
CREATE OR REPLACE FUNCTION csv_text(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ascii($1) IN (61, 43, 45, 64, 65309, 65291, 65293, 65312, 9, 10, 13) THEN '''' || $1 ELSE nullif($1, '') END;
