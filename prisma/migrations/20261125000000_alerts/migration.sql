-- Chances and forecasts, alerts on Key Results and connections, who was told what, silences, and links to look at.

ALTER TABLE "key_result" ADD COLUMN "check_in_every_days" INTEGER;

ALTER TABLE "key_result_state" ADD COLUMN "outlook" JSONB,
ADD COLUMN "outlook_key" TEXT;

ALTER TABLE "connection" ADD COLUMN "failures_in_row" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "owner_name" TEXT;

ALTER TABLE "metric_version" ADD COLUMN "points_stamp" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "sync_run" ADD COLUMN "ended_attempt" INTEGER NOT NULL DEFAULT 0;
UPDATE "sync_run" SET "ended_attempt" = "attempt" - 1 WHERE "attempt" > 1;

ALTER TABLE "progress_snapshot" ADD COLUMN "forecast" JSONB;

ALTER TABLE "alert_rule" ADD COLUMN "clear_above" DOUBLE PRECISION NOT NULL DEFAULT 0.45,
ADD COLUMN "fire_below" DOUBLE PRECISION NOT NULL DEFAULT 0.25,
ADD COLUMN "repeat_days" INTEGER DEFAULT 7;

ALTER TABLE "alert" ADD COLUMN "acknowledged" JSONB,
ADD COLUMN "connection_id" TEXT,
ADD COLUMN "fired_day" DATE,
ADD COLUMN "reason" JSONB,
ADD COLUMN "resolved_day" DATE,
ADD COLUMN "severity" TEXT NOT NULL DEFAULT 'warning',
ALTER COLUMN "key_result_id" DROP NOT NULL;

ALTER TABLE "channel" ADD COLUMN "digest_at" TIMESTAMPTZ(3),
ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE "outbox" ADD COLUMN "group_key" TEXT,
ADD COLUMN "taken" TEXT[] DEFAULT ARRAY[]::TEXT[];

CREATE TABLE "alert_told" (
    "alert_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3),
    "said" INTEGER NOT NULL,

    CONSTRAINT "alert_told_pkey" PRIMARY KEY ("alert_id","channel_id")
);

CREATE TABLE "notice" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "alert_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "group_key" TEXT NOT NULL,
    "item" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "outbox_id" BIGINT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "snooze" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT,
    "objective_id" TEXT,
    "connection_id" TEXT,
    "owner_name" TEXT,
    "kind" TEXT,
    "reason" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "snooze_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "public_link" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "public_link_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "delivery_try" (
    "id" BIGSERIAL NOT NULL,
    "outbox_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "ok" BOOLEAN NOT NULL,
    "error_class" TEXT,
    "http_status" INTEGER,
    "duration_ms" INTEGER NOT NULL,

    CONSTRAINT "delivery_try_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "notice_outbox_id_idx" ON "notice"("outbox_id");

CREATE UNIQUE INDEX "notice_event_key_channel_id_key" ON "notice"("event_key", "channel_id");

CREATE INDEX "snooze_workspace_id_until_idx" ON "snooze"("workspace_id", "until");

CREATE UNIQUE INDEX "public_link_token_hash_key" ON "public_link"("token_hash");

CREATE INDEX "public_link_key_result_id_idx" ON "public_link"("key_result_id");

CREATE INDEX "delivery_try_outbox_id_idx" ON "delivery_try"("outbox_id");

CREATE UNIQUE INDEX "alert_connection_id_kind_episode_key" ON "alert"("connection_id", "kind", "episode");

ALTER TABLE "alert" ADD CONSTRAINT "alert_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert_told" ADD CONSTRAINT "alert_told_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert_told" ADD CONSTRAINT "alert_told_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notice" ADD CONSTRAINT "notice_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notice" ADD CONSTRAINT "notice_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "notice" ADD CONSTRAINT "notice_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "snooze" ADD CONSTRAINT "snooze_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "public_link" ADD CONSTRAINT "public_link_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "public_link" ADD CONSTRAINT "public_link_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "delivery_try" ADD CONSTRAINT "delivery_try_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- what may stand in them --------------------------------------------------------------------------------

ALTER TABLE "alert"
  ADD CONSTRAINT "alert_subject" CHECK (("key_result_id" IS NULL) <> ("connection_id" IS NULL)),
  ADD CONSTRAINT "alert_severity" CHECK ("severity" IN ('warning', 'critical'));
ALTER TABLE "alert_rule"
  ADD CONSTRAINT "alert_rule_chances" CHECK ("fire_below" > 0 AND "fire_below" <= "clear_above" AND "clear_above" < 1),
  ADD CONSTRAINT "alert_rule_repeat" CHECK ("repeat_days" > 0);
ALTER TABLE "alert_told"
  ADD CONSTRAINT "alert_told_state" CHECK ("state" IN ('nothing', 'assumed', 'firing', 'over')),
  ADD CONSTRAINT "alert_told_severity" CHECK ("severity" IN ('warning', 'critical'));
ALTER TABLE "notice"
  ADD CONSTRAINT "notice_lane" CHECK ("lane" IN ('now', 'digest')),
  ADD CONSTRAINT "notice_state" CHECK ("state" IN ('waiting', 'composed', 'dropped'));
ALTER TABLE "snooze" ADD CONSTRAINT "snooze_until" CHECK ("until" > "created_at");
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_check_in" CHECK ("check_in_every_days" BETWEEN 1 AND 92);

-- ---- what the loops look for -------------------------------------------------------------------------------

CREATE UNIQUE INDEX "alert_open_connection" ON "alert" ("connection_id", "kind") WHERE "state" IN ('pending', 'firing');
CREATE INDEX "alert_firing" ON "alert" ("workspace_id") WHERE "state" = 'firing';
CREATE INDEX "alert_told_open" ON "alert_told" ("alert_id") WHERE "state" IN ('assumed', 'firing');
CREATE INDEX "notice_waiting" ON "notice" ("channel_id", "due_at") WHERE "state" = 'waiting';

-- ---- what was expected belongs to what was believed --------------------------------------------------------

CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The alert machine counts evaluations, and the key says what a forecast was made from; nobody is shown them.
  INSERT INTO row_history (kind, row_id, content)
  VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], to_jsonb(NEW) - 'alert_machine' - 'outlook_key');
  RETURN NULL;
END $$;

DROP TRIGGER "key_result_state_history" ON "key_result_state";
CREATE TRIGGER "key_result_state_history" AFTER UPDATE ON "key_result_state"
  FOR EACH ROW WHEN (
    ROW(OLD.snapshot_id, OLD.status, OLD.status_reason, OLD.status_as_of_day, OLD.last_known_status,
        OLD.last_known_day, OLD.data_state, OLD.data_reason, OLD.data_through_day, OLD.current_value,
        OLD.start_value, OLD.target_value, OLD.progress, OLD.expected, OLD.pace, OLD.guard, OLD.override, OLD.sample,
        OLD.outlook)
    IS DISTINCT FROM
    ROW(NEW.snapshot_id, NEW.status, NEW.status_reason, NEW.status_as_of_day, NEW.last_known_status,
        NEW.last_known_day, NEW.data_state, NEW.data_reason, NEW.data_through_day, NEW.current_value,
        NEW.start_value, NEW.target_value, NEW.progress, NEW.expected, NEW.pace, NEW.guard, NEW.override, NEW.sample,
        NEW.outlook))
  EXECUTE FUNCTION keep_history('key_result_id');
