import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/registry.ts';
import type { Connector } from '../../connectors/sdk/index.ts';
import { parseRecording, RECORDING_FILE } from '../../connectors/sdk/recording.ts';
import { differingDays, replayReading } from '../../connectors/sdk/replay.ts';
import type { QuotaStore, Vault } from '../../src/app/ports.ts';
import type { Egress } from '../../src/egress/index.ts';
import { translator } from '../../src/i18n/index.ts';
import { projectRoot } from '../../src/project.ts';
import { markedTitleOf } from '../../src/web/connector-title.ts';
import { createSources } from '../../src/wiring/sources.ts';
import { EXCHANGES, type Exchange } from './support/exchanges.ts';

const root = projectRoot();

/** Every recording that there is, by its path. */
const recordings = readdirSync(join(root, 'test/fixtures'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith(`/${RECORDING_FILE}`))
  .map((path) => ({
    path,
    recording: parseRecording(readFileSync(join(root, 'test/fixtures', path), 'utf8')),
  }));
const recordedIds = new Set(recordings.map(({ recording }) => recording.connector));

/** One sentence for each connector that seems to be more than it is, or less. */
function wrongMarks(
  all: Record<string, Connector>,
  listed: Record<string, Exchange>,
  recorded: ReadonlySet<string>,
): string[] {
  return Object.values(all).flatMap(({ experimental, id }) => {
    const isBacked = Object.hasOwn(listed, id) || recorded.has(id);
    if (experimental === true || isBacked) return [];
    return [
      `${id}: mark it experimental, record an exchange (tidemark connector record), or say in test/connectors/support/exchanges.ts where one is`,
    ];
  });
}

describe('what stands behind a connector', () => {
  it('is an exchange with its provider, or it is marked experimental', () => {
    expect(wrongMarks(connectors, EXCHANGES, recordedIds)).toEqual([]);
  });

  it('is missed where there is none', () => {
    const { stripe } = connectors;
    if (stripe === undefined) throw new Error('Stripe is missing');
    const bold = { ...stripe, id: 'bold' };
    expect(wrongMarks({ bold }, EXCHANGES, recordedIds)).toEqual([
      expect.stringMatching(/^bold: mark it experimental/),
    ]);
    expect(wrongMarks({ bold: { ...bold, experimental: true } }, EXCHANGES, recordedIds)).toEqual([]);
    expect(wrongMarks({ bold }, EXCHANGES, new Set(['bold']))).toEqual([]);
  });

  it('is listed for connectors that there are, and with tests that there are', () => {
    expect(Object.keys(EXCHANGES).filter((id) => !Object.hasOwn(connectors, id))).toEqual([]);
    const tests = Object.values(EXCHANGES).flatMap((exchange) => exchange.tests);
    expect(tests.length).toBeGreaterThan(5);
    expect(tests.filter((path) => !existsSync(join(root, 'test', path)))).toEqual([]);
  });

  it('is played again to the same points, from each recording', async () => {
    for (const { path, recording } of recordings) {
      const connector = connectors[recording.connector];
      expect(connector, path).toBeDefined();
      if (connector === undefined) continue;
      const { reading } = await replayReading(connector, recording);
      expect(differingDays(recording, reading), path).toEqual([]);
    }
  });
});

describe('the mark', () => {
  const marked = Object.values(connectors).filter(({ experimental }) => experimental === true);

  it('is told by the API of each such connector, and of no other', () => {
    // Only asked what there is: nothing goes out, and nothing is opened.
    const sources = createSources({} as Egress, {} as Vault, {} as QuotaStore);
    const told = sources.list().filter(({ experimental }) => experimental === true);
    expect(told.map(({ id }) => id)).toEqual(marked.map(({ id }) => id));
  });

  it.each([
    { lang: 'en', shown: 'GitHub (experimental)', plain: 'Stripe' },
    { lang: 'zh-CN', shown: 'GitHub（实验性）', plain: 'Stripe' },
  ] as const)('is on the page beside the provider of a connection ($lang)', ({ lang, plain, shown }) => {
    const t = translator(lang);
    expect(markedTitleOf(t, 'github', { title: 'GitHub', experimental: true })).toBe(shown);
    expect(markedTitleOf(t, 'stripe', { title: 'Stripe' })).toBe(plain);
  });

  it('is at the head of the README of each such connector', () => {
    const folder = (id: string) => join(root, 'connectors', id.replaceAll('_', '-'), 'README.md');
    const own = marked.filter(({ id }) => existsSync(folder(id)));
    const presets = readFileSync(folder('http_json'), 'utf8');
    expect(own.length).toBeGreaterThan(1);
    const silent = [
      ...own.filter(({ id }) => !/^.{0,600}\bexperimental\b/is.test(readFileSync(folder(id), 'utf8'))),
      ...marked.filter((each) => !own.includes(each) && !presets.includes(`\`${each.id}\` (experimental)`)),
    ];
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('is in the table of the README for each such connector', () => {
    const table = readFileSync(join(root, 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ') && /\((all )?experimental\)/i.test(line));
    expect(marked.length).toBeGreaterThan(5);
    const unmarked = marked.filter(({ title }) => !table.some((line) => line.split('|')[1]?.includes(title)));
    expect(unmarked.map(({ title }) => `README.md does not call ${title} experimental`)).toEqual([]);
  });
});
