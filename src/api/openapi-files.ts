import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from './openapi.ts';
import { problemWords } from './problem-codes.ts';
import { type Route, routes } from './routes.ts';

/** Everything that is made of the contract and committed, by its path below the project's folder. */
export async function openApiFiles(): Promise<Record<string, string>> {
  const document = openApiDocument();
  const types = astToString(await openapiTS(JSON.stringify(document), { defaultNonNullable: false }));
  return {
    'src/api/openapi.json': `${JSON.stringify(document, null, 1)}\n`,
    'src/api/generated/schema.ts': `// Made by \`npm run openapi\` from src/api/openapi.json.\n${types}`,
    'src/api/generated/addresses.ts': addresses(),
    'src/api/problems.md': problems(),
  };
}

/** Method and path of each operation, for those who call it by its name. */
function addresses(): string {
  const lines = Object.entries<Route>(routes).map(
    ([name, { method, path }]) =>
      `  ${name}: { method: '${method}', path: '${path.replace(/:(\w+)/g, '{$1}')}' },`,
  );
  return `// Made by \`npm run openapi\` from the routes.\nexport const addresses = {\n${lines.join('\n')}\n} as const;\n`;
}

function problems(): string {
  const rows = Object.entries(problemWords).map(
    ([code, { fix, when }]) => `| \`${code}\` | ${when} | ${fix} |`,
  );
  return `# Problems

What the \`code\` of a problem says. Made by \`npm run openapi\` from \`problem-codes.ts\`; the server has a page of each below \`/problems/\`.

| code | when | what to do |
| --- | --- | --- |
${rows.join('\n')}
`;
}
