import type { CheckResult } from '../sdk/index.ts';
import { type CalendarContext, readCalendar } from './client.ts';

const NAME_LENGTH = 80;
/** What a calendar that shows no more than when somebody is busy writes into titles. */
const BUSY = /^(busy|free|tentative|away|忙碌|$)/i;

/** The calendar, and whether its titles can be read. One call. */
export async function checkCalendar(context: CalendarContext): Promise<CheckResult> {
  const { events, name } = await readCalendar(context);
  const warnings: string[] = [];
  if (events.length === 0) warnings.push('This calendar has no events yet.');
  if (events.length > 0 && events.every(({ summary }) => BUSY.test(summary.trim()))) {
    warnings.push(
      'This address shows when somebody is busy and no titles, so nothing can be counted by a word in them. Share the calendar with its details.',
    );
  }
  const host = context.endpoint?.host ?? '';
  const shown = name.replace(/\s+/g, ' ').slice(0, NAME_LENGTH);
  return {
    account: shown === '' ? `Calendar at ${host}` : `Calendar "${shown}" at ${host}`,
    livemode: null,
    warnings,
  };
}
