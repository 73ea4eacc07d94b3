import type { Client } from '../../api/client.ts';
import type { Preview } from '../../api/contract.ts';
import { parseCount } from '../amounts.ts';
import { CliError, usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parsePairs, typedValues } from '../key-values.ts';
import { definitionText } from '../render/catalog.ts';
import { renderPreview } from '../render/preview.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';
import { formulaAddCommand, refuseReading } from './formula.ts';
import { refuseValueFlags, valuesMetricAddCommand } from './values-metric.ts';

export type PreviewOptions = { param?: string[]; days: string; timeZone?: string };
export type MetricAddOptions = {
  connection?: string;
  metric?: string;
  formula?: string;
  values?: boolean;
  kind?: string;
  currency?: string;
  staleAfter?: string;
  unit?: string;
  param?: string[];
  title?: string;
  timeZone?: string;
  historyDays?: string;
};

/** `tidemark metric preview CONNECTION METRIC`: the value now and its history, read once and stored nowhere. */
export async function metricPreviewCommand(
  context: Context,
  connection: string,
  metric: string,
  options: PreviewOptions,
): Promise<number> {
  const days = parseCount(options.days, '--days');
  return withSession(context, async ({ client }) => {
    const preview: Preview = await client.call('previewMetric', {
      body: {
        connection,
        metric,
        params: await paramsOf(client, connection, metric, options.param),
        days,
        ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
      },
    });
    if (context.settings.json) printJson(context, preview);
    else print(context, renderPreview(preview, lookOf(context)));
    return exitCodes.done;
  });
}

/** `tidemark metric add KEY`: a metric that syncs from now on, its history first. */
export async function metricAddCommand(
  context: Context,
  key: string,
  options: MetricAddOptions,
): Promise<number> {
  if (options.values === true) return valuesMetricAddCommand(context, key, options);
  refuseValueFlags(options);
  if (options.formula !== undefined) {
    refuseReading(options);
    return formulaAddCommand(context, key, { ...options, formula: options.formula });
  }
  const { connection, metric } = options;
  if (connection === undefined || metric === undefined) {
    throw usageError(
      `What is "${key}" read from?`,
      'Give --connection and --metric, --formula to combine other metrics, or --values to bring your own.',
    );
  }
  if (options.unit !== undefined) throw usageError('--unit belongs to --formula: a source says its own unit');
  const historyDays =
    options.historyDays === undefined ? null : parseCount(options.historyDays, '--history-days');
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createMetric', {
      body: {
        key,
        connection,
        metric,
        params: await paramsOf(client, connection, metric, options.param),
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
        ...(historyDays === null ? {} : { historyDays }),
        ...(options.staleAfter === undefined
          ? {}
          : { staleAfterDays: parseCount(options.staleAfter, '--stale-after') }),
      },
    });
    const next = `Next: tidemark kr bind KEY ${answer.key}`;
    showCreated(context, answer, `Metric ${answer.key} is saved. ${next}`, answer.warnings);
    return exitCodes.done;
  });
}

/** `tidemark metric list`. */
export async function metricListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listMetrics'),
      [
        { title: words.key, priority: 9 },
        { title: words.title, priority: 6, minWidth: 14 },
        { title: words.connection, priority: 7 },
        { title: words.metric, priority: 5 },
        { title: words.kind, priority: 4 },
        { title: words.unit, priority: 4 },
        { title: words.timeZone, priority: 2 },
        { title: voiceOf(lookOf(context)).say('definition.versions'), priority: 1, align: 'right' },
        { title: voiceOf(lookOf(context)).say('evidence.definition'), priority: 3, minWidth: 14 },
      ],
      (metric, look) => [
        metric.key,
        metric.title,
        metric.source === 'connector' ? metric.connectionKey : voiceOf(look).say(`source.${metric.source}`),
        metric.connectorMetric,
        voiceOf(look).say(`kind.${metric.kind}`),
        metric.currency === null ? metric.unit : `${metric.unit} ${metric.currency.toUpperCase()}`,
        metric.timeZone,
        String(metric.liveVersions),
        metric.definition === null ? '' : definitionText(metric.definition, look),
      ],
    );
    return exitCodes.done;
  });
}

/** The parameters typed as the metric's schema asks; the question to the API is saved when there are none. */
async function paramsOf(
  client: Client,
  connection: string,
  metric: string,
  pairs: readonly string[] | undefined,
): Promise<Record<string, unknown>> {
  const given = parsePairs(pairs ?? [], '--param');
  if (Object.keys(given).length === 0) return {};
  const { data } = await client.call('listMeasurable', { params: { id: connection } });
  const found = data.find((candidate) => candidate.metric === metric);
  if (found === undefined) {
    throw new CliError(`${connection} cannot measure "${metric}"`, {
      exitCode: exitCodes.notFound,
      next: `See what it can with: tidemark connection metrics ${connection}`,
    });
  }
  return typedValues(given, found.params, '--param');
}
