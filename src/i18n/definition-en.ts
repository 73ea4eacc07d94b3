/** What is said about where a definition comes from: baselines, overrides, guards, formulas and their versions. */
export const definitionEn = {
  'source.formula': 'Formula',
  'source.values': 'Pushed values',
  'source.check_in': 'Check-ins',

  'guard.title': 'Guard',
  'guard.rule': '{metric} {operator, select, at_least {at least} other {at most}} {bound}',
  'guard.rule_start':
    '{metric} not {operator, select, at_least {below} other {above}} what it was when the cycle began',
  'guard.kept': 'Guard kept: {value} on {day}',
  'guard.broken': 'Guard broken: {value} on {day}',
  'guard.unknown': 'Guard unknown: {reason}',

  'override.title': 'Overrides',
  'override.in_force': 'An owner’s value stands in for the source until {untilDay}.',
  'override.line': '{value} for {fromDay} to {untilDay}, stated by {author}: {reason}',
  'override.ended': 'ended {at}',
  'override.automatic': 'The source says {value} on {day}.',
  'override.automatic_none': 'The source has no settled value.',
  'override.somebody': 'somebody',

  'baseline.title': 'Baseline',
  'baseline.captured':
    '{value}: {rule} over {startDay} to {lastDay}, {count, plural, one {# point} other {# points}}, captured {at}',
  'baseline.stated': '{value}, stated by {author} on {at}: {reason}',
  'baseline.given': '{value}, given when the Key Result was made',
  'baseline.awaiting': 'It has not been captured yet: there is no settled value before the start.',
  'baseline.before': 'Earlier baselines',
  'baseline.rule': 'Rule',
  'baseline.rule.usual': 'as fits what is compared',
  'baseline.rule.as_compared': 'the compared value before the start',
  'baseline.rule.last_value': 'the newest value before the start',
  'baseline.rule.trailing_mean': 'the mean before the start',
  'baseline.rule.stated': 'stated by an owner',
  'baseline.frozen': 'As they were when it was captured; what became of them since changes nothing.',

  'definition.waiting':
    'Version {version} of its metric waits to be accepted{hasReason, select, yes {: {reason}} other {.}}',
  'definition.text': 'Read from',
  'definition.assumed': 'Assumed',
  'definition.inputs': 'Combines',
  'definition.versions': 'Versions',
  'definition.brought': 'Brought by',
  'definition.why': 'Why not',
  'definition.on_old': 'Now',
  'definition.on_new': 'On the new one',
  'definition.jump': 'On {day}: {old} becomes {new} ({difference}, {percent})',
  'definition.jump_none': 'The new series has no settled day yet that the old one has too.',
  'definition.overlap':
    'Mean of {days, plural, one {# day} other {# days}}: {old} becomes {new} ({difference}, {percent}); {differing} differ',
  'definition.baseline_old':
    'Its baseline of {value} was measured on the old version. Accept with --recapture to measure it on the new one.',
  'definition.cannot': 'It cannot be accepted: {problem}',
} as const;
