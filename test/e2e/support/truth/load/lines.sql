-- $1 the number before the first line, $2 JSON lines. The first line of a dump has no kind: it is about the dump.
INSERT INTO raw
SELECT
  $1::bigint + place,
  coalesce(line ->> 'kind', 'dump'),
  to_timestamp((line ->> 'at')::bigint),
  to_timestamp((line ->> 'seenAt')::bigint),
  line
FROM (
  SELECT place, text::jsonb AS line
  FROM string_to_table($2, E'\n') WITH ORDINALITY AS lines (text, place)
) AS parsed;
