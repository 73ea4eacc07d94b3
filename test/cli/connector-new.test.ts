import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namesOf, renamed } from '../../src/cli/connector-kit/names.ts';
import { registeredNames, withConnector } from '../../src/cli/connector-kit/register.ts';
import { main } from '../../src/cli/main.ts';
import { type TempCheckout, tempCheckout } from '../connectors/support/temp-checkout.ts';
import { fakeIo } from './support/fake-io.ts';

let checkout: TempCheckout;
beforeAll(() => {
  checkout = tempCheckout();
});
afterAll(() => checkout.remove());

const make = async (args: string[], lang = 'en_US.UTF-8') => {
  const io = fakeIo({ env: { LANG: lang } });
  const code = await main(['connector', 'new', ...args, '--dir', checkout.root], io);
  return { code, out: io.out(), err: io.err() };
};
const registry = () => readFileSync(join(checkout.root, 'connectors/registry.ts'), 'utf8');

describe('connector new', () => {
  it('makes a connector that is formatted, lints, has types and passes its tests', async () => {
    const { code, err, out } = await make(['tea-house', '--title', 'Tea & Co. (EU)']);
    expect(code, err).toBe(0);
    expect(out).toContain('Tea & Co. (EU) is a connector now');
    expect(out).toContain('connectors/tea-house/index.ts');
    expect(registry()).toContain("import { teaHouse } from './tea-house/index.ts';");
    expect(registry()).toContain('  tea_house: teaHouse,\n');

    const folders = 'connectors/tea-house sandbox/tea-house test/connectors/tea-house';
    const options = { extends: './tsconfig.json', include: folders.split(' '), exclude: [] };
    writeFileSync(join(checkout.root, 'tsconfig.tea.json'), JSON.stringify(options));
    const steps = [
      `npx biome check ${folders} connectors/registry.ts`,
      `npx oxlint --type-aware ${folders}`,
      'node node_modules/@typescript/native/bin/tsc --noEmit -p tsconfig.tea.json',
      'TIDEMARK_TEST_NO_DATABASE=1 npx vitest run test/connectors/tea-house',
    ];
    const tried = await checkout.run(steps.join('\n'));
    expect(tried, `${tried.out}\n${tried.err}`).toMatchObject({ code: 0 });
    expect(tried.out).toMatch(/Test Files +2 passed/);
    // Nothing of the template's own names is left.
    const left = await checkout.run(`grep -rniE "template|New Provider" ${folders} || true`);
    expect(left.out).toBe('');
  });

  it('says in Chinese what it made and what comes next', async () => {
    const { code, out } = await make(['water'], 'zh_CN.UTF-8');
    expect(code).toBe(0);
    expect(out).toContain('已创建连接器 Water');
    expect(out).toContain('已登记到 connectors/registry.ts。');
  });

  it('answers with one document where that was asked for', async () => {
    const { out } = await make(['milk-bar', '--json']);
    expect(JSON.parse(out)).toMatchObject({ id: 'milk_bar', title: 'Milk Bar', isRegistered: true });
  });

  it.each([
    { name: 'Tea', exit: 2, says: '"Tea" is no name for a connector' },
    { name: '../tea', exit: 2, says: '"../tea" is no name for a connector' },
    { name: 'tea/house', exit: 2, says: 'no name for a connector' },
    { name: 'tea--house', exit: 2, says: 'no name for a connector' },
    { name: '1tea', exit: 2, says: 'no name for a connector' },
    { name: 't'.repeat(41), exit: 2, says: 'no name for a connector' },
    { name: 'delete', exit: 2, says: '"delete" is a word that the code keeps for itself' },
    { name: 'sdk', exit: 2, says: 'a word that the code keeps for itself' },
    { name: 'template', exit: 2, says: 'a word that the code keeps for itself' },
    { name: 'stripe', exit: 6, says: 'There is a connector "stripe" already' },
    { name: 'http-json', exit: 6, says: 'There is a connector "http-json" already' },
    { name: 'app-store', exit: 6, says: 'There is a connector "app-store" already' },
  ])('refuses the name $name with one sentence, and makes nothing', async ({ exit, name, says }) => {
    const before = registry();
    const { code, err, out } = await make([name]);
    expect(code).toBe(exit);
    expect(out).toBe('');
    expect(err.split('\n')[0]).toContain(says);
    expect(err.trim().split('\n')).toHaveLength(2); // what, and what to do
    expect(registry()).toBe(before);
  });

  it.each(["Tea's", '`Tea`', 'a\nb', '', '*/'])(
    'refuses the title %j, which would not stand in the code',
    async (title) => {
      const { code, err } = await make(['rooibos', '--title', title]);
      expect(code).toBe(2);
      expect(err).toContain('cannot be a title');
    },
  );

  it('writes nothing over: a folder that is there is in the way', async () => {
    const tried = await checkout.run('mkdir -p sandbox/cocoa && echo mine > sandbox/cocoa/notes.txt');
    expect(tried.code).toBe(0);
    const { code, err } = await make(['cocoa']);
    expect(code).toBe(6);
    expect(err).toContain('sandbox/cocoa exists, and nothing is written over');
    expect(registry()).not.toContain('cocoa');
  });

  it('leaves a registry alone that does not look as expected, and prints the two lines', async () => {
    const file = join(checkout.root, 'connectors/registry.ts');
    const before = registry();
    const other = before.replace('export const connectors', 'export const all');
    writeFileSync(file, other);
    try {
      const { code, out } = await make(['juice']);
      expect(code).toBe(0);
      expect(registry()).toBe(other);
      expect(out).toContain("  import { juice } from './juice/index.ts';\n  juice,\n");
    } finally {
      writeFileSync(file, before);
    }
  });

  it('says that a folder is no checkout', async () => {
    const io = fakeIo();
    expect(await main(['connector', 'new', 'tea', '--dir', join(checkout.root, 'src')], io)).toBe(1);
    expect(io.err()).toMatch(/is no checkout of Tidemark\nA connector is made where the sources are/);
  });
});

it('keeps every name out that the template itself brings into a file', () => {
  const files = ['index.ts', 'client.ts', 'list.ts', 'map.ts', 'check.ts', 'config.ts', 'schema.ts'];
  const texts = [
    ...files.map((file) => readFileSync(join(checkout.root, 'connectors/template', file), 'utf8')),
    readFileSync(join(checkout.root, 'test/connectors/template/kit.test.ts'), 'utf8'),
    readFileSync(join(checkout.root, 'test/connectors/template/support/server.ts'), 'utf8'),
    registry(),
  ];
  const brought = texts.flatMap((text) => [
    ...[...text.matchAll(/^(?:export )?(?:const|function|async function|type) (\w+)/gm)].map(
      ([, name = '']) => name,
    ),
    ...[...text.matchAll(/^import (?:type )?\{([^}]*)\}/gms)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    ),
  ]);
  const types = brought.flatMap(
    (name) => /^([A-Z][a-z0-9]*)(?:Config|Context|Server|World)$/.exec(name)?.[1] ?? [],
  );
  // Only names that a connector could have: a single lower-case word.
  const words = [...new Set([...brought, ...types.map((name) => name.toLowerCase())])].filter((name) =>
    /^[a-z][a-z0-9]*$/.test(name),
  );
  expect(words).toContain('limits');
  const free = words.filter((word) => !('code' in namesOf(word, undefined, registeredNames(registry()))));
  expect(free).toEqual([]);
});

it('spells a name as each place asks for', () => {
  const names = namesOf('google-sheets-2', undefined, new Set());
  expect(names).toEqual({
    folder: 'google-sheets-2',
    id: 'google_sheets_2',
    camel: 'googleSheets2',
    pascal: 'GoogleSheets2',
    title: 'Google Sheets 2',
  });
  if ('code' in names) throw new Error('refused');
  const text =
    "id: 'template', import '../template/x.ts'; createTemplateClient(templateServer) // New Provider";
  expect(renamed(text, names)).toBe(
    "id: 'google_sheets_2', import '../google-sheets-2/x.ts'; createGoogleSheets2Client(googleSheets2Server) // Google Sheets 2",
  );
  expect(withConnector('nothing that is known', names)).toBeNull();
});
