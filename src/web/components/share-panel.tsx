import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyResultDetail } from '../../api/contract.ts';
import type { CreatedPublicLinkView, PublicLinkView } from '../../api/contracts/public-links.ts';
import { call, callAll } from '../api.ts';
import { useLanguage } from '../language.tsx';
import { useChange } from '../use-change.ts';
import { FormProblem } from './form.tsx';
import { ShareAddresses } from './share-addresses.tsx';
import { fieldProblem, TextField } from './ui/fields.tsx';
import { Asked, LinesSkeleton } from './ui/page-parts.tsx';
import { say } from './ui/toast.tsx';

/** Addresses for pages of others: those there are, and a new one, whose address is told this once. */
export function SharePanel({ detail }: { detail: KeyResultDetail; onDone: () => void }) {
  const { t } = useLanguage();
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<CreatedPublicLinkView | null>(null);
  const links = useQuery({
    queryKey: ['public-links', detail.id],
    queryFn: ({ signal }) => callAll('listPublicLinks', { params: { id: detail.id }, signal }),
  });
  const create = useChange(
    (text: string) => call('createPublicLink', { params: { id: detail.id }, body: { label: text } }),
    (link) => {
      setMade(link);
      setLabel('');
    },
  );
  return (
    <div className="space-y-5">
      <p className="text-[13px] leading-relaxed text-muted">{t('web.kr.share_hint')}</p>
      {made === null ? (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            void create.run(label.trim());
          }}
        >
          <TextField
            label={t('web.kr.share_label')}
            hint={t('web.kr.share_label_hint')}
            value={label}
            onChange={setLabel}
            problem={fieldProblem(create.error, '/label')}
          />
          <FormProblem error={create.error} />
          <button type="submit" className="button button-main" disabled={create.busy}>
            {create.busy ? t('web.saving') : t('web.kr.share_make')}
          </button>
        </form>
      ) : (
        <ShareAddresses link={made} />
      )}
      <section>
        <h3 className="mb-2 text-[13px] font-medium">{t('web.kr.shared')}</h3>
        <Asked query={links} inside skeleton={<LinesSkeleton lines={2} />}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="text-[13px] text-muted">{t('web.kr.shared_none')}</p>
            ) : (
              <ul className="space-y-2">
                {rows.map((link) => (
                  <LinkRow
                    key={link.id}
                    link={link}
                    onRevoked={() => made?.id === link.id && setMade(null)}
                  />
                ))}
              </ul>
            )
          }
        </Asked>
      </section>
    </div>
  );
}

/** Revoking takes two presses: what others show of it is gone for good. */
function LinkRow({ link, onRevoked }: { link: PublicLinkView; onRevoked: () => void }) {
  const { t, format } = useLanguage();
  const [asks, setAsks] = useState(false);
  const revoke = useChange(
    (id: string) => call('revokePublicLink', { params: { id } }),
    () => {
      say(t('web.kr.revoked'));
      onRevoked();
    },
  );
  return (
    <li className="rounded-lg bg-sunken px-3.5 py-2.5 text-[13px]">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="min-w-0 break-words">
          <span className="font-medium">{link.label === '' ? t('web.kr.share_unnamed') : link.label}</span>
          <span className="block text-muted">
            {link.createdBy} · {format.instant(link.createdAt)}
          </span>
        </span>
        {asks ? (
          <span className="flex flex-wrap gap-2">
            <button type="button" className="button" onClick={() => setAsks(false)}>
              {t('web.cancel')}
            </button>
            <button
              type="button"
              className="button button-danger"
              disabled={revoke.busy}
              onClick={() => void revoke.run(link.id)}
            >
              {t('web.kr.revoke_sure')}
            </button>
          </span>
        ) : (
          <button type="button" className="button" onClick={() => setAsks(true)}>
            {t('web.kr.revoke')}
          </button>
        )}
      </div>
      {asks ? <p className="mt-1.5 text-muted">{t('web.kr.revoke_ask')}</p> : null}
      <FormProblem error={revoke.error} />
    </li>
  );
}
