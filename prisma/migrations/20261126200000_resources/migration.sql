-- What can be put away, and how much of each thing one workspace may have.

ALTER TABLE "cycle" ADD COLUMN "archived_at" TIMESTAMPTZ(3);
ALTER TABLE "channel" ADD COLUMN "archived_at" TIMESTAMPTZ(3);
ALTER TABLE "alert_rule" ADD COLUMN "archived_at" TIMESTAMPTZ(3);
ALTER TABLE "initiative"
  ADD CONSTRAINT "initiative_state" CHECK ("state" IN ('open', 'done', 'dropped')),
  ADD CONSTRAINT "initiative_days" CHECK ("end_day" >= "start_day");

-- Counted after the statement and behind a lock, so that two who add at the same moment count one after the other. What
-- is refused says what there are too many of, and how many there may be.
CREATE FUNCTION refuse_more_than(thing text, workspace text, held bigint, allowed int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF held > allowed THEN
    RAISE EXCEPTION 'limit reached: % %', thing, allowed USING ERRCODE = 'TM001';
  END IF;
END $$;

CREATE FUNCTION check_limit(thing text, workspace text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tidemark.limit.' || thing || '.' || workspace));
  CASE thing
    WHEN 'connection' THEN
      PERFORM refuse_more_than(thing, workspace, count(*), 2000) FROM connection
      WHERE workspace_id = workspace AND archived_at IS NULL;
    WHEN 'key_result' THEN
      PERFORM refuse_more_than(thing, workspace, count(*), 5000) FROM key_result
      WHERE workspace_id = workspace AND archived_at IS NULL;
    WHEN 'channel' THEN
      PERFORM refuse_more_than(thing, workspace, count(*), 50) FROM channel
      WHERE workspace_id = workspace AND archived_at IS NULL;
    WHEN 'alert_rule' THEN
      -- Of each Key Result; and of each objective and of the workspace as a whole as many again.
      PERFORM refuse_more_than(thing, workspace, max(held), 20) FROM (
        SELECT count(*) AS held FROM alert_rule WHERE workspace_id = workspace AND archived_at IS NULL
        GROUP BY key_result_id, objective_id) of_one;
  END CASE;
END $$;

CREATE FUNCTION limit_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workspace text;
BEGIN
  FOR workspace IN SELECT DISTINCT workspace_id FROM added ORDER BY 1 LOOP
    PERFORM check_limit(TG_TABLE_NAME, workspace);
  END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION limit_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_limit(TG_TABLE_NAME, NEW.workspace_id);
  RETURN NULL;
END $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['connection', 'key_result', 'channel', 'alert_rule'] LOOP
    EXECUTE format('CREATE TRIGGER limit_added AFTER INSERT ON %I REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION limit_added()', name);
    EXECUTE format('CREATE TRIGGER limit_restored AFTER UPDATE OF archived_at ON %I FOR EACH ROW
      WHEN (OLD.archived_at IS NOT NULL AND NEW.archived_at IS NULL) EXECUTE FUNCTION limit_restored()', name);
  END LOOP;
END $$;

-- Of what is counted, and of the record as it is read: the newest lines of one workspace, of one object, of one person.
CREATE INDEX "key_result_workspace_live_idx" ON "key_result" ("workspace_id") WHERE "archived_at" IS NULL;
CREATE INDEX "audit_log_object_idx" ON "audit_log" ("workspace_id", "object_type", "object_id", "id");
CREATE INDEX "audit_log_workspace_idx" ON "audit_log" ("workspace_id", "id");
