import { badPayload, type ConnectorError, driftError } from '../../sdk/index.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** An object or a list, by the form that was asked for. */
export type Line = Readonly<Record<string, unknown>> | unknown[];

/** One JSON value a line, `headLines` of which are no rows. A line that is none, or no end of the last one: the answer was cut off. */
export function linesIn(
  { body, headers }: HttpAnswer,
  headLines: number,
  most: number,
  tooMany: () => ConnectorError,
): Line[] {
  if (body === '') return [];
  const lines = body.split('\n');
  const last = lines.pop() ?? '';
  // A whole value without an end of line is of another form; a part of one was cut off.
  if (last !== '') throw typeof parsed(last) === 'object' && lines.length === 0 ? noLine() : cutOff();
  if (lines.length > most + headLines) throw tooMany();
  const read = lines.map((line): Line => {
    const value = parsed(line);
    if (typeof value !== 'object' || value === null) {
      throw noLine();
    }
    return value as Line; // an object or a list; its cells are looked at where they are used
  });
  const summary = parsed(headers.get('x-clickhouse-summary') ?? 'null');
  const told =
    typeof summary === 'object' && summary !== null && 'result_rows' in summary ? summary.result_rows : null;
  // Older servers always say 0 there.
  if (told !== null && Number(told) > lines.length - headLines) throw cutOff();
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cutOff();
  }
}

function cutOff() {
  return badPayload('ClickHouse', 'body_cut_off', 'stopped in the middle of its answer');
}

function noLine() {
  return driftError('ClickHouse', 'an answer: a line is no object', '/line');
}
