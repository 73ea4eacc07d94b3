import { useQuery } from '@tanstack/react-query';
import type { KeyResultDetail } from '../../api/contract.ts';
import {
  addsUpRounded,
  causeText,
  differenceText,
  movementKind,
  signedAmount,
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

/** Who moved a number over subscriptions in its last week. Other numbers have nobody to name, and draw nothing. */
export function WhatMovedIt({ detail }: { detail: KeyResultDetail }) {
  const { t } = useLanguage();
  const { data: explanation } = useQuery(explanationQuery(detail.key));
  if (explanation?.metric?.movements !== true) return null;
  const to = detail.series.findLast(({ value }) => value !== null)?.day;
  return (
    <section aria-labelledby="moved" className="card">
      <h2 id="moved" className="font-semibold">
        {t('movement.title')}
      </h2>
      {to === undefined ? (
        <p className="mt-3 text-muted">{t('movement.no_day')}</p>
      ) : (
        <Week keyResult={detail.key} from={daysAfter(to, -WEEK)} to={to} />
      )}
    </section>
  );
}

function Week({ keyResult, from, to }: { keyResult: string; from: string; to: string }) {
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
  const { closing, closingDay, customers, opening, openingDay, others, throughAt, timeZone } = movements;
  return (
    <>
      <p className="mt-3 leading-relaxed tabular-nums">
        {t('movement.line', {
          opening: money(opening),
          openingDay: format.day(openingDay),
          closing: money(closing),
          closingDay: format.day(closingDay),
          difference: differenceText(t, movements, money),
        })}
      </p>
      {addsUpRounded(movements) ? null : <p className="text-[13px] text-muted">{t('movement.rounded')}</p>}
      {customers.length === 0 ? (
        <p className="mt-3 text-muted">{t('movement.none')}</p>
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
                {customer.name ?? customer.id}
                {customer.name === null ? null : (
                  <span className="block text-xs break-all text-muted">{customer.id}</span>
                )}
              </th>
              <td className="number">
                {withSign(customer.closing - customer.opening, (size) => format.full(size, measure))}
              </td>
              <td>
                {customer.movements.map((movement) => (
                  <Line
                    key={`${movement.day} ${movement.kind} ${movement.currency}`}
                    movement={movement}
                    currency={movements.currency}
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

type Movement = Movements['customers'][number]['movements'][number];

function Line({ movement, currency }: { movement: Movement; currency: string }) {
  const { t, format } = useLanguage();
  const { amount, basis, causes, day, kind, native } = movement;
  const values = {
    kind: movementKind(t, kind),
    amount: withSign(signedAmount(kind, amount), (size) => format.full(size, { unit: 'money', currency })),
    day: format.day(day),
  };
  const told = causes.map((cause) => causeText(t, cause)).join('; ');
  const paid = { unit: 'money', currency: movement.currency };
  const beside = [
    ...(movement.currency.toUpperCase() === currency.toUpperCase()
      ? []
      : [
          t('movement.native', {
            before: format.full(native.before, paid),
            after: format.full(native.after, paid),
          }),
        ]),
    ...(basis === 'reconstructed' ? [t('movement.basis.reconstructed')] : []),
  ];
  return (
    <p className="break-words">
      {told === '' ? t('movement.on_alone', values) : t('movement.on', { ...values, causes: told })}
      {beside.length === 0 ? null : <span className="text-muted"> ({beside.join(', ')})</span>}
    </p>
  );
}
