-- Tokens that a provider counts: what is left of its pools for all workers, and what questions have cost.

ALTER TABLE "quota_scope" ADD COLUMN "book" JSONB;

CREATE TABLE "quota_cost" (
    "scope" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "tokens" INTEGER NOT NULL CHECK ("tokens" >= 0),
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "quota_cost_pkey" PRIMARY KEY ("scope", "shape")
);

ALTER TABLE "quota_cost" ADD CONSTRAINT "quota_cost_scope_fkey"
  FOREIGN KEY ("scope") REFERENCES "quota_scope"("scope") ON DELETE RESTRICT ON UPDATE CASCADE;
