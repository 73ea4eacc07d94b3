/** What is said about the past as it was believed, about provisional days and about cohorts. */
export const pastEn = {
  'past.banner': 'As it was believed on {day}',
  'past.detail': 'What Tidemark showed then ({at}). Later corrections of the data are not in it.',
  'past.partly':
    'Of {count, plural, one {one Key Result} other {# Key Results}} not everything was kept so long ago: {keys}. Its definition is the oldest that was kept, and how its data stood is not known.',
  'past.nothing': 'There was no cycle at that time.',
  'past.back': 'Back to now',
  'past.pick': 'Show the board of a past day',
  'past.pick_short': 'Past day',
  'past.show': 'Show',
  'past.provisional': 'provisional',
  'past.was': 'restated: was {value} until {at}',
  'past.day_was': 'restated: the day itself was {value} until {at}',

  'cohort.title': 'Cohorts',
  'cohort.newest':
    'The newest cohort that is decided entered on {day}; progress is compared with the plan for that day.',
  'cohort.first':
    'The first cohort of the cycle is decided on {day}; those before it entered before the cycle.',
  'cohort.final':
    'The last cohort of the cycle, of {lastOwnDay}, is decided on {day}: only then is the last value final.',
} as const;
