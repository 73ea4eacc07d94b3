import { gunzipSync } from 'node:zlib';
import { type Asked, MAX_BODY_BYTES } from './asked.ts';
import { importRefusal } from './errors.ts';
import { checkEvent, isRecord } from './event-rules.ts';
import type { Ingested } from './ingested.ts';
import { parseJson } from './params.ts';
import { sentData } from './sending.ts';

const MAX_EVENTS = 2_000;

export type Imported = { taken: Ingested[]; failed: object[] };

/** Events of any age. The good ones are taken even when others are refused. @throws Refusal for the whole batch */
export function importEvents(asked: Asked, nowMs: number): Imported {
  const events = eventsIn(asked);
  if (events === null) throw importRefusal(400, 'Invalid JSON');
  if (events.length > MAX_EVENTS) {
    throw importRefusal(400, `request exceeds max limit of ${MAX_EVENTS} events`);
  }
  const taken: Ingested[] = [];
  const failed: object[] = [];
  for (const [index, raw] of events.entries()) {
    const checked = checkEvent(raw, 'import', nowMs);
    if (checked.ok) {
      taken.push(checked.event);
      continue;
    }
    const { field, message } = checked;
    const properties = isRecord(raw) && isRecord(raw.properties) ? raw.properties : {};
    failed.push({ index, $insert_id: properties.$insert_id ?? '', field, message });
  }
  return { taken, failed };
}

/** What `/import` says about a batch. @throws Refusal (400) when it was strict and some were refused */
export function importAnswer({ taken, failed }: Imported, strict: boolean): object {
  if (strict && failed.length > 0) {
    throw importRefusal(400, 'some data points in the request failed validation', {
      failed_records: failed,
      num_records_imported: taken.length,
    });
  }
  return { code: 200, num_records_imported: taken.length, status: 'OK' };
}

function eventsIn(asked: Asked): unknown[] | null {
  const type = asked.headers['content-type'] ?? '';
  if (asked.method === 'GET' || type.startsWith('application/x-www-form-urlencoded')) return sentData(asked);
  const text = unzipped(asked).toString('utf8');
  if (!type.startsWith('application/x-ndjson')) {
    const list = parseJson(text);
    return Array.isArray(list) ? list : null;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const parsed = lines.map(parseJson);
  return parsed.includes(undefined) ? null : parsed;
}

function unzipped({ body, headers, tooLong }: Asked): Buffer {
  const refusal = importRefusal(413, `request exceeds max limit of ${MAX_BODY_BYTES} bytes`);
  if (tooLong) throw refusal;
  if (headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw refusal;
    throw importRefusal(400, 'Invalid gzip');
  }
}
