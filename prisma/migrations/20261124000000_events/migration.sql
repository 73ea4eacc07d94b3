-- Which files of events there are. The files themselves lie in a folder; one that is not listed here does not exist.

CREATE TABLE "event_store" (
    "connection_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "reading_state" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "event_store_pkey" PRIMARY KEY ("connection_id")
);
ALTER TABLE "event_store" ADD CONSTRAINT "event_store_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "event_segment" (
    "id" UUID NOT NULL,
    "connection_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    "bytes" BIGINT NOT NULL CHECK ("bytes" > 0),
    "rows" BIGINT NOT NULL CHECK ("rows" > 0),
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL CHECK ("last_day" >= "first_day"),
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_segment_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "event_segment_path_key" ON "event_segment"("path");
CREATE INDEX "event_segment_connection_id_retired_at_idx" ON "event_segment"("connection_id", "retired_at");
-- Two files that begin on the same day would overlap.
CREATE UNIQUE INDEX "event_segment_first_day_idx" ON "event_segment"("connection_id", "first_day") WHERE "retired_at" IS NULL;
ALTER TABLE "event_segment" ADD CONSTRAINT "event_segment_connection_id_fkey"
  FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
