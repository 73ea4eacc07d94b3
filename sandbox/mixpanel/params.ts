import { dayStart, utcDay } from '../model/time.ts';
import { badRequest } from './errors.ts';
import { compile, type Expression, truthy } from './expression.ts';
import type { SeenEvent, View } from './view.ts';

/** What one request asks: its address, for error answers, and its parameters from address and form. */
export type Params = { request: string; values: URLSearchParams };

/** Days of a report, both included. @throws Refusal */
export type Range = { fromDay: string; toDay: string };

export function optional({ values }: Params, name: string): string | null {
  const value = values.get(name);
  return value === null || value === '' ? null : value;
}

/** @throws Refusal when it is missing */
export function required(params: Params, name: string): string {
  const value = optional(params, name);
  if (value === null) throw badRequest(params.request, `Missing required parameter: ${name}`);
  return value;
}

/** One of the listed values, the first unless given. @throws Refusal */
export function choice<const T extends string>(
  params: Params,
  name: string,
  allowed: readonly [T, ...T[]],
): T {
  const value = optional(params, name) ?? allowed[0];
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw badRequest(params.request, `Invalid ${name}: ${value}; must be one of ${allowed.join(', ')}`);
}

/** @throws Refusal when it is no whole number within bounds */
export function whole(
  params: Params,
  name: string,
  bounds: { otherwise: number; min: number; max: number },
): number {
  const text = optional(params, name);
  const value = text === null ? bounds.otherwise : Number(text);
  if (Number.isInteger(value) && value >= bounds.min && value <= bounds.max) return value;
  const error = `Invalid ${name}: ${text}; must be between ${bounds.min} and ${bounds.max}`;
  throw badRequest(params.request, error);
}

/** Several names, as a JSON array in one parameter. @throws Refusal */
export function names(params: Params, name: string): string[] {
  const text = required(params, name);
  const list = parseJson(text);
  if (Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string')) return list;
  throw badRequest(params.request, `Invalid ${name}: must be a JSON array of strings`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** @throws Refusal when a date is missing or malformed, or they are the wrong way round */
export function range(params: Params): Range {
  const [fromDay, toDay] = [day(params, 'from_date'), day(params, 'to_date')];
  if (fromDay > toDay) throw badRequest(params.request, 'from_date must be before to_date');
  return { fromDay, toDay };
}

function day(params: Params, name: string): string {
  const text = required(params, name);
  try {
    if (utcDay(dayStart(text)) === text) return text;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw badRequest(params.request, `Invalid ${name}: ${text}; must be YYYY-MM-DD`);
}

/** @returns null when it is not given @throws Refusal when it cannot be read */
export function expression(params: Params, name: string): Expression | null {
  const source = optional(params, name);
  if (source === null) return null;
  try {
    return compile(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest(params.request, `Invalid ${name}: ${error.message}`);
  }
}

/** The filter that a `where` parameter describes; without one, everything passes. @throws Refusal */
export function filter(params: Params, view: View, name = 'where'): (event: SeenEvent) => boolean {
  const where = expression(params, name);
  return where === null ? () => true : (event) => truthy(where(view.subject(event)));
}

/** Reports answer what there is: days after today are left out. */
export function untilToday({ fromDay, toDay }: Range, { today }: View): Range {
  return { fromDay, toDay: toDay < today ? toDay : today };
}

/** Events of whole local days, both included. */
export function eventsOf(
  view: View,
  { fromDay, toDay }: Range,
  wanted: readonly string[] | null,
): SeenEvent[] {
  const { calendar } = view;
  const [from, to] = [calendar.startOf(fromDay), calendar.startOf(nextDay(toDay))];
  return view.events({ from, to, names: wanted === null ? null : new Set(wanted) });
}

function nextDay(day: string): string {
  return utcDay(dayStart(day) + 86_400);
}
