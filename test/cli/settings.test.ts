import { expect, it } from 'vitest';
import { isUtf8Locale, settingsOf, wantsColor } from '../../src/cli/settings.ts';
import { fakeIo } from './support/fake-io.ts';

it.each([
  { env: {}, isTty: true, color: true, why: 'a terminal' },
  { env: {}, isTty: false, color: false, why: 'a pipe' },
  { env: { NO_COLOR: '1' }, isTty: true, color: false, why: 'NO_COLOR' },
  { env: { NO_COLOR: '' }, isTty: true, color: true, why: 'an empty NO_COLOR says nothing' },
  { env: { TERM: 'dumb' }, isTty: true, color: false, why: 'a dumb terminal' },
  { env: { FORCE_COLOR: '1' }, isTty: false, color: true, why: 'FORCE_COLOR in a pipe' },
  { env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isTty: true, color: true, why: 'FORCE_COLOR over NO_COLOR' },
  { env: { FORCE_COLOR: '0' }, isTty: true, color: false, why: 'FORCE_COLOR=0' },
])('colour: $why', ({ env, isTty, color }) => {
  expect(wantsColor(env, isTty)).toBe(color);
});

it('draws without colour when --no-color is given, whatever the environment says', () => {
  const io = fakeIo({ env: { FORCE_COLOR: '1' }, stdoutIsTty: true });
  expect(settingsOf({ color: false }, io).color).toBe(false);
});

it.each([
  { env: { LANG: 'en_US.UTF-8' }, utf8: true },
  { env: { LANG: 'zh_CN.utf8' }, utf8: true },
  { env: { LANG: 'en_US.UTF-8', LC_ALL: 'C' }, utf8: false },
  { env: { LANG: 'POSIX' }, utf8: false },
  { env: { LANG: 'de_DE.ISO-8859-1' }, utf8: false },
  { env: { LANG: 'C', LC_CTYPE: 'C.UTF-8' }, utf8: true },
  { env: {}, utf8: true },
])('takes the locale $env for UTF-8: $utf8', ({ env, utf8 }) => {
  expect(isUtf8Locale(env)).toBe(utf8);
});

it.each([
  { flag: 'zh-CN', env: {}, lang: 'zh-CN', why: 'the flag' },
  { flag: 'en', env: { TIDEMARK_LANG: 'zh-CN' }, lang: 'en', why: 'the flag over the environment' },
  {
    flag: undefined,
    env: { TIDEMARK_LANG: 'zh-CN', LANG: 'en_US.UTF-8' },
    lang: 'zh-CN',
    why: 'our variable',
  },
  { flag: undefined, env: { LANG: 'zh_CN.UTF-8' }, lang: 'zh-CN', why: 'the locale' },
  { flag: undefined, env: { LANG: 'de_DE.UTF-8' }, lang: 'en', why: 'English for what we do not speak' },
])('language: $why', ({ flag, env, lang }) => {
  expect(settingsOf(flag === undefined ? {} : { lang: flag }, fakeIo({ env })).lang).toBe(lang);
});

it('refuses a language that it does not have instead of guessing', () => {
  expect(() => settingsOf({ lang: 'fr' }, fakeIo())).toThrow('There is no language "fr"');
});

it('looks for data where the flag says, then the environment, then here', () => {
  const io = fakeIo({ env: { TIDEMARK_DATA_DIR: '/srv/tidemark' } });
  expect(settingsOf({ dataDir: '/other' }, io).dataDir).toBe('/other');
  expect(settingsOf({}, io).dataDir).toBe('/srv/tidemark');
  expect(settingsOf({}, fakeIo()).dataDir).toBe('./.tidemark');
});
