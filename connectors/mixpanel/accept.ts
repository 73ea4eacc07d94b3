import { type Acceptance, ConnectorError, nearNames } from '../sdk/index.ts';
import { createMixpanelClient, type MixpanelContext } from './client.ts';
import { funnelListSchema, namesSchema, propertiesSchema } from './schema.ts';

/** Enough names for any project of people; a list that is this long may have left some out. */
const MOST_NAMES = 1_000;
const MOST_PROPERTIES = 255;
const SHOWN_FUNNELS = 5;

/** What a definition names: events with the properties that are read of them, if any, and their filters. */
export type NamedEvent = { event: string; properties?: readonly string[]; where?: string | undefined };

/** Mixpanel's answers name no zone; the project's is known where its owner has said it. */
const nothing = ({ config }: MixpanelContext): Acceptance => ({
  problems: [],
  warnings: [],
  timeZone: config.timeZone ?? null,
  currency: null,
});

/**
 * Names that Mixpanel has not seen of late. They stop nothing: an event may be about to begin. One call for the names
 * of events, and one for each event of which properties are named.
 */
export async function acceptEvents(
  context: MixpanelContext,
  named: readonly NamedEvent[],
): Promise<Acceptance> {
  const warnings: string[] = [];
  const names = await eventNames(context);
  for (const event of new Set(named.map((one) => one.event))) {
    const known = names.includes(event);
    if (!known && names.length < MOST_NAMES) warnings.push(unknownEvent(event, names));
    const properties = named
      .filter((one) => one.event === event)
      .flatMap((one) => [...(one.properties ?? []), ...propertiesIn(one.where)]);
    // Of an event that never happened there are no properties to compare with.
    if (known && properties.length > 0) {
      warnings.push(...(await unknownProperties(context, event, properties)));
    }
  }
  return { ...nothing(context), warnings };
}

/** A funnel that is not there can never be read. */
export async function acceptFunnel(context: MixpanelContext, funnelId: number): Promise<Acceptance> {
  const funnels = await context.shared('mixpanel-funnels-list', () =>
    createMixpanelClient(context).query('/funnels/list', 'the list of funnels', funnelListSchema, {}),
  );
  if (funnels.some((funnel) => funnel.funnel_id === funnelId)) return nothing(context);
  const shown = funnels.slice(0, SHOWN_FUNNELS).map((funnel) => `${funnel.funnel_id} "${funnel.name}"`);
  const there = shown.length === 0 ? 'It has none.' : `There is ${shown.join(', ')}.`;
  return {
    ...nothing(context),
    problems: [`funnelId: this project has no saved funnel ${funnelId}. ${there}`],
  };
}

/**
 * Reads a saved report as the metric will: one of another type, a wrong number and a series that is not there are the
 * owner's to mend now. Whatever may be better in a minute is thrown on.
 */
export async function acceptReport(
  context: MixpanelContext,
  read: () => Promise<unknown>,
): Promise<Acceptance> {
  try {
    await read();
    return nothing(context);
  } catch (error) {
    const isOwners = error instanceof ConnectorError && ['config', 'schema_drift'].includes(error.errorClass);
    if (!isOwners || error.code === 'plan') throw error;
    return { ...nothing(context), problems: [`bookmarkId: ${error.message}`] };
  }
}

function eventNames(context: MixpanelContext): Promise<string[]> {
  return context.shared('mixpanel-names', () =>
    createMixpanelClient(context).query('/events/names', 'the names of events', namesSchema, {
      type: 'general',
      limit: MOST_NAMES,
    }),
  );
}

function unknownEvent(event: string, names: readonly string[]): string {
  return `event: Mixpanel has seen no "${event}" of late.${suggestion(nearNames(names, event))}`;
}

async function unknownProperties(
  context: MixpanelContext,
  event: string,
  properties: readonly string[],
): Promise<string[]> {
  const known = await context.shared(`mixpanel-properties:${event}`, () =>
    createMixpanelClient(context).query(
      '/events/properties/top',
      'the properties of an event',
      propertiesSchema,
      { event, limit: MOST_PROPERTIES },
    ),
  );
  const names = Object.keys(known);
  if (names.length >= MOST_PROPERTIES) return [];
  const missing = [...new Set(properties)].filter((name) => !names.includes(name));
  return missing.map(
    (name) =>
      `property: Mixpanel has seen no property "${name}" of "${event}" of late.${suggestion(nearNames(names, name))}`,
  );
}

function suggestion(near: readonly string[]): string {
  if (near.length === 0) return ' Check the name if that surprises you.';
  return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** Mixpanel keeps these apart from what was sent, and lists them nowhere. */
const BUILT_IN = new Set(['time', '$time', 'distinct_id', '$distinct_id', '$insert_id']);

/** The event's properties that a filter looks at; those of the user are not listed with events. */
export function propertiesIn(where: string | undefined): string[] {
  const found = (where ?? '').matchAll(/\b(?:properties|event)\s*\[\s*(?:"([^"]+)"|'([^']+)')\s*\]/g);
  return [...found].map(([, double, single]) => double ?? single ?? '').filter((name) => !BUILT_IN.has(name));
}
