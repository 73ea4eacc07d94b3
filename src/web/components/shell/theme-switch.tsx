import { useLanguage } from '../../language.tsx';
import { chooseTheme, themes, useTheme } from '../../theme.ts';
import { ChoiceRow } from './choice-row.tsx';

export function ThemeSwitch() {
  const { t } = useLanguage();
  const theme = useTheme();
  return (
    <ChoiceRow
      wide
      label={t('page.theme')}
      value={theme}
      choices={themes.map((value) => ({ value, label: t(`page.theme.${value}`) }))}
      onChoose={chooseTheme}
    />
  );
}
