import type { Answer } from '../../../api/client-types.ts';
import { useLanguage } from '../../language.tsx';
import { CopyBox } from './copy-box.tsx';

export type Invited = Answer<'addMember'>;

/** The link is told this once; whoever holds it owns the account, so it goes to that person alone. */
export function Invitation({ invited }: { invited: Invited }) {
  const { t } = useLanguage();
  const { email, invitationUrl, name, role } = invited;
  if (invitationUrl === null)
    return (
      <p className="leading-relaxed">{t('web.members.has_account', { name, role: t(`role.${role}`) })}</p>
    );
  const body = t('web.members.mail_body', { name, link: invitationUrl });
  const mail = `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(t('web.members.mail_subject'))}&body=${encodeURIComponent(body)}`;
  return (
    <div className="space-y-3">
      <p className="leading-relaxed">{t('web.members.link_once', { name })}</p>
      <CopyBox label={t('web.members.link')} text={invitationUrl} />
      <a href={mail} className="link text-[14px]">
        {t('web.members.mail', { email })}
      </a>
    </div>
  );
}
