/** A backup may take longer than any statement of a server, and so may its restore. */
export const KEEPS = [
  'SET statement_timeout = 0',
  'SET idle_in_transaction_session_timeout = 0',
  "SET lock_timeout = '30s'",
];

/** What is written as text on one server is the same value on another. */
export const WRITES_ALIKE = [
  "SET datestyle = 'ISO, YMD'",
  "SET intervalstyle = 'postgres'",
  'SET extra_float_digits = 3',
  "SET timezone = 'UTC'",
];

/** The ledger comes with the migrations themselves, and a database's clock is its own. */
export const LEFT_OUT = ['_prisma_migrations', 'app_clock'];
