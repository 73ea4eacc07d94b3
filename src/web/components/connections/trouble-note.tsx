import { Link } from '@tanstack/react-router';
import { useServerNow } from '../../clock.ts';
import { failureOf, type Trouble } from '../../connection-condition.ts';
import type { Connection, Run } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { agoOf } from '../../words.ts';
import { timeUntil } from './time-until.ts';

type Props = {
  connection: Connection;
  trouble: Trouble;
  /** The newest first; absent while they are on their way. */
  runs: readonly Run[] | undefined;
  mayChange: boolean;
};

/** What is wrong and what to do about it, in one sentence; the provider's own words below it. */
export function TroubleNote({ connection, mayChange, runs, trouble }: Props) {
  const { t } = useLanguage();
  const failed = runs?.find(({ error }) => error !== null) ?? null;
  const sentence =
    trouble === 'failing'
      ? t(`web.connections.failure.${failureOf(failed?.error?.class ?? '')}`)
      : t(`web.connections.trouble.${trouble}`);
  const bad = trouble === 'needs_reauth' || trouble === 'misconfigured' || trouble === 'failing';
  const said =
    trouble === 'paused' || trouble === 'failing' || bad ? wordsOf(connection, failed, trouble) : null;
  return (
    <div
      className={`rounded-lg px-3.5 py-2.5 text-[14px] leading-relaxed ${bad ? 'bg-bad-soft' : trouble === 'paused' || trouble === 'never_read' ? 'bg-quiet-soft' : 'bg-warn-soft'}`}
    >
      <p>
        <span className="font-medium">{sentence}</span>{' '}
        <NextTry connection={connection} run={runs?.[0] ?? null} trouble={trouble} />
        {mayChange ? <WayOut connection={connection} trouble={trouble} failed={failed} /> : null}
      </p>
      {said === null || said === '' ? null : (
        <p lang="en" className="mt-0.5 text-[13px] break-words text-muted">
          {said}
        </p>
      )}
      <Since connection={connection} bad={bad} />
    </div>
  );
}

function wordsOf({ stateReason }: Connection, failed: Run | null, trouble: Trouble): string | null {
  if (trouble === 'paused') return stateReason;
  return failed?.error?.message ?? stateReason;
}

type NextTryProps = { connection: Connection; run: Run | null; trouble: Trouble };

/** What waits for another try says when that is. */
function NextTry({ connection, run, trouble }: NextTryProps) {
  const { t } = useLanguage();
  const now = useServerNow();
  if (trouble !== 'failing') return null;
  const open = timeUntil(t, connection.circuitOpenUntil, now);
  if (open !== null) return <>{t('web.connections.circuit_open', { wait: open })} </>;
  if (run === null || run.status !== 'queued') return null;
  const wait = timeUntil(t, run.notBefore, now);
  return <>{wait === null ? null : t('web.connections.next_try', { wait })} </>;
}

function WayOut({
  connection,
  failed,
  trouble,
}: {
  connection: Connection;
  trouble: Trouble;
  failed: Run | null;
}) {
  const { t } = useLanguage();
  const key = trouble === 'needs_reauth' || (trouble === 'failing' && failed?.error?.class === 'auth');
  if (!key && trouble !== 'misconfigured' && trouble !== 'paused') return null;
  return (
    <Link
      to="/connections/$key"
      params={{ key: connection.key }}
      search={{ tab: 'settings' }}
      hash={key ? 'key' : trouble === 'paused' ? 'schedule' : 'settings'}
      className="link"
    >
      {t(
        key
          ? 'web.connections.replace_key'
          : trouble === 'paused'
            ? 'web.connections.resume'
            : 'web.connections.open_settings',
      )}
    </Link>
  );
}

function Since({ bad, connection }: { connection: Connection; bad: boolean }) {
  const { t } = useLanguage();
  const now = useServerNow();
  const ago = agoOf(t, connection.lastSuccessAt, now);
  if (!bad || ago === null) return null;
  return <p className="mt-0.5 text-[13px] text-muted">{t('web.connections.last_worked', { ago })}</p>;
}
