import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import type { Channel } from '../../alerts-queries.ts';
import { call } from '../../api.ts';
import { useLanguage } from '../../language.tsx';
import { useChange } from '../../use-change.ts';
import { FormProblem } from '../form.tsx';
import { Asked } from '../ui/page-parts.tsx';
import { SigningSecret } from './signing-secret.tsx';

/** The digest as it would be sent now, as text. Nothing is stored and nobody is told. */
export function DigestPreview({ channel }: { channel: Channel }) {
  const { lang, t, format } = useLanguage();
  const query = useQuery({
    queryKey: ['digest-preview', channel.key, lang],
    queryFn: ({ signal }) => call('previewDigest', { params: { id: channel.key }, body: { lang }, signal }),
  });
  return (
    <Asked query={query} inside>
      {({ fromDay, text, throughDay }) =>
        text === null ? (
          <p>{t('web.channels.digest_empty')}</p>
        ) : (
          <>
            <p className="mb-3 text-[14px] text-muted">
              {t('web.channels.digest_days', { from: format.day(fromDay), through: format.day(throughDay) })}
            </p>
            <pre
              // The keyboard scrolls what is longer than the window.
              tabIndex={0}
              className="rounded-lg border border-line bg-sunken px-3.5 py-2.5 font-mono text-[13px] leading-relaxed break-words whitespace-pre-wrap"
            >
              {text}
            </pre>
          </>
        )
      }
    </Asked>
  );
}

/** A new secret to sign with, asked for twice and shown once; for a day both sign. */
export function RotateSecret({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t, format } = useLanguage();
  const [made, setMade] = useState<Answer<'rotateChannelSecret'> | null>(null);
  const rotate = useChange(() => call('rotateChannelSecret', { params: { id: channel.key } }), setMade);
  if (made !== null)
    return (
      <div className="space-y-4">
        <SigningSecret
          secret={made.signingSecret}
          note={t('web.channels.rotated', { until: format.instant(made.previousValidUntil) })}
        />
        <button type="button" onClick={onClose} className="button button-main">
          {t('web.channels.done')}
        </button>
      </div>
    );
  return (
    <div className="space-y-4">
      <p className="leading-relaxed">{t('web.channels.rotate_about')}</p>
      <FormProblem error={rotate.error} />
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          disabled={rotate.busy}
          onClick={() => void rotate.run(undefined)}
          className="button button-main"
        >
          {t('web.channels.rotate')}
        </button>
        <button type="button" onClick={onClose} className="button">
          {t('web.cancel')}
        </button>
      </div>
    </div>
  );
}
