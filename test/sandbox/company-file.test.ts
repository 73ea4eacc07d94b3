import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCompany, readCompanyFile } from '../../sandbox/company-file.ts';
import { ACME } from '../../sandbox/model/company.ts';
import { buildModel } from '../../sandbox/model/model.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const companies = new URL('../../sandbox/companies/', import.meta.url);

it.each(readdirSync(companies))('reads the example %s, and plays another company from it', (name) => {
  const { company, timeZone } = readCompanyFile(new URL(name, companies).pathname);
  const options = { seed: 42, anchorDay: ANCHOR_DAY };
  const nowAt = NOW.getTime() / 1_000;
  const other = buildModel({ ...options, company, timeZone }, nowAt);
  const acme = buildModel(options, nowAt);
  expect(other.company.name).toBe(company.name);
  expect(other.timeZone).toBe('America/New_York');
  expect(other.facts.length).toBeLessThan(0.7 * acme.facts.length); // it is smaller
  expect(other.activity.length).toBeLessThan(0.7 * acme.activity.length);
  expect(other.activity.length).toBeGreaterThan(10_000);
});

it('leaves everything at Acme’s that the file does not name', () => {
  expect(parseCompany({ name: 'Tiny' })).toEqual({
    company: { name: 'Tiny', country: 'US' },
    timeZone: 'UTC',
  });
});

it('takes every number that a company has', () => {
  const { name: _name, country: _country, ...numbers } = ACME;
  expect(parseCompany({ name: 'Copy', ...numbers }).company).toMatchObject(numbers);
});

it.each([
  [{ name: 'Odd', churn: 1.5 }, "The company's churn is 1.5; allowed is a number from 0 to 1"],
  [{ name: 'Odd', churn: 'low' }, 'The company\'s churn is "low"; allowed is a number from 0 to 1'],
  [
    { name: 'Odd', dailyVisitors: -1 },
    "The company's dailyVisitors is -1; allowed is a number from 0 to 300",
  ],
  [
    { name: 'Odd', customersAtStart: 2.5 },
    "The company's customersAtStart is 2.5; allowed is a whole number from 0 to 2000",
  ],
  [{ name: 'Odd', surveyMean: null }, "The company's surveyMean is null; allowed is a number from 0 to 10"],
  [{}, "The company's name is missing; allowed is a text of 1 to 60 characters"],
  [
    { name: 'Odd', country: 'usa' },
    'The company\'s country is "usa"; allowed is a country code of two capital letters such as "US"',
  ],
  [
    { name: 'Odd', timeZone: 'Mars/Olympus' },
    'The company\'s timeZone is "Mars/Olympus"; allowed is a time zone such as "America/New_York"',
  ],
  [[], 'A company is a JSON object with at least a name'],
  ['Acme', 'A company is a JSON object with at least a name'],
])('refuses %j in one sentence that names the field, the value and what is allowed', (value, sentence) => {
  expect(() => parseCompany(value)).toThrow(new RangeError(sentence));
});

it('refuses a field it does not know, and lists those it knows', () => {
  expect(() => parseCompany({ name: 'Odd', dailyVistors: 5 })).toThrow(
    /^A company has no field "dailyVistors"; allowed are name, country, timeZone, .*dailyVisitors/,
  );
});

it('says which file cannot be read, and which is no JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'company-'));
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"name": ');
  expect(() => readCompanyFile(join(folder, 'none.json'))).toThrow(/none\.json cannot be read \(ENOENT\)$/);
  expect(() => readCompanyFile(broken)).toThrow(/broken\.json is no JSON/);
});
