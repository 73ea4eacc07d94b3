import { type FormEvent, useState } from 'react';
import { titleIn } from '../../../i18n/index.ts';
import type { Alert } from '../../alerts-queries.ts';
import { serverNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { FormProblem } from '../form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { fieldProblem, TextField } from '../ui/fields.tsx';
import { kindWord } from './alert-words.ts';
import { Choices } from './choices.tsx';
import { fieldTime, type SnoozeLength, snoozeEnd, snoozeLengths } from './snooze-times.ts';
import { type NewSnooze, useAlertActions } from './use-alert-actions.ts';

/** Silences the messages of an alert, or of all that it is about, for a while. */
export function SnoozeDialog({ alert, onClose }: { alert: Alert | null; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog
      open={alert !== null}
      onClose={onClose}
      title={t('web.alerts.snooze.title', { title: alert === null ? '' : titleIn(t.lang, alert) })}
    >
      {alert === null ? null : <SnoozeForm alert={alert} onClose={onClose} />}
    </Dialog>
  );
}

function SnoozeForm({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t, format } = useLanguage();
  const { snooze } = useAlertActions();
  const [now] = useState(serverNow);
  const [wide, setWide] = useState('alert');
  const [length, setLength] = useState<SnoozeLength>('tomorrow');
  const [chosen, setChosen] = useState(() => fieldTime(snoozeEnd('tomorrow', '', now) ?? now));
  const [reason, setReason] = useState(() => t('web.alerts.snooze.usual_reason'));
  const until = snoozeEnd(length, chosen, now);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const ending = length === 'hour' ? { forMinutes: 60 } : { until: until?.toISOString() ?? chosen };
    const made = await snooze.run({ ...scopeOf(alert, wide === 'alert'), ...ending, reason });
    if (made !== undefined) onClose();
  };
  return (
    <form onSubmit={(event) => void save(event)} className="space-y-4">
      <p className="text-[14px] leading-relaxed text-muted">{t('web.alerts.snooze.about')}</p>
      <Choices
        label={t('web.alerts.snooze.what')}
        value={wide}
        onChange={setWide}
        choices={[
          { value: 'alert', label: t('web.alerts.snooze.this', { kind: kindWord(t, alert.kind) }) },
          { value: 'all', label: t('web.alerts.snooze.all', { title: titleIn(t.lang, alert) }) },
        ]}
      />
      <Choices
        label={t('web.alerts.snooze.length')}
        value={length}
        onChange={setLength}
        choices={snoozeLengths.map((value) => ({
          value,
          label: t(`web.alerts.snooze.${value}`),
          ...(value === 'chosen'
            ? {}
            : { hint: format.instant(snoozeEnd(value, '', now)?.toISOString() ?? null) }),
        }))}
      />
      {length === 'chosen' ? (
        <TextField
          label={t('web.alerts.snooze.until')}
          type="datetime-local"
          value={chosen}
          onChange={setChosen}
          min={fieldTime(now)}
          required
          hint={t('web.alerts.in_zone', { zone: format.zone })}
          problem={fieldProblem(snooze.error, '/until')}
        />
      ) : null}
      <TextField
        label={t('web.alerts.snooze.reason')}
        value={reason}
        onChange={setReason}
        required
        hint={t('web.alerts.snooze.reason_hint')}
        problem={fieldProblem(snooze.error, '/reason')}
      />
      <FormProblem error={snooze.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={snooze.busy} className="button button-main">
          {t('web.alerts.snooze.do')}
        </button>
        <button type="button" onClick={onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}

/** Only its own kind, or all that is said about the same thing. */
function scopeOf(
  { connectionKey, keyResultKey, kind }: Alert,
  own: boolean,
): Pick<NewSnooze, 'keyResult' | 'connection' | 'kind'> {
  return { keyResult: keyResultKey, connection: connectionKey, kind: own ? kind : null };
}
