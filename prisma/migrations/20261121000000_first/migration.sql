-- The first migration. Generated from schema.prisma, then completed by hand with what Prisma's language cannot say:
-- the clock, partitions by time, checks, partial indexes, and the triggers that keep the audit log append-only.

-- CreateTable
CREATE TABLE "app_clock" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "offset_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "app_clock_pkey" PRIMARY KEY ("id")
);

INSERT INTO "app_clock" ("id", "offset_ms") VALUES (true, 0);
ALTER TABLE "app_clock" ADD CONSTRAINT "app_clock_one_row" CHECK ("id");

-- Every comparison of times asks this clock. Only a test harness sets the offset.
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT now() + make_interval(secs => (SELECT offset_ms FROM app_clock)::float8 / 1000) $$;

-- CreateTable
CREATE TABLE "workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "week_start" TEXT NOT NULL DEFAULT 'monday',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "password_hash" TEXT,
    "lang" TEXT,
    "time_zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_key" (
    "kid" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "master_kid" TEXT NOT NULL,
    "wrapped" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "allowed_hosts" TEXT[],
    "last4" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "start_day" DATE NOT NULL,
    "end_day" DATE NOT NULL,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "cycle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "objective" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner_name" TEXT,
    "owner_user_id" TEXT,
    "stage" TEXT,
    "phase" TEXT,
    "weight" DECIMAL NOT NULL DEFAULT 1,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "objective_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_result" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "objective_id" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner_name" TEXT,
    "owner_user_id" TEXT,
    "goal_kind" TEXT NOT NULL,
    "goal" JSONB NOT NULL,
    "pace_curve" JSONB NOT NULL DEFAULT '{"kind":"linear"}',
    "unit" TEXT NOT NULL,
    "currency" TEXT,
    "weight" DECIMAL NOT NULL DEFAULT 1,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "metric_version_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_result_state" (
    "key_result_id" TEXT NOT NULL,
    "snapshot_id" TEXT,
    "status" TEXT NOT NULL,
    "status_reason" JSONB NOT NULL,
    "status_as_of_day" DATE,
    "last_known_status" TEXT,
    "last_known_day" DATE,
    "data_state" TEXT NOT NULL,
    "data_reason" JSONB NOT NULL,
    "data_through_day" DATE,
    "fetched_at" TIMESTAMPTZ(3),
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "current_value" DECIMAL,
    "start_value" DECIMAL,
    "target_value" DECIMAL,
    "progress" DOUBLE PRECISION,
    "expected" DOUBLE PRECISION,
    "pace" DOUBLE PRECISION,
    "alert_machine" JSONB,

    CONSTRAINT "key_result_state_pkey" PRIMARY KEY ("key_result_id")
);

-- CreateTable
CREATE TABLE "initiative" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "start_day" DATE NOT NULL,
    "end_day" DATE,
    "state" TEXT NOT NULL DEFAULT 'open',
    "url" TEXT,

    CONSTRAINT "initiative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "baseline" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "value" DECIMAL NOT NULL,
    "rule" TEXT NOT NULL,
    "window_start_day" DATE NOT NULL,
    "window_end_day" DATE NOT NULL,
    "observations" INTEGER NOT NULL,
    "evidence" JSONB NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "overridden_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "baseline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_in" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" DECIMAL,
    "confidence" DOUBLE PRECISION,
    "note" TEXT NOT NULL DEFAULT '',
    "author_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "check_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "value_override" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL,
    "value" DECIMAL NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "value_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "connector_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL DEFAULT 'live',
    "endpoint" TEXT,
    "config" JSONB NOT NULL DEFAULT '{}',
    "owner_user_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "state_reason" TEXT,
    "state_since" TIMESTAMPTZ(3),
    "blocked_until" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "last_error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "connection_id" TEXT,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "metric_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_version" (
    "id" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "connector_metric" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "currency" TEXT,
    "time_zone" TEXT NOT NULL,
    "settles_after_hours" INTEGER NOT NULL,
    "reread_days" INTEGER NOT NULL,
    "stale_after_days" INTEGER NOT NULL DEFAULT 3,
    "history" TEXT NOT NULL,
    "history_start_day" DATE NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "cursor_day" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "metric_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_point" (
    "metric_version_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" DECIMAL,
    "numerator" DECIMAL,
    "denominator" DECIMAL,
    "counts" JSONB,
    "flags" JSONB,
    "origin" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "run_seq" BIGINT NOT NULL,
    "run_id" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "believed_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "metric_point_pkey" PRIMARY KEY ("metric_version_id","day")
) PARTITION BY RANGE ("day");

-- CreateTable
CREATE TABLE "metric_point_revision" (
    "metric_version_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "revision" INTEGER NOT NULL,
    "value" DECIMAL,
    "numerator" DECIMAL,
    "denominator" DECIMAL,
    "counts" JSONB,
    "flags" JSONB,
    "origin" TEXT NOT NULL,
    "run_id" TEXT,
    "believed_from" TIMESTAMPTZ(3) NOT NULL,
    "believed_until" TIMESTAMPTZ(3) NOT NULL,
    "replaced_by_run_id" TEXT,

    CONSTRAINT "metric_point_revision_pkey" PRIMARY KEY ("metric_version_id","day","revision")
) PARTITION BY RANGE ("day");

-- CreateTable
CREATE TABLE "schedule" (
    "connection_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'interval',
    "every_minutes" INTEGER,
    "at_local_time" TEXT,
    "time_zone" TEXT NOT NULL,
    "jitter_ms" INTEGER NOT NULL DEFAULT 0,
    "next_due_at" TIMESTAMPTZ(6),
    "enabled" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(6) NOT NULL,
    "trigger" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "starts" INTEGER NOT NULL DEFAULT 0,
    "fence" BIGINT NOT NULL DEFAULT 0,
    "run_seq" BIGINT,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(6) NOT NULL,
    "enqueued_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "error_class" TEXT,
    "error_message" TEXT,
    "points_read" INTEGER NOT NULL DEFAULT 0,
    "points_changed" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_evidence" (
    "id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "metric_version_id" TEXT NOT NULL,
    "connector_version" TEXT NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_class" TEXT,
    "error_message" TEXT,
    "window_start_day" DATE NOT NULL,
    "window_end_day" DATE NOT NULL,
    "completeness" JSONB NOT NULL,
    "exchanges" JSONB NOT NULL,
    "points_read" INTEGER NOT NULL,
    "points_changed" INTEGER NOT NULL,

    CONSTRAINT "sync_evidence_pkey" PRIMARY KEY ("id","recorded_at")
) PARTITION BY RANGE ("recorded_at");

-- CreateTable
CREATE TABLE "progress_snapshot" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "as_of_day" DATE NOT NULL,
    "inputs_digest" TEXT NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "metric_version_id" TEXT,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "goal" JSONB NOT NULL,
    "current_value" DECIMAL,
    "start_value" DECIMAL,
    "target_value" DECIMAL,
    "progress" DOUBLE PRECISION,
    "expected" DOUBLE PRECISION,
    "pace" DOUBLE PRECISION,
    "status" TEXT NOT NULL,
    "status_reason" JSONB NOT NULL,
    "points" JSONB NOT NULL,
    "run_id" TEXT,

    CONSTRAINT "progress_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_rule" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "objective_id" TEXT,
    "key_result_id" TEXT,
    "kind" TEXT NOT NULL,
    "for_evaluations" INTEGER NOT NULL,
    "keep_firing_evaluations" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_result_id" TEXT NOT NULL,
    "rule_id" TEXT,
    "kind" TEXT NOT NULL,
    "episode" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "fired_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "config" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "key_result_id" TEXT,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT app_now(),
    "locked_by" TEXT,
    "locked_until" TIMESTAMPTZ(3),
    "last_error_class" TEXT,
    "last_status" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "workspace_id" TEXT NOT NULL,
    "token_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("workspace_id","token_id","key")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "request_id" TEXT,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance_fact" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "instance_fact_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "api_token_workspace_id_kind_idx" ON "api_token"("workspace_id", "kind");

-- CreateIndex
CREATE INDEX "data_key_workspace_id_idx" ON "data_key"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "secret_table_name_row_id_field_key" ON "secret"("table_name", "row_id", "field");

-- CreateIndex
CREATE UNIQUE INDEX "cycle_workspace_id_key_key" ON "cycle"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "objective_cycle_id_idx" ON "objective"("cycle_id");

-- CreateIndex
CREATE UNIQUE INDEX "objective_workspace_id_key_key" ON "objective"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "key_result_objective_id_idx" ON "key_result"("objective_id");

-- CreateIndex
CREATE INDEX "key_result_metric_version_id_idx" ON "key_result"("metric_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "key_result_workspace_id_key_key" ON "key_result"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "initiative_key_result_id_idx" ON "initiative"("key_result_id");

-- CreateIndex
CREATE INDEX "baseline_key_result_id_captured_at_idx" ON "baseline"("key_result_id", "captured_at");

-- CreateIndex
CREATE INDEX "check_in_key_result_id_day_idx" ON "check_in"("key_result_id", "day");

-- CreateIndex
CREATE INDEX "value_override_key_result_id_idx" ON "value_override"("key_result_id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_workspace_id_key_key" ON "connection"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "metric_connection_id_idx" ON "metric"("connection_id");

-- CreateIndex
CREATE UNIQUE INDEX "metric_workspace_id_key_key" ON "metric"("workspace_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "metric_version_metric_id_version_key" ON "metric_version"("metric_id", "version");

-- CreateIndex
CREATE INDEX "sync_run_connection_id_created_at_idx" ON "sync_run"("connection_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "sync_run_connection_id_slot_key" ON "sync_run"("connection_id", "slot");

-- CreateIndex
CREATE INDEX "sync_evidence_run_id_idx" ON "sync_evidence"("run_id");

-- CreateIndex
CREATE INDEX "sync_evidence_metric_version_id_recorded_at_idx" ON "sync_evidence"("metric_version_id", "recorded_at");

-- CreateIndex
CREATE INDEX "progress_snapshot_key_result_id_computed_at_idx" ON "progress_snapshot"("key_result_id", "computed_at");

-- CreateIndex
CREATE UNIQUE INDEX "progress_snapshot_key_result_id_as_of_day_inputs_digest_key" ON "progress_snapshot"("key_result_id", "as_of_day", "inputs_digest");

-- CreateIndex
CREATE INDEX "alert_rule_workspace_id_idx" ON "alert_rule"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_key_result_id_kind_episode_key" ON "alert"("key_result_id", "kind", "episode");

-- CreateIndex
CREATE UNIQUE INDEX "channel_workspace_id_key_key" ON "channel"("workspace_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_delivery_id_key" ON "outbox"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_key_channel_id_key" ON "outbox"("event_key", "channel_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "audit_log_workspace_id_at_idx" ON "audit_log"("workspace_id", "at");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret" ADD CONSTRAINT "secret_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle" ADD CONSTRAINT "cycle_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objective" ADD CONSTRAINT "objective_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objective" ADD CONSTRAINT "objective_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objective" ADD CONSTRAINT "objective_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "objective"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_objective_id_fkey" FOREIGN KEY ("objective_id") REFERENCES "objective"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "cycle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_metric_version_id_fkey" FOREIGN KEY ("metric_version_id") REFERENCES "metric_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_result_state" ADD CONSTRAINT "key_result_state_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "initiative" ADD CONSTRAINT "initiative_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline" ADD CONSTRAINT "baseline_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_in" ADD CONSTRAINT "check_in_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "value_override" ADD CONSTRAINT "value_override_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric" ADD CONSTRAINT "metric_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric" ADD CONSTRAINT "metric_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric_version" ADD CONSTRAINT "metric_version_metric_id_fkey" FOREIGN KEY ("metric_id") REFERENCES "metric"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "progress_snapshot" ADD CONSTRAINT "progress_snapshot_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_key_result_id_fkey" FOREIGN KEY ("key_result_id") REFERENCES "key_result"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- checks ------------------------------------------------------------------------------------------------

ALTER TABLE "cycle" ADD CONSTRAINT "cycle_days" CHECK ("end_day" > "start_day");
ALTER TABLE "connection"
  ADD CONSTRAINT "connection_environment" CHECK ("environment" IN ('live', 'test', 'sandbox')),
  ADD CONSTRAINT "connection_state" CHECK ("state" IN ('active', 'needs_reauth', 'misconfigured', 'quota_exhausted', 'paused'));
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_kind" CHECK ("kind" IN ('api', 'local', 'session', 'one_time'));
ALTER TABLE "membership" ADD CONSTRAINT "membership_role" CHECK ("role" IN ('viewer', 'editor', 'admin'));
ALTER TABLE "key_result" ADD CONSTRAINT "key_result_goal_kind"
  CHECK ("goal_kind" IN ('reach', 'change', 'accumulate', 'guardrail', 'milestone', 'recurring'));
ALTER TABLE "key_result_state"
  ADD CONSTRAINT "key_result_state_status" CHECK ("status" IN
    ('not_started', 'too_early', 'on_track', 'at_risk', 'off_track', 'achieved', 'missed', 'unknown')),
  ADD CONSTRAINT "key_result_state_data" CHECK ("data_state" IN ('fresh', 'late', 'stale', 'failing', 'none', 'paused'));
ALTER TABLE "metric_version"
  ADD CONSTRAINT "metric_version_kind" CHECK ("kind" IN ('flow', 'stock', 'ratio', 'distribution', 'distinct')),
  ADD CONSTRAINT "metric_version_history" CHECK ("history" IN ('backfill', 'from_now'));
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_kind" CHECK
  (("kind" = 'interval' AND "every_minutes" BETWEEN 5 AND 44640) OR ("kind" = 'daily' AND "at_local_time" IS NOT NULL));
ALTER TABLE "sync_run"
  ADD CONSTRAINT "sync_run_status" CHECK ("status" IN ('queued', 'running', 'succeeded', 'failed', 'dead', 'skipped')),
  ADD CONSTRAINT "sync_run_trigger" CHECK ("trigger" IN ('schedule', 'manual', 'backfill', 'bind'));
ALTER TABLE "alert" ADD CONSTRAINT "alert_state" CHECK ("state" IN ('pending', 'firing', 'resolved', 'closed'));
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_status"
  CHECK ("status" IN ('pending', 'delivered', 'superseded', 'dead', 'suppressed'));
ALTER TABLE "metric_point" ADD CONSTRAINT "metric_point_value" CHECK (abs("value") <= 1e15);

-- ---- what the loops look for -------------------------------------------------------------------------------

CREATE SEQUENCE "sync_run_seq";
CREATE INDEX "sync_run_live" ON "sync_run" ("not_before") WHERE "status" IN ('queued', 'running');
CREATE INDEX "schedule_due" ON "schedule" ("next_due_at") WHERE "enabled";
CREATE INDEX "outbox_due" ON "outbox" ("next_at") WHERE "status" = 'pending';
CREATE UNIQUE INDEX "alert_open" ON "alert" ("key_result_id", "kind") WHERE "state" IN ('pending', 'firing');

-- ---- partitions --------------------------------------------------------------------------------------------

-- Points are kept by year of their day, evidence by month of its recording. The lock keeps two writers from
-- making the same partition; when all are there, nothing is locked.
CREATE FUNCTION ensure_point_partitions(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  y int;
BEGIN
  FOR y IN EXTRACT(year FROM first_day)::int .. EXTRACT(year FROM last_day)::int LOOP
    FOREACH parent IN ARRAY ARRAY['metric_point', 'metric_point_revision'] LOOP
      IF to_regclass(format('%I', parent || '_y' || y)) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('tidemark.partitions'));
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          parent || '_y' || y, parent, make_date(y, 1, 1), make_date(y + 1, 1, 1));
      END IF;
    END LOOP;
  END LOOP;
END $$;

CREATE FUNCTION ensure_evidence_partitions(first_at timestamptz, last_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month timestamp := date_trunc('month', first_at AT TIME ZONE 'UTC');
  name text;
BEGIN
  WHILE month <= last_at AT TIME ZONE 'UTC' LOOP
    name := 'sync_evidence_' || to_char(month, '"y"YYYY"m"MM');
    IF to_regclass(format('%I', name)) IS NULL THEN
      PERFORM pg_advisory_xact_lock(hashtext('tidemark.partitions'));
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF sync_evidence FOR VALUES FROM (%L) TO (%L)',
        name, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
    END IF;
    month := month + interval '1 month';
  END LOOP;
END $$;

SELECT ensure_point_partitions(make_date(EXTRACT(year FROM now())::int - 3, 1, 1), make_date(EXTRACT(year FROM now())::int + 1, 1, 1));
SELECT ensure_evidence_partitions(now(), now() + interval '2 months');

-- ---- the audit log only grows ------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_log_no_truncate" BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
