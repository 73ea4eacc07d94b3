import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KeyResultDetail } from '../../src/api/contract.ts';
import { registerChart } from '../../src/cli/program/chart.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { settingsOf } from '../../src/cli/settings.ts';
import { type FakeApi, fakeApi, list } from '../cli/support/fake-api.ts';
import { type FakeIo, fakeIo } from '../cli/support/fake-io.ts';
import { accumulating, detailOf, guardrail, offTrack, onTrack } from '../web/fixtures.ts';
import { decodePng } from './support.ts';

let api: FakeApi;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-chart-'));
});
afterEach(async () => {
  await api?.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command as the program does, against an API that knows one Key Result. */
async function run(
  args: readonly string[],
  detail: KeyResultDetail | null,
): Promise<{ code: number; io: FakeIo }> {
  api = await fakeApi({
    getKeyResult: () => detail ?? { problem: { status: 404, detail: 'There is no Key Result "nope"' } },
    listCheckIns: () => list(),
  });
  const io = fakeIo({ env: api.env });
  let code = -1;
  const program = new Command('tidemark').option('--lang <lang>').option('--json').exitOverride();
  registerChart(program, {
    io,
    argv: args,
    async act(command, work) {
      code = await work({ io, settings: settingsOf(command.optsWithGlobals(), io) });
    },
  });
  try {
    await program.parseAsync(['chart', ...args], { from: 'user' });
  } catch (error) {
    code = reportError(error, io, false);
  }
  return { code, io };
}

const file = (name: string) => join(folder, name);

it('writes an SVG, and says in one line what it shows', async () => {
  const { code, io } = await run(['growth.wau', '--out', file('a.svg')], detailOf(onTrack));
  expect(io.err()).toBe('');
  expect(code).toBe(0);
  const svg = readFileSync(file('a.svg'), 'utf8');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="800" /);
  expect(svg).toContain('<title>Grow weekly active users</title>');
  expect(svg).toContain('>Today</text>');
  expect(io.out()).toContain(`${file('a.svg')}: Grow weekly active users: from `);
});

it('writes a PNG of the width that was asked for, in Chinese and dark', async () => {
  const args = ['growth.wau', '--out', file('a.PNG'), '--width', '500', '--theme', 'dark', '--lang', 'zh-CN'];
  const { code, io } = await run(args, detailOf(onTrack));
  expect(io.err()).toBe('');
  expect(code).toBe(0);
  const picture = decodePng(readFileSync(file('a.PNG')));
  expect(picture.width).toBe(1000);
  // #141b1a, the dark ground.
  expect([...picture.rgba.subarray(0, 3)]).toEqual([0x14, 0x1b, 0x1a]);
  expect(io.out()).toContain('目标');
});

it('calls a past day by its date and asks for it, never "today"', async () => {
  const past = {
    ...detailOf(onTrack),
    asOf: { at: '2026-02-20T15:59:59.999Z', day: '2026-02-20', partly: [] },
  };
  await run(['growth.wau', '--out', file('a.svg'), '--as-of', '2026-02-20'], {
    ...past,
    today: '2026-02-20',
  });
  expect(api.asked[0]?.query.get('asOf')).toBe('2026-02-20');
  const svg = readFileSync(file('a.svg'), 'utf8');
  expect(svg).toContain('>as of Feb 20</text>');
  expect(svg).not.toContain('>Today</text>');
  expect(svg).toContain('As it was believed on 2026-02-20');
});

it('says whose data it shows where they are of the sandbox', async () => {
  await run(['revenue.mrr', '--out', file('a.svg')], detailOf(offTrack));
  expect(readFileSync(file('a.svg'), 'utf8')).toContain('Off track · Sandbox data');
});

it.each([
  { row: accumulating, word: '>Running sum</text>' },
  { row: guardrail, word: '>Limits</text>' },
])('draws $row.key by its own words', async ({ row, word }) => {
  await run([row.key, '--out', file('a.svg')], detailOf(row));
  expect(readFileSync(file('a.svg'), 'utf8')).toContain(word);
});

it('marks when an alert fired and when it was over', async () => {
  const alert = {
    id: 'alr_1',
    kind: 'off_track',
    state: 'resolved' as const,
    since: '2026-02-01T00:00:00.000Z',
    // 17:00 in London is the next day in Shanghai, where the cycle lives.
    firedAt: '2026-02-02T17:00:00.000Z',
    resolvedAt: '2026-02-12T03:00:00.000Z',
  };
  await run(['growth.wau', '--out', file('a.svg')], { ...detailOf(onTrack), alerts: [alert] });
  const svg = readFileSync(file('a.svg'), 'utf8');
  expect(svg).toContain('<title>Grow weekly active users is off track</title>');
  expect(svg).toContain('<title>Grow weekly active users is no longer off track</title>');
});

it('writes a badge, and its JSON for shields', async () => {
  await run(['growth.wau', '--badge', '--out', file('b.svg')], detailOf(onTrack));
  expect(readFileSync(file('b.svg'), 'utf8')).toContain('>13,480 · On track</text>');
  await api.close();
  await run(['growth.wau', '--badge', '--out', file('b.json')], detailOf(onTrack));
  expect(JSON.parse(readFileSync(file('b.json'), 'utf8'))).toMatchObject({
    schemaVersion: 1,
    label: 'Grow weekly active users',
    message: '13,480 · On track',
  });
});

it('answers one JSON document with --json', async () => {
  const { io } = await run(['growth.wau', '--out', file('a.svg'), '--json'], detailOf(onTrack));
  expect(JSON.parse(io.out())).toMatchObject({ file: file('a.svg'), format: 'svg', keyResult: 'growth.wau' });
});

it.each([
  { args: ['k', '--out', 'chart.gif'], code: 2, says: 'chart.gif does not end in .svg or .png' },
  { args: ['k', '--out', 'chart'], code: 2, says: 'chart does not end in .svg or .png' },
  { args: ['k', '--out', 'chart.json'], code: 2, says: 'a chart is SVG or PNG' },
  { args: ['k', '--out', 'a.svg', '--width', '20'], code: 2, says: '--width "20" is not a number of pixels' },
  { args: ['k', '--out', 'a.svg', '--width', '5e2'], code: 2, says: '--width "5e2"' },
  { args: ['nope', '--out', 'a.svg'], code: 5, says: 'There is no Key Result "nope"' },
])('refuses $args with exit code $code and one sentence', async ({ args, code, says }) => {
  const { code: ended, io } = await run(args, null);
  expect(ended).toBe(code);
  expect(io.err().split('\n')[0]).toContain(says);
  expect(io.out()).toBe('');
});

it('says why a file cannot be written', async () => {
  const { code, io } = await run(['growth.wau', '--out', file('no/such/a.svg')], detailOf(onTrack));
  expect(code).toBe(1);
  expect(io.err()).toContain(`${file('no/such/a.svg')} cannot be written: there is no such folder`);
});

it('has no chart for steps that are done or not, and says what there is instead', async () => {
  const goal = { kind: 'milestone' as const, steps: [{ name: 'Ship', weight: 1, doneOnDay: null }] };
  const detail = { ...detailOf(onTrack), goal, source: null, targetValue: null };
  const { code, io } = await run(['growth.wau', '--out', file('a.svg')], detail);
  expect(code).toBe(2);
  expect(io.err()).toContain('no line to draw');
  await api.close();
  await run(['growth.wau', '--badge', '--out', file('b.svg')], detail);
  expect(readFileSync(file('b.svg'), 'utf8')).toContain('>0/1 · On track</text>');
});
