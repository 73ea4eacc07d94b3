import type { Body } from '../../api/client-types.ts';
import { usageError } from '../cli-error.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parsePairs, typedValues } from '../key-values.ts';
import { formatValue, instantText } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type MetricChangeOptions = {
  param?: string[];
  formula?: string;
  unit?: string;
  timeZone?: string;
  reason: string;
};

/** `tidemark metric change METRIC`: another definition, beside the one that Key Results are on. */
export async function metricChangeCommand(
  context: Context,
  key: string,
  options: MetricChangeOptions,
): Promise<number> {
  const { formula, unit, timeZone, reason } = options;
  const pairs = parsePairs(options.param ?? [], '--param');
  return withSession(context, async ({ client }) => {
    const given = Object.keys(pairs).length === 0 ? null : await typedParams(client, key, pairs);
    const body: Body<'changeMetric'> = {
      reason,
      ...(given === null ? {} : { params: given }),
      ...(formula === undefined ? {} : { formula }),
      ...(unit === undefined ? {} : { unit }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const answer = await client.call('changeMetric', { params: { id: key }, body });
    const next = 'Key Results stay on the old one. Next: tidemark kr changes';
    const sentence = `Version ${answer.version} of ${answer.key} is collected. ${next}`;
    showCreated(context, answer, sentence, answer.warnings);
    return exitCodes.done;
  });
}

/** `tidemark metric withdraw METRIC`: takes back the newest definition that nobody has accepted. */
export async function metricWithdrawCommand(context: Context, key: string, reason: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('withdrawVersion', { params: { id: key }, body: { reason } });
    showCreated(context, answer, `${answer.key} is on version ${answer.version} again.`);
    return exitCodes.done;
  });
}

/** `tidemark metric versions METRIC`. */
export async function metricVersionsCommand(context: Context, key: string): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listVersions', { params: { id: key } }),
      [
        { title: words.version, priority: 9, align: 'right' },
        { title: words.parameters, priority: 8, minWidth: 16 },
        { title: words.unit, priority: 4 },
        { title: words.timeZone, priority: 5 },
        { title: words.since, priority: 6 },
        { title: words.state, priority: 7 },
        { title: words.changed, priority: 3, minWidth: 12 },
      ],
      (version, look) => [
        String(version.version),
        version.formula ?? JSON.stringify(version.params),
        version.currency === null ? version.unit : `${version.unit} ${version.currency.toUpperCase()}`,
        version.timeZone,
        instantText(version.createdAt, look),
        version.retiredAt === null ? words.active : instantText(version.retiredAt, look),
        version.changeReason ?? '',
      ],
    );
    return exitCodes.done;
  });
}

export type PointsOptions = { from?: string; to?: string };

/** `tidemark metric points METRIC`: day by day, and why where there is no value. */
export async function metricPointsCommand(
  context: Context,
  key: string,
  options: PointsOptions,
): Promise<number> {
  const { from, to } = options;
  return withSession(context, async ({ client }) => {
    const { data: metrics } = await client.call('listMetrics');
    const measure = metrics.find((metric) => metric.key === key || metric.id === key);
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const voice = voiceOf(lookOf(context));
    showList(
      context,
      await client.call('listPoints', { params: { id: key }, query }),
      [
        { title: voice.say('column.day'), priority: 9 },
        { title: voice.say('column.value'), priority: 8, align: 'right' },
        { title: voice.say('definition.why'), priority: 7, minWidth: 12 },
        { title: voice.say('evidence.settled'), priority: 6 },
        { title: voice.say('column.revision'), priority: 4, align: 'right' },
        { title: voice.say('column.fetched'), priority: 3 },
      ],
      (point, look) => [
        point.day,
        formatValue(
          point.value === null ? null : Number(point.value),
          measure ?? { unit: '', currency: null },
          look,
        ),
        point.reason === null
          ? ''
          : `${point.reason}: ${voice.because({ code: point.reason, values: {}, text: point.reason }, { unit: '', currency: null })}`,
        voice.say(point.settled ? 'evidence.settled' : 'evidence.provisional'),
        String(point.revision),
        instantText(point.fetchedAt, look),
      ],
    );
    return exitCodes.done;
  });
}

/** The parameters typed as the metric's schema asks. */
async function typedParams(
  client: Parameters<Parameters<typeof withSession>[1]>[0]['client'],
  key: string,
  pairs: Record<string, string>,
): Promise<Record<string, unknown>> {
  const metric = (await client.call('listMetrics')).data.find((each) => each.key === key || each.id === key);
  if (metric === undefined || metric.source !== 'connector') return pairs;
  const { data } = await client.call('listMeasurable', { params: { id: metric.connectionId } });
  const found = data.find(({ metric: name }) => name === metric.connectorMetric);
  if (found === undefined)
    throw usageError(`"${metric.connectionKey}" cannot measure "${metric.connectorMetric}" any more`);
  return typedValues(pairs, found.params, '--param');
}
