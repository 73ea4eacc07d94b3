import type { Texts } from './texts.ts';

const turnOff = 'To stop these messages, turn off the alert rule of this Key Result, or this channel.';

export const en: Texts = {
  headline: {
    'key_result.off_track': (title) => `Off track: ${title}`,
    'key_result.recovered': (title) => `No longer off track: ${title}`,
    test: () => 'Test message from Tidemark',
  },
  sandboxTag: '[sandbox]',
  sandboxNote: 'Sandbox data: these numbers come from the built-in sandbox company, not from a real account.',
  objective: (title) => `Objective: ${title}`,
  values: ({ current, start, target }, write) =>
    `Now ${write.value(current)}, started at ${write.value(start)}, target ${write.value(target)}.`,
  progress: ({ progress, expected }, write) =>
    expected === null
      ? `Progress ${write.fraction(progress)}.`
      : `Progress ${write.fraction(progress)}, expected by now ${write.fraction(expected)}.`,
  dataAge: (day, fetchedAt) =>
    fetchedAt === null ? `Data through ${day}.` : `Data through ${day}, fetched ${fetchedAt}.`,
  noData: 'No data yet.',
  why: (reason) => `Why: ${reason}`,
  rule: (rule) => `Rule: ${rule}`,
  owner: (owner) => `Owner: ${owner}`,
  noOwner: 'Owner: nobody yet',
  todoByReason: {
    far_behind_pace:
      'Next: find what holds the metric back, then change the plan or agree on another target.',
    behind_pace: 'Next: check whether the work that is planned can still close the gap.',
    kept_far_too_little: 'Next: find the periods that were missed and what they have in common.',
    kept_too_little: 'Next: find the periods that were missed and what they have in common.',
  },
  todo: {
    'key_result.off_track': 'Next: open the Key Result, see what moved, and note a plan in a check-in.',
    'key_result.recovered': 'Next: nothing has to be done. Note in a check-in what helped.',
    test: 'Next: nothing has to be done. Alerts will arrive here.',
  },
  open: 'Open the Key Result',
  stop: {
    'key_result.off_track': turnOff,
    'key_result.recovered': turnOff,
    test: 'Sent once, because somebody asked for it.',
  },
};
