import { Readable } from 'node:stream';
import { invalidField } from '../app/errors.ts';
import type { ExportBatch } from '../app/ports-resources.ts';
import { csvHeader, csvLine, jsonLine } from '../domain/export-lines.ts';
import { Download } from './download.ts';

type Asked = { format: 'ndjson' | 'csv' | 'csv_lines'; type?: string[] | undefined; bom: boolean };

const BOM = '\uFEFF';
const NDJSON = 'application/x-ndjson; charset=utf-8';

/** The batches of an export as the lines that were asked for, made as fast as they are taken. */
export function exportDownload(
  batches: AsyncIterable<ExportBatch>,
  { bom, format, type }: Asked,
  workspaceId: string,
  at: Date,
): Download {
  const day = at.toISOString().slice(0, 10);
  if (format === 'csv') {
    const [only] = type ?? [];
    if (only === undefined || type?.length !== 1) {
      throw invalidField(
        '/type',
        'one_type',
        'A CSV holds objects of one type.',
        'Name one type, or ask for the format csv_lines, which has all of them.',
      );
    }
    return new Download(Readable.from(csvOf(batches, bom)), 'text/csv; charset=utf-8', `${only}-${day}.csv`);
  }
  const lines = format === 'ndjson' ? jsonOf(batches) : csvLinesOf(batches);
  const whole = framed(lines, {
    type: 'export',
    version: 1,
    format,
    workspace: workspaceId,
    at: at.toISOString(),
  });
  return new Download(Readable.from(whole), NDJSON, `tidemark-${day}.ndjson`);
}

/** Each chunk with how many objects it holds. */
type Chunk = { text: string; rows: number };

/** Who has no last line has not got all of it. */
async function* framed(chunks: AsyncIterable<Chunk>, head: Record<string, unknown>): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  let rows = 0;
  for await (const chunk of chunks) {
    rows += chunk.rows;
    if (chunk.text !== '') yield chunk.text;
  }
  yield `${JSON.stringify({ type: 'end', rows })}\n`;
}

async function* jsonOf(batches: AsyncIterable<ExportBatch>): AsyncGenerator<Chunk> {
  for await (const { columns, rows, type } of batches)
    yield { text: rows.map((row) => jsonLine(type, columns, row)).join(''), rows: rows.length };
}

async function* csvLinesOf(batches: AsyncIterable<ExportBatch>): AsyncGenerator<Chunk> {
  let known = '';
  for await (const { columns, rows, type } of batches) {
    const header = type === known ? [] : [csvHeader(columns)];
    known = type;
    const lines = [...header, ...rows.map((row) => csvLine(columns, row))];
    yield { text: lines.map((csv) => `${JSON.stringify({ type, csv })}\n`).join(''), rows: rows.length };
  }
}

async function* csvOf(batches: AsyncIterable<ExportBatch>, bom: boolean): AsyncGenerator<string> {
  let first = true;
  for await (const { columns, rows } of batches) {
    const head = first ? `${bom ? BOM : ''}${csvHeader(columns)}` : '';
    first = false;
    yield head + rows.map((row) => csvLine(columns, row)).join('');
  }
}
