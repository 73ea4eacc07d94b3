/** A relation with a name, and the query that makes it; later ones may read earlier ones. */
export type Part = readonly [name: string, query: string];

/** One statement of named steps. Its lines are not indented: a line break may be in the middle of somebody's text. */
export function statement(parts: readonly Part[], last: string): string {
  const steps = parts.map(([name, query]) => `${name} AS (\n${query}\n)`);
  return `WITH ${steps.join(',\n')}\n${last}\n`;
}
