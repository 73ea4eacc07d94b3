-- What objectives, Key Results and their states were at any past instant: a row for every change of them.

CREATE TABLE "row_history" (
    "seq" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('objective', 'key_result', 'key_result_state')),
    "row_id" TEXT NOT NULL,
    "believed_from" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "content" JSONB NOT NULL,

    CONSTRAINT "row_history_pkey" PRIMARY KEY ("seq")
);
CREATE INDEX "row_history_kind_row_id_seq_idx" ON "row_history"("kind", "row_id", "seq");
CREATE TRIGGER "row_history_append_only" BEFORE UPDATE OR DELETE ON "row_history"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The first argument names the column that identifies the row.
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The alert machine counts evaluations; nobody is shown it.
  INSERT INTO row_history (kind, row_id, content)
  VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], to_jsonb(NEW) - 'alert_machine');
  RETURN NULL;
END $$;

CREATE TRIGGER "objective_history_first" AFTER INSERT ON "objective"
  FOR EACH ROW EXECUTE FUNCTION keep_history('id');
CREATE TRIGGER "objective_history" AFTER UPDATE ON "objective"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_history('id');
CREATE TRIGGER "key_result_history_first" AFTER INSERT ON "key_result"
  FOR EACH ROW EXECUTE FUNCTION keep_history('id');
CREATE TRIGGER "key_result_history" AFTER UPDATE ON "key_result"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keep_history('id');
CREATE TRIGGER "key_result_state_history_first" AFTER INSERT ON "key_result_state"
  FOR EACH ROW EXECUTE FUNCTION keep_history('key_result_id');
-- Computing the same again, or reading it again, is no change: only what is believed is kept, not how fresh it was.
CREATE TRIGGER "key_result_state_history" AFTER UPDATE ON "key_result_state"
  FOR EACH ROW WHEN (
    ROW(OLD.snapshot_id, OLD.status, OLD.status_reason, OLD.status_as_of_day, OLD.last_known_status,
        OLD.last_known_day, OLD.data_state, OLD.data_reason, OLD.data_through_day, OLD.current_value,
        OLD.start_value, OLD.target_value, OLD.progress, OLD.expected, OLD.pace, OLD.guard, OLD.override, OLD.sample)
    IS DISTINCT FROM
    ROW(NEW.snapshot_id, NEW.status, NEW.status_reason, NEW.status_as_of_day, NEW.last_known_status,
        NEW.last_known_day, NEW.data_state, NEW.data_reason, NEW.data_through_day, NEW.current_value,
        NEW.start_value, NEW.target_value, NEW.progress, NEW.expected, NEW.pace, NEW.guard, NEW.override, NEW.sample))
  EXECUTE FUNCTION keep_history('key_result_id');

-- What stands today is known from now on. What stood before is told from the snapshots, as far as they know it.
INSERT INTO row_history (kind, row_id, content) SELECT 'objective', id, to_jsonb(o) FROM objective o ORDER BY id;
INSERT INTO row_history (kind, row_id, content) SELECT 'key_result', id, to_jsonb(k) FROM key_result k ORDER BY id;
INSERT INTO row_history (kind, row_id, content)
  SELECT 'key_result_state', key_result_id, to_jsonb(s) - 'alert_machine' FROM key_result_state s ORDER BY key_result_id;
