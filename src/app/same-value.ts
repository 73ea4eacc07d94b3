/** Two values as JSON keeps them are equal whatever the order of their names: the database sorts them its own way. */
export function sameValue(left: unknown, right: unknown): boolean {
  return writtenValue(left) === writtenValue(right);
}

/** The value as text, with names in order. */
export function writtenValue(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value) ?? 'nothing';
  }
  return JSON.stringify(Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
