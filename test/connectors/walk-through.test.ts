import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseRecording } from '../../connectors/sdk/recording.ts';
import { projectRoot } from '../../src/project.ts';
import { type TempCheckout, tempCheckout } from './support/temp-checkout.ts';

/** The walk-through of `connectors/README.md`, typed by somebody who reads every line. */

type Block = { language: string; file: string | null; text: string };

const readme = readFileSync(join(projectRoot(), 'connectors/README.md'), 'utf8');
const section = /^## Building one[^\n]*\n(?<text>.*?)^## /ms.exec(readme)?.groups?.['text'] ?? '';
const blocks = [...section.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
  ([, language = '', file, text = '']): Block => ({ language, file: file ?? null, text }),
);

/** A file's block becomes that file, a shell's block is run, in the order of the page. */
const script = blocks
  .flatMap(({ file, language, text }) => {
    if (file !== null) return [`cat > ${file} <<'END_OF_BLOCK'`, `${text}END_OF_BLOCK`];
    return language === 'sh' ? [text] : [];
  })
  .join('\n');
const stated = blocks.find(({ language }) => language === 'text')?.text ?? '';

let checkout: TempCheckout;
let told: { code: number | null; out: string; err: string };
beforeAll(async () => {
  checkout = tempCheckout();
  told = await checkout.run(script);
}, 120_000);
afterAll(() => checkout.remove());

it('has a file for every part, and commands', () => {
  expect(blocks.filter(({ file }) => file !== null).map(({ file }) => file)).toEqual([
    'sandbox/coffee/server.ts',
    'sandbox/coffee/serve.ts',
    'connectors/coffee/schema.ts',
    'connectors/coffee/list.ts',
    'connectors/coffee/map.ts',
    'connectors/coffee/check.ts',
    'connectors/coffee/index.ts',
    'test/connectors/coffee/support/world.ts',
    'test/connectors/coffee/kit.test.ts',
    'test/connectors/coffee/readings.test.ts',
  ]);
  expect(blocks.filter(({ language }) => language === 'sh')).toHaveLength(3);
});

it('runs from nothing to a recording, and its connector passes the kit', () => {
  expect(told, `${told.out}\n${told.err}`).toMatchObject({ code: 0 });
  expect(told.out).toContain('Coffee Club is a connector now');
  expect(told.out).toMatch(/Test Files +2 passed/);
});

it('reads the points that the page states, at the provider and played again', () => {
  const lines = (text: string) => text.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  const wanted = lines(stated).filter((line) => line !== '');
  // The account, and three days.
  expect(wanted).toHaveLength(4);
  for (const line of wanted) {
    expect(
      lines(told.out).filter((found) => found === line),
      line,
    ).toHaveLength(2);
  }
  expect(told.err).toContain('The same points as recorded');
  const file = join(checkout.root, 'test/fixtures/coffee/recorded/revenue/recording.json');
  const recording = parseRecording(readFileSync(file, 'utf8'));
  const stand = wanted.slice(1).map((line) => line.split(' '));
  expect(recording.points.map(({ day, value }) => [day, value])).toEqual(stand);
  expect(readFileSync(file, 'utf8')).not.toContain('token-of-the-sandbox-0123');
});

it('shows each block as the formatter leaves it', async () => {
  const files = blocks.flatMap(({ file }) => (file === null ? [] : [file]));
  for (const file of files) {
    const block = blocks.find((each) => each.file === file);
    expect(readFileSync(join(checkout.root, file), 'utf8'), file).toBe(block?.text);
  }
});
