import { useLanguage } from '../../language.tsx';

export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do, once, for the whole list. */
export function RoleGuide() {
  const { t } = useLanguage();
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
      {ROLES.map((role) => (
        <div key={role}>
          <dt className="text-[13px] font-medium">{t(`role.${role}`)}</dt>
          <dd className="mt-0.5 text-[13px] leading-relaxed text-muted">{t(`web.role.${role}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
