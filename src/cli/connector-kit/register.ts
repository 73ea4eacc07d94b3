import type { Names } from './names.ts';

/** The two lines that a connector has in `connectors/registry.ts`. */
export function registryLines({ camel, folder, id }: Names): { importLine: string; entryLine: string } {
  return {
    importLine: `import { ${camel} } from './${folder}/index.ts';`,
    entryLine: id === camel ? `  ${id},` : `  ${id}: ${camel},`,
  };
}

/** Ids that the registry has, and the names that its imports bring. */
export function registeredNames(registry: string): Set<string> {
  const entries = [...registry.matchAll(/^ {2}(\w+)[,:]/gm)].map(([, id = '']) => id);
  const imported = [...registry.matchAll(/^import (?:type )?(?:\{ (\w+) \}|\* as (\w+))/gm)];
  return new Set([...entries, ...imported.map(([, one, all]) => one ?? all ?? '')]);
}

/** The registry with a connector more, or null where it does not look as it is known to. */
export function withConnector(registry: string, names: Names): string | null {
  const { entryLine, importLine } = registryLines(names);
  const lines = registry.split('\n');
  const imports = lines.flatMap((line, at) => (/^import .* from '\.\/.*';$/.test(line) ? [at] : []));
  const sourceOf = (line: string): string => /from '(.*)';$/.exec(line)?.[1] ?? '';
  const begin = lines.findIndex((line) => line.startsWith('export const connectors'));
  const end = lines.indexOf('};', begin);
  const lastImport = imports.at(-1);
  if (begin < 0 || end < 0 || lastImport === undefined) return null;
  const later = imports.find((at) => sourceOf(lines[at] ?? '') > sourceOf(importLine));
  const importAt = later ?? lastImport + 1;
  return [
    ...lines.slice(0, importAt),
    importLine,
    ...lines.slice(importAt, end),
    entryLine,
    ...lines.slice(end),
  ].join('\n');
}
