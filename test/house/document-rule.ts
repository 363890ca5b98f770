// What the documents say of the tree, read off their text. Each function returns what is wrong.
import path from 'node:path';

export type Documents = ReadonlyMap<string, string>;

const withoutCode = (text: string) =>
  text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');

/** The name by which a heading can be linked. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

function targetsOf(text: string): string[] {
  const prose = withoutCode(text);
  const links = [
    ...prose.matchAll(/\]\(([^)\s]+)\)/g),
    ...prose.matchAll(/\bsrc(?:set)?="(.+?)"/g),
  ];
  return links.map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** Relative links to nothing, or to a heading that is not there. */
export function brokenLinks(documents: Documents, exists: (file: string) => boolean): string[] {
  return [...documents].flatMap(([file, text]) =>
    targetsOf(text).flatMap((target) => {
      const [to = '', anchor] = target.split('#', 2);
      const aim = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
      if (!exists(aim)) return [`${file}: ${target} is not there`];
      const there = anchor === undefined || anchorsOf(documents.get(aim) ?? '').includes(anchor);
      return there ? [] : [`${file}: ${target} names no heading`];
    }),
  );
}

/** `npm run x`, `npm start` and `npm test` of scripts that do not exist. */
export function unknownScripts(documents: Documents, scripts: readonly string[]): string[] {
  return namedIn(documents, /\bnpm (?:run (?:-s )?|(?=start|test\b))([a-z][\w:-]*)/g, scripts);
}

/** `cli -- x` of commands that do not exist; paths, options and an ellipsis are no commands. */
export function unknownCommands(documents: Documents, commands: readonly string[]): string[] {
  return namedIn(documents, /\bcli(?:\.js| --) ([a-z][a-z:-]*)/g, commands);
}

function namedIn(documents: Documents, pattern: RegExp, known: readonly string[]): string[] {
  return [...documents].flatMap(([file, text]) =>
    [...text.matchAll(pattern)]
      .map(([, name = '']) => name)
      .filter((name) => !known.includes(name))
      .map((name) => `${file}: there is no ${name}`),
  );
}

const variable = /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`/g;
const namesIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

/** Variables that the operator is told of, or a container given, and nobody reads; the reverse. */
export function environmentFaults(operations: string, config: string, composition: string) {
  const read = namesIn(config, /^ {4}([A-Z][A-Z0-9_]*): z\b/gm);
  const table = namesIn(operations, /^\| `([A-Z][A-Z0-9_]*)`/gm);
  const composed = namesIn(composition, /\$\{([A-Z][A-Z0-9_]*)/g);
  const given = namesIn(composition, /^ {6}((?!POSTGRES_)[A-Z][A-Z0-9_]*): /gm);
  const named = namesIn(operations, variable).filter((name) => !/^(SIG|GET$|POST$)/.test(name));
  return [
    ...read.filter((name) => !table.includes(name)).map((name) => `${name} is not explained`),
    ...table.filter((name) => !read.includes(name)).map((name) => `${name} is not read`),
    ...given.filter((name) => !read.includes(name)).map((name) => `${name} is given for nothing`),
    ...named
      .filter((name) => ![...read, ...composed, 'LISTEN', 'NOTIFY'].includes(name))
      .map((name) => `${name} is nobody’s`),
  ];
}

/** Decision pages whose number is taken or is not that of their heading, or that are not linked. */
export function decisionFaults(documents: Documents, index: string): string[] {
  const pages = [...documents.keys()].filter((file) => file.startsWith('docs/decisions/')).sort();
  const list = documents.get(index) ?? '';
  return pages.flatMap((file, at) => {
    const name = path.posix.basename(file);
    const number = Number(name.slice(0, 4));
    const [, title] = /^# \d+\. (.+)\n/.exec(documents.get(file) ?? '') ?? [];
    const heading = `# ${number}. ${title}\n`;
    const before = path.posix.basename(pages[at - 1] ?? '');
    return [
      ...(before.slice(0, 4) === name.slice(0, 4) ? [`${name} has the number of ${before}`] : []),
      ...(documents.get(file)?.startsWith(heading) ? [] : [`${name} is not headed ${number}.`]),
      ...(list.includes(`[${title}](decisions/${name})`) ? [] : [`${name} is not in ${index}`]),
    ];
  });
}
