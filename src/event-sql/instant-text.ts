import type { Dialect } from './dialect.ts';
import { foreverMs } from './plan.ts';
import type { Part } from './statement.ts';

/** Who wrote a property's text: a source, as JSON, or the engine, of a column of its own type. */
export type WrittenBy = 'source' | 'engine';

const time = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?';
const date = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
const hour = '([01][0-9]|2[0-3])';
/** An instant as sources write it, which says its offset. Engines write theirs with a space and a shorter offset. */
const written: Record<WrittenBy, string> = {
  source: `^${date}T${time}(Z|[+-]${hour}:?[0-5][0-9])$`,
  engine: `^${date}[T ]${time}(Z|[+-]${hour}(:?[0-5][0-9])?)$`,
};

/**
 * The instants that texts in a column `v` tell, in whole milliseconds, as `<name>_instant.end_ms`: before any
 * event where a text tells none. Engines read such texts each in its own way, so this takes them apart
 * and counts the days by arithmetic; the 30th of February is the 2nd of March, as in JavaScript.
 */
export function instantInText(
  name: string,
  from: string,
  kept: readonly string[],
  dialect: Dialect,
  writtenBy: WrittenBy,
): Part[] {
  const field = (pattern: string) => dialect.digits(dialect.group('v', pattern));
  const thousandths = dialect.digits(
    `substr(${dialect.group('v', '[.]([0-9]{1,3})')} || ${dialect.text('00')}, 1, 3)`,
  );
  const fields = [
    `CASE WHEN ${dialect.matches('v', written[writtenBy])} THEN 1 ELSE 0 END AS ok`,
    `${field('^([0-9]{4})')} AS yyyy`,
    `${field('^.{5}([0-9]{2})')} AS mon`,
    `${field('^.{8}([0-9]{2})')} AS dd`,
    `${field('^.{11}([0-9]{2})')} AS hh`,
    `${field('^.{14}([0-9]{2})')} AS mi`,
    `${field('^.{16}:([0-9]{2})')} AS ss`,
    `${thousandths} AS thousandths`,
    `CASE WHEN ${dialect.matches('v', '[+][0-9:]+$')} THEN -1 ELSE 1 END AS direction`,
    `${field('[+-]([0-9]{2})(?::?[0-9]{2})?$')} AS offset_hh`,
    `${field('[+-][0-9]{2}:?([0-9]{2})$')} AS offset_mi`,
  ];
  // Years begin in March here, so that the leap day is their last.
  const year = 'CASE WHEN mon > 2 THEN yyyy ELSE yyyy - 1 END';
  const month = 'CASE WHEN mon > 2 THEN mon - 3 ELSE mon + 9 END';
  const whole = (over: string, under: number) => dialect.quotient(over, String(under));
  const days = `365 * y + ${whole('y', 4)} - ${whole('y', 100)} + ${whole('y', 400)} + ${whole('153 * m + 2', 5)} + dd - 719469`;
  const minutes = 'hh * 60 + mi + direction * (offset_hh * 60 + offset_mi)';
  const others = kept.join(', ');
  return [
    [`${name}_field`, `SELECT ${others}, ${fields.join(',\n  ')}\nFROM ${from}`],
    [
      `${name}_date`,
      `SELECT ${others}, ok, dd, hh, mi, ss, thousandths, direction, offset_hh, offset_mi,\n  ${year} AS y, ${month} AS m\nFROM ${name}_field`,
    ],
    [
      `${name}_instant`,
      `SELECT ${others}, CASE WHEN ok = 1 THEN (${days}) * 86400000 + (${minutes}) * 60000 + ss * 1000 + thousandths ELSE ${-foreverMs} END AS end_ms\nFROM ${name}_date`,
    ],
  ];
}
