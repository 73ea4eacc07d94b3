import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/project.ts';

/**
 * Which way imports point. The first zone that a file lies in is the one that counts. `may` names what it may import
 * beside its own zone: a folder (with a slash at its end), a file, a package, or `node:` for Node's own modules.
 * `types` may be imported with `import type` only.
 */
type Zone = { in: string[]; may: string[]; types?: string[]; because: string };

const WORDS = 'src/i18n/'; // pure text and its formatting: every face and every message says the same sentences
const DOMAIN = 'src/domain/';
const CLIENT = [
  'src/api/contract.ts',
  'src/api/contracts/',
  'src/api/route.ts',
  'src/api/routes.ts',
  'src/api/client.ts',
  'src/api/client-types.ts',
  'src/api/generated/',
];
const ANYTHING = ['src/', 'connectors/', 'jobs/', 'node:', '*'];

const ZONES: Zone[] = [
  {
    in: ['src/domain/day.ts'],
    may: [DOMAIN, 'temporal-polyfill'],
    because: 'days need time-zone arithmetic',
  },
  {
    in: ['src/domain/billing/'],
    may: [DOMAIN, 'fraction.js'],
    because: 'a third of a cent stays one: sums of money are exact until they are shown',
  },
  {
    in: ['src/domain/expression/'],
    may: [DOMAIN, 'decimal.js'],
    because: 'formulas are decimal arithmetic',
  },
  { in: [DOMAIN], may: [], because: 'the arithmetic is pure' },
  {
    in: ['src/records/'],
    may: [DOMAIN, 'node:', 'zod', 'csv-parse'],
    because: 'what people send us becomes records, or one sentence a line that does not',
  },
  {
    in: ['src/conformance/'],
    may: [DOMAIN, 'src/records/', 'src/event-store/', 'src/event-sql/', 'node:', 'zod'],
    types: ['src/app/ports-events.ts'],
    because: 'it renames fields, and computes nothing itself',
  },
  {
    in: ['src/event-sql/'],
    may: [DOMAIN],
    because: 'definitions become text, and no engine is asked here',
  },
  {
    in: ['src/event-store/'],
    may: [
      'src/app/ports-events.ts',
      'src/app/errors.ts',
      DOMAIN,
      'src/event-sql/',
      'node:',
      '@duckdb/',
      'csv-parse',
    ],
    because: 'files of events and the engine that reads them',
  },
  { in: [WORDS], may: [DOMAIN, 'intl-messageformat'], because: 'words about domain values' },
  {
    in: ['src/app/'],
    may: [DOMAIN, WORDS, 'node:crypto'],
    because: 'ids and digests are the only thing from outside',
  },
  {
    in: ['src/db/'],
    may: [
      ...[
        'ports',
        'ports-access',
        'ports-alert-story',
        'ports-alerting',
        'ports-belief',
        'ports-billing',
        'ports-cadence',
        'ports-definition',
        'ports-events',
        'ports-http',
        'ports-import',
        'ports-ingest',
        'ports-keys',
        'ports-public-links',
        'ports-resources',
        'ports-scorecard',
        'evaluation',
        'run-outcome',
        'errors',
        'ids',
      ].map((name) => `src/app/${name}.ts`),
      DOMAIN,
      'node:',
      'pg',
      'pg-copy-streams',
      '@prisma/',
    ],
    because:
      'rows become domain types, and an evaluation happens inside the transaction that wrote its points',
  },
  {
    in: ['src/notifications/'],
    may: ['src/app/ports.ts', DOMAIN, WORDS, 'node:', 'zod', 'decimal.js', 'mixpanel', 'nodemailer'],
    types: ['src/app/news.ts'],
    because: 'a message is words about domain values',
  },
  {
    in: ['src/egress/'],
    may: ['node:', 'undici', 'ipaddr.js'],
    types: ['src/app/ports.ts'],
    because: 'the one way out',
  },
  {
    in: ['src/secrets/'],
    may: ['node:', 'zod'],
    types: ['src/app/ports.ts'],
    because: 'keys and nothing else',
  },
  { in: ['src/embedded/'], may: ['node:', 'pg'], because: 'a PostgreSQL, whoever uses it' },
  {
    in: ['src/forecast/'],
    may: [DOMAIN, 'node:', '@bsull/augurs/'],
    because: 'the one place that knows which library models a series',
  },
  {
    in: ['src/offtrack/'],
    may: [DOMAIN, 'src/forecast/', 'src/app/alert-step.ts', 'node:', 'zod'],
    types: ['src/app/ports.ts'],
    because: 'a protocol in front of the very forecast and alert that the workers use',
  },
  {
    in: ['src/picture/'],
    may: ['src/chart/', WORDS, 'src/domain/money.ts', 'node:', '@resvg/'],
    types: [DOMAIN, 'src/api/', 'src/app/news.ts'],
    because: 'charts and badges that stand alone, for files, mails and messages',
  },
  {
    in: ['src/chart/'],
    may: ['d3-scale', 'd3-shape'],
    types: [DOMAIN],
    because: 'pure SVG for page, picture and mail',
  },
  {
    in: ['src/project.ts', 'src/bootstrap.js'],
    may: ['node:', 'child_process', 'fs', 'path', 'url'],
    because: 'they find the package on the disk',
  },
  {
    in: ['src/web/'],
    may: [
      ...CLIENT.slice(0, 4),
      ...CLIENT.slice(5),
      'openapi-fetch',
      'src/chart/',
      WORDS,
      'src/domain/money.ts',
      'react',
      'react-dom/',
      '@tanstack/',
    ],
    types: [DOMAIN],
    because: 'no arithmetic on Key Results in the page; money.ts only knows where a currency puts its point',
  },
  {
    in: CLIENT,
    may: [...CLIENT, 'zod', 'openapi-fetch'],
    types: [DOMAIN],
    because: 'the page and the command line load these too',
  },
  {
    in: ['src/api/openapi-files.ts', 'src/api/write-openapi.ts'],
    may: ['src/api/', 'src/project.ts', 'node:', 'openapi-typescript'],
    because: 'they make what is committed, and no server runs them',
  },
  { in: ['src/api/server.ts'], may: ANYTHING, because: 'it wires the parts together' },
  {
    in: ['src/api/'],
    may: ['src/app/', DOMAIN, WORDS, 'src/records/', 'node:', 'zod', 'fastify', '@fastify/'],
    because: 'parse the input, call one use case, render the answer',
  },
  {
    in: [
      'src/cli/stack.ts',
      'src/cli/operator.ts',
      'src/cli/commands/keys.ts',
      'src/cli/commands/user.ts',
      'src/cli/commands/audit-verify.ts',
      'src/cli/commands/backup.ts',
      'src/cli/config-or-usage.ts',
      'src/cli/commands/start.ts',
      'src/cli/commands/api.ts',
      'src/cli/commands/worker.ts',
    ],
    may: ['src/wiring/', 'src/cli/', 'node:'],
    because: 'these commands are the server, or what its operator does on its database',
  },
  {
    in: ['src/cli/demo/'],
    may: ['src/wiring/', 'src/embedded/', 'src/cli/', 'sandbox/', ...CLIENT, WORDS, 'node:'],
    types: [DOMAIN],
    because: 'the demo runs the real stack beside the sandbox company',
  },
  {
    in: ['src/cli/connector-kit/'],
    may: ['src/cli/', 'src/project.ts', 'src/egress/', 'src/domain/day.ts', 'connectors/', 'node:', 'zod'],
    because: 'it tries a connector as workers do, without a workspace',
  },
  {
    in: ['src/cli/bin.js', 'src/cli/built.js'],
    may: ['src/bootstrap.js', 'dist/'],
    because: 'it prepares the checkout, then starts the rest',
  },
  {
    in: ['src/cli/'],
    may: [
      ...CLIENT,
      WORDS,
      'src/domain/money.ts',
      'src/domain/life-cycle.ts',
      'src/picture/',
      'src/offtrack/',
      'node:',
      'commander',
      'picocolors',
      'string-width',
      '@clack/prompts',
    ],
    types: [DOMAIN, 'src/chart/'],
    because: 'a face: it speaks through the typed client',
  },
  { in: ['src/wiring/'], may: ANYTHING, because: 'it wires the parts together' },
  {
    in: ['connectors/sdk/'],
    may: ['node:', 'zod', 'decimal.js', 'temporal-polyfill', 'undici'],
    types: [DOMAIN],
    because: 'what every connector stands on',
  },
  { in: ['connectors/registry.ts'], may: ['connectors/'], because: 'it lists every connector' },
  {
    in: ['jobs/schedule.ts', 'jobs/worker.ts'],
    may: ['src/app/', DOMAIN, 'jobs/', 'node:', 'bullmq', 'ioredis', 'pg', 'zod'],
    because: 'only these two know the queue',
  },
  { in: ['jobs/'], may: ['src/app/', DOMAIN, 'node:', 'zod'], because: 'a job is an order of steps' },
  {
    in: ['sandbox/'],
    // A gRPC server and the provider's own message definitions, and schemas for what people hand in.
    may: ['node:', '@grpc/grpc-js', '@grpc/proto-loader', '@google-analytics/data/build/protos', 'zod'],
    because: 'its truth is worked out another way',
  },
];

/** Besides its own folder, the SDK and a schema, a provider's folder may import that provider's official client. */
const OFFICIAL_CLIENTS: Record<string, string[]> = {
  stripe: ['stripe'],
  // DuckDB reads files below a folder that the operator has opened.
  sql: [
    'pg',
    'mysql2',
    '@duckdb/node-api',
    'node:fs/promises',
    'node:os',
    'node:path',
    'node:timers/promises',
  ],
  // The reports of the Play Console are CSV files, and no client of Google's reads them.
  'google-play': ['csv-parse'],
  ga4: ['@google-analytics/data', 'google-gax', '@grpc/grpc-js'],
  // Feeds and calendars are formats and have no client: a parser of XML, and the arithmetic of recurrence rules.
  feed: ['saxes'],
  calendar: ['rrule-temporal', 'temporal-polyfill', 'node:timers/promises'],
};

/** Only these files open sockets or listen; anything else that goes out is handed the guarded fetch. */
const SOCKETS = [
  /^src\/egress\//,
  /^sandbox\//,
  /^src\/embedded\/postgres\.ts$/, // a free loopback port
  /^src\/api\/server\.ts$/, // is the port free?
  /^src\/cli\/local-api\.ts$/, // does our own API still answer?
  /^src\/api\/client\.ts$/, // the command line to our own API
  /^src\/cli\/commands\/export\.ts$/, // to it as well: an answer that is never held whole
  /^src\/notifications\/mixpanel-forwarder\.ts$/, // a loopback port for one request of the official package
  /^src\/notifications\/delivery\.ts$/, // its `fetch` is the guarded one, handed in
  /^src\/web\/api\.ts$/, // the page to the server that it came from
  /^connectors\/sdk\/test-kit-(run|faults|replay)\.ts$/, // a provider on loopback that misbehaves on purpose
];
const OPENS_SOCKETS = /from '(node:)?(net|tls|http|https|http2|dgram|undici)'|(?<![\w.$])fetch\(/;
const TYPES_OR_ADDRESSES = /^import type [^;]*;|^import \{ isIP \} from 'node:net';/gm;

const root = projectRoot();
const files = ['src', 'connectors', 'jobs', 'sandbox', 'bench', 'prisma', 'test'].flatMap(sourcesIn);

function sourcesIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['generated', 'node_modules'].includes(entry.name) ? [] : sourcesIn(path);
    return /\.(tsx?|jsx?|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const isProduct = (file: string): boolean => /^(src|connectors|jobs|sandbox)\//.test(file);

type Import = { target: string; typeOnly: boolean };

/** What a file imports: packages by name, own files by their path from the project's root. */
function importsOf(file: string, text: string): Import[] {
  const lines = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]/gm)];
  const bare = [...text.matchAll(/(?:^\s*import\s+|\bimport\()(?:)['"]([^'"]+)['"]/gm)];
  const found = lines.map(([, type, target = '']) => ({ target, typeOnly: type !== undefined }));
  for (const [, target = ''] of bare) found.push({ target, typeOnly: false });
  return found.map(({ target, typeOnly }) => ({
    target: target.startsWith('.') ? join(dirname(file), target) : target,
    typeOnly,
  }));
}

function zoneOf(file: string): Zone | null {
  const provider = /^connectors\/(?!sdk\/)([^/]+)\//.exec(file)?.[1];
  if (provider !== undefined) {
    const may = [
      'connectors/sdk/',
      'zod',
      'decimal.js',
      'node:crypto',
      ...(OFFICIAL_CLIENTS[provider] ?? []),
    ];
    return { in: [`connectors/${provider}/`], may, because: 'a connector stands on the SDK alone' };
  }
  return ZONES.find((zone) => zone.in.some((place) => lies(file, place))) ?? null;
}

function lies(target: string, place: string): boolean {
  if (place === '*') return !/^(src|connectors|jobs|sandbox|test|bench)\//.test(target);
  return place.endsWith('/') || place === 'node:'
    ? target.startsWith(place)
    : target === place || target.startsWith(`${place}/`);
}

/** One sentence for each import that points the wrong way. */
function wrongImports(file: string, text: string): string[] {
  const zone = zoneOf(file);
  if (zone === null) return [`${file} lies in no zone of the table: say what it may import`];
  const wrong = importsOf(file, text).filter(({ target, typeOnly }) => {
    if (zone.in.some((place) => place.endsWith('/') && lies(target, place))) return false;
    if (zone.may.some((place) => lies(target, place))) return false;
    return !(typeOnly && (zone.types ?? []).some((place) => lies(target, place)));
  });
  return wrong.map(({ target }) => `${file} imports ${target}, which it may not: ${zone.because}`);
}

it('every import points the way that the table allows', () => {
  const product = files.filter(isProduct).filter((file) => !file.endsWith('.css'));
  expect(product.length).toBeGreaterThan(200);
  expect(product.flatMap((file) => wrongImports(file, read(file)))).toEqual([]);
});

it.each([
  { file: 'src/domain/progress.ts', text: "import { readFileSync } from 'node:fs';" },
  { file: 'src/domain/progress.ts', text: "import type { Deps } from '../app/ports.ts';" },
  { file: 'src/app/create-cycle.ts', text: "import { openDatabase } from '../db/database.ts';" },
  { file: 'src/db/points.ts', text: "import {\n  syncConnection,\n} from '../app/sync-connection.ts';" },
  { file: 'src/web/pages/board.tsx', text: "import { reachProgress } from '../../domain/progress.ts';" },
  { file: 'src/cli/commands/kr.ts', text: "const x = await import('../../wiring/stack.ts');" },
  { file: 'src/wiring/stack.ts', text: "import { startSandbox } from '../../sandbox/index.ts';" },
  { file: 'connectors/stripe/map.ts', text: "import { day } from '../../src/domain/day.ts';" },
  { file: 'connectors/stripe/map.ts', text: "import { other } from '../ga4/map.ts';" },
  { file: 'connectors/sdk/http.ts', text: "import { day } from '../../src/domain/day.ts';" },
  { file: 'jobs/sync-connection.ts', text: "import { Queue } from 'bullmq';" },
  { file: 'sandbox/truth.ts', text: "export { reachProgress } from '../src/domain/progress.ts';" },
  { file: 'elsewhere/new.ts', text: '' },
])('the check itself finds $text in $file', ({ file, text }) => {
  expect(wrongImports(file, text)).toHaveLength(1);
});

it('reads no import where there is none, and lets a type through where only types may pass', () => {
  expect(wrongImports('src/web/words.ts', "// import { x } from '../app/ports.ts'\n")).toEqual([]);
  expect(wrongImports('src/web/words.ts', "import type { Status } from '../domain/status.ts';")).toEqual([]);
});

it('nothing but the demo and the sandbox knows the sandbox company', () => {
  const others = files.filter((file) => isProduct(file) && !/^(sandbox|src\/cli\/demo)\//.test(file));
  expect(others.length).toBeGreaterThan(150);
  const known = others.filter(
    (file) => /\bacme\b/i.test(read(file)) || /from '[./]*sandbox\//.test(read(file)),
  );
  expect(known).toEqual([]);
});

it('only the guarded way out, and what stays on this machine, opens sockets', () => {
  const opens = (file: string) => OPENS_SOCKETS.test(read(file).replace(TYPES_OR_ADDRESSES, ''));
  const product = files.filter(isProduct);
  expect(product.filter(opens).length).toBeGreaterThan(4);
  expect(product.filter((file) => opens(file) && !SOCKETS.some((allowed) => allowed.test(file)))).toEqual([]);
});

it('no file names a place that exists on one machine only', () => {
  // An address below a folder of one machine's user or workplace, or a host that serves packages.
  const places = /["'`\s](\/(work|root|home)\/[\w.-]+)|\bregistry\.[a-z]+\.[a-z]+/;
  expect(["cd '/home/me'", 'see https://registry.example.org'].every((text) => places.test(text))).toBe(true);
  const self = 'test/architecture.test.ts';
  const named = [...files, 'package.json', 'tsconfig.json', 'vite.config.ts', 'vitest.config.ts'].filter(
    (file) => file !== self && places.test(read(file).toLowerCase()),
  );
  expect(named).toEqual([]);
});
