-- What the lines say, by name and by local day. Nothing that the providers had not seen by the dump's instant.

CREATE TABLE company AS
SELECT
  line ->> 'company' AS name,
  line ->> 'timeZone' AS time_zone,
  (line ->> 'until')::timestamptz AS until,
  ((line ->> 'until')::timestamptz AT TIME ZONE (line ->> 'timeZone'))::date AS today,
  (line ->> 'anchorDay')::timestamp AT TIME ZONE 'UTC' AS since
FROM raw
WHERE kind = 'dump';

-- Every local day of the company's history. A flow on which nothing happened is zero.
CREATE TABLE calendar AS
SELECT day::date AS day
FROM company, generate_series((since AT TIME ZONE time_zone)::date, today, '1 day') AS day;

-- Billing knows of everything the second it happens.
CREATE UNLOGGED TABLE fact AS
SELECT number, kind, at, (at AT TIME ZONE time_zone)::date AS day, line
FROM raw, company
WHERE at <= until AND seen_at IS NULL AND kind NOT IN ('dump', 'price', 'coupon', 'product');
CREATE INDEX ON fact (kind);
CREATE INDEX ON fact ((line ->> 'invoiceId'));
CREATE INDEX ON fact ((line ->> 'subscriptionId'));
CREATE INDEX ON fact ((line ->> 'customerId'));

CREATE UNLOGGED TABLE session AS
SELECT
  line ->> 'sessionId' AS id,
  line ->> 'deviceId' AS device,
  (at AT TIME ZONE time_zone)::date AS day,
  (line ->> 'newDevice')::boolean AS is_new,
  (line ->> 'engagedSeconds')::numeric AS engaged_seconds
FROM raw, company
WHERE kind = 'session' AND at <= until AND seen_at <= until;
CREATE INDEX ON session (day);

-- What was sent twice is one event: the copy that came last is believed.
CREATE UNLOGGED TABLE event AS
SELECT DISTINCT ON (at, line ->> 'insertId', line ->> 'name', line ->> 'personId')
  line ->> 'insertId' AS id,
  line ->> 'name' AS name,
  line ->> 'personId' AS person,
  line ->> 'sessionId' AS session_id,
  at,
  (at AT TIME ZONE time_zone)::date AS day,
  line -> 'properties' AS properties
FROM raw, company
WHERE kind = 'event' AND at <= until AND seen_at <= until
ORDER BY at, line ->> 'insertId', line ->> 'name', line ->> 'personId', seen_at DESC;
CREATE INDEX ON event (name, person, at);
CREATE INDEX ON event (person, at);

-- The price list, which nothing changes.
CREATE TABLE price AS SELECT line ->> 'id' AS id, line AS sold FROM raw WHERE kind = 'price';
CREATE UNIQUE INDEX ON price (id);
CREATE TABLE coupon AS SELECT line ->> 'id' AS id, line AS terms FROM raw WHERE kind = 'coupon';
CREATE UNIQUE INDEX ON coupon (id);

-- A metric by day, filled from metrics/*.sql. Ratios have both parts; a value that is null is no value.
CREATE TABLE point (
  metric text NOT NULL,
  day date NOT NULL,
  value numeric,
  numerator numeric,
  denominator numeric,
  PRIMARY KEY (metric, day)
);

ANALYZE;
