import { ga4 } from './ga4/index.ts';
import { mixpanel } from './mixpanel/index.ts';
import type { Connector } from './sdk/index.ts';
import { sql } from './sql/index.ts';
import { stripe } from './stripe/index.ts';

/** Every connector there is, by id. */
export const connectors: Record<string, Connector> = { stripe, ga4, mixpanel, sql };

/** The connector of that id, or null when there is none. */
export function connectorById(id: string): Connector | null {
  return Object.hasOwn(connectors, id) ? (connectors[id] ?? null) : null;
}
