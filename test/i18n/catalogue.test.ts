import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { dataReasonCodes, noValueReasonCodes, statusReasonCodes } from '../../src/domain/reason.ts';
import { catalogues } from '../../src/i18n/translator.ts';

const { en, 'zh-CN': zhCn } = catalogues;
const keys = Object.keys(en) as (keyof typeof en)[];

type Elements = ReturnType<IntlMessageFormat['getAst']>;
const parsed = (text: string): Elements =>
  new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();

/** The parser's enum is not exported; its first member is the literal. */
const isLiteral = (element: { type: number }) => element.type === 0;

/** The names that a message asks for, without the wording around them. Literals and "#" carry none. */
function argumentsOf(elements: Elements): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    const options = 'options' in element ? Object.values(element.options) : [];
    // A literal is the text between the arguments.
    if ('value' in element && !isLiteral(element)) names.add(element.value);
    for (const option of options) for (const name of argumentsOf(option.value)) names.add(name);
  }
  return names;
}

/** Every choice a message offers by name, so that no language forgets one. Plural forms differ by language. */
function choicesOf(elements: Elements): string[] {
  return elements
    .flatMap((element) =>
      'options' in element && !('pluralType' in element)
        ? Object.keys(element.options).map((option) => `${element.value}=${option}`)
        : [],
    )
    .toSorted();
}

describe('both languages', () => {
  it('know the same messages', () => {
    expect(Object.keys(zhCn).toSorted()).toEqual([...keys].toSorted());
  });

  it('leave no message empty', () => {
    const empty = keys.filter((key) => en[key].trim() === '' || zhCn[key].trim() === '');
    expect(empty).toEqual([]);
  });

  it.each(keys)('ask for the same arguments and offer the same choices in %s', (key) => {
    expect([...argumentsOf(parsed(zhCn[key]))].toSorted()).toEqual(
      [...argumentsOf(parsed(en[key]))].toSorted(),
    );
    expect(choicesOf(parsed(zhCn[key]))).toEqual(choicesOf(parsed(en[key])));
  });

  it('translate every sentence, rather than repeat the English one', () => {
    const same = keys.filter((key) => en[key] === zhCn[key]);
    expect(same).toEqual(['app.name']);
  });
});

it('reads the arguments of a message, also inside its choices', () => {
  expect([
    ...argumentsOf(parsed('{a} {n, plural, one {# {b}} other {#}} {s, select, x {{c}} other {}}')),
  ]).toEqual(['a', 'n', 'b', 's', 'c']);
});

it('has a sentence for every reason that the domain can give', () => {
  const wanted = [...statusReasonCodes, ...dataReasonCodes, ...noValueReasonCodes].map(
    (code) => `reason.${code}`,
  );
  const found = keys.filter((key) => key.startsWith('reason.'));
  expect([...found].toSorted()).toEqual([...wanted].toSorted());
});
