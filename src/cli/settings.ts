import { usageError } from './cli-error.ts';
import type { Io } from './io.ts';

export type Lang = 'en' | 'zh-CN';

/** The flags that every command takes, as commander hands them over. */
export type GlobalFlags = {
  json?: boolean;
  dataDir?: string;
  lang?: string;
  verbose?: boolean;
  quiet?: boolean;
  color?: boolean;
};

/** What a command knows about how to answer: flags first, then the environment, then the default. */
export type Settings = {
  json: boolean;
  dataDir: string;
  lang: Lang;
  verbose: boolean;
  quiet: boolean;
  /** Colour on stdout. */
  color: boolean;
  /** No character outside ASCII in what we draw; titles stay as they were written. */
  ascii: boolean;
  columns: number | null;
};

/** @throws CliError (exit code 2) when `--lang` names a language that we do not have */
export function settingsOf(flags: GlobalFlags, io: Io): Settings {
  return {
    json: flags.json === true,
    dataDir: flags.dataDir ?? nonEmpty(io.env['TIDEMARK_DATA_DIR']) ?? './.tidemark',
    lang: languageOf(flags.lang, io.env),
    verbose: flags.verbose === true,
    quiet: flags.quiet === true,
    color: flags.color !== false && wantsColor(io.env, io.stdoutIsTty),
    ascii: !isUtf8Locale(io.env),
    columns: io.columns,
  };
}

function languageOf(flag: string | undefined, env: Io['env']): Lang {
  if (flag !== undefined) {
    const known = languageNamed(flag);
    if (known === null) throw usageError(`There is no language "${flag}"`, 'Use --lang en or --lang zh-CN.');
    return known;
  }
  const choices = [env['TIDEMARK_LANG'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']];
  const first = choices.find((choice) => nonEmpty(choice) !== undefined);
  return languageNamed(first ?? 'en') ?? 'en';
}

/** `zh_CN.UTF-8`, `zh-CN` and `zh` all name Chinese. */
function languageNamed(name: string): Lang | null {
  if (/^zh\b|^zh_/i.test(name)) return 'zh-CN';
  return /^en\b|^en_/i.test(name) ? 'en' : null;
}

/** FORCE_COLOR wins over NO_COLOR, which wins over the terminal; see no-color.org and force-color.org. */
export function wantsColor(env: Io['env'], isTty: boolean): boolean {
  const force = nonEmpty(env['FORCE_COLOR']);
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (nonEmpty(env['NO_COLOR']) !== undefined || env['TERM'] === 'dumb') return false;
  return isTty;
}

/** A locale that was never set says nothing, and today's terminals speak UTF-8; `C` and `POSIX` were asked for. */
export function isUtf8Locale(env: Io['env']): boolean {
  const locale = nonEmpty(env['LC_ALL']) ?? nonEmpty(env['LC_CTYPE']) ?? nonEmpty(env['LANG']);
  return locale === undefined || /utf-?8/i.test(locale);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
