import type { Translate } from '../../../i18n/index.ts';
import type { Channel, Delivery } from '../../alerts-queries.ts';
import type { BadgeTone } from './alert-badges.tsx';

export type DeliveryStatus = Delivery['status'];
export type Attempt = Delivery['tries'][number];

export const deliveryStatuses: readonly DeliveryStatus[] = [
  'pending',
  'delivered',
  'dead',
  'superseded',
  'suppressed',
];
export const statusTones: Record<DeliveryStatus, BadgeTone> = {
  pending: 'warn',
  delivered: 'good',
  dead: 'bad',
  superseded: 'quiet',
  suppressed: 'quiet',
};

export function statusWord(t: Translate, status: string): string {
  const key = `web.deliveries.status.${status}`;
  return t.knows(key) ? t(key) : status;
}

/** What a message is about: one piece of news by its own name, several, a digest, a test, or an event for a program. */
export function deliveryKindWord(t: Translate, kind: string): string {
  const key = `web.deliveries.kind.${kind.replaceAll('.', '_')}`;
  return t.knows(key) ? t(key) : kind;
}

/** What the other side said to one attempt. */
export function tryText(t: Translate, { errorClass, httpStatus, ok }: Attempt): string {
  if (ok) return t('web.deliveries.answer.ok');
  const key = `web.deliveries.answer.${errorClass ?? ''}`;
  const said = t.knows(key) ? t(key) : (errorClass ?? '');
  return httpStatus === null ? said : t('web.deliveries.answer.with', { said, status: httpStatus });
}

/** What to do about the newest failure, by the kind of the channel and what came back. */
export function whatToDo(
  t: Translate,
  kind: Channel['kind'],
  { errorClass, httpStatus }: Pick<Attempt, 'errorClass' | 'httpStatus'>,
): string {
  if (errorClass === 'blocked_destination') return t('web.channels.fix.blocked');
  if (errorClass === 'rate_limited') return t('web.channels.fix.wait');
  if (errorClass === 'gone') return t('web.channels.fix.gone');
  if (httpStatus === null)
    return t(kind === 'email' ? 'web.channels.fix.smtp_silent' : 'web.channels.fix.silent');
  if (kind === 'email')
    return t(
      [530, 534, 535].includes(httpStatus)
        ? 'web.channels.fix.smtp_password'
        : 'web.channels.fix.smtp_refused',
    );
  if (httpStatus >= 500) return t('web.channels.fix.server');
  if (kind === 'slack') return t('web.channels.fix.slack');
  return t(
    httpStatus === 401 || httpStatus === 403 ? 'web.channels.fix.signature' : 'web.channels.fix.address',
  );
}
