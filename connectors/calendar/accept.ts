import { type Acceptance, nearNames } from '../sdk/index.ts';
import { type CalendarContext, readCalendar } from './client.ts';
import type { EventParams } from './params.ts';
import { hasTag, tagsOf } from './tag.ts';

const SHOWN = 5;

/**
 * Whether an event carries the tag. A tag comes into being with the first event that has it, which may still be to come: that
 * is a warning, and refuses nothing. One call.
 */
export async function acceptEvents(context: CalendarContext, { tag }: EventParams): Promise<Acceptance> {
  const warnings: string[] = [];
  if (tag !== undefined) {
    const { events } = await readCalendar(context);
    if (!events.some(hasTag(tag))) {
      const names = new Map(events.flatMap(tagsOf).map((name) => [name.toLowerCase(), name]));
      const none = `tag: none of the ${events.length} events has "${tag}".`;
      warnings.push(
        `${none}${suggestion([...names.values()], tag)} It counts from the first event with it on.`,
      );
    }
  }
  return { problems: [], warnings, timeZone: null, currency: null };
}

function suggestion(names: readonly string[], wanted: string): string {
  const near = nearNames(names, wanted);
  if (near.length > 0) return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return ' The events have no categories, and no word with # in their titles.';
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`);
  return ` There is ${shown.join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`;
}
