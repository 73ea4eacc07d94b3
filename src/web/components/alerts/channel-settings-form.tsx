import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Channel } from '../../alerts-queries.ts';
import { call, callVersioned } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { CheckField, fieldProblem, SelectField, TextField } from '../ui/fields.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { say } from '../ui/toast.tsx';
import {
  channelEvents,
  draftOf,
  type SettingsDraft,
  settingsOf,
  topics,
  weekdays,
  zones,
} from './channel-settings.ts';
import { Choices } from './choices.tsx';

type Versioned = { data: Channel; version: string | null };
type SetDraft = (change: Partial<SettingsDraft>) => void;
type PartProps = { draft: SettingsDraft; set: SetDraft; error: unknown };

/** When and of what a channel hears, as it is now; a change that somebody made meanwhile is told, not overwritten. */
export function ChannelSettingsForm({ channelKey, onClose }: { channelKey: string; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['channel-version', channelKey],
    queryFn: ({ signal }) => callVersioned('getChannel', { params: { id: channelKey }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Asked query={query} inside>
      {(read) => <Settings key={channelKey} read={read} onClose={onClose} />}
    </Asked>
  );
}

function Settings({ onClose, read: current }: { read: Versioned; onClose: () => void }) {
  const { t } = useLanguage();
  // What is read again meanwhile does not change under the hands of whoever types.
  const [read] = useState(current);
  const { data: channel, version } = read;
  const [draft, setDraft] = useState<SettingsDraft | null>(() => draftOf(channel));
  const save = useChange(
    (sent: SettingsDraft) =>
      call('changeChannel', {
        params: { id: channel.key },
        body: {
          settings: settingsOf(sent),
          ...(channel.kind === 'webhook'
            ? { events: channelEvents.filter((event) => sent.events.includes(event)) }
            : {}),
        },
        ...(version === null ? {} : { ifMatch: version }),
      }),
    () => {
      say(t('web.channels.changed', { title: channel.title }));
      onClose();
    },
  );
  if (draft === null) return <p>{t('web.channels.no_settings')}</p>;
  const set: SetDraft = (change) => setDraft((old) => (old === null ? old : { ...old, ...change }));
  const parts = { draft, set, error: save.error };
  return (
    <form
      className="space-y-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save.run(draft);
      }}
    >
      <What {...parts} />
      <When {...parts} />
      <Digest {...parts} />
      <HowMuch {...parts} />
      {channel.kind === 'webhook' ? <Events {...parts} /> : null}
      <FormProblem error={save.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={save.busy} className="button button-main">
          {t(save.busy ? 'web.saving' : 'web.save')}
        </button>
        <button type="button" onClick={onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </form>
  );
}

function toggled<Item>(list: readonly Item[], item: Item, on: boolean): Item[] {
  return on ? [...list, item] : list.filter((each) => each !== item);
}

function What({ draft, error, set }: PartProps) {
  const { t } = useLanguage();
  return (
    <fieldset className="space-y-3">
      <legend className="font-semibold">{t('web.channels.what')}</legend>
      <div className="mt-2 space-y-1.5">
        {topics.map((topic) => (
          <CheckField
            key={topic}
            label={t(`web.channels.topic.${topic}`)}
            checked={draft.topics.includes(topic)}
            onChange={(on) => set({ topics: toggled(draft.topics, topic, on) })}
          />
        ))}
        <Problem text={fieldProblem(error, '/settings/topics')} />
      </div>
      <Choices
        label={t('web.channels.warnings')}
        value={draft.warnings}
        onChange={(warnings) => set({ warnings })}
        choices={[
          { value: 'at_once', label: t('web.channels.warnings.at_once') },
          { value: 'digest', label: t('web.channels.warnings.digest') },
        ]}
      />
      <TextField
        label={t('web.channels.owners')}
        value={draft.owners}
        onChange={(owners) => set({ owners })}
        hint={t('web.channels.owners_hint')}
        problem={fieldProblem(error, '/settings/owners')}
      />
    </fieldset>
  );
}

function When({ draft, error, set }: PartProps) {
  const { lang, t } = useLanguage();
  return (
    <fieldset className="space-y-3">
      <legend className="font-semibold">{t('web.channels.when')}</legend>
      <SelectField
        label={t('web.channels.zone')}
        value={draft.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        none={t('web.channels.zone_workspace')}
        choices={zones(draft.timeZone).map((value) => ({ value, label: value }))}
        problem={fieldProblem(error, '/settings/timeZone')}
      />
      <CheckField
        label={t('web.channels.quiet')}
        checked={draft.isQuiet}
        onChange={(isQuiet) => set({ isQuiet })}
        hint={t('web.channels.quiet_hint')}
      />
      {draft.isQuiet ? (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t('web.channels.quiet_from')}
            type="time"
            required
            value={draft.quietFrom}
            onChange={(quietFrom) => set({ quietFrom })}
            problem={fieldProblem(error, '/settings/quietHours/from')}
          />
          <TextField
            label={t('web.channels.quiet_to')}
            type="time"
            required
            value={draft.quietTo}
            onChange={(quietTo) => set({ quietTo })}
            problem={fieldProblem(error, '/settings/quietHours/to')}
          />
        </div>
      ) : null}
      <fieldset>
        <legend className="text-[13px] font-medium">{t('web.channels.days')}</legend>
        <div className="mt-1 grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-4">
          {weekdays(lang).map(({ day, name }) => (
            <CheckField
              key={day}
              label={name}
              checked={draft.workingDays.includes(day)}
              onChange={(on) => set({ workingDays: toggled(draft.workingDays, day, on) })}
            />
          ))}
        </div>
        <Problem text={fieldProblem(error, '/settings/workingDays')} />
      </fieldset>
    </fieldset>
  );
}

function Digest({ draft, error, set }: PartProps) {
  const { lang, t } = useLanguage();
  return (
    <fieldset className="space-y-3">
      <legend className="font-semibold">{t('web.channels.digest')}</legend>
      <Choices
        label={t('web.channels.digest_period')}
        value={draft.digest}
        onChange={(digest) => set({ digest })}
        choices={[
          { value: 'daily', label: t('web.channels.digest.daily') },
          { value: 'weekly', label: t('web.channels.digest.weekly') },
          { value: 'none', label: t('web.channels.digest.none') },
        ]}
      />
      {draft.digest === 'none' ? null : (
        <div className="grid grid-cols-2 gap-4">
          {draft.digest === 'weekly' ? (
            <SelectField
              label={t('web.channels.digest_day')}
              value={String(draft.digestWeekday)}
              onChange={(day) => set({ digestWeekday: Number(day) })}
              choices={weekdays(lang).map(({ day, name }) => ({ value: String(day), label: name }))}
            />
          ) : null}
          <TextField
            label={t('web.channels.digest_at')}
            type="time"
            required
            value={draft.digestAt}
            onChange={(digestAt) => set({ digestAt })}
            problem={fieldProblem(error, '/settings/digest')}
          />
        </div>
      )}
    </fieldset>
  );
}

function HowMuch({ draft, error, set }: PartProps) {
  const { t } = useLanguage();
  return (
    <fieldset className="space-y-3">
      <legend className="font-semibold">{t('web.channels.how_much')}</legend>
      <div className="mt-2 grid gap-4 sm:grid-cols-3">
        <TextField
          label={t('web.channels.per_day')}
          type="number"
          min="1"
          value={draft.immediatePerDay}
          onChange={(immediatePerDay) => set({ immediatePerDay })}
          hint={t('web.channels.per_day_hint')}
          problem={fieldProblem(error, '/settings/immediatePerDay')}
        />
        <TextField
          label={t('web.channels.wait')}
          type="number"
          min="0"
          required
          value={draft.groupWaitMinutes}
          onChange={(groupWaitMinutes) => set({ groupWaitMinutes })}
          hint={t('web.channels.wait_hint')}
          problem={fieldProblem(error, '/settings/groupWaitMinutes')}
        />
        <TextField
          label={t('web.channels.interval')}
          type="number"
          min="0"
          required
          value={draft.groupIntervalMinutes}
          onChange={(groupIntervalMinutes) => set({ groupIntervalMinutes })}
          hint={t('web.channels.interval_hint')}
          problem={fieldProblem(error, '/settings/groupIntervalMinutes')}
        />
      </div>
    </fieldset>
  );
}

function Events({ draft, set }: PartProps) {
  const { t } = useLanguage();
  return (
    <fieldset>
      <legend className="font-semibold">{t('web.channels.events')}</legend>
      <p className="mt-1 mb-2 text-[13px] leading-snug text-muted">{t('web.channels.events_hint')}</p>
      <div className="space-y-1.5">
        {channelEvents.map((event) => (
          <CheckField
            key={event}
            label={<code className="font-mono text-[13px]">{event}</code>}
            checked={draft.events.includes(event)}
            onChange={(on) => set({ events: toggled(draft.events, event, on) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Problem({ text }: { text: string | null }) {
  return text === null ? null : (
    <p role="alert" className="text-[13px] font-medium text-bad">
      {text}
    </p>
  );
}
