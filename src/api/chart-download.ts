import { Readable } from 'node:stream';
import { type CellKind, csvHeader, csvLine, type ExportCell } from '../domain/export-lines.ts';
import type { Lang } from '../i18n/index.ts';
import type { KeyResultDetail } from './contract.ts';
import type { CheckInView } from './contracts/ingest.ts';
import { Download } from './download.ts';
import { noChart, type PublicPictures } from './public-links.ts';

type Asked = { format: 'svg' | 'png' | 'csv'; lang: Lang; theme: 'light' | 'dark'; width: number };

/** The chart of a Key Result as a file; the name says whose, and how far its data reach. */
export async function chartDownload(
  keyResult: KeyResultDetail,
  checkIns: readonly CheckInView[],
  { format, width, ...look }: Asked,
  pictures: PublicPictures,
): Promise<Download> {
  const name = `${keyResult.key}-${keyResult.data.dataThroughDay ?? keyResult.today}.${format}`;
  if (format === 'csv')
    return new Download(Readable.from([csvOf(keyResult)]), 'text/csv; charset=utf-8', name);
  // On a page of the past, what people had said by then.
  const until = keyResult.asOf === null ? Number.POSITIVE_INFINITY : Date.parse(keyResult.asOf.at);
  const said = checkIns.filter(({ createdAt }) => Date.parse(createdAt) <= until);
  const svg = pictures.insideChart(keyResult, said, { ...look, widthPx: width });
  if (svg === null) throw noChart();
  if (format === 'svg') return new Download(Readable.from([svg]), 'image/svg+xml; charset=utf-8', name);
  return new Download(Readable.from([await pictures.png(svg)]), 'image/png', name);
}

/** Names as the API has them, in the unit of the metric: money in minor units, ratios as fractions. */
const COLUMNS = [
  ['keyResult', 'text'],
  ['day', 'day'],
  ['value', 'number'],
  ['expected', 'number'],
  ['measured', 'number'],
  ['settled', 'boolean'],
  ['revision', 'number'],
  ['origin', 'text'],
  ['was', 'number'],
  ['wasUntil', 'text'],
  ['target', 'number'],
  ['unit', 'text'],
  ['currency', 'text'],
  ['dataThroughDay', 'day'],
  ['asOf', 'text'],
] as const satisfies readonly (readonly [string, CellKind])[];

/** A line for each day up to today that has a value or should have one. */
function csvOf(detail: KeyResultDetail): string {
  const columns = COLUMNS.map(([key, kind]) => ({ key, kind }));
  const measured = new Map(detail.series.map((point) => [point.day, point]));
  const goal = new Map(detail.goalSeries.map((point) => [point.day, point]));
  const days = [...new Set([...measured.keys(), ...goal.keys()])].filter((day) => day <= detail.today);
  const lines = days.toSorted().map((day) => {
    const point = measured.get(day);
    const row: ExportCell[] = [
      detail.key,
      day,
      goal.get(day)?.value ?? null,
      goal.get(day)?.expected ?? null,
      point?.value ?? null,
      point?.settled ?? null,
      point?.revision ?? null,
      point?.origin ?? null,
      point?.was?.value ?? null,
      point?.was?.until ?? null,
      detail.targetValue,
      detail.unit,
      detail.currency,
      detail.data.dataThroughDay,
      detail.asOf?.at ?? null,
    ];
    return csvLine(columns, row);
  });
  return csvHeader(columns) + lines.join('');
}
