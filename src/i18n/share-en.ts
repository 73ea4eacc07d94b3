/** What is said about public links. */
export const shareEn = {
  'share.made':
    '{key} is shared: whoever has these addresses sees its badge and its chart. They are shown this once.',
  'share.badge': 'Badge',
  'share.chart': 'Chart',
  'share.readme': 'For a README:',
  'share.no_chart': 'Its steps are done or not, so there is no chart.',
  'share.local':
    'These addresses lead nowhere from other machines: set TIDEMARK_PUBLIC_URL to the one that people use.',
  'share.end': 'End it with: tidemark kr unshare {id}',
  'share.ended':
    '{key}: the public link {id} is revoked. What others have kept of it is gone within five minutes.',
  'share.label': 'For',
  'share.author': 'Made by',
  'share.since': 'Since',
} as const;
