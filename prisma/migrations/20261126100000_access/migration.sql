-- Accounts, sessions and tokens of people. They come before a workspace is known, so the server reads and writes them as the
-- owner of the tables, and a connection that acts for a workspace can neither make a token nor make anybody a member.

ALTER TABLE "api_token" DROP CONSTRAINT "api_token_kind";
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_kind"
  CHECK ("kind" IN ('api', 'local', 'session', 'one_time', 'password'));
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_scopes"
  CHECK ("scopes" <@ ARRAY['read', 'write', 'sync', 'credentials', 'admin']);
-- A token without a user is the operator's: it must not become one by the end of its user.
ALTER TABLE "api_token" DROP CONSTRAINT "api_token_user_id_fkey";
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email" CHECK ("email" = lower("email"));

CREATE INDEX "api_token_user_id_kind_idx" ON "api_token"("user_id", "kind");
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

CREATE TABLE "sign_in_attempt" (
    "id" BIGSERIAL NOT NULL,
    "account" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sign_in_attempt_account_at_idx" ON "sign_in_attempt"("account", "at");
CREATE INDEX "sign_in_attempt_ip_at_idx" ON "sign_in_attempt"("ip", "at");

REVOKE INSERT, UPDATE, DELETE ON "api_token", "membership" FROM tidemark_tenant;
