-- A provider that answers nothing is asked less and less: how many runs in a row it was, and until when it is left alone.

ALTER TABLE "connection" ADD COLUMN     "outages_in_row" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "connection" ADD COLUMN     "circuit_until" TIMESTAMPTZ(3);
