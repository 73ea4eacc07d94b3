export type ThemeName = 'light' | 'dark';

export type Token =
  | '--surface'
  | '--line'
  | '--line-strong'
  | '--ink'
  | '--muted'
  | '--accent'
  | '--accent-soft'
  | '--good'
  | '--good-soft'
  | '--good-fill'
  | '--warn'
  | '--warn-fill'
  | '--bad'
  | '--bad-fill'
  | '--calm'
  | '--calm-soft'
  | '--calm-fill'
  | '--quiet'
  | '--quiet-fill';

export type Theme = Record<Token, string>;

/** The colours of the page for what is drawn outside of it. A test holds them against `src/web/styles.css`. */
export const themes: Record<ThemeName, Theme> = {
  light: {
    '--surface': '#ffffff',
    '--line': '#e2e7e7',
    '--line-strong': '#b3bdbd',
    '--ink': '#15201f',
    '--muted': '#566362',
    '--accent': '#0b6b73',
    '--accent-soft': '#e4f1f2',
    '--good': '#16653f',
    '--good-soft': '#e4f3ea',
    '--good-fill': '#2f9563',
    '--warn': '#7d4a03',
    '--warn-fill': '#c7841c',
    '--bad': '#a3241f',
    '--bad-fill': '#cf4a43',
    '--calm': '#24509a',
    '--calm-soft': '#e7eefb',
    '--calm-fill': '#4577c9',
    '--quiet': '#4b5857',
    '--quiet-fill': '#82908f',
  },
  dark: {
    '--surface': '#141b1a',
    '--line': '#253030',
    '--line-strong': '#4c5a59',
    '--ink': '#e5ecea',
    '--muted': '#9aa8a6',
    '--accent': '#5fc6c9',
    '--accent-soft': '#12302f',
    '--good': '#7cd6a4',
    '--good-soft': '#113023',
    '--good-fill': '#3fae78',
    '--warn': '#eebd6b',
    '--warn-fill': '#d0932f',
    '--bad': '#ff9f96',
    '--bad-fill': '#e0645c',
    '--calm': '#a0c2ff',
    '--calm-soft': '#16284a',
    '--calm-fill': '#5d8fe3',
    '--quiet': '#b3bfbd',
    '--quiet-fill': '#758483',
  },
};
