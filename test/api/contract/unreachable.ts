const LOOKS_AT_SOURCE = ['createMetric', 'measureKeyResult', 'changeMetric'];
const ASKS_SOURCE = [
  ...LOOKS_AT_SOURCE,
  'checkConnection',
  'checkDraft',
  'checkChange',
  'previewMetric',
  'previewMeasurement',
  'previewBinding',
];
const MOVEMENTS = ['explainMovements', 'explainKeyResultMovements'];
const onlyOthers =
  'Only providers whose definitions are looked up when they are saved ask them then; those of Stripe are not (test/app/accept-metric.test.ts).';

/** Answers that the scenarios cannot bring about, and why. */
export const UNREACHABLE: readonly { answer: string; operations: 'all' | readonly string[]; why: string }[] =
  [
    { answer: '413 body_too_large', operations: ['uploadEvents'], why: 'A file of 4 GiB.' },
    { answer: '500 internal', operations: 'all', why: 'A bug that we know of is mended, not shown.' },
    {
      answer: '409 changed_meanwhile',
      operations: ['bindKeyResult', 'changeMetric', 'checkIn', 'tickStep'],
      why: 'Somebody else has to write between the read and the write of one request, some milliseconds.',
    },
    {
      answer: '502 source_blocked_destination',
      operations: ASKS_SOURCE,
      why: 'Such an address is refused when it is saved; its name has to move to a private address afterwards.',
    },
    ...[
      'source_transient',
      'source_rate_limited',
      'source_auth',
      'source_config',
      'source_bad_payload',
      'source_schema_drift',
      'source_too_large',
    ].map((code) => ({ answer: `502 ${code}`, operations: LOOKS_AT_SOURCE, why: onlyOthers })),
    ...['no_membership', 'user_disabled'].map((code) => ({
      answer: `409 ${code}`,
      operations: ['setPassword'],
      why: 'Who is taken out or switched off loses the links too (401 link_used); only a race between both says this.',
    })),
    {
      answer: '503 events_busy',
      operations: ['uploadEvents'],
      why: 'Two uploads have to be taken in at the same moment.',
    },
    {
      answer: '503 event_file_unusable',
      operations: ['uploadEvents'],
      why: 'The folder of events has to break below the running server.',
    },
    {
      answer: '409 already_exists',
      operations: ['importText'],
      why: 'Keys are made so that none is taken; somebody else has to take one meanwhile.',
    },
    ...['missing_rate', 'no_currency'].map((code) => ({
      answer: `409 ${code}`,
      operations: MOVEMENTS,
      why: 'The company of the sandbox sells in one currency, and its metrics name it.',
    })),
  ];
