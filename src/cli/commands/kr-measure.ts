import { catalogParams } from '../catalog-params.ts';
import { type Context, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parsePairs } from '../key-values.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';

export type MeasureOptions = { connection: string; metric?: string; param?: string[] };

/** `tidemark kr measure KEY --connection CONNECTION`: by the metric of the catalogue that the Key Result means. */
export async function krMeasureCommand(
  context: Context,
  key: string,
  options: MeasureOptions,
): Promise<number> {
  const given = parsePairs(options.param ?? [], '--param');
  return withSession(context, async ({ client }) => {
    const { connection, metric } = options;
    const params = await catalogParams(client, connection, given);
    const answer = await client.call('measureKeyResult', {
      params: { id: key },
      body: { connection, params, ...(metric === undefined ? {} : { metric }) },
    });
    const { say } = voiceOf(lookOf(context));
    const named = {
      key: answer.keyResult.key,
      metric: answer.metric.key,
      connection: answer.metric.connectionKey,
    };
    const sentence = say('drafts.measured', {
      ...named,
      command: `tidemark sync now --key-result ${named.key}`,
    });
    showCreated(
      context,
      answer,
      answer.sameWindow ? sentence : `${sentence} (${say('drafts.other_window')})`,
      answer.warnings,
    );
    return exitCodes.done;
  });
}
