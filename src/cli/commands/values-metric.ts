import { parseCount } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parsePairs } from '../key-values.ts';
import { showCreated } from '../show.ts';

export type ValuesMetricOptions = {
  title?: string;
  kind?: string;
  unit?: string;
  currency?: string;
  timeZone?: string;
  staleAfter?: string;
  connection?: string;
  metric?: string;
  param?: string[];
  historyDays?: string;
  formula?: string;
};

const kinds = ['flow', 'stock', 'ratio', 'distribution', 'distinct'] as const;

/** `tidemark metric add KEY --values`: a number whose values people or programs bring. */
export async function valuesMetricAddCommand(
  context: Context,
  key: string,
  options: ValuesMetricOptions,
): Promise<number> {
  refuseReading(options);
  const { currency, timeZone, title, unit } = options;
  const kind = options.kind === undefined ? undefined : kindOf(options.kind);
  const params = parsePairs(options.param ?? [], '--param');
  if (options.metric === undefined && (kind === undefined || unit === undefined)) {
    throw usageError(
      `What kind of number is "${key}", and what does it count in?`,
      'Give --kind and --unit, such as --kind flow --unit count, or --metric to name what it is in the catalog.',
    );
  }
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createValuesMetric', {
      body: {
        key,
        ...(title === undefined ? {} : { title }),
        ...(kind === undefined ? {} : { kind }),
        ...(unit === undefined ? {} : { unit }),
        ...(currency === undefined ? {} : { currency }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(options.staleAfter === undefined
          ? {}
          : { staleAfterDays: parseCount(options.staleAfter, '--stale-after') }),
        ...(options.metric === undefined ? {} : { definition: { metric: options.metric, params } }),
      },
    });
    showCreated(
      context,
      answer,
      `Metric ${answer.key} is saved. Next: tidemark push ${answer.key} --value NUMBER`,
    );
    return exitCodes.done;
  });
}

/** What only a metric with values of its own has. @throws CliError when the metric has none */
export function refuseValueFlags({ currency, kind }: Pick<ValuesMetricOptions, 'currency' | 'kind'>): void {
  const flag = kind !== undefined ? '--kind' : currency !== undefined ? '--currency' : null;
  if (flag !== null) throw usageError(`${flag} belongs to --values: a source says it itself`);
}

function refuseReading({ connection, formula, historyDays }: ValuesMetricOptions): void {
  const flags = { '--connection': connection, '--formula': formula, '--history-days': historyDays };
  const strange = Object.entries(flags).find(([, value]) => value !== undefined);
  if (strange === undefined) return;
  throw usageError(
    `${strange[0]} does not go with --values: nothing is read or computed`,
    'Leave one of them out.',
  );
}

function kindOf(text: string): (typeof kinds)[number] {
  const known = kinds.find((kind) => kind === text);
  if (known !== undefined) return known;
  throw usageError(`--kind "${text}" is none of ${kinds.join(', ')}`);
}
