import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project.ts';
import { openApiFiles } from './openapi-files.ts';

for (const [path, content] of Object.entries(await openApiFiles())) {
  const file = join(projectRoot(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
