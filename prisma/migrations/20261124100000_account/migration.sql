-- What a provider says about the account behind a connection: the zone that its days are cut in, and its money.

ALTER TABLE "connection"
  ADD COLUMN "account_time_zone" TEXT,
  ADD COLUMN "account_currency" TEXT,
  ADD COLUMN "account_checked_at" TIMESTAMPTZ(3),
  ADD COLUMN "account_zone_before" TEXT,
  ADD COLUMN "account_zone_changed_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "connection_account_zone_check"
    CHECK (("account_zone_before" IS NULL) = ("account_zone_changed_at" IS NULL));
