import { badPayload, type ConnectorError, driftError } from '../../sdk/index.ts';
import { passingError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** An object a row, or a list a row after one with the names of the columns. */
export type Form = 'objects' | 'lists';
export type Line = Readonly<Record<string, unknown>> | unknown[];

/** One JSON value a line. A line that is none, or no end of the last one: the answer was cut off. */
export function linesIn(
  { body, headers }: HttpAnswer,
  form: Form,
  most: number,
  tooMany: () => ConnectorError,
): Line[] {
  if (body === '') return [];
  const headLines = form === 'lists' ? 1 : 0;
  const lines = body.split('\n');
  const last = lines.pop() ?? '';
  if (last !== '') {
    // One whole object where lists were asked for is another form; whatever else has no end of line was cut off.
    const isOther = form === 'lists' && lines.length === 0 && !Array.isArray(parsed(last, form));
    throw isOther ? noLine() : cutOff(form);
  }
  if (lines.length > most + headLines) throw tooMany();
  const read = lines.map((line): Line => {
    const value = parsed(line, form);
    if (typeof value !== 'object' || value === null) throw noLine();
    return value as Line; // an object or a list; its cells are looked at where they are used
  });
  const summary = parsed(headers.get('x-clickhouse-summary') ?? 'null', form);
  const told =
    typeof summary === 'object' && summary !== null && 'result_rows' in summary ? summary.result_rows : null;
  // Older servers always say 0 there.
  if (told !== null && Number(told) > lines.length - headLines) throw cutOff(form);
  return read;
}

function parsed(text: string, form: Form): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cutOff(form);
  }
}

/** A statement of ours is simply asked again; of somebody's query the answer itself is in doubt after a few times. */
function cutOff(form: Form): ConnectorError {
  return form === 'objects'
    ? passingError('body_cut_off', 'ClickHouse stopped in the middle of its answer.')
    : badPayload('ClickHouse', 'body_cut_off', 'stopped in the middle of its answer');
}

function noLine() {
  return driftError('ClickHouse', 'an answer: a line is no object', '/line');
}
