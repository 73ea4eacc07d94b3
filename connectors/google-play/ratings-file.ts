import { parse } from 'csv-parse/sync';
import { driftError } from '../sdk/index.ts';
import { badFile, PROVIDER } from './errors.ts';

/** `overview` is the app as a whole. */
export type Dimension = 'overview' | 'country' | 'app_version';

/** The total average at the end of a day; null where Play writes NA. `value` is a country or a version code. */
export type Rating = { day: string; value: string; total: string | null };

const COLUMN: Readonly<Record<Dimension, string | null>> = {
  overview: null,
  country: 'Country',
  app_version: 'App Version Code',
};
const TOTAL = 'Total Average Rating';
const RATING = /^[0-5](?:\.\d{1,12})?$/;

/**
 * The lines of one file: UTF-16 with its mark.
 *
 * @throws ConnectorError when it is no such file, or a line does not belong in it
 */
export function ratingsIn(
  bytes: Uint8Array,
  name: string,
  { dimension, month, packageName }: { dimension: Dimension; month: string; packageName: string },
): Rating[] {
  const rows = linesOf(bytes, name);
  const [header = [], ...lines] = rows;
  const column = (wanted: string): number => {
    const at = header.findIndex((each) => each.trim().toLowerCase() === wanted.toLowerCase());
    if (at < 0) throw drift(name, `the column "${wanted}" is missing`, `/${wanted}`);
    return at;
  };
  const dayAt = column('Date');
  const packageAt = column('Package Name');
  const totalAt = column(TOTAL);
  const own = COLUMN[dimension];
  const ownAt = own === null ? null : column(own);
  const found = lines.map((cells, index): Rating => {
    const cell = (at: number) => (cells[at] ?? '').trim();
    const day = cell(dayAt);
    const place = `line ${index + 2}`;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !day.startsWith(month))
      throw drift(name, `${place} is of no day of ${month}`, '/Date');
    if (cell(packageAt) !== packageName) throw drift(name, `${place} is of another app`, '/Package Name');
    return { day, value: ownAt === null ? '' : cell(ownAt), total: totalOf(cell(totalAt), name, place) };
  });
  refuseTwice(found, name);
  return found;
}

function linesOf(bytes: Uint8Array, name: string): string[][] {
  const [first, second] = bytes;
  if (first !== 0xff || second !== 0xfe)
    throw badFile('not_utf16', `sent ${name} without the mark of UTF-16`);
  try {
    const text = new TextDecoder('utf-16le', { fatal: true }).decode(bytes);
    // A line with more or fewer cells than the header is half a line.
    return parse(text, { skip_empty_lines: true, bom: true });
  } catch (error) {
    throw badFile('not_csv', `sent ${name} with a line that is not whole`, error);
  }
}

function totalOf(text: string, name: string, place: string): string | null {
  if (text === 'NA' || text === '') return null;
  if (!RATING.test(text) || Number(text) > 5)
    throw drift(name, `${place} has no rating from 0 to 5`, `/${TOTAL}`);
  // Nobody can give less than one star: Play's zero says that nobody has rated.
  return Number(text) === 0 ? null : text;
}

/** Of one country or version a day has one line. */
function refuseTwice(ratings: readonly Rating[], name: string): void {
  const seen = new Set<string>();
  for (const { day, value } of ratings) {
    const key = `${day} ${value}`;
    if (seen.has(key)) throw drift(name, `${key.trim()} is told twice`, '/Date');
    seen.add(key);
  }
}

function drift(name: string, problem: string, pointer: string) {
  return driftError(PROVIDER, `${name}: ${problem}`, pointer);
}
