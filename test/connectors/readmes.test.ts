import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as presets from '../../connectors/http-json/presets/index.ts';
import { connectors } from '../../connectors/registry.ts';
import { projectRoot } from '../../src/project.ts';

const folder = join(projectRoot(), 'connectors');
const presetIds = new Set(Object.values(presets).map(({ id }) => id));

/** The folder of a connector: presets are files of data in that of HTTP JSON. */
const folderOf = (id: string): string => (presetIds.has(id) ? 'http-json' : id.replaceAll('_', '-'));

/** What a page has to tell, where it tells it, and by which words that is seen. */
const WANTED: { section: RegExp; holds: RegExp; tells: string }[] = [
  { section: /\bkeys?\b|\baddress\b|\baccess\b/i, holds: /\S/, tells: 'which key (a section "The key")' },
  {
    section: /\bkeys?\b|\baddress\b|\baccess\b/i,
    holds: /scope|right|permission|role|read access|may only read|read[- ]only|SELECT|public/i,
    tells: 'which rights or scopes the key needs (in "The key")',
  },
  { section: /^limits\b/i, holds: /\d/, tells: 'its limits, with numbers (a section "Limits")' },
  { section: /^what a point means/i, holds: /\S/, tells: 'what a point means (a section of that name)' },
  {
    section: /^(?:what a point means|when it settles)/i,
    holds: /settle/i,
    tells: 'when a point settles (in "What a point means")',
  },
  { section: /^not covered/i, holds: /\S/, tells: 'what is not covered (a section "Not covered")' },
];

/** What a page leaves out. A section goes to the next one of its level. */
function missingFrom(text: string): string[] {
  const sections = text.split(/^## /m).slice(1);
  return WANTED.filter(({ holds, section }) => {
    const found = sections.filter((each) => section.test(each.split('\n', 1)[0] ?? ''));
    return !found.some((each) => holds.test(each.slice(each.indexOf('\n'))));
  }).map(({ tells }) => tells);
}

const folders = [...new Set([...Object.keys(connectors).map(folderOf), 'template'])];

it.each(folders)('connectors/%s/README.md says what its owner has to know', (name) => {
  const file = join(folder, name, 'README.md');
  expect(existsSync(file), `connectors/${name} has no README.md`).toBe(true);
  expect(missingFrom(readFileSync(file, 'utf8'))).toEqual([]);
});

it('a page without one of them is found', () => {
  const page = readFileSync(join(folder, 'template/README.md'), 'utf8');
  expect(missingFrom(page.replace('settles', 'is done'))).toEqual([
    'when a point settles (in "What a point means")',
  ]);
  expect(missingFrom(page.replace('## Limits', '## Other'))).toEqual([
    'its limits, with numbers (a section "Limits")',
  ]);
  expect(missingFrom('# Nothing')).toHaveLength(WANTED.length);
});
