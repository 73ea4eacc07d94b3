/** One name in the spellings that its places ask for. */
export type Names = {
  /** Folders: `google-sheets`. */
  folder: string;
  /** In the registry, the database and the API: `google_sheets`. */
  id: string;
  /** In code: `googleSheets`, `GoogleSheets`. */
  camel: string;
  pascal: string;
  /** For people: `Google Sheets`. */
  title: string;
};

export type NameProblem =
  | { code: 'shape'; name: string }
  | { code: 'reserved'; name: string }
  | { code: 'exists'; name: string }
  | { code: 'title'; name: string };

const LONGEST = 40;
const SHAPE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** A title stands in quotes, in prose and in comments. */
const TITLE = /^[\p{L}\p{N}][\p{L}\p{N} .&+()-]{0,59}$/u;

/** Words that the language keeps for itself, values that every module sees, and names that the template's files have. */
const RESERVED = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const continue debugger declare default delete do ' +
    'else enum eval export extends false finally for from function get if implements import in instanceof interface is let ' +
    'module namespace new null number object of package private protected public return set static string super switch ' +
    'symbol template this throw true try type typeof undefined unknown url var void while with yield ' +
    'array buffer console date error fetch global headers json map math node process promise request response sdk test ' +
    'checks connector connectors describe expect instant it items kit limits redact refusal z'
  ).split(' '),
);

/** The spellings of a name, or what is wrong with it. `taken` are ids and folders that there are. */
export function namesOf(
  name: string,
  title: string | undefined,
  taken: ReadonlySet<string>,
): Names | NameProblem {
  if (!SHAPE.test(name) || name.length > LONGEST) return { code: 'shape', name };
  const words = name.split('-');
  const pascal = words.map(capital).join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const id = words.join('_');
  if (taken.has(id) || taken.has(name)) return { code: 'exists', name };
  if (RESERVED.has(name) || taken.has(camel)) return { code: 'reserved', name };
  const shown = title?.trim() ?? words.map(capital).join(' ');
  if (!TITLE.test(shown)) return { code: 'title', name: shown };
  return { folder: name, id, camel, pascal, title: shown };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the template is called, in the same spellings. */
const TEMPLATE_TITLE = /New Provider/g;
const TEMPLATE_ID = /'template'/g;
const TEMPLATE_FOLDER = /(?<=[/.])template(?=[/.'])/g;

/** A file of the template with the new name in every place. */
export function renamed(text: string, names: Names): string {
  return text
    .replace(TEMPLATE_TITLE, names.title)
    .replace(TEMPLATE_ID, `'${names.id}'`)
    .replace(TEMPLATE_FOLDER, names.folder)
    .replaceAll('Template', names.pascal)
    .replace(/\btemplate/g, names.camel);
}
