import { parseAmount } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatValue, instantText, percent } from '../render/format.ts';
import { currentText } from '../render/goal.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type CheckInOptions = {
  value?: string;
  add?: string;
  total?: string;
  day?: string;
  note?: string;
  confidence?: string;
  idempotencyKey?: string;
  list?: boolean;
};

/** `tidemark checkin KEY_RESULT`: what no system knows, with a note and how sure its owner is. */
export async function checkInCommand(
  context: Context,
  key: string,
  options: CheckInOptions,
): Promise<number> {
  if (options.list === true) return listCommand(context, key);
  const { add, day, idempotencyKey, note, total, value } = options;
  const amounts = Object.entries({ value, add, total }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, parseAmount(text, `--${name}`)] as const],
  );
  const confidence = options.confidence === undefined ? null : confidenceOf(options.confidence);
  if (amounts.length > 1) {
    throw usageError(
      `${amounts.map(([name]) => `--${name}`).join(' and ')} say two things`,
      'Give one of them.',
    );
  }
  if (amounts.length === 0 && note === undefined && confidence === null) {
    throw usageError('This check-in says nothing', 'Give --value, --add or --total, --note or --confidence.');
  }
  return withSession(context, async ({ client }) => {
    const answer = await client.call('checkIn', {
      params: { id: key },
      body: {
        ...Object.fromEntries(amounts),
        ...(day === undefined ? {} : { day }),
        ...(note === undefined ? {} : { note }),
        ...(confidence === null ? {} : { confidence }),
      },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    if (context.settings.json) printJson(context, answer);
    else {
      const { checkIn, keyResult, replayed } = answer;
      const look = lookOf(context);
      const said = checkIn.value === null ? 'noted' : formatValue(Number(checkIn.value), keyResult, look);
      const stands = `now ${currentText(keyResult, look, false)}, ${percent(keyResult.progress, look, 1)} done`;
      const known = replayed ? ' It was taken before, and nothing is new.' : '';
      print(context, oneLine(`${keyResult.key} on ${checkIn.day}: ${said}; ${stands}.${known}`));
    }
    return exitCodes.done;
  });
}

async function listCommand(context: Context, key: string): Promise<number> {
  const words = wordsOf(context.settings.lang);
  const { say } = voiceOf(lookOf(context));
  return withSession(context, async ({ client }) => {
    const keyResult = await client.call('getKeyResult', { params: { id: key } });
    showList(
      context,
      await client.call('listCheckIns', { params: { id: key } }),
      [
        { title: say('column.day'), priority: 9 },
        { title: say('column.value'), priority: 8, align: 'right' },
        { title: words.confidence, priority: 6, align: 'right' },
        { title: words.note, priority: 7, minWidth: 12 },
        { title: words.author, priority: 5 },
        { title: words.said, priority: 3 },
      ],
      (checkIn, look) => [
        checkIn.day,
        formatValue(checkIn.value === null ? null : Number(checkIn.value), keyResult, look),
        percent(checkIn.confidence, look),
        checkIn.note,
        checkIn.author ?? '',
        instantText(checkIn.createdAt, look),
      ],
    );
    return exitCodes.done;
  });
}

/** `70%` or `0.7`. A bare 70 is neither. */
function confidenceOf(text: string): number {
  const confidence = parseAmount(text, '--confidence');
  if (confidence >= 0 && confidence <= 1) return confidence;
  throw usageError(`--confidence "${text}" is not between 0 % and 100 %`, 'Write it like 70%.');
}
