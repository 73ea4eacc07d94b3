-- Which events a webhook is told of, secrets that are replaced, and messages that are sent again.

ALTER TABLE "channel" ADD COLUMN "events" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "secret_rotated_at" TIMESTAMPTZ(3);

ALTER TABLE "connection" ADD COLUMN "failed_since" TIMESTAMPTZ(3);

ALTER TABLE "outbox" ADD COLUMN "redelivered_at" TIMESTAMPTZ(3);

-- ---- what may stand in them --------------------------------------------------------------------------------

ALTER TABLE "channel"
  ADD CONSTRAINT "channel_events" CHECK (cardinality("events") = 0 OR "kind" = 'webhook');

-- ---- what every evaluation that changes something looks for ------------------------------------------------

CREATE INDEX "channel_told_events" ON "channel" ("workspace_id") WHERE "enabled" AND cardinality("events") > 0;
