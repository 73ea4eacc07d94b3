-- Answers kept for a repeated request, and what has just changed, for those who watch.

-- While a request is under way its claim has a lease, so that a claim whose process died is taken over.
ALTER TABLE "idempotency_key" ADD COLUMN     "claim" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "location" TEXT;

-- CreateTable
CREATE TABLE "live_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "live_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "live_event_workspace_id_created_at_idx" ON "live_event"("workspace_id", "created_at");

-- AddForeignKey
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT open_to_tenant('live_event', 'workspace_id = tenant_workspace()', 'SELECT');

-- Written by the database in the transaction of the change, so that no code can forget to, or tell of what was undone.
-- Listeners are only told whose rows to look at: a notification is no place for data.
CREATE FUNCTION tell_live(workspace text, kind text, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_event (workspace_id, type, data) VALUES (workspace, kind, told);
  PERFORM pg_notify('tidemark_live', workspace);
END $$;

CREATE FUNCTION tell_key_result() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  owner record;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.status, NEW.data_state, NEW.progress, NEW.current_value, NEW.data_through_day, NEW.target_value)
    IS NOT DISTINCT FROM (OLD.status, OLD.data_state, OLD.progress, OLD.current_value, OLD.data_through_day, OLD.target_value)
  THEN RETURN NULL; END IF;
  SELECT workspace_id, key INTO owner FROM key_result WHERE id = NEW.key_result_id;
  PERFORM tell_live(owner.workspace_id, 'key_result.changed', jsonb_build_object('id', NEW.key_result_id, 'key', owner.key,
    'status', NEW.status, 'dataState', NEW.data_state, 'progress', NEW.progress));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON key_result_state FOR EACH ROW EXECUTE FUNCTION tell_key_result();

CREATE FUNCTION tell_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN RETURN NULL; END IF;
  PERFORM tell_live(NEW.workspace_id, 'run.changed',
    jsonb_build_object('id', NEW.id, 'connectionId', NEW.connection_id, 'status', NEW.status));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON sync_run FOR EACH ROW EXECUTE FUNCTION tell_run();

CREATE FUNCTION tell_alert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.state, NEW.severity, NEW.acknowledged) IS NOT DISTINCT FROM (OLD.state, OLD.severity, OLD.acknowledged)
  THEN RETURN NULL; END IF;
  PERFORM tell_live(NEW.workspace_id, 'alert.changed', jsonb_build_object('id', NEW.id, 'kind', NEW.kind, 'state', NEW.state,
    'severity', NEW.severity, 'keyResultId', NEW.key_result_id, 'connectionId', NEW.connection_id));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_live AFTER INSERT OR UPDATE ON alert FOR EACH ROW EXECUTE FUNCTION tell_alert();
REVOKE EXECUTE ON FUNCTION tell_live(text, text, jsonb), tell_key_result(), tell_run(), tell_alert() FROM PUBLIC;
