import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api.ts';
import { recordsQuery } from '../../connection-queries.ts';
import { useLanguage } from '../../language.tsx';
import { useMe } from '../../use-me.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { Curl } from './new-values-form.tsx';
import { Upload } from './upload.tsx';

/** The names are those of the files and of the API, and are never translated. */
const KINDS = [
  'responses',
  'events',
  'sessions',
  'views',
  'content',
  'merchants',
  'countries',
  'tickets',
  'sprints',
  'issues',
  'items',
  'deploys',
  'bugs',
  'reports',
  'plans',
  'hours',
  'entries',
  'subscriptions',
  'customers',
  'payments',
  'refunds',
  'disputes',
] as const;
type Kind = (typeof KINDS)[number];

/** Records of one's own: what is there, a file to bring, and a command for programs. */
export function BringRecords({ connection }: { connection: string }) {
  const { t, format } = useLanguage();
  const { mayEdit } = useMe();
  const query = useQuery(recordsQuery(connection));
  return (
    <>
      <section className="card">
        <h2 className="mb-3 font-semibold">{t('web.connections.records_here')}</h2>
        <Asked query={query} inside>
          {(kinds) =>
            kinds.length === 0 ? (
              <p className="text-muted">{t('web.connections.records_none')}</p>
            ) : (
              <div className="table-frame">
                <table className="data-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('web.connections.record_kind')}</th>
                      <th scope="col" className="number">
                        {t('web.connections.record_count')}
                      </th>
                      <th scope="col">{t('time.data_through_label')}</th>
                      <th scope="col">{t('web.received')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {kinds.map(({ kind, records, throughDay, toldAt }) => (
                      <tr key={kind}>
                        <td>
                          <code className="font-mono">{kind}</code>
                        </td>
                        <td className="number">{format.number(records)}</td>
                        <td>{format.day(throughDay)}</td>
                        <td>{format.instant(toldAt)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Asked>
      </section>
      {mayEdit ? <SendRecords connection={connection} /> : null}
    </>
  );
}

function SendRecords({ connection }: { connection: string }) {
  const { t } = useLanguage();
  const [kind, setKind] = useState<Kind>('responses');
  const [through, setThrough] = useState('');
  const until = through === '' ? {} : { through };
  return (
    <section className="card space-y-5">
      <h2 className="font-semibold">{t('web.connections.send_records')}</h2>
      <Upload
        label={t('web.connections.send_records')}
        formats={kind === 'events' ? ['csv', 'jsonl', 'parquet'] : ['csv', 'jsonl']}
        send={async (file, as) =>
          kind === 'events'
            ? call('uploadEvents', { params: { id: connection }, query: { format: as, ...until }, file })
            : call('uploadRecords', {
                params: { id: connection },
                body: { kind, format: as === 'csv' ? 'csv' : 'jsonl', text: await file.text(), ...until },
              })
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('web.connections.record_kind')}
            hint={kind === 'events' ? t('web.connections.events_columns') : undefined}
            value={kind}
            choices={KINDS.map((each) => ({
              value: each,
              label: `${each} · ${t(`web.connections.records.${each}`)}`,
            }))}
            onChange={(chosen) => setKind(chosen as Kind)} // one of the choices
          />
          <TextField
            type="date"
            label={t('web.connections.through')}
            hint={t('web.connections.through_hint')}
            value={through}
            onChange={setThrough}
          />
        </div>
      </Upload>
      <Curl path={`/api/v1/connections/${connection}/records`} body={bodyOf(kind)} />
    </section>
  );
}

/** Rows of the two kinds that programs send most; of another one the file says the columns. */
function bodyOf(kind: Kind): string {
  const at = `${new Date().toISOString().slice(0, 10)}T12:00:00Z`;
  if (kind === 'responses')
    return `{"kind":"responses","records":[{"id":"1","respondentId":"u1","score":9,"time":"${at}"}]}`;
  if (kind === 'events')
    return `{"kind":"events","records":[{"userId":"u1","event":"Sign Up","time":"${at}"}]}`;
  return `{"kind":"${kind}","records":[{}]}`;
}
