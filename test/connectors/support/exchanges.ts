/**
 * What stands behind each connector that is not experimental, besides recordings in `test/fixtures/NAME/recorded/`:
 * exchanges that the provider has published, or the real thing itself, and the tests that hold the connector against them.
 */
export type Exchange = { from: 'published' | 'real' | 'none_needed'; what: string; tests: string[] };

export const EXCHANGES: Record<string, Exchange> = {
  stripe: {
    from: 'published',
    what: 'objects, events and the API description that Stripe publishes; they may not be copied and are read where they lie',
    tests: [
      'published/stripe-mirror.test.ts',
      'published/stripe-events.test.ts',
      'published/stripe-schemas.test.ts',
    ],
  },
  ga4: {
    from: 'published',
    what: 'answers that Google publishes, and requests recorded of its own client',
    tests: ['published/ga4.test.ts', 'connectors/ga4/fixtures.test.ts'],
  },
  mixpanel: {
    from: 'published',
    what: 'answers that Mixpanel publishes, and requests recorded of its own client',
    tests: ['published/mixpanel.test.ts', 'sandbox/mixpanel-ingestion.test.ts'],
  },
  prometheus: {
    from: 'real',
    what: 'a Prometheus that the test starts',
    tests: ['connectors/http-json/prometheus-real.test.ts'],
  },
  sql: {
    from: 'real',
    what: 'PostgreSQL, MariaDB and DuckDB that the tests start; the other engines are marked by themselves',
    tests: [
      'connectors/sql/postgres.test.ts',
      'connectors/sql/mariadb.test.ts',
      'connectors/sql/duckdb.test.ts',
    ],
  },
  http_json: {
    from: 'none_needed',
    what: 'it has no provider of its own: the owner describes one, and the engine is held against Prometheus',
    tests: ['connectors/http-json/prometheus-real.test.ts', 'connectors/http-json/reading.test.ts'],
  },
};
