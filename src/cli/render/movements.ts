import type { MovementsView } from '../../api/contracts/revenue.ts';
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
import { translator } from '../../i18n/translator.ts';
import { formatMoney, instantText } from './format.ts';
import { type Look, plain } from './look.ts';
import { paintOf } from './paint.ts';
import { oneLine, wrap } from './text.ts';

type Customer = MovementsView['customers'][number];
type Movement = Customer['movements'][number];

/** Why MRR, or a sum over money that moved, is another than it was: the sum by kind, and below it who did what. */
export function renderMovements(view: MovementsView, look: Look): string {
  const t = translator(look.lang);
  const paint = paintOf(look.color);
  const money = (amount: number): string => formatMoney(amount, view.currency, look);
  const head = comparedText(t, view, money, (day) => day);
  const lines = [
    `${paint.bold(oneLine(view.metric.title))}  ${paint.dim(view.metric.key)}`,
    ...wrap(head, look.columns),
    ...(addsUpRounded(view) ? [] : [paint.dim(`  ${t('movement.rounded')}`)]),
    ...view.customers.flatMap((customer) => ['', ...customerLines(customer, view, look)]),
  ];
  if (view.customers.length === 0)
    lines.push('', t(view.windows === null ? 'movement.none' : 'movement.none_cash'));
  if (view.others > 0) lines.push('', t('movement.others', { count: view.others }));
  const through =
    view.throughAt === null ? [] : [t('movement.through', { at: instantText(view.throughAt, look) })];
  const label = view.environment === 'live' ? [] : [`[${view.environment}]`];
  const foot = [...label, view.timeZone, ...through].join(' · ');
  lines.push('', paint.dim(foot));
  return plain(lines.join('\n'), look);
}

function customerLines(customer: Customer, view: MovementsView, look: Look): string[] {
  const paint = paintOf(look.color);
  const { id, name } = customerText(translator(look.lang), customer);
  const named = id === null ? oneLine(name) : `${oneLine(name)} (${oneLine(id)})`;
  const change = withSign(customer.closing - customer.opening, (size) =>
    formatMoney(size, view.currency, look),
  );
  return [
    `${paint.bold(named)}  ${change}`,
    ...customer.movements.flatMap((movement) =>
      wrap(movementText(movement, view, look), look.columns === null ? null : look.columns - 4).map(
        (line) => `    ${line}`,
      ),
    ),
  ];
}

/** "expansion +$120.00 on 2026-07-03: quantity of sub_1: 10 → 14 (reconstructed from invoices)" */
function movementText(movement: Movement, view: MovementsView, look: Look): string {
  const t = translator(look.lang);
  const values = {
    kind: movementKind(t, movement.kind),
    amount: withSign(signedAmount(movement.kind, movement.amount), (size) =>
      formatMoney(size, view.currency, look),
    ),
    day: movement.day,
  };
  const causes = oneLine(whatText(t, movement, view));
  const what = causes === '' ? t('movement.on_alone', values) : t('movement.on', { ...values, causes });
  const paid = nativeText(t, movement, (amount) => formatMoney(amount, movement.currency, look));
  const beside = [
    ...(movement.currency.toUpperCase() === view.currency.toUpperCase() ? [] : [paid]),
    ...(movement.basis === 'reconstructed' || look.verbose ? [t(`movement.basis.${movement.basis}`)] : []),
  ];
  return beside.length === 0 ? what : `${what} (${beside.join(', ')})`;
}
