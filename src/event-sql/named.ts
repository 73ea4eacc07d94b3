import type { Dialect } from './dialect.ts';

/** Which events are meant: those of some names, or all but those of some names. */
export type Named = { only: readonly string[] } | { except: readonly string[] };

/** Events of a name as the domain reads it: `*` means any except those marked passive. */
export function named(name: string, passiveEvents: readonly string[] = []): Named {
  return name === '*' ? { except: passiveEvents } : { only: [name] };
}

export function isNamed(event: string, meant: Named, dialect: Dialect): string {
  const names = [...new Set('only' in meant ? meant.only : meant.except)].map((name) => dialect.text(name));
  if ('except' in meant) {
    return names.length === 0 ? `${event} IS NOT NULL` : `${event} NOT IN (${names.join(', ')})`;
  }
  return names.length === 1 ? `${event} = ${names[0]}` : `${event} IN (${names.join(', ')})`;
}

export function isAnyOf(event: string, several: readonly Named[], dialect: Dialect): string {
  const conditions = new Set(several.map((meant) => isNamed(event, meant, dialect)));
  return conditions.size === 1 ? [...conditions].join('') : `(${[...conditions].join(' OR ')})`;
}

/** Every name that is looked at; null when it may be any. */
export function namesOf(several: readonly Named[]): readonly string[] | null {
  const names = new Set<string>();
  for (const meant of several) {
    if ('except' in meant) return null;
    for (const name of meant.only) names.add(name);
  }
  return [...names];
}
