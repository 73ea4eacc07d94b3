import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { channelsQuery, type Delivery, deliveriesQuery } from '../alerts-queries.ts';
import { Badge } from '../components/alerts/alert-badges.tsx';
import { AlertTabs } from '../components/alerts/alert-tabs.tsx';
import { Pages } from '../components/alerts/chip.tsx';
import { DeliveryDrawer } from '../components/alerts/delivery-drawer.tsx';
import {
  deliveryKindWord,
  deliveryStatuses,
  statusTones,
  statusWord,
  tryText,
} from '../components/alerts/delivery-words.ts';
import { SelectField } from '../components/ui/fields.tsx';
import { Asked, EmptyState, PageHead } from '../components/ui/page-parts.tsx';
import { useLanguage } from '../language.tsx';
import { changed, useWords, type Words } from '../use-words.ts';

/** Kinds that can be chosen: what is written most, and what is looked for. */
const KINDS = [
  'test',
  'digest',
  'news',
  'key_result.off_track',
  'key_result.got_worse',
  'key_result.still_off_track',
  'key_result.recovered',
  'key_result.check_in_due',
  'connection.failing',
  'connection.no_data',
] as const;

/** What was sent, to whom, and what became of it; the newest first. */
export function DeliveriesPage() {
  const { t } = useLanguage();
  const { words, put } = useWords();
  const { after, channel, kind, open, state } = words;
  const filter = { channelKey: channel ?? null, status: state ?? null, kind: kind ?? null };
  const query = useQuery(deliveriesQuery(filter, after ?? null));
  const filtered = [channel, kind, state].some((word) => word !== undefined);
  return (
    <>
      <PageHead title={t('web.alerts.deliveries')}>
        <p>{t('web.deliveries.intro')}</p>
      </PageHead>
      <AlertTabs />
      <Filters words={words} put={put} />
      <Asked query={query}>
        {({ data, page }) =>
          data.length === 0 ? (
            <EmptyState title={t(filtered ? 'web.deliveries.none_left' : 'web.deliveries.none')}>
              <p>
                {filtered ? (
                  <Link to="/alerts/deliveries" search={{}} className="link">
                    {t('web.filter.clear')}
                  </Link>
                ) : (
                  t('web.deliveries.none_hint')
                )}
              </p>
            </EmptyState>
          ) : (
            <>
              <Log rows={data} words={words} />
              <Pages
                words={words}
                next={page.nextCursor}
                older={t('web.deliveries.older')}
                newest={t('web.deliveries.newest')}
              />
            </>
          )
        }
      </Asked>
      <DeliveryDrawer id={open ?? null} onClose={() => put({ open: undefined })} />
    </>
  );
}

function Filters({ put, words }: { words: Words; put: (change: Words) => void }) {
  const { t } = useLanguage();
  const { data: channels = [] } = useQuery(channelsQuery);
  const choose = (name: string) => (value: string) =>
    put({ [name]: value === '' ? undefined : value, after: undefined });
  const any = t('web.deliveries.any');
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-3 sm:max-w-2xl">
      <SelectField
        label={t('web.deliveries.channel')}
        value={words['channel'] ?? ''}
        onChange={choose('channel')}
        none={any}
        choices={channels.map(({ key, title }) => ({ value: key, label: title }))}
      />
      <SelectField
        label={t('web.deliveries.state')}
        value={words['state'] ?? ''}
        onChange={choose('state')}
        none={any}
        choices={deliveryStatuses.map((value) => ({ value, label: statusWord(t, value) }))}
      />
      <SelectField
        label={t('web.deliveries.what')}
        value={words['kind'] ?? ''}
        onChange={choose('kind')}
        none={any}
        choices={KINDS.map((value) => ({ value, label: deliveryKindWord(t, value) }))}
      />
    </div>
  );
}

function Log({ rows, words }: { rows: readonly Delivery[]; words: Words }) {
  const { t, format } = useLanguage();
  return (
    <div
      className="table-frame bg-surface"
      tabIndex={0}
      role="region"
      aria-label={t('web.alerts.deliveries')}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('web.deliveries.written')}</th>
            <th scope="col">{t('web.deliveries.what')}</th>
            <th scope="col">{t('web.deliveries.state')}</th>
            <th scope="col">{t('web.deliveries.channel')}</th>
            <th scope="col">{t('web.deliveries.last_answer')}</th>
            <th scope="col">{t('web.deliveries.next_at')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{format.instant(row.createdAt)}</td>
              <td>
                <Link
                  to="."
                  search={changed(words, { open: row.deliveryId }) as never}
                  resetScroll={false}
                  className="link"
                >
                  {deliveryKindWord(t, row.kind)}
                </Link>
              </td>
              <td>
                <Badge tone={statusTones[row.status]}>{statusWord(t, row.status)}</Badge>
              </td>
              <td>{row.channelKey}</td>
              <td>
                <LastAnswer row={row} />
              </td>
              <td>{row.nextAt === null ? '–' : format.instant(row.nextAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LastAnswer({ row: { attempts, tries } }: { row: Delivery }) {
  const { t } = useLanguage();
  const [last] = tries;
  if (last === undefined) return <span className="text-muted">{t('web.deliveries.no_attempt')}</span>;
  return (
    <span className="block min-w-56 whitespace-normal">
      {tryText(t, last)}
      {attempts < 2 ? null : (
        <span className="text-muted"> · {t('web.deliveries.attempts', { count: attempts })}</span>
      )}
    </span>
  );
}
