import type { Notice } from './account-notices.ts';
import { sourceFailed } from './check-connection.ts';
import { AppError } from './errors.ts';
import { keepAccount } from './keep-account.ts';
import type { AcceptOutcome, AccountRecord, Actor, ConnectionRecord, Deps, ExchangeRecord } from './ports.ts';

/** A definition that a provider is asked about, with checked parameters. */
export type AskedDefinition = {
  connection: ConnectionRecord;
  metric: string;
  params: Record<string, unknown>;
};
export type Accepted = { warnings: Notice[]; exchanges: ExchangeRecord[]; account: AccountRecord | null };
/** @throws AppError when the provider cannot answer the definition, or refuses the key */
export type AskProvider = (asked: AskedDefinition) => Promise<Accepted>;

type AskDeps = Pick<Deps, 'audit' | 'clock' | 'connectors' | 'sources'>;

/** So long somebody who names a metric may wait for the provider's word on it. */
const PATIENCE_MS = 20_000;

/**
 * Asks providers whether they can answer a definition, before anything is stored for it. What an owner has to mend, such
 * as a name that does not exist or a key that is refused, is an error. A provider that does not answer now costs nobody
 * their work: the definition is taken with a warning that it was not checked, and its first read will tell.
 *
 * @param known what else is going to be asked: definitions of one connection are asked about together
 */
export function askProviders(
  deps: AskDeps,
  actor: Actor,
  { known = [], signal = null }: { known?: readonly AskedDefinition[]; signal?: AbortSignal | null } = {},
): AskProvider {
  const outcomes = new Map<string, Promise<Map<string, AcceptOutcome>>>();
  return async (asked) => {
    const { connection } = asked;
    const now = await deps.clock.now();
    if (connection.blockedUntil !== null && connection.blockedUntil > now) {
      const until = connection.blockedUntil.toISOString();
      return unasked(connection, `It asked for quiet until ${until}.`, []);
    }
    const together = [asked, ...known.filter(({ connection: { id } }) => id === connection.id)];
    const ask = () => askTogether(deps, connection, together, now, signal);
    let answers = await (outcomes.get(connection.id) ?? remember(outcomes, connection.id, ask()));
    if (!answers.has(nameOf(asked))) answers = await remember(outcomes, connection.id, ask());
    return judge(deps, actor, asked, answers.get(nameOf(asked)) as AcceptOutcome); // it was just asked about
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value);
  return value;
}

async function askTogether(
  { connectors }: AskDeps,
  connection: ConnectionRecord,
  together: readonly AskedDefinition[],
  now: Date,
  signal: AbortSignal | null,
): Promise<Map<string, AcceptOutcome>> {
  const each = new Map(together.map((asked) => [nameOf(asked), asked]));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const either = signal === null ? patience : AbortSignal.any([signal, patience]);
  const answers = await connectors.accept(connection, [...each.values()], now, either);
  signal?.throwIfAborted();
  return new Map([...each.keys()].map((name, index) => [name, answers[index] as AcceptOutcome])); // one answer each, in the same order
}

async function judge(
  deps: AskDeps,
  actor: Actor,
  { connection, metric }: AskedDefinition,
  outcome: AcceptOutcome,
): Promise<Accepted> {
  const { exchanges } = outcome;
  if (!outcome.ok) {
    const { failure } = outcome;
    if (failure.hint !== null) throw sourceFailed(connection, failure);
    return unasked(connection, failure.message, exchanges);
  }
  const { acceptance } = outcome;
  const { problems } = acceptance;
  const account = await keepAccount(deps, actor, connection, acceptance);
  if (problems.length > 0) {
    throw new AppError(
      'invalid',
      'validation',
      `${connection.title} cannot answer ${metric}: ${problems.join(' ')}`,
      `Nothing was stored. What it can measure: tidemark connection metrics ${connection.key}`,
      { errors: problems.map((detail) => ({ pointer: '/params', code: 'not_accepted', detail })) },
    );
  }
  const warnings = acceptance.warnings.map((text): Notice => ({ code: 'provider', values: { text } }));
  return { warnings, exchanges, account };
}

function unasked(connection: ConnectionRecord, why: string, exchanges: ExchangeRecord[]): Accepted {
  const warnings = [{ code: 'not_asked', values: { connection: connection.title, why } }];
  return { warnings, exchanges, account: connection.account };
}

function nameOf({ metric, params }: AskedDefinition): string {
  return JSON.stringify([metric, params]);
}
