import type { Lang } from '../settings.ts';
import type { Names } from './names.ts';
import type { Scaffold, ScaffoldProblem } from './scaffold.ts';

type Said = { message: string; next: string };
type Words = {
  day: string;
  value: string;
  problem(problem: ScaffoldProblem): Said;
  made(made: Scaffold): string[];
  registerBy(importLine: string, entryLine: string): string[];
  format(names: Names): string;
  recorded(file: string, exchanges: number, replaced: number): string[];
  same(exchanges: number): string;
  different(days: readonly string[]): Said;
};

const tests = ({ folder }: Names) => `TIDEMARK_TEST_NO_DATABASE=1 npx vitest run test/connectors/${folder}`;
const record = ({ folder }: Names) =>
  `npx tidemark connector record ${folder} --metric items_created --config config.json --from DAY --to DAY`;

const en: Words = {
  day: 'Day',
  value: 'Value',
  problem({ code, name }) {
    switch (code) {
      case 'shape':
        return {
          message: `"${name}" is no name for a connector`,
          next: 'Use 1 to 40 lower-case letters and digits, words apart by hyphens, such as google-sheets.',
        };
      case 'reserved':
        return {
          message: `"${name}" is a word that the code keeps for itself`,
          next: `Take a longer name, such as ${name}-api.`,
        };
      case 'exists':
        return {
          message: `There is a connector "${name}" already`,
          next: 'Take another name; `npx tidemark connector list` shows those that there are.',
        };
      case 'in_the_way':
        return {
          message: `${name} exists, and nothing is written over`,
          next: 'Take another name, or move that folder away.',
        };
      case 'title':
        return {
          message: `"${name}" cannot be a title`,
          next: 'Use up to 60 letters, digits, blanks and . & + ( ) -',
        };
      case 'no_checkout':
        return {
          message: `${name} is no checkout of Tidemark`,
          next: 'A connector is made where the sources are: clone the repository, or name it with --dir.',
        };
    }
  },
  made: ({ files, isRegistered, names }) => [
    `${names.title} is a connector now, with a provider of its own to be tried on (${files.length} files):`,
    ...files.map((file) => `  ${file}`),
    ...(isRegistered ? ['connectors/registry.ts lists it.'] : []),
    '',
    'It reads an imaginary provider. Next:',
    `  1. ${tests(names)}`,
    `  2. Change sandbox/${names.folder}/server.ts to what the provider does, then connectors/${names.folder}/ until the kit passes.`,
    `  3. ${record(names)}`,
    '  4. connectors/README.md goes through all of it with an example.',
  ],
  registerBy: (importLine, entryLine) => [
    'connectors/registry.ts does not look as expected and was left alone. Add these two lines to it:',
    `  ${importLine}`,
    entryLine,
  ],
  format: ({ folder }) =>
    `The formatter is not installed: run npx biome check --write connectors/${folder} sandbox/${folder} test/connectors/${folder}`,
  recorded: (file, exchanges, replaced) => [
    `${exchanges} exchanges are in ${file}, without secrets; ${replaced} addresses and names were replaced.`,
    'Read it before you commit it: what else in it is private only you know.',
  ],
  same: (exchanges) =>
    `The same points as recorded, from ${exchanges} recorded exchanges and without a network.`,
  different: (days) => ({
    message: `These days differ from the recording: ${days.join(', ')}`,
    next: 'Find out which of the two is right: the reading has changed, or the recording was edited.',
  }),
};

const zhCN: Words = {
  day: '日期',
  value: '数值',
  problem({ code, name }) {
    switch (code) {
      case 'shape':
        return {
          message: `“${name}”不能作为连接器的名称`,
          next: '请用 1 到 40 个小写字母和数字，单词之间用连字符分隔，例如 google-sheets。',
        };
      case 'reserved':
        return { message: `“${name}”是代码保留的词`, next: `请换一个更长的名称，例如 ${name}-api。` };
      case 'exists':
        return {
          message: `已经有名为“${name}”的连接器`,
          next: '请换一个名称；`npx tidemark connector list` 会列出现有的连接器。',
        };
      case 'in_the_way':
        return { message: `${name} 已存在，不会覆盖任何文件`, next: '请换一个名称，或先移走该文件夹。' };
      case 'title':
        return { message: `“${name}”不能作为标题`, next: '请用不超过 60 个字母、数字、空格和 . & + ( ) -' };
      case 'no_checkout':
        return {
          message: `${name} 不是 Tidemark 的源码目录`,
          next: '连接器要在源码中创建：请克隆仓库，或用 --dir 指明其位置。',
        };
    }
  },
  made: ({ files, isRegistered, names }) => [
    `已创建连接器 ${names.title}，并附带可供试用的模拟服务（${files.length} 个文件）：`,
    ...files.map((file) => `  ${file}`),
    ...(isRegistered ? ['已登记到 connectors/registry.ts。'] : []),
    '',
    '它现在读取的是一个假想的服务。接下来：',
    `  1. ${tests(names)}`,
    `  2. 按服务的实际行为修改 sandbox/${names.folder}/server.ts，再修改 connectors/${names.folder}/，直到测试套件通过。`,
    `  3. ${record(names)}`,
    '  4. connectors/README.md 用一个例子讲解全过程。',
  ],
  registerBy: (importLine, entryLine) => [
    'connectors/registry.ts 与预期不符，未作改动。请自行加入这两行：',
    `  ${importLine}`,
    entryLine,
  ],
  format: ({ folder }) =>
    `未安装格式化工具：请运行 npx biome check --write connectors/${folder} sandbox/${folder} test/connectors/${folder}`,
  recorded: (file, exchanges, replaced) => [
    `${exchanges} 次请求与响应已写入 ${file}，不含密钥；替换了 ${replaced} 个地址和名称。`,
    '提交之前请先通读：其中还有什么属于隐私，只有您知道。',
  ],
  same: (exchanges) => `数据点与录制时相同：来自 ${exchanges} 次录制的请求与响应，未使用网络。`,
  different: (days) => ({
    message: `以下日期与录制不一致：${days.join('、')}`,
    next: '请查明哪一方正确：是读取方式变了，还是录制内容被改动过。',
  }),
};

export function kitWords(lang: Lang): Words {
  return lang === 'zh-CN' ? zhCN : en;
}
