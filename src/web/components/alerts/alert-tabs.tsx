import { useLanguage } from '../../language.tsx';
import { Tabs } from '../ui/page-parts.tsx';

export function AlertTabs() {
  const { t } = useLanguage();
  return (
    <Tabs
      label={t('web.nav.alerts')}
      tabs={[
        { to: '/alerts', label: t('web.alerts.inbox') },
        { to: '/alerts/rules', label: t('web.alerts.rules') },
        { to: '/alerts/channels', label: t('web.alerts.channels') },
        { to: '/alerts/deliveries', label: t('web.alerts.deliveries') },
      ]}
    />
  );
}
