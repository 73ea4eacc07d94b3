import type { ChannelView } from '../api/contracts/alerting.ts';
import { outwardEventSchema } from '../api/contracts/alerting-row.ts';
import { usageError } from './cli-error.ts';

/**
 * What `--events` names: types apart by commas, `all`, or `none`.
 *
 * @throws CliError (exit code 2) naming what is no event, and those that there are
 */
export function eventsOf(text: string): ChannelView['events'] {
  const known = outwardEventSchema.options;
  if (text === 'none') return [];
  if (text === 'all') return [...known];
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => {
    const event = known.find((each) => each === name);
    if (event !== undefined) return event;
    throw usageError(
      `--events "${text}" names "${name}", which is no event`,
      `The events are: ${known.join(', ')}.`,
    );
  });
}
