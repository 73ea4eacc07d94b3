/** Of every code that an answer can have: when it comes, and what to do. `problems.md` and `/problems/CODE` say it. */
export type ProblemWords = { when: string; fix: string };

const reading: Record<string, ProblemWords> = {
  bad_json: {
    when: 'The body is no JSON, is nested more than 32 levels deep, has more than 10,000 keys, a key twice, or one of `__proto__`, `constructor`, `prototype`.',
    fix: 'Send one plain JSON value.',
  },
  body_too_large: {
    when: 'The body is larger than 256 KiB, an upload larger than 4 MiB, or a file of events larger than 4 GiB.',
    fix: 'Send less at once.',
  },
  unsupported_media_type: {
    when: 'The body is not `application/json` in UTF-8.',
    fix: 'Send `Content-Type: application/json`.',
  },
  method_not_allowed: {
    when: 'The address knows other methods.',
    fix: 'Use one of those that `Allow` names.',
  },
  not_found: {
    when: 'There is nothing at the address, or nothing with that key or id in this workspace.',
    fix: 'Check the address; list what there is.',
  },
  validation: {
    when: 'A field is missing, unknown, or cannot be used. `errors` names every one, with a pointer to it.',
    fix: 'Correct the fields named, then send it again.',
  },
  idempotency_key_invalid: {
    when: 'The `Idempotency-Key` is not 1 to 200 printable ASCII characters.',
    fix: 'Send a UUID.',
  },
  idempotency_conflict: {
    when: 'The `Idempotency-Key` was used before, for something else.',
    fix: 'Use a key again only to repeat the very same request.',
  },
  idempotency_running: {
    when: 'The first request with this `Idempotency-Key` is still being worked on.',
    fix: 'Send it again in a moment.',
  },
  answer_not_kept: {
    when: 'A request with this `Idempotency-Key` was answered before, with a secret that is told once and kept nowhere.',
    fix: 'Look at what is there; make another one if the secret is lost.',
  },
  version_required: {
    when: 'A change does not say which version it is meant for.',
    fix: 'Read it, and send its `ETag` as `If-Match`.',
  },
  version_stale: {
    when: 'It was changed since it was read. `current` is its present `ETag`.',
    fix: 'Read it again, then send the change with the new `ETag`.',
  },
  changed_meanwhile: { when: 'Somebody changed it at the same moment.', fix: 'Send it again.' },
  rate_limited: {
    when: 'More requests came than are taken in a minute, or more syncs were asked for than in an hour.',
    fix: 'Wait as long as `Retry-After` says.',
  },
  too_many_streams: { when: 'Too many event streams are open with this token.', fix: 'Close some.' },
  limit_reached: {
    when: 'The workspace has as many of these as it can have.',
    fix: 'Archive what nobody needs.',
  },
};

const access: Record<string, ProblemWords> = {
  unauthorized: {
    when: 'No valid session or token came with the request.',
    fix: 'Sign in, or send a token.',
  },
  forbidden: { when: 'Nobody may use this.', fix: 'Report it.' },
  scope_missing: { when: 'The token does not have the scope.', fix: 'Make one that has it.' },
  role_missing: { when: 'The role in the workspace does not include this.', fix: 'Ask an admin.' },
  in_person_only: {
    when: 'A token asked for what only a person can do.',
    fix: 'Sign in on the page, or use the command line.',
  },
  csrf: {
    when: 'A change with a cookie came without the proof that our page sent it.',
    fix: 'Reload the page.',
  },
  unknown_host: {
    when: 'The request came by a name that this server does not answer to.',
    fix: 'Set TIDEMARK_PUBLIC_URL.',
  },
  link_used: {
    when: 'A sign-in link was used already or has expired.',
    fix: 'Print a new one with `tidemark link`.',
  },
  sign_in_failed: {
    when: 'Address and password do not fit, or nobody has them.',
    fix: 'Try again, or ask for a reset.',
  },
  too_many_sign_ins: {
    when: 'Too many attempts to sign in failed.',
    fix: 'Wait as long as `Retry-After` says.',
  },
  first_workspace_only: {
    when: 'Only admins of the first workspace make workspaces and see the queue.',
    fix: 'Ask one of them.',
  },
  has_account: { when: 'The person has an account and a password.', fix: 'Let them sign in.' },
  last_admin: { when: 'The workspace would be left without an admin.', fix: 'Make somebody else one first.' },
  no_membership: { when: 'The account belongs to no workspace.', fix: 'Ask an admin to be added.' },
  no_session: { when: 'What only a session has was asked for with a token.', fix: 'Sign in on the page.' },
  export_busy: { when: 'As many exports are under way as are made at once.', fix: 'Try again in a moment.' },
  user_disabled: { when: 'The account is switched off.', fix: 'Ask whoever runs Tidemark.' },
};

const plan: Record<string, ProblemWords> = {
  already_exists: { when: 'The key is taken.', fix: 'Choose another key.' },
  already_imported: { when: 'The text was imported before.', fix: 'Import what is new.' },
  cycle_closed: {
    when: 'The cycle is closed; nothing of it changes any more.',
    fix: 'Carry over what goes on.',
  },
  cycle_invalid: { when: 'The days of a cycle do not fit.', fix: 'Correct them.' },
  cycle_open: {
    when: 'The cycle is still open, or Key Results have no final verdict.',
    fix: 'Close it, or close it as it is.',
  },
  cycle_runs: { when: 'The days of the cycle are not over.', fix: 'Close it after its last day.' },
  reason_missing: { when: 'Closing as it is needs a reason.', fix: 'Give one.' },
  drafts_invalid: {
    when: 'Drafts of a text cannot be saved as they are.',
    fix: 'Correct what `errors` names.',
  },
  questions_open: { when: 'Questions about a text are open.', fix: 'Answer them.' },
  nothing_found: {
    when: 'No objective or Key Result was found in the text.',
    fix: 'Write them line by line.',
  },
  objective_missing: { when: 'Key Results stand outside of any objective.', fix: 'Name one for them.' },
  other_cycle: { when: 'The objective belongs to another cycle.', fix: 'Name one of this cycle.' },
  no_steps: { when: 'The Key Result has no steps.', fix: 'Check in a value.' },
  measured_by_metric: { when: 'A metric measures it; nobody is reminded.', fix: 'Nothing to do.' },
  tracked_automatically: { when: 'A source has the value already.', fix: 'Override it for some days.' },
  not_automatic: { when: 'No source measures the Key Result.', fix: 'Check in a value.' },
  override_invalid: { when: 'The days of an override do not fit.', fix: 'Correct them.' },
  no_override: { when: 'No override is in force.', fix: 'Nothing to do.' },
  no_baseline: { when: 'The goal is not measured from a start.', fix: 'Nothing to do.' },
  no_guard: { when: 'The Key Result has no counter-metric.', fix: 'Nothing to do.' },
  no_metric: { when: 'No metric of the catalogue is meant.', fix: 'Name one.' },
  not_bound: { when: 'No metric feeds the Key Result.', fix: 'Bind one.' },
  too_many_links: { when: 'The Key Result has as many public links as it can have.', fix: 'Revoke one.' },
  days_evaluated: {
    when: 'Days of the cycle were judged already.',
    fix: 'Make another cycle for other days.',
  },
  pace_outside: {
    when: 'The pace of a Key Result does not fit the new days.',
    fix: 'Change its pace first.',
  },
  in_use: { when: 'Something else needs it.', fix: 'Archive or move that first.' },
  not_archived: { when: 'It is not archived.', fix: 'Nothing to do.' },
  within_archived: { when: 'What it belongs to is archived.', fix: 'Restore that first.' },
  goal_invalid: { when: 'Start, target and kind of a goal do not fit together.', fix: 'Correct the goal.' },
  binding_invalid: {
    when: 'The metric does not fit the goal.',
    fix: 'Bind another metric, or change the goal.',
  },
  aggregate_invalid: { when: 'The metric cannot be combined in that way.', fix: 'Choose another aggregate.' },
  no_chart: { when: 'There is no line to draw.', fix: 'Show the badge.' },
};

const metrics: Record<string, ProblemWords> = {
  definition_impossible: {
    when: 'A newer definition cannot be used here.',
    fix: 'Change it, or withdraw it.',
  },
  definition_moved_on: {
    when: 'There is a newer version than the one looked at.',
    fix: 'Look at it, then accept it.',
  },
  no_new_definition: { when: 'The metric has no newer version.', fix: 'Nothing to do.' },
  formula_invalid: { when: 'A formula cannot be read or combined.', fix: 'Correct it at the place named.' },
  not_computed: { when: 'The metric is no formula.', fix: 'Change its parameters instead.' },
  unchanged: { when: 'Nothing would change.', fix: 'Nothing to do.' },
  version_in_use: { when: 'Key Results are judged by this version.', fix: 'Accept another one first.' },
  not_pushable: { when: 'A source is read for this metric.', fix: 'Push into a values metric.' },
  not_read: { when: 'Values are brought; no source is read.', fix: 'Bring newer ones.' },
  not_read_yet: { when: 'The ledger has not been read so far.', fix: 'Wait for the first sync.' },
  rows_refused: {
    when: 'Rows cannot be used; `errors` names each line.',
    fix: 'Correct them, then send all again.',
  },
  records_refused: {
    when: 'Records cannot be used; `errors` names each line.',
    fix: 'Correct them, then send all again.',
  },
  value_too_large: { when: 'A value has more digits than are kept.', fix: 'Scale it.' },
  file_empty: { when: 'The file is empty.', fix: 'Send one with rows.' },
  missing_rate: { when: 'An exchange rate is missing.', fix: 'Bring it.' },
  no_currency: { when: 'No reporting currency is known.', fix: 'Name one.' },
  no_point: { when: 'There is no value on one of the days.', fix: 'Choose days with values.' },
  not_over_ledger: { when: 'No ledger lies behind the metric.', fix: 'Ask it of a revenue metric.' },
  explain_inputs: { when: 'A formula is explained by its inputs.', fix: 'Ask it of one of them.' },
};

const sources: Record<string, ProblemWords> = {
  blocked_destination: {
    when: 'The address is one that nothing is sent to.',
    fix: 'Use a public address, or let the operator allow it.',
  },
  connection_paused: { when: 'The connection is paused.', fix: 'Resume it.' },
  not_a_records_connection: { when: 'The connection takes no records.', fix: 'Use one that does.' },
  write_back_unsupported: {
    when: 'Nothing can be written back through this connection.',
    fix: 'Use one that can.',
  },
  webhook_refused: {
    when: 'The signature of an event does not fit. Answered with 400.',
    fix: 'Store the signing secret of this very endpoint.',
  },
  event_file_unusable: {
    when: 'A file of events is missing or broken.',
    fix: 'Restore the folder of events.',
  },
  events_busy: { when: 'Another upload is being taken in.', fix: 'Try again in a moment.' },
  source_transient: { when: 'The source did not answer.', fix: 'Try again in a moment.' },
  source_rate_limited: { when: 'The source is asked too often.', fix: 'Wait.' },
  source_auth: { when: 'The source refused the key.', fix: 'Enter a valid key.' },
  source_config: { when: 'The source does not know what is asked.', fix: 'Correct the settings.' },
  source_bad_payload: { when: 'The source answered what cannot be read.', fix: 'Try again.' },
  source_schema_drift: { when: 'The source answers in another shape than before.', fix: 'Report it.' },
  source_too_large: { when: 'The source answered more than is taken.', fix: 'Ask for less.' },
  source_blocked_destination: {
    when: 'The address is one that nothing is sent to.',
    fix: 'Let the operator allow it.',
  },
};

const telling: Record<string, ProblemWords> = {
  alert_over: { when: 'The alert is over.', fix: 'Nothing to do.' },
  not_fired: { when: 'The alert has not fired so far.', fix: 'Wait for it, or snooze it.' },
  not_acknowledged: { when: 'Nobody has acknowledged the alert.', fix: 'Nothing to do.' },
  channel_invalid: {
    when: 'The address or the settings of a channel do not fit its kind.',
    fix: 'Correct them.',
  },
  channel_off: { when: 'The channel is switched off.', fix: 'Switch it on.' },
  delivery_not_over: { when: 'The message is still on its way.', fix: 'Wait.' },
  no_digest: { when: 'The channel has no digest.', fix: 'Set one.' },
  no_settings: { when: 'The channel is told no news.', fix: 'Nothing to do.' },
  no_signing_secret: { when: 'The channel signs nothing.', fix: 'Use a webhook.' },
  no_test_message: { when: 'The channel takes no test message.', fix: 'Use another one.' },
};

const ours: Record<string, ProblemWords> = {
  database_down: { when: 'The database does not answer.', fix: 'Try again in a moment.' },
  queue_down: { when: 'The queue does not answer to its dashboard.', fix: 'Try again in a moment.' },
  internal: {
    when: 'Something in Tidemark broke. Nothing was stored.',
    fix: 'Look for the request id in the log, and report it.',
  },
};

export const problemWords: Readonly<Record<string, ProblemWords>> = {
  ...reading,
  ...access,
  ...plan,
  ...metrics,
  ...sources,
  ...telling,
  ...ours,
};

/** The page of a code, below `/problems/`. */
export const problemPage = (code: string): string => `/problems/${code.replaceAll('_', '-')}`;
