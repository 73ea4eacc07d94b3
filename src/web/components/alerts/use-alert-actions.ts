import { useQueryClient } from '@tanstack/react-query';
import type { Body } from '../../../api/client-types.ts';
import { titleIn } from '../../../i18n/index.ts';
import type { Alert, Snooze } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { say } from '../ui/toast.tsx';
import { useProblemText } from '../use-problem-text.ts';
import { coveredBy } from './alert-words.ts';

export type NewSnooze = Body<'createSnooze'>;
export type AlertActions = ReturnType<typeof useAlertActions>;

/** What can be done about an alert; each says what it did and takes it back when asked within ten seconds. */
export function useAlertActions() {
  const { t, format } = useLanguage();
  const undo = useUndo();
  const acknowledge = useChange(
    ({ alert, note }: { alert: Alert; note: string }) =>
      call('acknowledgeAlert', { params: { id: alert.id }, body: { note } }),
    (_, { alert }) =>
      say(
        t('web.alerts.did.acknowledge', { title: titleIn(t.lang, alert) }),
        undo(() => call('withdrawAcknowledgement', { params: { id: alert.id } })),
      ),
  );
  const withdraw = useChange(
    (alert: Alert) => call('withdrawAcknowledgement', { params: { id: alert.id } }),
    (_, alert) => {
      const { acknowledged, id } = alert;
      const body = { note: acknowledged?.note ?? '' };
      say(
        t('web.alerts.did.withdraw', { title: titleIn(t.lang, alert) }),
        undo(() => call('acknowledgeAlert', { params: { id }, body })),
      );
    },
  );
  const snooze = useChange(
    (body: NewSnooze) => call('createSnooze', { body }),
    (made) =>
      say(
        t('web.alerts.did.snooze', { what: coveredBy(t, made), until: format.instant(made.until) }),
        undo(() => call('endSnooze', { params: { id: made.id } })),
      ),
  );
  const end = useChange(
    ({ id }: Snooze) => call('endSnooze', { params: { id } }),
    (ended) =>
      say(
        t('web.alerts.did.end', { what: coveredBy(t, ended) }),
        undo(() => call('createSnooze', { body: sameAgain(ended) })),
      ),
  );
  return { acknowledge, withdraw, snooze, end };
}

/** A silence as it was, to the same end. */
function sameAgain({
  connectionKey,
  keyResultKey,
  kind,
  objectiveKey,
  owner,
  reason,
  until,
}: Snooze): NewSnooze {
  const everything = [connectionKey, keyResultKey, kind, objectiveKey, owner].every((each) => each === null);
  return {
    keyResult: keyResultKey,
    objective: objectiveKey,
    connection: connectionKey,
    owner,
    kind,
    everything,
    reason,
    until,
  };
}

/** Takes something back; what the server says against it is told in the same place. */
export function useUndo() {
  const queries = useQueryClient();
  const textOf = useProblemText();
  return (work: () => Promise<unknown>) => (): void =>
    void work()
      .catch((error: unknown) => say(textOf(error)))
      .finally(() => void queries.invalidateQueries());
}
