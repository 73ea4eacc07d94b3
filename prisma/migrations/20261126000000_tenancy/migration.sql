-- Workspaces kept apart by the database itself: whatever a person or a token asks for runs as the role `tidemark_tenant`,
-- which sees and changes the rows of one workspace, the one that `tidemark.workspace` names. The workers own the tables and
-- serve all workspaces. A statement without a condition on the workspace finds no foreign row, and a table without a
-- policy is not open to the role at all.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tidemark_tenant') THEN
    BEGIN
      CREATE ROLE tidemark_tenant NOLOGIN;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was quicker
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the database user may not create the role tidemark_tenant; let an administrator run: CREATE ROLE tidemark_tenant NOLOGIN; GRANT tidemark_tenant TO %', quote_ident(current_user);
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'tidemark_tenant', 'MEMBER') THEN
    EXECUTE format('GRANT tidemark_tenant TO %I', current_user);
  END IF;
END $$;

-- Inlined, so that it costs one comparison. Null while no workspace is set: then nothing is equal to it.
CREATE FUNCTION tenant_workspace() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT current_setting('tidemark.workspace', true) $$;

-- For this and later migrations: opens a table to the role, for the rows that the condition names.
CREATE FUNCTION open_to_tenant(name text, condition text, rights text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY tenant ON %I TO tidemark_tenant USING (%s) WITH CHECK (%s)', name, condition, condition);
  EXECUTE format('GRANT %s ON %I TO tidemark_tenant', rights, name);
END $$;

DO $$
DECLARE
  own text := 'workspace_id = tenant_workspace()';
  part record;
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO tidemark_tenant', current_schema());
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO tidemark_tenant', current_schema());

  PERFORM open_to_tenant('workspace', 'id = tenant_workspace()', 'SELECT, UPDATE');
  FOR part IN SELECT unnest(ARRAY[
    'secret', 'data_key', 'cycle', 'objective', 'key_result', 'initiative', 'baseline', 'check_in', 'value_override',
    'connection', 'metric', 'ingest', 'sync_run', 'sync_evidence', 'exchange_rate', 'progress_snapshot', 'alert_rule',
    'alert', 'notice', 'snooze', 'public_link', 'channel', 'outbox', 'idempotency_key', 'membership', 'api_token'
  ]) AS name LOOP
    PERFORM open_to_tenant(part.name, own);
  END LOOP;
  PERFORM open_to_tenant('audit_log', own, 'SELECT, INSERT');
  PERFORM open_to_tenant('scorecard', own, 'SELECT, INSERT');

  FOR part IN SELECT * FROM (VALUES
    ('key_result_state', 'key_result', 'key_result_id'),
    ('metric_version', 'metric', 'metric_id'),
    ('metric_point', 'metric_version', 'metric_version_id'),
    ('metric_point_revision', 'metric_version', 'metric_version_id'),
    ('source_record', 'connection', 'connection_id'),
    ('record_coverage', 'connection', 'connection_id'),
    ('schedule', 'connection', 'connection_id'),
    ('billing_mirror', 'connection', 'connection_id'),
    ('billing_record', 'connection', 'connection_id'),
    ('billing_customer', 'connection', 'connection_id'),
    ('billing_event', 'connection', 'connection_id'),
    ('cash_flow', 'connection', 'connection_id'),
    ('mrr_series', 'connection', 'connection_id'),
    ('mrr_movement', 'mrr_series', 'series_id'),
    ('event_store', 'connection', 'connection_id'),
    ('event_segment', 'connection', 'connection_id'),
    ('alert_told', 'alert', 'alert_id'),
    ('delivery_try', 'outbox', 'outbox_id')
  ) AS t(name, parent, via) LOOP
    -- The parent's own policy holds inside of the question, so the workspace is asked for once, at the top.
    PERFORM open_to_tenant(part.name, format('EXISTS (SELECT FROM %1$I parent WHERE parent.id = %2$I.%3$I)', part.parent, part.name, part.via));
  END LOOP;

  PERFORM open_to_tenant('row_history', $c$
    (kind = 'objective' AND EXISTS (SELECT FROM objective parent WHERE parent.id = row_id))
    OR (kind <> 'objective' AND EXISTS (SELECT FROM key_result parent WHERE parent.id = row_id))$c$, 'SELECT');
  -- Those that one works with have a name; addresses and passwords are not for a workspace to read.
  ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON app_user TO tidemark_tenant
    USING (EXISTS (SELECT FROM membership m WHERE m.user_id = app_user.id));
  GRANT SELECT (id, name, lang, time_zone, created_at, disabled_at) ON app_user TO tidemark_tenant;
END $$;

GRANT SELECT ON app_clock TO tidemark_tenant;

-- What the database keeps by itself is not the caller's to write, nor are partitions the caller's to make.
ALTER FUNCTION keep_history() SECURITY DEFINER SET search_path FROM CURRENT;
ALTER FUNCTION ensure_point_partitions(date, date) SECURITY DEFINER SET search_path FROM CURRENT;
ALTER FUNCTION ensure_evidence_partitions(timestamptz, timestamptz) SECURITY DEFINER SET search_path FROM CURRENT;
