import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type NameProblem, type Names, namesOf, renamed } from './names.ts';
import { registeredNames, withConnector } from './register.ts';

/** The folders of a connector, below the project's root. */
const PARTS = ['connectors', 'sandbox', 'test/connectors'] as const;
const REGISTRY = 'connectors/registry.ts';
const TEMPLATE = 'template';

export type Scaffold = {
  names: Names;
  /** Paths below the root, in order. */
  files: string[];
  isRegistered: boolean;
  /** Formatted as the project is; false where the formatter is not installed. */
  isFormatted: boolean;
};
export type ScaffoldProblem =
  | NameProblem
  | { code: 'no_checkout'; name: string }
  | { code: 'in_the_way'; name: string };

/** Whether a folder is a checkout that a connector can be made in: the template lies there beside the registry. */
function isCheckout(root: string): boolean {
  return existsSync(join(root, REGISTRY)) && PARTS.every((part) => existsSync(join(root, part, TEMPLATE)));
}

/**
 * Copies the template under a new name and adds it to the registry. Nothing that exists is written over, and what was
 * begun and failed is taken away again.
 */
export async function scaffold(
  root: string,
  name: string,
  title: string | undefined,
): Promise<Scaffold | ScaffoldProblem> {
  if (!isCheckout(root)) return { code: 'no_checkout', name: root };
  const registry = await readFile(join(root, REGISTRY), 'utf8');
  const names = namesOf(name, title, registeredNames(registry));
  if ('code' in names) return names;
  const folders = PARTS.map((part) => `${part}/${names.folder}`);
  const inTheWay = folders.find((folder) => existsSync(join(root, folder)));
  if (inTheWay !== undefined) return { code: 'in_the_way', name: inTheWay };

  const files = (await Promise.all(PARTS.map((part) => copied(root, part, names)))).flat();
  const next = withConnector(registry, names);
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { flag: 'wx' });
    }
    if (next !== null) await writeFile(join(root, REGISTRY), next);
  } catch (error) {
    for (const folder of folders) await rm(join(root, folder), { recursive: true, force: true });
    throw error;
  }
  const isFormatted = await format(root, [...folders, ...(next === null ? [] : [REGISTRY])]);
  return { names, files: files.map(({ path }) => path), isRegistered: next !== null, isFormatted };
}

async function copied(root: string, part: string, names: Names): Promise<{ path: string; text: string }[]> {
  const from = join(root, part, TEMPLATE);
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
    .toSorted();
  return Promise.all(
    paths.map(async (path) => ({
      path: join(part, names.folder, path),
      text: renamed(await readFile(join(from, path), 'utf8'), names),
    })),
  );
}

/** A longer name breaks lines elsewhere and sorts imports anew, which the project's formatter knows best. */
async function format(root: string, paths: string[]): Promise<boolean> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  if (!existsSync(biome)) return false;
  const run = promisify(execFile);
  return run(process.execPath, [biome, 'check', '--write', ...paths], { cwd: root }).then(
    () => true,
    () => false,
  );
}
