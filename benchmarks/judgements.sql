-- The rows of the benchmark, as drafts; nothing in them is about Pakistan. `:actions` is their number.
INSERT INTO provinces_area (code, name, name_ur, short_name, short_name_ur, kind, member_codes, position, population_source,
                            population_note, population_note_ur)
VALUES ('PK', 'Pakistan', '', 'Pakistan', '', 'country', '{}', 1, '', '', ''),
       ('PK-KP', 'Area A', '', 'A', '', 'province', '{}', 2, '', '', ''), ('PK-SD', 'Area B', '', 'B', '', 'province', '{}', 3, '', '', '');
INSERT INTO tracker_source (code, publisher, title, title_ur, author, kind, language, url, published, note, note_ur, stage, version)
SELECT 'source-' || n, 'Publisher', 'Title', '', '', 'news', 'en', '', daterange(DATE '2024-01-01' + n, DATE '2024-01-02' + n), '', '', 'draft', 1
  FROM generate_series(1, 100) n;
INSERT INTO tracker_citation (code, source_id, quotation, paraphrase, translation_ur, place, speaker, speaker_ur, attribution, stage, version)
SELECT 'citation-' || n, (SELECT min(id) FROM tracker_source) + n % 100, 'Words', '', '', '', '', '', 'named-office', 'draft', 1
  FROM generate_series(1, :actions * 5) n;
INSERT INTO tracker_policy (code, name, name_ur, short_name, short_name_ur, text, note, note_ur, position, citation_id, stage, version)
SELECT 'policy-' || n, 'Policy', '', 'P', '', 'named', '', '', n, (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, 20) n;
INSERT INTO tracker_responsiblebody (code, name, name_ur, sphere, kind, security_force, command, command_ur, note, note_ur, citation_id, stage, version)
SELECT 'body-' || n, 'Department ' || n, '', (ARRAY['federal', 'provincial', 'military'])[1 + n % 3], 'other', n % 3 = 0, '', '', '', '',
       (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, 300) n;
INSERT INTO tracker_policyaction (code, policy_id, number, position, title, title_ur, wording, wording_ur, domain, area_id, starts, due, weight, scored,
                                  unscored_reason, unscored_reason_ur, remark, remark_ur, own_count, citation_id, stage, version)
SELECT 'action-' || n, (SELECT min(id) FROM tracker_policy) + n % 20, n, n % 1000, 'Action ' || n, '', 'Wording', '', 'legal', 'PK',
       daterange('2023-01-01', '2024-01-01'), CASE WHEN n % 3 > 0 THEN daterange(DATE '2025-01-01' + n % 1500, DATE '2025-01-02' + n % 1500) END, 1, n % 20 > 0,
       CASE WHEN n % 20 > 0 THEN '' ELSE 'Recorded only.' END, '', '', '', '', (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, :actions) n;
INSERT INTO tracker_assignment (code, action_id, body_id, role, basis, remark, remark_ur, reason, citation_id, stage, version)
SELECT 'assignment-' || n, (SELECT min(id) FROM tracker_policyaction) + n - 1, (SELECT min(id) FROM tracker_responsiblebody) + n % 300, 'lead', 'named', '', '', '',
       (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, :actions) n;
INSERT INTO tracker_milestone (code, action_id, position, title, title_ur, area_id, due, means_of_verification, means_of_verification_ur, weight, citation_id, stage, version)
SELECT 'milestone-' || n, (SELECT min(id) FROM tracker_policyaction) + (n - 1) / 5, n % 5, 'Step', '',
       CASE n % 10 WHEN 0 THEN 'PK-KP' WHEN 1 THEN 'PK-SD' END, CASE WHEN n % 11 > 0 THEN daterange(DATE '2024-01-01' + n % 1800, DATE '2024-01-02' + n % 1800) END,
       'The gazette', '', 1, (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, :actions * 5) n;
INSERT INTO tracker_progressupdate (code, action_id, milestone_id, met, area_id, body_id, as_of, status, account, account_ur, needed, needed_ur, channel,
                                    endorsed_by, checked_against, reason, citation_id, stage, version)
SELECT 'update-' || n, milestone.action_id, CASE WHEN n % 5 > 0 THEN milestone.id END, CASE WHEN n % 5 > 0 THEN n % 7 > 0 END,
       CASE WHEN n % 5 > 0 THEN milestone.area_id END, CASE WHEN n % 2 = 0 THEN (SELECT min(id) FROM tracker_responsiblebody) + n % 300 END,
       DATE '2024-02-01' + n % 900, (ARRAY['under-way', 'complete', 'under-way', 'paused', 'not-started', 'under-way'])[1 + n % 6], 'Account', '', '', '',
       CASE WHEN n % 2 = 0 THEN 'statement' ELSE 'other' END, '', '', '', (SELECT min(id) FROM tracker_citation) + n - 1, 'draft', 1
  FROM generate_series(1, :actions * 5) n
  JOIN tracker_milestone milestone ON milestone.id = (SELECT min(id) FROM tracker_milestone) + n - 1;
INSERT INTO tracker_planchange (code, milestone_id, kind, new_due, new_wording, reason, reason_ur, citation_id, stage, version)
SELECT 'change-' || n, (SELECT min(id) FROM tracker_milestone) + 4 * n, CASE WHEN n % 6 > 0 THEN 'deadline' ELSE 'dropped' END,
       CASE WHEN n % 6 > 0 THEN daterange(DATE '2026-01-01' + n % 900, DATE '2026-01-02' + n % 900) END, '', 'Postponed', '', (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM generate_series(1, :actions * 5 / 4 - 1) n;
INSERT INTO tracker_indicator (code, name, name_ur, short_name, short_name_ur, unit, unit_ur, counted, counted_ur, definition, definition_ur, decimals, kind, behaviour,
                               direction, unscored_reason, unscored_reason_ur, may_exceed_100, position, stage, version)
SELECT 'indicator-' || n, 'Indicator', '', '', '', 'courts', '', 'courts', '', 'As told', '', 0, 'output', 'stock', 'rise', '', '', false, n, 'draft', 1
  FROM generate_series(1, :actions / 10) n;
INSERT INTO tracker_series (indicator_id, area_id) SELECT id, 'PK' FROM tracker_indicator;
INSERT INTO tracker_metricsnapshot (code, series_id, period_end, status, qualifier, value, scope, scope_ur, note, note_ur, no_value_reason, searched_where, reason, citation_id, stage, version)
SELECT 'figure-' || series.id || '-' || n, series.id, daterange(DATE '2023-01-01' + 365 * n, DATE '2023-01-02' + 365 * n), 'as-reported', 'exactly', 10 * n + series.id % 7, '', '', '', '', '', '', '',
       (SELECT min(id) FROM tracker_citation) + n, 'draft', 1
  FROM tracker_series series, generate_series(0, 3) n;
INSERT INTO tracker_target (code, series_id, action_id, basis, value, due, interim, baseline_id, note, note_ur, reason, citation_id, stage, version)
SELECT 'target-' || series.id, series.id, (SELECT min(id) FROM tracker_policyaction) + 10 * (series.id - (SELECT min(id) FROM tracker_series)), 'target', 60, daterange('2028-12-31', '2029-01-01'), false,
       (SELECT min(id) FROM tracker_metricsnapshot WHERE series_id = series.id), '', '', '', (SELECT min(id) FROM tracker_citation), 'draft', 1
  FROM tracker_series series;
