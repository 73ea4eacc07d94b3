import { describe, expect, it } from 'vitest';
import { daysWith, ics, window } from './support/read.ts';

/**
 * The examples of RFC 5545, section 3.8.5.3, by their days in New York; each begins at nine in the morning. Months and days
 * as the standard prints them.
 */
const examples = [
  { rule: 'FREQ=DAILY;COUNT=10', start: '1997-09-02', days: 'Sep 2-11' },
  { rule: 'FREQ=DAILY;UNTIL=19971224T000000Z', start: '1997-09-02', until: '1998-01-01', count: 113 },
  { rule: 'FREQ=DAILY;INTERVAL=10;COUNT=5', start: '1997-09-02', days: 'Sep 2,12,22 Oct 2,12' },
  {
    rule: 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1',
    start: '1998-01-01',
    until: '1998-03-01',
    days: 'Jan 1-31',
  },
  { rule: 'FREQ=WEEKLY;COUNT=10', start: '1997-09-02', days: 'Sep 2,9,16,23,30 Oct 7,14,21,28 Nov 4' },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    start: '1997-09-02',
    until: '1997-11-01',
    days: 'Sep 2,16,30 Oct 14,28',
  },
  {
    rule: 'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
    start: '1997-09-02',
    days: 'Sep 2,4,9,11,16,18,23,25,30 Oct 2',
  },
  {
    rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    start: '1997-09-02',
    days: 'Sep 2,4,16,18,30 Oct 2,14,16',
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    start: '1997-09-05',
    until: '1998-01-01',
    days: 'Sep 5 Oct 3 Nov 7 Dec 5',
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    start: '1997-09-07',
    until: '1998-01-01',
    days: 'Sep 7,28 Nov 2,30',
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    start: '1997-09-22',
    until: '1998-01-01',
    days: 'Sep 22 Oct 20 Nov 17 Dec 22',
  },
  {
    rule: 'FREQ=MONTHLY;BYMONTHDAY=-3',
    start: '1997-09-28',
    until: '1998-01-01',
    days: 'Sep 28 Oct 29 Nov 28 Dec 29',
  },
  {
    rule: 'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    start: '1997-09-30',
    until: '1998-01-01',
    days: 'Sep 30 Oct 1,31 Nov 1,30 Dec 1,31',
  },
  {
    rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    start: '1997-09-02',
    until: '1997-12-01',
    days: 'Sep 2,9,16,23,30 Nov 4,11,18,25',
  },
  {
    rule: 'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
    start: '1997-01-01',
    until: '1998-01-01',
    days: 'Jan 1 Apr 10 Jul 19',
  },
  { rule: 'FREQ=YEARLY;BYDAY=20MO', start: '1997-05-19', until: '1998-01-01', days: 'May 19' },
  { rule: 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', start: '1997-05-12', until: '1998-01-01', days: 'May 12' },
  { rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=TH', start: '1997-03-13', until: '1998-01-01', days: 'Mar 13,20,27' },
  {
    rule: 'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    start: '1997-09-13',
    until: '1998-01-01',
    days: 'Sep 13 Oct 11 Nov 8 Dec 13',
  },
  { rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', start: '1997-09-04', days: 'Sep 4 Oct 7 Nov 6' },
  {
    rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    start: '1997-09-29',
    until: '1998-01-01',
    days: 'Sep 29 Oct 30 Nov 27 Dec 30',
  },
  { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', start: '1997-08-05', days: 'Aug 5,10,19,24' },
  { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', start: '1997-08-05', days: 'Aug 5,17,19,31' },
];

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** "Sep 2,9 Oct 1-3" */
function listed(days: string, year: string): string[] {
  return [...days.matchAll(/([A-Z][a-z]{2}) ([\d,-]+)/g)].flatMap(([, month = '', list = '']) =>
    list.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => {
        const two = (number: number) => String(number).padStart(2, '0');
        return `${year}-${two(MONTHS.indexOf(month) + 1)}-${two(first + index)}`;
      });
    }),
  );
}

describe('the examples of the standard', () => {
  it.each(examples)('$rule', async ({ count, days, rule, start, until = '1998-01-01' }) => {
    const made = ics(
      'BEGIN:VEVENT',
      'UID:1',
      `DTSTART;TZID=America/New_York:${start.replaceAll('-', '')}T090000`,
      'DURATION:PT1H',
      `RRULE:${rule}`,
      'END:VEVENT',
    );
    const year = window(`${start.slice(0, 4)}-01-01`, until, 'America/New_York');
    const found = Object.keys(await daysWith({ made }, year, { now: '2026-03-20T12:00:00Z' }));
    if (days === undefined) expect(found).toHaveLength(count);
    else expect(found).toEqual(listed(days, start.slice(0, 4)));
  });
});
