import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOperationsEndpoints } from '../../src/api/operations-endpoints.ts';
import { parseMasterKeys } from '../../src/secrets/index.ts';
import { composeProblems, type Known, readCompose } from './support/compose.ts';
import {
  composeText,
  dockerfileText,
  hasOpenssl,
  imageFacts,
  madeByRecipe,
  opensslNote,
  settingsOfCode,
} from './support/read-files.ts';

// No Docker engine is needed: what the file says is held against the code that would read it.

const ENV = {
  POSTGRES_PASSWORD: 'aa'.repeat(24),
  REDIS_PASSWORD: 'bb'.repeat(24),
  TIDEMARK_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const known: Known = { settings: settingsOfCode(), routes: [] };
beforeAll(async () => {
  const app = Fastify();
  addOperationsEndpoints(app, { ready: async () => ({}), version: '0', metricsAccess: null });
  known.routes = ['/livez', '/readyz', '/version'].filter((url) => app.hasRoute({ method: 'GET', url }));
  expect(known.routes).toHaveLength(3);
  await app.close();
});

const problemsOf = (text: string, env: Record<string, string> = ENV, image = dockerfileText()): string[] =>
  composeProblems(readCompose(text), env, imageFacts(image), known);

it('docker-compose.yml fits the code, the image and itself', () => {
  expect(problemsOf(composeText())).toEqual([]);
});

describe('the check finds', () => {
  it.each([
    {
      what: 'a setting that nothing reads',
      from: 'PORT: "4400"',
      to: 'TIDEMARK_PORT: "4400"',
      says: /reads TIDEMARK_PORT/,
    },
    {
      what: 'a value that the start refuses',
      from: 'CONCURRENCY: "8"',
      to: 'CONCURRENCY: "800"',
      says: /worker: .*CONCURRENCY/,
    },
    { what: 'a zone that there is not', from: ':-UTC}', to: ':-Mars/Olympus}', says: /TIME_ZONE/ },
    {
      what: 'a missing address',
      from: '  REDIS_URL:',
      to: '  LOG_LEVEL: info #',
      says: /REDIS_URL is missing/,
    },
    {
      what: 'a command that there is not',
      from: 'command: [worker]',
      to: 'command: [work]',
      says: /no command "work"/,
    },
    { what: 'a database that is no service', from: '@postgres:5432', to: '@db:5432', says: /names db/ },
    {
      what: 'another user',
      from: 'POSTGRES_USER: tidemark',
      to: 'POSTGRES_USER: other',
      says: /another user/,
    },
    {
      what: 'another password',
      from: ':${REDIS_PASSWORD:?set it in .env}@redis',
      to: ':${POSTGRES_PASSWORD:?x}@redis',
      says: /another password than redis/,
    },
    {
      what: 'a start before the database',
      from: 'postgres: { condition: service_healthy }',
      to: 'postgres: { condition: service_started }',
      says: /wait until postgres/,
    },
    {
      what: 'a start before the queue',
      from: '    redis: { condition: service_healthy }\n',
      to: '',
      says: /wait until redis/,
    },
    {
      what: 'another port',
      from: '127.0.0.1:4400:4400',
      to: '127.0.0.1:4400:8080',
      says: /port 8080 is published/,
    },
    {
      what: 'a port that anybody reaches',
      from: '"127.0.0.1:4400:4400"',
      to: '"0.0.0.0:4400:4400"',
      says: /beyond this machine/,
    },
    {
      what: 'an address nobody reaches',
      from: 'HOST: 0.0.0.0',
      to: 'HOST: 127.0.0.1',
      says: /nobody reaches it/,
    },
    {
      what: 'a health check of no route',
      from: ':4400/readyz',
      to: ':4400/healthz',
      says: /healthz, which is no route/,
    },
    { what: 'a health check elsewhere', from: ':4400/readyz', to: ':4401/readyz', says: /asks another port/ },
    { what: 'data that are lost', from: '"data:/data", ', to: '', says: /written at \/data|is lost/ },
    {
      what: 'data beside the data folder',
      from: '"data:/data"',
      to: '"data:/var/data"',
      says: /written at \/data/,
    },
    {
      what: 'events that workers do not see',
      from: '    volumes: ["events:/events"]\n',
      to: '',
      says: /do not share/,
    },
    {
      what: 'events of each alone',
      from: 'TIDEMARK_EVENTS_DIR: /events',
      to: 'TIDEMARK_EVENTS_DIR: /data/events',
      says: /do not share/,
    },
    { what: 'a volume that is not declared', from: '  events:\n', to: '', says: /events is not declared/ },
    {
      what: 'a program that can be written',
      from: 'read_only: true',
      to: 'read_only: false',
      says: /can be written/,
    },
    { what: 'nowhere for passing files', from: '  tmpfs: [/tmp]\n', to: '', says: /written at \/tmp/ },
    {
      what: 'too short a stop',
      from: 'grace_period: 45s',
      to: 'grace_period: 30s',
      says: /killed after 30 s/,
    },
    { what: 'no stop at all', from: '  stop_grace_period: 45s\n', to: '', says: /killed after 10 s/ },
    {
      what: 'a secret with a default',
      from: '${TIDEMARK_MASTER_KEY:?set it in .env}',
      to: '${TIDEMARK_MASTER_KEY:-abc}',
      says: /MASTER_KEY has a secret/,
    },
    {
      what: 'a secret in the file',
      from: 'REDISCLI_AUTH: ${REDIS_PASSWORD:?set it in .env}',
      to: 'REDISCLI_AUTH: hunter2',
      says: /REDISCLI_AUTH has a secret/,
    },
    {
      what: 'a secret in an address',
      from: 'tidemark:${POSTGRES_PASSWORD:?set it in .env}@',
      to: 'tidemark:hunter2@',
      says: /DATABASE_URL has a secret/,
    },
    {
      what: 'a queue that throws away',
      from: 'noeviction',
      to: 'allkeys-lru',
      says: /without --maxmemory-policy/,
    },
    {
      what: 'a queue in memory alone',
      from: '--appendonly yes',
      to: '--appendonly no',
      says: /without --appendonly/,
    },
    {
      what: 'a queue without password',
      from: '--requirepass "$$REDIS_PASSWORD" ',
      to: '',
      says: /without --requirepass/,
    },
    {
      what: 'a queue that is not kept',
      from: '    volumes: ["redis:/data"]\n',
      to: '',
      says: /redis writes is not kept/,
    },
    {
      what: 'a database that is not kept',
      from: 'postgres:/var/lib/postgresql"',
      to: 'postgres:/var/lib/postgresql/data"',
      says: /postgres writes is not kept/,
    },
    { what: 'health of another database', from: '-d, tidemark]', to: '-d, other]', says: /another database/ },
  ])('$what', ({ from, says, to }) => {
    const broken = composeText().replace(from, () => to);
    expect(broken, 'the text to break is not there').not.toBe(composeText());
    expect(problemsOf(broken).join('\n')).toMatch(says);
  });

  it('an image that keeps its data elsewhere, or listens elsewhere', () => {
    const elsewhere = dockerfileText().replace('TIDEMARK_DATA_DIR=/data', 'TIDEMARK_DATA_DIR=/var/tidemark');
    expect(problemsOf(composeText(), ENV, elsewhere).join('\n')).toContain('written at /var/tidemark');
    const deaf = dockerfileText().replace('EXPOSE 4400', 'EXPOSE 3000');
    expect(problemsOf(composeText(), ENV, deaf).join('\n')).toContain('port 4400 is published');
    const roots = dockerfileText().replace('/data /events', '/data');
    expect(problemsOf(composeText(), ENV, roots).join('\n')).toContain("/events is root's in the image");
  });

  it.each(Object.keys(ENV))('%s missing from .env', (name) => {
    expect(() => problemsOf(composeText(), { ...ENV, [name]: '' })).toThrow(`${name} is not set`);
  });
});

describe.skipIf(!hasOpenssl)(`the recipe for .env${opensslNote}`, () => {
  it('makes what is asked for, new every time and for its owner alone', () => {
    const made = madeByRecipe(composeText());
    expect(made.mode).toBe(0o600);
    expect(Object.keys(made.env)).toEqual(Object.keys(ENV));
    expect(problemsOf(composeText(), made.env)).toEqual([]);
    expect(parseMasterKeys(made.env['TIDEMARK_MASTER_KEY'] ?? '').ok).toBe(true);
    const again = madeByRecipe(composeText());
    const values = [...Object.values(made.env), ...Object.values(again.env)];
    expect(new Set(values).size).toBe(values.length);
    expect(Math.min(...values.map((value) => value.length))).toBeGreaterThanOrEqual(44);
  });

  it('with another length of key the check says so', () => {
    const weak = madeByRecipe(composeText().replace('-base64 32', '-base64 16'));
    expect(parseMasterKeys(weak.env['TIDEMARK_MASTER_KEY'] ?? '').ok).toBe(false);
  });
});

describe('the health check of the API, run as it stands', () => {
  let status = 200;
  const server = createServer((_request, response) => response.writeHead(status).end());
  beforeAll(() => new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)));
  afterAll(() => new Promise((closed) => server.close(closed)));

  const run = (port: number): Promise<number | null> => {
    const [, , flag = '', script = ''] = readCompose(composeText()).services['api']?.healthcheck?.test ?? [];
    const child = spawn(process.execPath, [flag, script.replace(':4400/', `:${port}/`)], { stdio: 'ignore' });
    return new Promise((ended) => child.once('exit', ended));
  };

  it.each([
    { answer: 200, code: 0 },
    { answer: 503, code: 1 },
  ])('$answer is exit code $code', async ({ answer, code }) => {
    status = answer;
    expect(await run((server.address() as AddressInfo).port)).toBe(code);
  });

  it('nobody there is exit code 1', async () => {
    expect(await run(1)).toBe(1);
  });

  it('a port that is held while the API starts, and cuts every connection, is exit code 1', async () => {
    const holder = createSocketServer((socket) => socket.destroy());
    await new Promise<void>((ready) => holder.listen(0, '127.0.0.1', ready));
    expect(await run((holder.address() as AddressInfo).port)).toBe(1);
    await new Promise((closed) => holder.close(closed));
  });
});
