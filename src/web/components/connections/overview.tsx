import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import { noticeText } from '../../../i18n/notice-text.ts';
import { call } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import { isBrought } from '../../connection-condition.ts';
import {
  type BoundKeyResult,
  type Connection,
  type Connector,
  healthQuery,
  writeBackQuery,
} from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { agoOf, knownDataState } from '../../words.ts';
import { Fact, Facts } from '../evidence-parts.tsx';
import { FormProblem } from '../form.tsx';
import { CheckField } from '../ui/fields.tsx';
import { DataWord } from './connection-bits.tsx';
import { HealthStrip } from './health-strip.tsx';
import { QuotaLines } from './quota.tsx';
import { everyText } from './time-until.ts';

type Props = {
  connection: Connection;
  connector: Connector | undefined;
  bound: readonly BoundKeyResult[];
  mayChange: boolean;
};

/** Its health, its limits, when it reads next, and what hangs on it. */
export function Overview({ bound, connection, connector, mayChange }: Props) {
  const { t } = useLanguage();
  const { data: runs } = useQuery(healthQuery(connection.key));
  const brought = isBrought(connection);
  return (
    <div className="grid grid-cols-1 items-start gap-x-5 lg:grid-cols-2">
      {brought ? null : (
        <Part title={t('web.connections.health_title')}>
          {runs === undefined ? null : <HealthStrip runs={runs} />}
          <Health connection={connection} />
        </Part>
      )}
      {brought ? null : (
        <Part title={t('web.connections.quota_title')}>
          <QuotaLines connection={connection.key} />
        </Part>
      )}
      {brought ? null : (
        <Part title={t('web.connections.schedule')}>
          <Schedule connection={connection} connector={connector} />
        </Part>
      )}
      <Part title={t('web.connections.account')}>
        <Account connection={connection} />
      </Part>
      {connection.connectorId === 'mixpanel' ? (
        <Part title={t('web.connections.write_back')}>
          <WriteBack connection={connection} mayChange={mayChange} />
        </Part>
      ) : null}
      <Part title={t('web.connections.key_results')}>
        <KeyResults bound={bound} />
      </Part>
    </div>
  );
}

export function Part({ children, id, title }: { title: string; children: ReactNode; id?: string }) {
  return (
    <section {...(id === undefined ? {} : { id })} className="card">
      <h2 className="mb-3 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Health({ connection }: { connection: Connection }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const { lastFailureAt, lastSuccessAt } = connection;
  const when = (at: string | null) => (
    <span title={format.instant(at)}>{agoOf(t, at, now) ?? t('web.never')}</span>
  );
  return (
    <div className="mt-3">
      <Facts>
        <Fact word={t('web.connections.last_success')}>{when(lastSuccessAt)}</Fact>
        <Fact word={t('web.connections.last_failure')}>{when(lastFailureAt)}</Fact>
      </Facts>
    </div>
  );
}

/** As many of the next times are told. */
const NEXT = 5;

function Schedule({ connection, connector }: { connection: Connection; connector: Connector | undefined }) {
  const { t, format } = useLanguage();
  const { schedule, state } = connection;
  if (schedule === null || state === 'paused')
    return <p className="text-[13px]">{t('web.connections.no_schedule')}</p>;
  const first = schedule.nextDueAt === null ? Number.NaN : Date.parse(schedule.nextDueAt);
  const times = Number.isNaN(first)
    ? []
    : Array.from({ length: NEXT }, (_, index) =>
        new Date(first + index * schedule.everyMinutes * 60_000).toISOString(),
      );
  const lags = [
    ...new Set((connector?.metrics ?? []).flatMap(({ settlesAfterHours }) => settlesAfterHours ?? [])),
  ];
  const longest = lags.toSorted((a, b) => b - a)[0];
  return (
    <div className="text-[13px]">
      <p>{t('web.connections.reads_every', { every: everyText(t, schedule.everyMinutes) })}</p>
      {times.length === 0 ? null : (
        <>
          <p className="mt-2 text-muted">{t('web.connections.next_times', { zone: format.zone })}</p>
          <ol className="mt-1 space-y-0.5 tabular-nums">
            {times.map((at) => (
              <li key={at}>{format.instant(at)}</li>
            ))}
          </ol>
        </>
      )}
      {longest === undefined ? null : (
        <p className="mt-2 text-muted">
          {t('web.connections.lag', {
            span: t(longest < 48 ? 'time.hours' : 'time.days', {
              count: longest < 48 ? longest : Math.round(longest / 24),
            }),
          })}
        </p>
      )}
    </div>
  );
}

function Account({ connection }: { connection: Connection }) {
  const { t, format } = useLanguage();
  const { account, endpoint, warnings } = connection;
  return (
    <>
      <Facts>
        <Fact word={t('web.connections.environment')}>
          {t(`web.connections.environment.${connection.environment}`)}
        </Fact>
        {endpoint === null ? null : <Fact word={t('web.connections.endpoint')}>{endpoint}</Fact>}
        <Fact word={t('account.time_zone')}>{account?.timeZone ?? t('account.unknown')}</Fact>
        <Fact word={t('account.currency')}>{account?.currency ?? t('account.unknown')}</Fact>
        {account === null ? null : (
          <Fact word={t('web.connections.asked_at')}>{format.instant(account.checkedAt)}</Fact>
        )}
      </Facts>
      {warnings.map((warning) => (
        <p key={warning.code} className="mt-2 text-[13px] text-warn">
          {noticeText(t, warning)}
        </p>
      ))}
    </>
  );
}

function WriteBack({ connection, mayChange }: { connection: Connection; mayChange: boolean }) {
  const { t } = useLanguage();
  const { data: channel } = useQuery(writeBackQuery(connection.key));
  const change = useChange((enabled: boolean) =>
    call('switchWriteBack', { params: { id: connection.key }, body: { enabled } }),
  );
  // Shown as wanted at once; a refusal turns it back.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const on = wanted ?? channel?.enabled === true;
  const turn = async (enabled: boolean) => {
    setWanted(enabled);
    if ((await change.run(enabled)) === undefined) setWanted(null);
  };
  return (
    <>
      <CheckField
        label={t('web.connections.write_back_label')}
        hint={t('web.connections.write_back_hint')}
        checked={on}
        disabled={!mayChange || change.busy || channel === undefined}
        onChange={(enabled) => void turn(enabled)}
      />
      {channel?.disabledReason == null ? null : (
        <p lang="en" className="mt-2 text-[13px] text-warn">
          {channel.disabledReason}
        </p>
      )}
      <FormProblem error={change.error} />
    </>
  );
}

function KeyResults({ bound }: { bound: readonly BoundKeyResult[] }) {
  const { t } = useLanguage();
  if (bound.length === 0)
    return <p className="text-[13px] text-muted">{t('web.connections.no_key_results')}</p>;
  return (
    <ul className="-my-2 divide-y divide-line text-[14px]">
      {bound.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <Link to="/key-results/$key" params={{ key: row.key }} className="link min-w-0 break-words">
            {titleIn(t.lang, row)}
          </Link>
          <DataWord state={knownDataState(row.data.state)} />
        </li>
      ))}
    </ul>
  );
}
