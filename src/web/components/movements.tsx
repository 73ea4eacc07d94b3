import { useQuery } from '@tanstack/react-query';
import type { KeyResultDetail } from '../../api/contract.ts';
import {
  addsUpRounded,
  comparedText,
  customerText,
  movementKind,
  nativeText,
  signedAmount,
  whatText,
  withSign,
} from '../../i18n/movement-text.ts';
import { ApiError, type Movements } from '../api.ts';
import { daysAfter } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { explanationQuery, movementsQuery } from '../queries.ts';
import { ProblemNotice } from './notices.tsx';
import { Bone, LoadingWord } from './skeleton.tsx';

const CUSTOMERS_SHOWN = 5;
const WEEK = 7;

/** Who moved a number over subscriptions or payments in its last week, or month. Other numbers have nobody to name, and draw nothing. */
export function WhatMovedIt({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { data: explanation } = useQuery(explanationQuery(detail.key, detail.asOf?.at ?? null));
  // Who moved it is worked out anew from the ledger, which does not know what it said in the past.
  if (explanation?.metric?.movements !== true || detail.asOf !== null) return null;
  const { definition } = explanation.metric;
  const isMonthly = definition?.kind === 'catalog' && definition.window.kind === 'month';
  const to = detail.series.findLast(({ value }) => value !== null)?.day;
  return (
    <section aria-labelledby="moved" className="card">
      <h2 id="moved" className="font-semibold">
        {t('movement.title')}
      </h2>
      {to === undefined ? (
        <p className="mt-3 text-muted">{t('movement.no_day')}</p>
      ) : (
        <Span keyResult={detail.key} from={isMonthly ? monthBefore(to) : daysAfter(to, -WEEK)} to={to} />
      )}
    </section>
  );
}

/** The last day of the month before: what is counted by the month is compared with no other day. */
function monthBefore(day: string): string {
  return daysAfter(`${day.slice(0, 8)}01`, -1);
}

function Span({ keyResult, from, to }: { keyResult: string; from: string; to: string }) {
  const { data, error, refetch } = useQuery(movementsQuery(keyResult, { from, to }, CUSTOMERS_SHOWN));
  if (data !== undefined) return <Moved movements={data} />;
  if (error === null)
    return (
      <div className="mt-3 space-y-3">
        <LoadingWord />
        {['w-2/3', 'w-full', 'w-full'].map((width, index) => (
          <Bone key={index} className={`h-5 ${width}`} />
        ))}
      </div>
    );
  // Nothing failed: there is nothing to compare yet, and the answer says what for.
  if (error instanceof ApiError && error.status === 409)
    return <p className="mt-3 leading-relaxed text-muted">{error.detail}</p>;
  return <ProblemNotice error={error} onRetry={() => void refetch()} inside />;
}

function Moved({ movements }: { movements: Movements }) {
  const { t, format } = useLanguage();
  const measure = { unit: 'money', currency: movements.currency };
  const money = (amount: number): string => format.full(amount, measure);
  const { customers, others, throughAt, timeZone, windows } = movements;
  return (
    <>
      <p className="mt-3 leading-relaxed tabular-nums">{comparedText(t, movements, money, format.day)}</p>
      {addsUpRounded(movements) ? null : <p className="text-[13px] text-muted">{t('movement.rounded')}</p>}
      {customers.length === 0 ? (
        <p className="mt-3 text-muted">{t(windows === null ? 'movement.none' : 'movement.none_cash')}</p>
      ) : (
        <CustomerTable movements={movements} />
      )}
      {others === 0 ? null : (
        <p className="mt-2 text-[13px] text-muted">{t('movement.others', { count: others })}</p>
      )}
      <p className="mt-2 text-[13px] text-muted tabular-nums">
        {timeZone}
        {throughAt === null ? null : ` · ${t('movement.through', { at: format.instant(throughAt) })}`}
      </p>
    </>
  );
}

function CustomerTable({ movements }: { movements: Movements }) {
  const { t, format } = useLanguage();
  const measure = { unit: 'money', currency: movements.currency };
  return (
    <div className="table-frame mt-3" role="region" aria-label={t('movement.title')} tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('movement.customer')}</th>
            <th scope="col" className="number">
              {t('movement.change')}
            </th>
            <th scope="col">{t('movement.what')}</th>
          </tr>
        </thead>
        <tbody>
          {movements.customers.map((customer) => (
            <tr key={customer.id}>
              <th scope="row">
                <CustomerName customer={customer} />
              </th>
              <td className="number">
                {withSign(customer.closing - customer.opening, (size) => format.full(size, measure))}
              </td>
              <td>
                {customer.movements.map((movement) => (
                  <Line
                    key={`${movement.day} ${movement.kind} ${movement.currency} ${movement.record?.id ?? ''}`}
                    movement={movement}
                    movements={movements}
                  />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Customer = Movements['customers'][number];
type Movement = Customer['movements'][number];

function CustomerName({ customer }: { customer: Customer }) {
  const { t } = useLanguage();
  const { id, name } = customerText(t, customer);
  return (
    <>
      {name}
      {id === null ? null : <span className="block text-xs break-all text-muted">{id}</span>}
    </>
  );
}

function Line({ movement, movements }: { movement: Movement; movements: Movements }) {
  const { t, format } = useLanguage();
  const { currency } = movements;
  const { amount, basis, day, kind } = movement;
  const values = {
    kind: movementKind(t, kind),
    amount: withSign(signedAmount(kind, amount), (size) => format.full(size, { unit: 'money', currency })),
    day: format.day(day),
  };
  const told = whatText(t, movement, movements);
  const paid = { unit: 'money', currency: movement.currency };
  const beside = [
    ...(movement.currency.toUpperCase() === currency.toUpperCase()
      ? []
      : [nativeText(t, movement, (size) => format.full(size, paid))]),
    ...(basis === 'reconstructed' ? [t('movement.basis.reconstructed')] : []),
  ];
  return (
    <p className="break-words">
      {told === '' ? t('movement.on_alone', values) : t('movement.on', { ...values, causes: told })}
      {beside.length === 0 ? null : <span className="text-muted"> ({beside.join(', ')})</span>}
    </p>
  );
}
