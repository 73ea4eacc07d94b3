import type { MixpanelConfig } from '../../../../connectors/mixpanel/config.ts';
import { mixpanel } from '../../../../connectors/mixpanel/index.ts';
import {
  type CollectedEnd,
  type CollectedEvent,
  type ConnectorContext,
  ConnectorError,
  type Exchange,
  type Quota,
} from '../../../../connectors/sdk/index.ts';
import { createEgress } from '../../../../src/egress/index.ts';
import type { Project } from '../../../sandbox/mixpanel-support.ts';
import { testContext } from '../../support/context.ts';
import { CONFIG } from './read.ts';

export type Taken = {
  firstDay: string;
  lastDay: string;
  names: readonly string[] | null;
  throughAt: Date | null;
  events: CollectedEvent[];
} & CollectedEnd;

export type Asked = {
  now: string;
  startDay: string;
  names?: readonly string[] | null;
  state?: unknown;
  config?: Partial<MixpanelConfig>;
  quota?: Quota;
  /** Takes no more than so many of each batch. */
  most?: number;
};

/** The batches that were whole, and what stopped the next one. */
export type Outcome = { taken: Taken[]; failure: ConnectorError | null; exchanges: Exchange[] };

/** The way out that runs have: it reads streams as they do. */
const opened = new Map<string, ReturnType<typeof createEgress>>();
export async function closeEgress(): Promise<void> {
  await Promise.all([...opened.values()].map((egress) => egress.close()));
  opened.clear();
}

export function collectContext(endpoint: URL, { config = {}, now, quota }: Asked) {
  const given = { ...CONFIG, ...config };
  const { context, exchanges, stop } = testContext<MixpanelConfig>(given, endpoint, new Date(now));
  const { hostname: host, port } = endpoint;
  const egress =
    opened.get(endpoint.host) ?? createEgress({ allow: [{ kind: 'host', host, port: Number(port) }] });
  opened.set(endpoint.host, egress);
  const all: ConnectorContext<MixpanelConfig> = {
    ...context,
    fetch: egress.fetch,
    ...(quota === undefined ? {} : { quota }),
  };
  return { context: all, exchanges, stop };
}

/** Reads to the end, or to the first failure, as a run does. */
export async function collect(endpoint: URL, asked: Asked): Promise<Outcome> {
  const { context, exchanges } = collectContext(endpoint, asked);
  const { most = Number.POSITIVE_INFINITY, names = null, startDay, state = null } = asked;
  const collector = mixpanel.events;
  if (collector === undefined) throw new Error('Mixpanel hands over no events');
  const taken: Taken[] = [];
  try {
    for await (const { ended, events, ...days } of collector.read(context, { names, startDay, state })) {
      const own: CollectedEvent[] = [];
      if (most > 0) {
        for await (const event of events) {
          own.push(event);
          if (own.length >= most) break;
        }
      }
      taken.push({ ...days, events: own, ...ended() });
    }
    return { taken, failure: null, exchanges };
  } catch (error) {
    if (error instanceof ConnectorError) return { taken, failure: error, exchanges };
    throw error;
  }
}

/** The connection of a sandbox project. */
export function access({ access: { projectId, secret, username } }: Project): Partial<MixpanelConfig> {
  return { projectId, serviceAccount: username, serviceAccountSecret: secret };
}
