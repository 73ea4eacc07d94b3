-- A master key is retired when no data key is left under it. From then on none may come back under it: a process that has
-- not heard of the newer one yet is refused here, instead of making a data key that nobody can open once the old one is gone.

CREATE FUNCTION refuse_retired_master() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  -- Whoever retires a key holds this lock alone while it counts.
  PERFORM pg_advisory_xact_lock_shared(hashtext('tidemark.master_keys'));
  IF EXISTS (SELECT FROM instance_fact WHERE name = 'retired_master_key:' || NEW.master_kid) THEN
    RAISE EXCEPTION 'the master key % was retired', NEW.master_kid USING ERRCODE = 'TM001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "data_key_master" BEFORE INSERT OR UPDATE OF master_kid ON "data_key"
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_master();
