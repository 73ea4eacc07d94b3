import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { always } from '../connectors/ga4/support/property.ts';
import { berlin, readOne, runOn } from '../connectors/ga4/support/read.ts';

const root = join(import.meta.dirname, '..', '..');
/** Reports of Google's own Site Kit, which may be read but not copied here. */
const folder = join(
  resolve(root, process.env['TIDEMARK_SHARED'] ?? '../shared'),
  'fixtures',
  'ga4',
  'published',
);
const isThere = existsSync(folder);
const note = isThere ? '' : ` (did not run: there is no folder ${folder}; TIDEMARK_SHARED names another one)`;

type Published = { rowCount: number; metricHeaders: Array<{ name: string }>; metadata: { timeZone: string } };

function published(name: string): Published {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Published;
}

/** Site Kit's PHP writes null for what Google leaves out. */
function withoutNulls(report: Published): Published {
  return JSON.parse(JSON.stringify(report, (_, value: unknown) => value ?? undefined)) as Published;
}

describe.runIf(isThere)(`a published report${note}`, () => {
  const window = { ...berlin('2023-01-10', '2023-01-11'), timeZone: 'America/Los_Angeles' };
  const read = { metric: 'sessions', window };

  it('as Site Kit wrote it, with nulls, is a broken answer', async () => {
    const { outcomes } = await runOn(always(published('site_kit_report.json')), [read]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload' } }]);
  });

  it('is a page of 364 rows, so its one row is not taken for the whole', async () => {
    const page = withoutNulls(published('site_kit_report.json'));
    expect(page.rowCount).toBe(364);
    const asSessions = JSON.parse(
      JSON.stringify(page).replace('userEngagementDuration', 'sessions'),
    ) as unknown;
    // The server has only this page: it comes again where the second was asked for.
    const { outcomes, asked } = await runOn(always(asSessions), [read]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'repeated_row' } }]);
    expect(asked[1]?.body.requests?.[0]?.offset).toBe('1');
  });

  it('whose one row is the whole gives its seconds in their own zone', async () => {
    const text = JSON.stringify({ ...withoutNulls(published('site_kit_report.json')), rowCount: 1 });
    const report = JSON.parse(text.replace('userEngagementDuration', 'sessions')) as unknown;
    expect((await readOne(always(report), read)).points).toEqual([{ day: '2023-01-10', value: '5568' }]);
  });

  it('by page and not by date has no column to cut days by', async () => {
    const { outcomes } = await runOn(always(withoutNulls(published('site_kit_report_metrics.json'))), [read]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'schema_drift' } }]);
  });
});
