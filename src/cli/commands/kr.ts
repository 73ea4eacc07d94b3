import { titleIn } from '../../i18n/index.ts';
import { parseAmount } from '../amounts.ts';
import { baselineRuleOf } from '../baseline-rule.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { aggregateOf, type GoalFlags, goalOf } from '../kr-goal.ts';
import { percent } from '../render/format.ts';
import { currentText, targetText } from '../render/goal.ts';
import { renderKeyResult } from '../render/key-result.ts';
import { statusPaint, statusText } from '../render/status.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, pastNow, showCreated, showList } from '../show.ts';
import { titlesOf } from '../titles-in.ts';
import { wordsOf } from '../words.ts';

export type KrAddOptions = GoalFlags & {
  objective: string;
  title: string;
  titleIn?: string[];
  metric?: string;
  owner?: string;
  unit?: string;
  description?: string;
  over?: string;
  weight?: string;
  baseline?: string;
};

/** `tidemark kr add KEY`: one measurable outcome, bound to a metric or updated by check-ins. */
export async function krAddCommand(context: Context, key: string, options: KrAddOptions): Promise<number> {
  const goal = goalOf(options);
  const titles = titlesOf(options.titleIn);
  const aggregate = options.over === undefined ? null : aggregateOf(options.over);
  return withSession(context, async ({ client }) => {
    const { objective, title, metric, owner, unit, description } = options;
    const answer = await client.call('createKeyResult', {
      body: {
        key,
        objective,
        title,
        ...titles,
        goal,
        aggregate,
        ...(options.baseline === undefined
          ? {}
          : { baselineRule: baselineRuleOf(options.baseline, '--baseline') }),
        ...(metric === undefined ? {} : { metric }),
        ...(options.weight === undefined ? {} : { weight: parseAmount(options.weight, '--weight') }),
        ...(owner === undefined ? {} : { owner }),
        ...(unit === undefined ? {} : { unit }),
        ...(description === undefined ? {} : { description }),
      },
    });
    const next = answer.source === null ? `tidemark kr bind ${answer.key} METRIC` : 'tidemark status';
    const target = targetText(answer, lookOf(context), false);
    showCreated(context, answer, `Key Result ${answer.key} is saved, target ${target}. Next: ${next}`);
    return exitCodes.done;
  });
}

/** `tidemark kr bind KEY METRIC`. */
export async function krBindCommand(context: Context, key: string, metric: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('bindKeyResult', { params: { id: key }, body: { metric } });
    showCreated(
      context,
      answer,
      `${answer.key} is bound to ${metric}. Next: tidemark sync now --key-result ${answer.key}`,
      answer.warnings,
    );
    return exitCodes.done;
  });
}

/** `tidemark kr show KEY`. */
export async function krShowCommand(
  context: Context,
  key: string,
  { asOf }: { asOf?: string } = {},
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const keyResult = await client.call('getKeyResult', {
      params: { id: key },
      query: asOf === undefined ? {} : { asOf },
    });
    if (context.settings.json) printJson(context, keyResult);
    else print(context, renderKeyResult(keyResult, lookOf(context, pastNow(context, keyResult.asOf))));
    return exitCodes.done;
  });
}

export type KrListOptions = {
  cycle?: string;
  objective?: string;
  connection?: string;
  owner?: string;
  status?: string;
  data?: string;
  archived?: boolean;
};

/** `tidemark kr list`: the Key Results of one cycle, from the board that the API keeps of it. */
export async function krListCommand(
  context: Context,
  { archived, cycle, ...filter }: KrListOptions,
): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    const inCycle = cycle === undefined ? {} : { cycle };
    const board = await client.call('getBoard', { query: inCycle });
    const objectives = new Map(board.objectives.map((objective) => [objective.id, objective.key]));
    const asked = archived === true || Object.keys(filter).length > 0;
    const query = { ...inCycle, ...filter, ...(archived === true ? { archived: 'true' as const } : {}) };
    const data = asked
      ? (await client.call('listKeyResults', { query })).data
      : board.objectives.flatMap((objective) => objective.keyResults);
    showList(
      context,
      { data, page: { nextCursor: null } },
      [
        { title: words.key, priority: 9 },
        { title: say('column.key_result'), priority: 8, minWidth: 16 },
        { title: words.objective, priority: 3 },
        { title: words.goal, priority: 4 },
        { title: say('column.value'), priority: 6, align: 'right' },
        { title: say('column.target'), priority: 6, align: 'right' },
        { title: say('column.progress'), priority: 7, align: 'right' },
        { title: say('column.status'), priority: 7 },
        { title: say('column.owner'), priority: 2 },
      ],
      (row, look) => [
        row.key,
        titleIn(look.lang, row),
        objectives.get(row.objectiveId) ?? '',
        say(`goal.${row.goal.kind}`),
        currentText(row, look, true),
        targetText(row, look, true),
        percent(row.progress, look),
        { text: statusText(row.status.state, look), paint: statusPaint(row.status.state, look) },
        row.owner ?? '',
      ],
    );
    return exitCodes.done;
  });
}
