import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something that the sandbox answered, and the name that the official client's declarations have for it. */
export type Answered = { type: string; value: object };

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const declarations = dirname(fileURLToPath(import.meta.resolve('stripe')));
const compiler = join(modules, '@typescript', 'native', 'bin', 'tsc');

/**
 * What the compiler has to say about answers, each written down as a literal of its declared type: a field that is missing or
 * not known, a value of another type, null where there is none. Enumerations, which the declarations leave open for values
 * to come, are closed here. Answers that differ in nothing but ids, numbers and texts are looked at once.
 */
export async function complaintsAbout(answers: readonly Answered[]): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'stripe-types-'));
  try {
    await cp(declarations, join(folder, 'stripe'), {
      recursive: true,
      filter: (path) => !/\.(js|map)$/.test(path),
    });
    await closeEnumerations(join(folder, 'stripe', 'shared.d.ts'));
    // What the client has made of an answer says how it came when it is written as JSON.
    const literals = differing(answers.map(({ type, value }) => ({ type, value: plain(value) })));
    const lines = literals.map(({ type, value }) => `take<Stripe.${type}>(${literal(value)});`);
    await writeFile(join(folder, 'answers.ts'), [...HEAD, ...lines, ''].join('\n'));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
    const found = new Map<string, string[]>();
    for (const [line, complaint] of await compile(folder)) {
      const { type } = literals[line - HEAD.length - 1] ?? { type: 'none' };
      found.set(type, [...(found.get(type) ?? []), complaint]);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const HEAD = [
  "import type { Stripe } from './stripe/stripe.esm.node.js';",
  'declare const decimal: (text: string) => Stripe.Decimal;',
  'declare function take<T>(answer: T): void;',
];

const configuration = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    typeRoots: [join(modules, '@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noErrorTruncation: true,
    noEmit: true,
    skipLibCheck: true,
  },
  files: ['answers.ts'],
};

/** @throws Error when the declarations no longer say in this one place what makes an enumeration open */
async function closeEnumerations(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const closed = text.replace(/^export type OtherString = .*;$/m, 'export type OtherString = never;');
  if (closed === text) throw new Error('found nothing that leaves enumerations open');
  await writeFile(path, closed);
}

function plain(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

function differing(answers: readonly Answered[]): Answered[] {
  const alike = (value: unknown): unknown => {
    if (typeof value === 'number') return 0;
    // Words of an enumeration are of small letters only; ids, times and names are not.
    return typeof value === 'string' && !/^[a-z_.]+$/.test(value) ? '' : value;
  };
  const found = new Map<string, Answered>();
  for (const answer of answers) {
    found.set(answer.type + JSON.stringify(answer.value, (_name, value: unknown) => alike(value)), answer);
  }
  return [...found.values()];
}

/** An answer as source text. Decimals go over the wire as texts, and are declared as a kind of their own. */
function literal(value: unknown, name = ''): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one)).join(', ')}]`;
  if (typeof value === 'string' && name.endsWith('_decimal')) return `decimal(${JSON.stringify(value)})`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([field, one]) => `${JSON.stringify(field)}: ${literal(one, field)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

/** The compiler's complaints, each with the line of its literal. */
function compile(folder: string): Promise<[number, string][]> {
  const options = { cwd: folder, maxBuffer: 1 << 28 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], options, (error, output) => {
      const found = output.split(/\n(?=\S)/).flatMap((complaint): [number, string][] => {
        const [, line, text] = /^answers\.ts\((\d+),\d+\): (.*)$/s.exec(complaint.trim()) ?? [];
        return line === undefined || text === undefined ? [] : [[Number(line), text]];
      });
      if (error !== null && found.length === 0) reject(new Error(output || error.message));
      else resolve(found);
    });
  });
}
