-- The billing ledger: what providers told us, what is worked out of it, and what the metrics are sums of.

-- How far the mirror of a connection is. `version` fences: a batch is written only by whoever read the last one.
CREATE TABLE "billing_mirror" (
    "connection_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "state" JSONB,
    "gaps" JSONB NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT '',
    "through_at" TIMESTAMPTZ(3),
    "watched_since_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "billing_mirror_pkey" PRIMARY KEY ("connection_id")
);
ALTER TABLE "billing_mirror" ADD CONSTRAINT "billing_mirror_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "billing_record" (
    "connection_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "parent_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "billing_record_pkey" PRIMARY KEY ("connection_id", "kind", "record_id")
);
CREATE INDEX "billing_record_connection_id_customer_id_idx" ON "billing_record"("connection_id", "customer_id");
CREATE INDEX "billing_record_connection_id_parent_id_idx" ON "billing_record"("connection_id", "parent_id");

-- Everybody that the ledger knows, with what is worked out once a customer. A row is stale until its derived rows are
-- those of its records: `stale_seq` is taken from a sequence by whoever touches its records.
CREATE TABLE "billing_customer" (
    "connection_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "stale_seq" BIGINT,
    "problem" JSONB,
    "traits" JSONB NOT NULL DEFAULT '{}',
    "first_paid_at" TIMESTAMPTZ(3),
    "trial_started_at" TIMESTAMPTZ(3),
    "trial_ends_at" TIMESTAMPTZ(3),
    "trial_paid_at" TIMESTAMPTZ(3),
    "several_currencies" BOOLEAN NOT NULL DEFAULT false,
    "is_test" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "billing_customer_pkey" PRIMARY KEY ("connection_id", "customer_id")
);
CREATE INDEX "billing_customer_stale_idx" ON "billing_customer" ("connection_id", "stale_seq") WHERE "stale_seq" IS NOT NULL;
CREATE INDEX "billing_customer_problem_idx" ON "billing_customer" ("connection_id") WHERE "problem" IS NOT NULL;
CREATE SEQUENCE "billing_stale_seq";

-- What a provider said by itself: hints to read again, and the proof that an event was seen.
CREATE TABLE "billing_event" (
    "connection_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "touched" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_event_pkey" PRIMARY KEY ("connection_id", "event_id")
);
CREATE INDEX "billing_event_open_idx" ON "billing_event" ("connection_id") WHERE "done_at" IS NULL;

-- MRR by local day needs a zone and a discount policy: one series of movements for each pair in use.
CREATE TABLE "mrr_series" (
    "id" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "discount_policy" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "mrr_series_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "mrr_series_connection_id_time_zone_discount_policy_key"
  ON "mrr_series"("connection_id", "time_zone", "discount_policy");

-- Exact money: numerator and denominator, in minor units a month. Aggregates add numerators of one denominator.
CREATE TABLE "mrr_movement" (
    "series_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT CHECK ("kind" IN ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
    "heads" SMALLINT NOT NULL CHECK ("heads" BETWEEN -1 AND 1),
    "before_numerator" DECIMAL NOT NULL CHECK ("before_numerator" >= 0),
    "before_denominator" DECIMAL NOT NULL CHECK ("before_denominator" > 0),
    "after_numerator" DECIMAL NOT NULL CHECK ("after_numerator" >= 0),
    "after_denominator" DECIMAL NOT NULL CHECK ("after_denominator" > 0),
    "basis" TEXT NOT NULL CHECK ("basis" IN ('observed', 'reconstructed', 'told')),
    "causes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "mrr_movement_pkey" PRIMARY KEY ("series_id", "customer_id", "day", "currency")
);
CREATE INDEX "mrr_movement_series_id_day_idx" ON "mrr_movement"("series_id", "day");
ALTER TABLE "mrr_movement" ADD CONSTRAINT "mrr_movement_series_id_fkey"
  FOREIGN KEY ("series_id") REFERENCES "mrr_series"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "cash_flow" (
    "connection_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('payment', 'refund', 'dispute')),
    "record_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" DECIMAL NOT NULL,
    "tax_numerator" DECIMAL NOT NULL,
    "tax_denominator" DECIMAL NOT NULL,

    CONSTRAINT "cash_flow_pkey" PRIMARY KEY ("connection_id", "kind", "record_id")
);
CREATE INDEX "cash_flow_connection_id_at_idx" ON "cash_flow"("connection_id", "at");
CREATE INDEX "cash_flow_connection_id_customer_id_idx" ON "cash_flow"("connection_id", "customer_id");

-- What one major unit of a currency was worth in major units of another, from a day on.
CREATE TABLE "exchange_rate" (
    "workspace_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "base" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "rate" DECIMAL NOT NULL CHECK ("rate" > 0),
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "told_by" TEXT,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("workspace_id", "source", "base", "currency", "from_day")
);

-- How often what was read of a metric turned out to be of the past: a run that began before leaves its cursor alone.
ALTER TABLE "metric_version" ADD COLUMN "taken_back" INTEGER NOT NULL DEFAULT 0;

-- Records that were sent to us say in words whose they are, or which payment they give back.
CREATE INDEX "source_record_customer_idx" ON "source_record" ("connection_id", ("payload"->>'customerId'))
  WHERE "kind" IN ('payments', 'subscriptions');
CREATE INDEX "source_record_payment_idx" ON "source_record" ("connection_id", ("payload"->>'paymentId'))
  WHERE "kind" IN ('disputes', 'refunds');
