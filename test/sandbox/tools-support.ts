import { connectorById } from '../../connectors/registry.ts';
import type { Connector, ConnectorContext, PointReading } from '../../connectors/sdk/index.ts';
import {
  breakTool,
  type Fault,
  type FaultKind,
  type Sandbox,
  type Tool,
  writeState,
} from '../../sandbox/index.ts';
import { connections } from '../../src/cli/demo/casebook/connections.ts';
import { metrics } from '../../src/cli/demo/casebook/metrics.ts';
import { windowOf } from '../../src/domain/day.ts';
import { testContext } from '../connectors/support/context.ts';
import { NOW, openSandbox, temporaryStatePath } from './support.ts';

/** A metric of the demo for each tool: one that is not zero on all of the days below. */
const METRIC_OF: Readonly<Record<Tool, string>> = {
  github: 'lead-time',
  jira: 'hypotheses',
  codecov: 'coverage',
  app_store: 'app-store-rating',
  google_sheets: 'spend',
  google_play: 'google-play-rating',
  zendesk: 'tickets',
  typeform: 'nps',
  feed: 'posts',
  calendar: 'problem-interviews',
};
/** The last one is today, the only one that a page without history tells of. */
const DAYS = windowOf('2026-11-02', '2026-11-21', 'UTC');
/** Where nothing will come, this is waited for. */
const GIVE_UP_MS = 150;

export type OpenTools = {
  sandbox: Sandbox;
  /** From now on the tool fails so; null mends it. */
  set(tool: Tool, fault: FaultKind | Fault | null): void;
  /** What the demo reads of the tool, as the demo reads it. `config` differs from the demo's. */
  read(tool: Tool, config?: Record<string, unknown>): Promise<PointReading[]>;
  check(tool: Tool, config?: Record<string, unknown>): Promise<string>;
};

/** The sandbox's tools, read by the real connectors over the demo's own connections. */
export async function openTools(): Promise<OpenTools> {
  const statePath = temporaryStatePath();
  const sandbox = await openSandbox({}, statePath);
  /** Typeform counts two requests a second, whichever run they come from: there a run waits behind those before it. */
  const limiters = new Map<string, Promise<unknown>>();

  function start(
    tool: Tool,
    given: Record<string, unknown>,
  ): { connector: Connector; context: ConnectorContext<unknown> } {
    const draft = connections.find(({ connectorId }) => connectorId === tool);
    const connector = connectorById(tool);
    if (draft === undefined || connector === null) throw new Error(`the demo does not read ${tool}`);
    const config = connector.configSchema.parse({ ...draft.config(sandbox), ...given });
    const { context } = testContext(config, new URL(sandbox.url + (draft.path ?? '')), NOW);
    return {
      connector,
      context: {
        ...context,
        fetch: (input, init) => context.fetch(input, patient(sandbox.state().toolFaults?.[tool]?.kind, init)),
        shared<T>(key: string, make: () => Promise<T>): Promise<T> {
          if (key !== 'http-limiter:Typeform') return context.shared(key, make);
          const known = limiters.get(key) ?? make();
          limiters.set(key, known);
          return known as Promise<T>; // the key stands for one type
        },
      },
    };
  }

  return {
    sandbox,
    set: (tool, fault) => writeState(statePath, breakTool(sandbox.state(), tool, fault)),
    async read(tool, config = {}) {
      const { connector, context } = start(tool, config);
      const draft = metrics.find(({ key }) => key === METRIC_OF[tool]);
      const metric = connector.metrics[draft?.metric ?? ''];
      if (draft === undefined || metric === undefined) throw new Error(`${tool} has no ${METRIC_OF[tool]}`);
      const params: unknown = metric.paramsSchema.parse(draft.params);
      return (await metric.read(context, DAYS, params)).points;
    },
    async check(tool, config = {}) {
      const { connector, context } = start(tool, config);
      return (await connector.check(context)).account;
    },
  };
}

/** The guarded way out gives up by itself; here soon, where the fault is silence. */
function patient<Init extends { signal?: AbortSignal }>(kind: FaultKind | undefined, init: Init | undefined) {
  if (kind !== 'timeout' && kind !== 'drip') return init;
  const givenUp = new AbortController();
  setTimeout(() => givenUp.abort(new DOMException('waited long enough', 'TimeoutError')), GIVE_UP_MS);
  const signals = [givenUp.signal, ...(init?.signal === undefined ? [] : [init.signal])];
  return { ...init, signal: AbortSignal.any(signals) };
}
