import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../api/client-types.ts';
import { call } from '../../api.ts';
import { useServerNow } from '../../clock.ts';
import { useLanguage } from '../../language.tsx';
import { tokensQuery } from '../../setup-queries.ts';
import { useChange } from '../../use-change.ts';
import { agoOf } from '../../words.ts';
import { Asked } from '../ui/page-parts.tsx';
import { say } from '../ui/toast.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Token = Answer<'listTokens'>['data'][number];

export function TokenList() {
  const { t } = useLanguage();
  return (
    <Asked query={useQuery(tokensQuery)} inside>
      {(tokens) =>
        tokens.length === 0 ? (
          <p className="text-muted">{t('web.tokens.none')}</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        )
      }
    </Asked>
  );
}

function TokenRow({ token }: { token: Token }) {
  const { t, format } = useLanguage();
  const now = useServerNow();
  const [asking, setAsking] = useState(false);
  const { expiresAt, id, lastUsedAt, name, scopes } = token;
  const revoke = useChange<void, null>(
    () => call('revokeToken', { params: { id } }),
    () => {
      setAsking(false);
      say(t('web.tokens.revoked', { name }));
    },
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{name}</p>
        <p className="text-[13px] text-muted">{scopes.map((scope) => t(`web.scope.${scope}`)).join(' · ')}</p>
      </div>
      <div className="text-[13px] text-muted">
        <p>{t('web.tokens.until', { at: format.instant(expiresAt) })}</p>
        <p>
          {lastUsedAt === null
            ? t('web.tokens.unused')
            : t('web.tokens.used', { ago: agoOf(t, lastUsedAt, now) ?? '' })}
        </p>
      </div>
      <button
        type="button"
        onClick={() => setAsking(true)}
        aria-label={t('web.tokens.revoke', { name })}
        className="button button-danger"
      >
        {t('web.tokens.revoke_short')}
      </button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('web.tokens.revoke', { name })}
        button={t('web.tokens.revoke_short')}
        change={revoke}
      >
        <p>{t('web.tokens.revoke_text')}</p>
      </ConfirmDialog>
    </li>
  );
}
