import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project.ts';
import { createLog, hideForever, hideInUse, passwordsOf } from '../../src/wiring/log.ts';

/** A log whose lines end up here instead of on standard error. */
function logged(level: 'info' | 'debug' = 'info') {
  const text: string[] = [];
  const log = createLog({ logLevel: level }, { write: (line) => void text.push(line) });
  return { log, text: () => text.join(''), lines: () => text.map((line) => JSON.parse(line) as Line) };
}
type Line = Record<string, unknown> & { err?: Record<string, unknown> };

describe('section 13: a line', () => {
  it('is one JSON object in UTC with its event, and a line break in a value begins no other', () => {
    const { lines, log, text } = logged();
    log.info(
      { event: 'sync_finished', runId: 'run_1\r\n{"level":"fatal"}', durationMs: 12 },
      'done\nand more',
    );
    expect(text().match(/\n/g)).toHaveLength(1);
    const [line] = lines();
    expect(line).toMatchObject({
      level: 'info',
      event: 'sync_finished',
      runId: 'run_1\r\n{"level":"fatal"}',
      durationMs: 12,
      msg: 'done\nand more',
    });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('says what it may and nothing else, whatever it was handed', () => {
    const { lines, log, text } = logged();
    const request = { headers: { authorization: 'Bearer planted-header' }, body: 'planted-body' };
    const more = { config: { apiKey: 'planted-config' }, url: 'https://x.test/?q=planted-query' };
    log.info(
      { event: 'tried', requestId: 'req_1', request, ...more, connection: { secret: 'planted-nested' } },
      'x',
    );
    expect(text()).not.toContain('planted');
    expect(Object.keys(lines()[0] ?? {}).toSorted()).toEqual(
      ['connection', 'event', 'level', 'msg', 'pid', 'requestId', 'time'].toSorted(),
    );
  });

  it('about an error has its words, place and causes, and nothing that hangs on it', () => {
    const { lines, log, text } = logged();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', config: 'planted-cause' });
    const error = Object.assign(new Error('the provider is away', { cause }), { input: 'planted-input' });
    log.error({ event: 'sync_broke', err: error }, 'x');
    expect(lines()[0]?.err).toMatchObject({
      type: 'Error',
      message: 'the provider is away',
      cause: { message: 'refused', code: 'ECONNREFUSED' },
    });
    expect(text()).not.toContain('planted');
  });
});

describe('section 13: a secret', () => {
  const pem = `-----BEGIN KEY-----\nPlantedPemLineNumberOne0123456789\nPlantedPemLineNumberTwo0123456789\n-----END KEY-----`;
  const secrets = ['sk_live_planted"quoted', pem, 'p@ss word/planted?', 'whsec_cGxhbnRlZC1zZWNyZXQ='];

  it.each(secrets)('that somebody works with is in no line, however it was written down: %#', (secret) => {
    hideInUse(secret);
    const { log, text } = logged();
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      JSON.stringify({ secret }),
      ...secret.split('\n').filter((line) => line.length > 20 && !line.startsWith('---')),
    ];
    for (const form of forms) {
      log.info(
        { event: 'tried', detail: `<${form}>`, err: new Error(`said ${form}`) },
        `with ${form} inside`,
      );
    }
    const written = text();
    for (const form of forms) expect(written).not.toContain(form);
    // Nor in the escapes of JSON.
    for (const form of forms) expect(written).not.toContain(JSON.stringify(form).slice(1, -1));
    expect(written).toContain('[secret]');
    for (const line of written.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('in the address of a database is hidden as it stands there and as it is meant', () => {
    hideForever(...passwordsOf('postgres://okr:pl%40nted-pass@db.test:5432/okr'), null, undefined);
    const { log, text } = logged();
    log.warn({ event: 'tried', detail: 'pl%40nted-pass' }, 'refused pl@nted-pass');
    expect(text()).not.toMatch(/nted-pass/);
    expect(passwordsOf('postgres://okr@db.test/okr')).toEqual([]);
    expect(passwordsOf(null)).toEqual([]);
  });
});

it('every line that the product writes names its event', () => {
  const files = ['src', 'jobs'].flatMap((folder) =>
    readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
      .map((file) => join(folder, file)),
  );
  const calls = files.flatMap((file) => {
    const text = readFileSync(join(projectRoot(), file), 'utf8');
    return [...text.matchAll(/\blog\.(?:info|warn|error|debug)\(\s*([\s\S]{0,80})/g)].map(
      ([, start = '']) => [file, start] as const,
    );
  });
  expect(calls.length).toBeGreaterThan(15);
  const silent = calls.filter(([, start]) => !/^(\{\s*event: '[a-z_]+'|fields)/.test(start));
  expect(silent).toEqual([]);
});
