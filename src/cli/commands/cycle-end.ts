import type { Scorecard } from '../../api/contracts/cycle.ts';
import { titleIn } from '../../i18n/index.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { dayBefore, formatValue, percent } from '../render/format.ts';
import { paintOf } from '../render/paint.ts';
import { statusText } from '../render/status.ts';
import { renderTable } from '../render/table.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';
import { wordsOf } from '../words.ts';

export type CycleCloseOptions = { asIs?: boolean; reason?: string };
export type CarryOverOptions = { to: string; kr?: string[] };

/** `tidemark cycle close KEY`: freezes its scorecard, and shows it. */
export async function cycleCloseCommand(
  context: Context,
  key: string,
  { asIs = false, reason }: CycleCloseOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const body = { asIs, ...(reason === undefined ? {} : { reason }) };
    show(context, await client.call('closeCycle', { params: { id: key }, body }));
    return exitCodes.done;
  });
}

/** `tidemark cycle scorecard KEY`. */
export async function scorecardCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    show(context, await client.call('getScorecard', { params: { id: key } }));
    return exitCodes.done;
  });
}

/** `tidemark cycle carry-over KEY --to KEY`. */
export async function carryOverCommand(
  context: Context,
  key: string,
  { to, kr }: CarryOverOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const body = { to, ...(kr === undefined ? {} : { keyResults: kr }) };
    const answer = await client.call('carryOver', { params: { id: key }, body });
    if (context.settings.json) {
      printJson(context, answer);
      return exitCodes.done;
    }
    const words = wordsOf(context.settings.lang);
    for (const each of answer.carried) print(context, `${each.from} → ${each.key}`);
    for (const each of answer.left) print(context, `${each.key}: ${words[each.why]}`);
    if (answer.carried.length + answer.left.length === 0) print(context, words.none);
    return exitCodes.done;
  });
}

function show(context: Context, scorecard: Scorecard): void {
  if (context.settings.json) return printJson(context, scorecard);
  const look = lookOf(context, new Date(scorecard.closedAt));
  const voice = voiceOf(look);
  const { say } = voice;
  const words = wordsOf(look.lang);
  const { bold, dim } = paintOf(look.color);
  const { cycle, closedBy, keyResults, objectives } = scorecard;
  const achieved = keyResults.filter(({ status }) => status === 'achieved').length;
  print(
    context,
    `${bold(`${say('scorecard.title')} · ${oneLine(cycle.title)}`)}  ${say('scorecard.counts', { achieved, all: keyResults.length })}`,
  );
  const days = say('page.cycle_days', { startDay: cycle.startDay, lastDay: dayBefore(cycle.endDay) });
  const closed = say('scorecard.closed', { day: scorecard.closedAt.slice(0, 10), name: closedBy });
  print(context, dim(`${days} · ${closed}`));
  if (scorecard.reason !== null) print(context, dim(oneLine(scorecard.reason)));
  const rows = objectives.flatMap((objective) => [
    [bold(oneLine(titleIn(look.lang, objective))), '', '', percent(objective.progress, look), ''],
    ...keyResults
      .filter((row) => row.objectiveId === objective.id)
      .map((row) => [
        `  ${oneLine(titleIn(look.lang, row))}`,
        formatValue(row.finalValue, row, look),
        formatValue(row.targetValue, row, look),
        percent(row.progress, look),
        `${statusText(row.status, look, voice)}${row.provisional ? ` (${say('scorecard.provisional')})` : ''}`,
      ]),
  ]);
  print(
    context,
    renderTable(
      [
        { title: say('column.key_result'), priority: 9, minWidth: 16 },
        { title: words.final, priority: 8, align: 'right' },
        { title: say('column.target'), priority: 6, align: 'right' },
        { title: say('column.progress'), priority: 7, align: 'right' },
        { title: say('column.status'), priority: 8 },
      ],
      rows,
      { columns: look.columns, ascii: look.ascii, paintHeader: dim },
    ),
  );
  print(context, dim(say('roll_up.rule')));
}
