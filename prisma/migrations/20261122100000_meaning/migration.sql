-- Definitions, formulas, numbers that people bring, overrides and guards on the board, and closed cycles.

ALTER TABLE "key_result"
  ADD COLUMN "baseline_rule" JSONB,
  ADD COLUMN "guard" JSONB,
  ADD COLUMN "definition" JSONB,
  ADD COLUMN "carried_from_id" TEXT;
-- The versions that a guard holds on to are looked up whenever a metric has new points.
CREATE INDEX "key_result_guard_idx" ON "key_result" (("guard"->>'metricVersionId')) WHERE "guard" IS NOT NULL;

ALTER TABLE "key_result_state"
  ADD COLUMN "guard" JSONB,
  ADD COLUMN "override" JSONB,
  ADD COLUMN "sample" JSONB;

ALTER TABLE "check_in" ADD COLUMN "author_name" TEXT, ADD COLUMN "ingest_id" TEXT;
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_confidence" CHECK ("confidence" BETWEEN 0 AND 1);
ALTER TABLE "check_in" ADD COLUMN "idempotency_key" TEXT, ADD COLUMN "digest" TEXT;
CREATE UNIQUE INDEX "check_in_workspace_id_idempotency_key_key" ON "check_in"("workspace_id", "idempotency_key");
ALTER TABLE "value_override" ADD COLUMN "author_name" TEXT;
ALTER TABLE "value_override" ADD CONSTRAINT "value_override_days" CHECK ("until_day" >= "from_day");

ALTER TABLE "metric"
  ADD COLUMN "source" TEXT NOT NULL DEFAULT 'connector' CHECK ("source" IN ('connector', 'values', 'check_in', 'formula'));
ALTER TABLE "metric" ADD CONSTRAINT "metric_connection" CHECK (("source" = 'connector') = ("connection_id" IS NOT NULL));

ALTER TABLE "metric_version"
  ADD COLUMN "definition" JSONB,
  ADD COLUMN "inputs" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "change_reason" TEXT,
  ADD COLUMN "created_by" TEXT;
CREATE INDEX "metric_version_inputs_idx" ON "metric_version" USING gin ("inputs");

ALTER TABLE "metric_point" ADD COLUMN "reason" TEXT;
ALTER TABLE "metric_point_revision" ADD COLUMN "reason" TEXT;

CREATE TABLE "scorecard" (
    "cycle_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "closed_by" TEXT NOT NULL,
    "reason" TEXT,
    "content" JSONB NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "scorecard_pkey" PRIMARY KEY ("cycle_id")
);
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_cycle_id_fkey"
  FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "scorecard_append_only" BEFORE UPDATE OR DELETE ON "scorecard" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE "ingest" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "metric_version_id" TEXT,
    "connection_id" TEXT,
    "via" TEXT NOT NULL CHECK ("via" IN ('push', 'upload', 'check_in')),
    "format" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "first_day" DATE,
    "last_day" DATE,
    "digest" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "actor" TEXT NOT NULL,
    "note" TEXT,
    "seq" BIGINT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "ingest_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ingest_target" CHECK (("metric_version_id" IS NULL) <> ("connection_id" IS NULL))
);
CREATE UNIQUE INDEX "ingest_workspace_id_idempotency_key_key" ON "ingest"("workspace_id", "idempotency_key");
CREATE INDEX "ingest_metric_version_id_received_at_idx" ON "ingest"("metric_version_id", "received_at");
CREATE INDEX "ingest_connection_id_received_at_idx" ON "ingest"("connection_id", "received_at");

CREATE TABLE "source_record" (
    "connection_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3),
    "payload" JSONB NOT NULL,
    "ingest_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "source_record_pkey" PRIMARY KEY ("connection_id", "kind", "record_id")
);
CREATE INDEX "source_record_connection_id_kind_at_idx" ON "source_record"("connection_id", "kind", "at");
ALTER TABLE "source_record" ADD CONSTRAINT "source_record_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "record_coverage" (
    "connection_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "through_day" DATE NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "record_coverage_pkey" PRIMARY KEY ("connection_id", "kind")
);
ALTER TABLE "record_coverage" ADD CONSTRAINT "record_coverage_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
