-- The dump as it is, one row a line. `number` keeps the order of things that happened in one second.
CREATE UNLOGGED TABLE raw (
  number bigint NOT NULL,
  kind text NOT NULL,
  at timestamptz,
  seen_at timestamptz,
  line jsonb NOT NULL
);
