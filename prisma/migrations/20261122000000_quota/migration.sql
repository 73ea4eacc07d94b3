-- Budgets at providers, metrics with a point a month, and how points become the value that a goal compares.

ALTER TABLE "metric_version"
  ADD COLUMN "cadence" TEXT NOT NULL DEFAULT 'day' CHECK ("cadence" IN ('day', 'month')),
  ADD COLUMN "read_every_hours" INTEGER CHECK ("read_every_hours" > 0),
  ADD COLUMN "read_at" TIMESTAMPTZ(3);

ALTER TABLE "key_result" ADD COLUMN "aggregate" JSONB;

CREATE TABLE "quota_scope" (
    "scope" TEXT NOT NULL,
    "paused_until" TIMESTAMPTZ(3),

    CONSTRAINT "quota_scope_pkey" PRIMARY KEY ("scope")
);

CREATE TABLE "quota_call" (
    "id" BIGSERIAL NOT NULL,
    "scope" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL DEFAULT app_now(),
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "quota_call_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "quota_call_scope_made_at_idx" ON "quota_call"("scope", "made_at");

ALTER TABLE "quota_call" ADD CONSTRAINT "quota_call_scope_fkey"
  FOREIGN KEY ("scope") REFERENCES "quota_scope"("scope") ON DELETE RESTRICT ON UPDATE CASCADE;
