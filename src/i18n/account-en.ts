/** What is said about the account behind a connection, and about definitions that a provider was asked about. */
export const accountEn = {
  'account.time_zone': 'Days cut in',
  'account.currency': 'Account currency',
  'account.unknown': 'unknown',
  'notice.days_differ': 'Days are cut in {accountZone}, the workspace’s are {workspaceZone}.',
  'notice.metric_zone_differs':
    'The provider cuts its days in {accountZone}, this metric’s days are those of {metricZone}.',
  'notice.zone_changed':
    'The provider changed the account’s time zone from {from} to {to} (seen on {changedDay}): stored days are cut the old way, later ones the new way.',
  'notice.currency_differs': 'The account is kept in {accountCurrency}, this metric counts {metricCurrency}.',
  'notice.not_asked':
    '{connection} could not be asked whether it can answer this, so the definition was not checked; its first read will tell. {why}',
} as const;
