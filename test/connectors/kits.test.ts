import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as presets from '../../connectors/http-json/presets/index.ts';
import { connectors } from '../../connectors/registry.ts';
import { projectRoot } from '../../src/project.ts';

const tests = join(projectRoot(), 'test/connectors');
const presetIds = new Set(Object.values(presets).map(({ id }) => id));

/** Where the kit works out no values for days of other zones, and why it need not. */
const DAYS_ELSEWHERE: Record<string, string> = {
  ga4: 'the property cuts its days, and every other zone is refused',
  'google-play': 'reports name no zone, and their days are taken as they stand (readings.test.ts)',
  mixpanel: 'the project cuts its days, and every other zone is refused',
  stripe: 'it mirrors objects; days are cut over the ledger (mirror/)',
};

/** What the kits of a connector leave out. `kits` are the texts of its tests. */
function missingFrom(name: string, kits: readonly string[]): string[] {
  const missing: string[] = [];
  if (!kits.some((text) => /\b(connector|mirror)Kit\(/.test(text))) {
    missing.push(`${name}: test/connectors/${name}/kit.test.ts has to run connectorKit over every metric`);
  }
  if (!kits.some((text) => /^\s*startEmpty:/m.test(text))) {
    missing.push(`${name}: give the kit startEmpty, and each metric what nothing means (empty)`);
  }
  const cutsDays = !Object.hasOwn(DAYS_ELSEWHERE, name);
  if (cutsDays && !kits.some((text) => /^\s*zones:/m.test(text))) {
    missing.push(`${name}: give a metric of the kit its values in other zones (zones), near a midnight`);
  }
  return missing;
}

const folders = [
  ...new Set(
    Object.keys(connectors).map((id) => (presetIds.has(id) ? 'http-json' : id.replaceAll('_', '-'))),
  ),
  'template',
];

it.each(folders)('the kit of %s plays everything that a kit can play', (name) => {
  const folder = join(tests, name);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.test.ts')) : [];
  expect(
    missingFrom(
      name,
      files.map((file) => readFileSync(join(folder, file), 'utf8')),
    ),
  ).toEqual([]);
});

it('a kit that leaves something out is found', () => {
  expect(missingFrom('tea', ['const checks = connectorKit({\n  startEmpty: x,\n'])).toEqual([
    'tea: give a metric of the kit its values in other zones (zones), near a midnight',
  ]);
  expect(missingFrom('tea', [])).toHaveLength(3);
});
