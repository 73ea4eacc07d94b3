import type { SnoozeView } from '../../api/contracts/alerting.ts';
import { type AlertWords, alertWordsOf } from '../alert-words.ts';
import { parseDurationMs } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { lookOf, showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type SnoozeOptions = {
  keyResult?: string;
  objective?: string;
  connection?: string;
  owner?: string;
  kind?: string;
  everything?: boolean;
  for?: string;
  until?: string;
  reason?: string;
};

const kinds = {
  'off-track': 'off_track',
  'no-data': 'no_data',
  error: 'error',
  'check-in-due': 'check_in_due',
} as const;

/** `tidemark alert snooze --key-result KEY --for 3d --reason TEXT`. */
export async function alertSnoozeCommand(context: Context, options: SnoozeOptions): Promise<number> {
  const { connection, everything, keyResult, objective, owner, reason } = options;
  const kind = options.kind === undefined ? undefined : kindOf(options.kind);
  const narrow = { keyResult, objective, connection, owner, kind };
  if (everything !== true && Object.values(narrow).every((value) => value === undefined)) {
    throw usageError(
      'Nothing says what is to be silent',
      'Give --key-result, --objective, --connection, --owner or --kind, or --everything.',
    );
  }
  if (reason === undefined) throw usageError('A silence needs a reason', 'Give --reason "why".');
  const body = {
    ...given(narrow),
    ...(everything === true ? { everything } : {}),
    ...howLong(options),
    reason,
  };
  return withSession(context, async ({ client }) => {
    const snooze = await client.call('createSnooze', { body });
    const words = alertWordsOf(context.settings.lang);
    const until = instantText(snooze.until, lookOf(context));
    showCreated(context, snooze, words.snoozed(coverText(snooze, words), until, snooze.id));
    return exitCodes.done;
  });
}

/** Without what was not given. */
function given<Values extends Record<string, unknown>>(values: Values) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Values]?: NonNullable<Values[Name]> };
}

function howLong(options: SnoozeOptions): { forMinutes: number } | { untilDay: string } | { until: string } {
  const { for: length, until } = options;
  if (length !== undefined && until !== undefined)
    throw usageError('--for and --until exclude each other', 'Give one of them.');
  if (length !== undefined) {
    const minutes = parseDurationMs(length, '--for') / 60_000;
    if (Number.isInteger(minutes) && minutes > 0) return { forMinutes: minutes };
    throw usageError(`--for "${length}" is not a whole number of minutes`, 'Write it like 8h or 3d.');
  }
  if (until === undefined)
    throw usageError('A silence needs an end', 'Give --for 3d, or --until with its last day.');
  if (/^\d{4}-\d{2}-\d{2}$/.test(until)) return { untilDay: until };
  if (/^\d{4}-\d{2}-\d{2}T/.test(until)) return { until };
  throw usageError(`--until "${until}" is not a day`, 'Write it YYYY-MM-DD, or an instant with its offset.');
}

function kindOf(text: string): (typeof kinds)[keyof typeof kinds] {
  const kind = Object.entries(kinds).find(([name]) => name === text)?.[1];
  if (kind !== undefined) return kind;
  throw usageError(
    `--kind "${text}" is no kind of alert`,
    `The kinds are: ${Object.keys(kinds).join(', ')}.`,
  );
}

/** `tidemark alert snoozes`: those in force. */
export async function alertSnoozesCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const alertWords = alertWordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('listSnoozes');
    if (answer.data.length === 0 && !context.settings.json) print(context, alertWords.noSnoozes);
    else
      showList(
        context,
        answer,
        [
          { title: alertWords.covers, priority: 9, minWidth: 14 },
          { title: alertWords.until, priority: 8 },
          { title: alertWords.reason, priority: 6, minWidth: 12 },
          { title: words.author, priority: 5 },
          { title: 'Id', priority: 7 },
        ],
        (snooze, look) => [
          coverText(snooze, alertWords),
          instantText(snooze.until, look),
          snooze.reason,
          snooze.author,
          snooze.id,
        ],
      );
    return exitCodes.done;
  });
}

/** `tidemark alert unsnooze ID`. */
export async function alertUnsnoozeCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const snooze = await client.call('endSnooze', { params: { id } });
    const words = alertWordsOf(context.settings.lang);
    showCreated(context, snooze, words.unsnoozed(coverText(snooze, words)));
    return exitCodes.done;
  });
}

/** "growth.wau, Off track": what it is narrowed down to. */
function coverText(snooze: SnoozeView, words: AlertWords): string {
  const { connectionKey, keyResultKey, kind, objectiveKey, owner } = snooze;
  const parts = [
    keyResultKey,
    objectiveKey === null ? null : words.objectiveNamed(objectiveKey),
    connectionKey,
    owner === null ? null : words.ownedBy(owner),
    kind === null ? null : words.kindOf[kind],
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.everything : parts.join(', ');
}
