import { Command } from 'commander';
import { parse } from 'yaml';
import { LONGEST_STOP_MS } from '../../../jobs/worker.ts';
import { buildProgram } from '../../../src/cli/program/program.ts';
import { ConfigError, loadConfig } from '../../../src/wiring/config.ts';
import { fakeIo } from '../../cli/support/fake-io.ts';

export type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition?: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  read_only?: boolean;
  stop_grace_period?: string;
};
export type Compose = { services: Record<string, Service>; volumes?: Record<string, unknown> };

/** What the image says that a service of ours starts from. */
export type ImageFacts = { dataDir: string; port: string; writable: string[] };

/** The settings that a server reads, by the code that reads them: a name that it does not know stays in its defaults. */
export type Known = { settings: readonly string[]; routes: readonly string[] };

export function readCompose(text: string): Compose {
  return parse(text, { merge: true }) as Compose;
}

/** `${NAME:-default}` and `${NAME:?why}` as Compose reads them; `$$` is a dollar. @throws Error for a name that is not set */
export function interpolate(text: string, env: Record<string, string>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (all, name?: string, kind?: string, rest = '') => {
      if (name === undefined) return all === '$$' ? '$' : all;
      const value = env[name] ?? '';
      if (value !== '') return value;
      if (kind === '-') return rest;
      throw new Error(`${name} is not set`);
    },
  );
}

export function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [name, interpolate(value, env)]),
  );
}

const SECRET = /PASSWORD|_KEY$|TOKEN|SECRET|AUTH$/;
const MS = { s: 1_000, m: 60_000 };

/** One sentence for each thing that would not work once it is started, or would be unsafe. */
export function composeProblems(
  compose: Compose,
  env: Record<string, string>,
  image: ImageFacts,
  known: Known,
) {
  const problems: string[] = [];
  const { services } = compose;
  const ours = Object.entries(services).filter(([, service]) => service.build !== undefined);
  if (ours.length < 2) problems.push('there are no API and worker that are built here');
  for (const [name, service] of Object.entries(services)) {
    problems.push(...secretProblems(name, service), ...volumeProblems(name, service, compose));
  }
  for (const [name, service] of ours) {
    const said = [
      ...settingProblems(service, env, known),
      ...commandProblems(service),
      ...neighbourProblems(service, services, env),
      ...folderProblems(service, image),
      ...portProblems(service, image, known),
      ...graceProblems(service),
    ];
    problems.push(...said.map((problem) => `${name}: ${problem}`));
  }
  const shared = ours.map(([, service]) =>
    placeOf(service, service.environment?.['TIDEMARK_EVENTS_DIR'] ?? ''),
  );
  if (shared.some((place) => place === null || place !== shared[0]))
    problems.push('API and workers do not share the folder of the events');
  problems.push(...redisProblems(services['redis']), ...postgresProblems(services['postgres']));
  return problems;
}

function settingProblems(service: Service, env: Record<string, string>, { settings }: Known): string[] {
  const values = environmentOf(service, env);
  const unread = Object.keys(values).filter((name) => !settings.includes(name));
  const problems = unread.map((name) => `nothing reads ${name}`);
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'TIDEMARK_MASTER_KEY'])
    if ((values[name] ?? '') === '') problems.push(`${name} is missing`);
  try {
    loadConfig(values);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(error.message);
  }
  return problems;
}

function commandProblems({ command = [] }: Service): string[] {
  const program: Command = buildProgram(fakeIo(), [], '0', () => {});
  const [name = ''] = command;
  return program.commands.some((each) => each.name() === name) ? [] : [`there is no command "${name}"`];
}

/** Database and queue: the address names a service that is waited for, with the very password that the service is given. */
function neighbourProblems(service: Service, services: Record<string, Service>, env: Record<string, string>) {
  const values = environmentOf(service, env);
  const problems: string[] = [];
  for (const [setting, password] of [
    ['DATABASE_URL', 'POSTGRES_PASSWORD'],
    ['REDIS_URL', 'REDIS_PASSWORD'],
  ] as const) {
    if (!URL.canParse(values[setting] ?? '')) continue;
    const url = new URL(values[setting] ?? '');
    const neighbour = services[url.hostname];
    if (neighbour === undefined) {
      problems.push(`${setting} names ${url.hostname}, which is no service`);
      continue;
    }
    if (neighbour.healthcheck === undefined) problems.push(`${url.hostname} has no health check`);
    if (service.depends_on?.[url.hostname]?.condition !== 'service_healthy')
      problems.push(`it does not wait until ${url.hostname} is healthy`);
    const given = environmentOf(neighbour, env);
    if (decodeURIComponent(url.password) !== given[password])
      problems.push(`${setting} has another password than ${url.hostname}`);
    if (setting !== 'DATABASE_URL') continue;
    if (url.username !== given['POSTGRES_USER'] || url.pathname !== `/${given['POSTGRES_DB']}`)
      problems.push(`${setting} names another user or database than ${url.hostname} makes`);
  }
  return problems;
}

/** What is mounted at a folder of the container, or above it; `tmpfs` is nobody else's. Null: nothing. */
function placeOf({ tmpfs = [], volumes = [] }: Service, folder: string): string | null {
  for (const volume of volumes) {
    const [source = '', target = ''] = volume.split(':');
    if (folder === target || folder.startsWith(`${target}/`)) return source + folder.slice(target.length);
  }
  return tmpfs.some((place) => folder === place || folder.startsWith(`${place}/`)) ? 'tmpfs' : null;
}

function folderProblems(service: Service, { dataDir, writable }: ImageFacts): string[] {
  const { environment = {}, read_only: readOnly, volumes = [] } = service;
  const problems: string[] = [];
  if (readOnly !== true) problems.push('its program can be written');
  const folders = ['/tmp', dataDir, environment['TIDEMARK_EVENTS_DIR'] ?? `${dataDir}/events`];
  for (const folder of folders)
    if (placeOf(service, folder) === null) problems.push(`nothing can be written at ${folder}`);
  for (const volume of volumes) {
    const target = volume.split(':')[1] ?? '';
    if (!writable.includes(target))
      problems.push(`${target} is root's in the image: a volume there cannot be written`);
  }
  if (service.command?.[0] === 'api' && ['tmpfs', null].includes(placeOf(service, dataDir)))
    problems.push(`what the API keeps at ${dataDir} is lost when it is started anew`);
  return problems;
}

function portProblems(
  { environment = {}, healthcheck, ports = [] }: Service,
  image: ImageFacts,
  known: Known,
) {
  const problems: string[] = [];
  for (const published of ports) {
    const [host, , inside] = published.split(':');
    if (host !== '127.0.0.1')
      problems.push('it is published beyond this machine, where only a proxy with TLS belongs');
    if (inside !== environment['PORT'] || inside !== image.port)
      problems.push(`port ${inside} is published, and it listens on ${environment['PORT']}`);
    if (environment['HOST'] !== '0.0.0.0') problems.push('inside of its container nobody reaches it');
    if (healthcheck === undefined) problems.push('it serves a port and has no health check');
  }
  const asked = /http:\/\/127\.0\.0\.1:(\d+)(\/\w+)/.exec(healthcheck?.test.at(-1) ?? '');
  if (healthcheck !== undefined && asked?.[1] !== environment['PORT'])
    problems.push('its health check asks another port');
  if (healthcheck !== undefined && !known.routes.includes(asked?.[2] ?? ''))
    problems.push(`its health check asks for ${asked?.[2]}, which is no route`);
  return problems;
}

function graceProblems({ stop_grace_period: grace = '10s' }: Service): string[] {
  const [, count = '0', unit = 's'] = /^(\d+)([sm])$/.exec(grace) ?? [];
  const ms = Number(count) * MS[unit as keyof typeof MS];
  return ms > LONGEST_STOP_MS
    ? []
    : [`it is killed after ${ms / 1_000} s, and may need ${LONGEST_STOP_MS / 1_000} s`];
}

function secretProblems(name: string, { environment = {} }: Service): string[] {
  return Object.entries(environment).flatMap(([variable, value]) => {
    const optional = [...value.matchAll(/\$\{(\w+)(:\?)?/g)].filter(
      ([, given = '', must]) => SECRET.test(given) && must === undefined,
    );
    const literal = SECRET.test(variable) && !/^\$\{\w+:\?[^}]*\}$/.test(value);
    const inAddress = URL.canParse(value.replace(/\$\{[^}]*\}/g, '')) && /:\/\/[^/@$]*:[^$@/]+@/.test(value);
    return optional.length > 0 || literal || inAddress
      ? [`${name}: ${variable} has a secret of its own`]
      : [];
  });
}

function volumeProblems(name: string, { volumes = [] }: Service, compose: Compose): string[] {
  return volumes
    .map((volume) => volume.split(':')[0] ?? '')
    .filter(
      (source) => !source.startsWith('.') && !source.startsWith('/') && !(source in (compose.volumes ?? {})),
    )
    .map((source) => `${name}: the volume ${source} is not declared`);
}

function redisProblems(redis: Service | undefined): string[] {
  const line = (redis?.command ?? []).join(' ');
  const wanted = ['--maxmemory-policy noeviction', '--appendonly yes', '--requirepass "$$REDIS_PASSWORD"'];
  return [
    ...wanted.filter((each) => !line.includes(each)).map((each) => `redis is started without ${each}`),
    ...(redis?.volumes?.some((volume) => volume.endsWith(':/data')) ? [] : ['what redis writes is not kept']),
    ...(redis?.environment?.['REDISCLI_AUTH'] === redis?.environment?.['REDIS_PASSWORD']
      ? []
      : ['the health check of redis has another password']),
    ...(redis?.ports === undefined ? [] : ['redis is published']),
  ];
}

function postgresProblems(postgres: Service | undefined): string[] {
  const version = Number(/^postgres:(\d+)/.exec(postgres?.image ?? '')?.[1] ?? 0);
  // https://hub.docker.com/_/postgres: from 18 on the data lie below /var/lib/postgresql/VERSION.
  const place = version >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
  const { POSTGRES_DB: database, POSTGRES_USER: user } = postgres?.environment ?? {};
  return [
    ...(postgres?.volumes?.some((volume) => volume.endsWith(`:${place}`))
      ? []
      : ['what postgres writes is not kept']),
    ...(postgres?.healthcheck?.test.join(' ').includes(`-U ${user} -d ${database}`)
      ? []
      : ['the health check of postgres asks for another database']),
    ...(postgres?.ports === undefined ? [] : ['postgres is published']),
  ];
}
