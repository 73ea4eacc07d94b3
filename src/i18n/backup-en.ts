/** What is said to the operator about backups. */
export const backupEn = {
  'backup.done':
    'Saved as of {takenAt} in {file} ({size} MiB): {rows, plural, one {# row} other {# rows}} of {tables} tables and {eventFiles, plural, one {# file} other {# files}} of events.',
  'backup.key_apart':
    'The master key {kids} is not in it. Keep a copy of the key in another place: without it the secrets in the backup cannot be read.',
  'restore.done':
    'Restored {file}, as of {takenAt}: {rows, plural, one {# row} other {# rows}} and {eventFiles, plural, one {# file} other {# files}} of events.',
  'restore.settled':
    'Not sent again because they are more than an hour old: {messages, plural, one {# message} other {# messages}} and {news, plural, one {# piece of news} other {# pieces of news}}. {runs, plural, =0 {No sync was under way} one {One sync begins again} other {# syncs begin again}}; {sessions, plural, one {# sign-in} other {# sign-ins}} ended.',
  'restore.next':
    'Next: start Tidemark; it reads at once what has happened since the backup. Revoke API tokens again that were revoked since then.',
} as const;
