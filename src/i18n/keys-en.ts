/** What is said to the operator about keys and the audit log. */
export const keysEn = {
  'keys.master': 'Master key',
  'keys.data': 'Data key',
  'keys.workspace': 'Workspace',
  'keys.data_keys': 'Data keys',
  'keys.secrets': 'Secrets',
  'keys.state': 'State',
  'keys.newest': 'writes',
  'keys.reads': 'still reads',
  'keys.retired': 'retired',
  'keys.missing': 'not at hand',
  'keys.removable': 'may be removed',
  'keys.none': 'There are no data keys yet: the first secret makes one.',
  'keys.left':
    '{dataKeys, plural, one {# data key is} other {# data keys are}} under an older master key and {secrets, plural, one {# secret} other {# secrets}} under an older data key; a worker moves them within minutes. Keep every key until then.',
  'keys.settled': 'Everything is under the newest keys.',
  'keys.made': 'Made {count, plural, one {one data key} other {# data keys}}.',
  'keys.made_master': 'The master key {kid} is in {file}, in front of the one before. Keep a copy of it now.',
  'keys.moved':
    'Moved {dataKeys, plural, one {one data key} other {# data keys}} and {secrets, plural, one {one secret} other {# secrets}}; {retired} retired.',
  'keys.removed': 'Taken out of {file}, because nothing is under it: {kids}.',
  'keys.unreadable':
    'No key at hand opens: {ids}. Restore the key that they are under, or enter these secrets again.',
  'audit.whole':
    '{count, plural, =0 {The audit log is empty.} one {The one record is as it was written.} other {All # records are as they were written.}}',
  'audit.linked_only':
    '{count, plural, one {# record was} other {# records were}} written by version 0.1.0: only the place in the chain is proved.',
  'audit.changed': 'Record {id} of {at} in the workspace {workspace} is not what was written.',
  'audit.not_linked':
    'Record {id} of {at} in the workspace {workspace} does not follow the one before it: something was taken out or put in.',
} as const;
