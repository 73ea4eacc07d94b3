import { describe, expect, it } from 'vitest';
import {
  dayOfEvent,
  parseExport,
  type RawEvent,
  withoutRepeats,
} from '../../../connectors/mixpanel/raw-events.ts';
import { fixture } from './support/read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = (properties: object, event = 'A') => `${JSON.stringify({ event, properties })}\n`;
const parse = (text: string): RawEvent[] => parseExport(bytes(text));

describe('a day of raw events', () => {
  const { bodyText, expected } = fixture<{
    bodyText: string;
    expected: { lines: number; events: number; signups: number; revenue: number };
  }>('made/export_day.json');

  it('counts an event once that was sent twice, as it was processed last', () => {
    const lines = parse(bodyText);
    const events = withoutRepeats(lines);
    expect(lines).toHaveLength(expected.lines);
    expect(events).toHaveLength(expected.events);
    expect(events.filter(({ event }) => event === 'Signup')).toHaveLength(expected.signups);
    const amounts = events.map(({ properties }) => Number(properties['amount'] ?? 0));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(expected.revenue);
  });

  it('does not depend on which of the two comes first', () => {
    const reversed = parse(bodyText).toReversed();
    expect(withoutRepeats(reversed).find(({ event }) => event === 'Purchase')?.properties['amount']).toBe(59);
  });
});

it('reads times in milliseconds as well as in seconds', () => {
  const { bodyText, expected } = fixture<{ bodyText: string; expected: { instant: string } }>(
    'made/export_time_in_ms.json',
  );
  const [event] = parse(bodyText);
  expect(new Date(event?.timeMs ?? 0).toISOString()).toBe(expected.instant);
  // 1602611311 s: 13 October 2020, 17:48:31 UTC
  expect(new Date(parse(line({ time: 1_602_611_311 }))[0]?.timeMs ?? 0).toISOString()).toBe(
    '2020-10-13T17:48:31.000Z',
  );
});

describe('repeats', () => {
  const one = { time: 100, distinct_id: 'u1', $insert_id: 'i1', mp_processing_time_ms: 1 };

  it.each([
    { what: 'person', properties: { ...one, distinct_id: 'u2' } },
    { what: 'time', properties: { ...one, time: 101 } },
    { what: '$insert_id', properties: { ...one, $insert_id: 'i2' } },
  ])('are no repeats when they differ in their $what', ({ properties }) => {
    expect(withoutRepeats(parse(line(one) + line(properties)))).toHaveLength(2);
  });

  it('are no repeats when they differ in their name', () => {
    expect(withoutRepeats(parse(line(one, 'A') + line(one, 'B')))).toHaveLength(2);
  });

  it('cannot be known where $insert_id is missing, so all of them stay', () => {
    const unnamed = { time: 100, distinct_id: 'u1' };
    expect(withoutRepeats(parse(line(unnamed) + line(unnamed)))).toHaveLength(2);
  });
});

it.each([
  { distinctId: 42, is: '42' },
  { distinctId: 'u1', is: 'u1' },
  { distinctId: '', is: null },
  { distinctId: null, is: null },
  { distinctId: undefined, is: null },
])('knows a person by $distinctId as $is', ({ distinctId, is }) => {
  expect(parse(line({ time: 1, distinct_id: distinctId }))[0]?.distinctId).toBe(is);
});

describe('a stream that broke, though its status was 200', () => {
  const whole = line({ time: 100, distinct_id: 'u1' });

  it.each([
    { tail: 'terminated early\n', code: 'export_terminated_early' },
    { tail: 'export terminated early', code: 'export_terminated_early' },
    { tail: '{"event":"A","properties":{"ti', code: 'export_cut_off' },
    { tail: '{"error":"internal error"}\n', code: 'export_error' },
    { tail: '{"error":"inter', code: 'export_cut_off' },
    { tail: '<html>', code: 'export_cut_off' },
  ])('is discarded whole: $tail', ({ tail, code }) => {
    expect(() => parse(whole + whole + tail)).toThrow(
      expect.objectContaining({ errorClass: 'bad_payload', code, remedy: { by: 'time' } }),
    );
  });

  it('is discarded whole when it ends inside of a character', () => {
    const cut = bytes(line({ time: 100, distinct_id: 'ü' })).slice(0, -5);
    expect(cut.at(-1)).toBe(0xc3); // the first half of ü
    expect(() => parseExport(cut)).toThrow(expect.objectContaining({ code: 'export_not_utf8' }));
  });

  it('is told from one that changed its shape, which only the maintainer can mend', () => {
    expect(() => parse(`${whole}{"name":"A"}\n`)).toThrow(
      expect.objectContaining({ errorClass: 'schema_drift', code: '/event' }),
    );
  });
});

it('ends lines at line feeds only, not at the other separators that texts may hold', () => {
  const text = 'one\u2028two\u0085three\rfour';
  const events = parse(`${JSON.stringify({ event: 'A', properties: { time: 1, text } })}\r\n\n`);
  expect(events.map(({ properties }) => properties['text'])).toEqual([text]);
});

describe('the day of an event', () => {
  // 1 April 2026, 00:30 in Shanghai is 31 March, 16:30 in UTC.
  const event = { timeMs: Date.parse('2026-03-31T16:30:00Z') };

  it('is that of the project’s zone, because times are in UTC since 2023', () => {
    expect(dayOfEvent(event, 'utc', 'Asia/Shanghai')).toBe('2026-04-01');
  });

  it('is the one written down in projects from before 2023, whose times are local times called UTC', () => {
    expect(dayOfEvent(event, 'project', 'Asia/Shanghai')).toBe('2026-03-31');
  });
});
