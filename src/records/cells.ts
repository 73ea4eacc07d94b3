import { dayStart, isDay } from '../domain/day.ts';

/** What a cell holds. `decimal` stays text, so that no digit is lost; `texts` are divided by "|" in a CSV file. */
export type CellType = 'text' | 'decimal' | 'number' | 'day' | 'instant' | 'score' | 'texts' | 'json';
export type Cell = { ok: true; value: unknown } | { ok: false; problem: string };

/** A double holds every decimal of 15 digits exactly; the 16th may already be another one. */
const MAX_DIGITS = 15;
const MAX_TEXT = 2_000;

const good = (value: unknown): Cell => ({ ok: true, value });
const bad = (problem: string): Cell => ({ ok: false, problem });

export function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
}

/** A cell that is not empty as JSON would hold it. In a JSONL file it may have its type already. */
export function readCell(type: CellType, raw: unknown, timeZone: string | null): Cell {
  switch (type) {
    case 'json':
      return typeof raw === 'string' ? readJson(raw) : good(raw);
    case 'texts':
      if (Array.isArray(raw)) return good(raw);
      return typeof raw === 'string'
        ? good(raw.split('|').map((part) => part.trim()))
        : bad('is no list; give texts');
    case 'decimal':
    case 'number':
      return readNumber(type, raw);
    default:
      return readText(type, raw, timeZone);
  }
}

function readText(type: 'text' | 'day' | 'instant' | 'score', raw: unknown, timeZone: string | null): Cell {
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string') return bad('is no text; write it in quotes');
  const trimmed = text.trim();
  if (trimmed.length > MAX_TEXT) return bad(`is longer than ${MAX_TEXT} characters; shorten it`);
  if (type === 'day') return readDay(trimmed);
  if (type === 'instant') return readInstant(trimmed, timeZone);
  if (type === 'score' && isDecimal(trimmed)) return readNumber('number', trimmed);
  return good(trimmed);
}

function readDay(text: string): Cell {
  if (isDay(text)) return good(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return bad('is not a day of the calendar; correct it');
  return bad('is not a day; write it YYYY-MM-DD, such as 2026-03-31');
}

function readInstant(text: string, timeZone: string | null): Cell {
  if (isDay(text)) {
    if (timeZone !== null) return good(dayStart(text, timeZone).toISOString());
    return bad(`is a day and no instant; write it with its time, such as ${text}T00:00:00Z`);
  }
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/i.exec(
    text.replace(' ', 'T'),
  );
  if (match === null) return bad('is not an instant; write it like 2026-03-31T23:59:00Z');
  const [, day = '', time = '', seconds = ':00', offset] = match;
  if (!isDay(day)) return bad('is not a day of the calendar; correct it');
  if (offset === undefined) return bad(`has no offset; write ${day}T${time}${seconds}Z for UTC`);
  const instant = new Date(`${day}T${time}${seconds}${offset.toUpperCase()}`);
  return Number.isNaN(instant.getTime())
    ? bad('is not a time of a day; correct it')
    : good(instant.toISOString());
}

function isDecimal(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?$/.test(text);
}

function readNumber(type: 'decimal' | 'number', raw: unknown): Cell {
  if (typeof raw !== 'string' && typeof raw !== 'number') return bad('is no number; write it like 12.5');
  const text = String(raw).trim();
  if (!isDecimal(text)) return bad(numberHint(text));
  const plain = text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');
  const digits = plain.replace(/[-.]/g, '').replace(/^0+/, '');
  if (digits.length > MAX_DIGITS) {
    return bad(`has ${digits.length} digits, and no more than ${MAX_DIGITS} are kept exactly; round it`);
  }
  return good(type === 'number' ? Number(plain) : plain);
}

/** Why the text is no number, for the ways in which people and spreadsheets write them. */
function numberHint(text: string): string {
  const dotted = text.replace(',', '.');
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) {
    const meant = text.replaceAll(',', '');
    const or = (text.match(/,/g) ?? []).length === 1 && !text.includes('.') ? `, or ${dotted}` : '';
    return `has a comma, which may divide thousands or decimals; write ${meant}${or}`;
  }
  if (/^[+-]?\d+,\d+$/.test(text)) return `has a decimal comma; write ${dotted}`;
  if (/^[+-]?\d{1,3}([. ']\d{3})+(,\d+)?$/.test(text)) {
    return `divides its thousands; write ${text.replace(/[. ']/g, '').replace(',', '.')}`;
  }
  if (/^[+-]?\d+(\.\d+)?\s*%$/.test(text)) return 'is a percentage; write it as a fraction, such as 0.35';
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return 'has an exponent; write it out';
  return 'is no number; write digits and a decimal point, such as 12.5';
}

function readJson(text: string): Cell {
  try {
    return good(JSON.parse(text) as unknown);
  } catch {
    return bad('is no JSON; write it like {"cartId": "k1"}');
  }
}
