/**
 * Stored JSON with its instants as dates again: they are the texts named "at" or "…At". Metadata is people's own words
 * and stays what it is, whatever its names end in.
 */
export function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  const whole: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === 'metadata') whole[name] = part;
    else if (typeof part === 'string') whole[name] = isMoment(name) ? new Date(part) : part;
    else whole[name] = revive(part);
  }
  return whole;
}

const isMoment = (name: string): boolean => name === 'at' || name.endsWith('At');
