/**
 * The rules of the house that a machine can check: which room may import which, a test beside every source file, file names,
 * a docstring at every exported function, no ring of imports, no module that its own loader waits for, no limit that nothing reads, and that
 * nothing but the agreed entries stands at the top. Exit 1 with one line per breach.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Room -> rooms whose code it may import. `model`, `errors`, `limits`, `modules` are open to all. Only `cli` composes. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  capture: [],
  wire: [],
  decode: [],
  detect: [],
  persona: [],
  rulebook: [],
  judge: [],
  session: ['wire', 'decode', 'detect', 'judge'],
  store: [],
  live: [],
  report: [],
  cli: ['capture', 'wire', 'decode', 'detect', 'persona', 'rulebook', 'judge', 'session', 'store', 'live', 'report'],
};
const OPEN = ['model', 'errors', 'limits', 'modules'];
const PURE = ['model', 'wire', 'decode', 'detect', 'judge'];
/** What a pure room may take from Node: computation only. */
const PURE_NODE = ['node:buffer', 'node:crypto', 'node:zlib', 'node:util', 'node:net', 'node:string_decoder', 'node:punycode'];
const TOP = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src',
  'certs',
  'rules',
  'test',
  'scripts',
  'README.md',
  'README.zh-CN.md',
];
const TOP_MORE = ['LICENSE', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'node_modules', 'dist'];
const DRAWERS = /^(util|utils|helper|helpers|manager|common|handler|data|info|misc)\.tsx?$/;
/** Reads its own folder of modules or data at start, which is why `node:fs` stands in it. */
const LOADS_ITS_FOLDER = new Set(['src/modules.ts']);

/** Composition that only means something as a running program; the test that drives it through its door must exist. */
const TESTED_AT_THE_DOOR: Record<string, string> = {
  'src/cli/main.ts': 'test/integration/check.test.ts',
  'src/cli/start.ts': 'test/integration/clients.test.ts',
  'src/cli/judging-thread.ts': 'test/integration/check.test.ts',
  'src/cli/worker.ts': 'test/integration/clients.test.ts',
  'src/cli/hook-thread.ts': 'test/cli/hook-runner.test.ts',
  'src/cli/archive-thread.ts': 'test/integration/page-work.test.ts',
  'src/cli/search-thread.ts': 'test/integration/page-work.test.ts',
  'src/cli/audit-run.ts': 'test/integration/clients.test.ts',
  'src/cli/demo.ts': 'test/integration/demo.test.ts',
};

const breaches: string[] = [];

function files(folder: string): string[] {
  return readdirSync(join(root, folder), {
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

function roomOf(path: string): string {
  const [, first = ''] = path.split('/');
  return first.replace(/\.ts$/, '');
}

function checkImports(path: string, text: string): void {
  const room = roomOf(path);
  for (const [, specifier = ''] of text.matchAll(
    /(?:^|\n)\s*(?:import|export)[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+['"]([^'"]+)['"]/g,
  )) {
    if (specifier.startsWith('node:')) {
      if (PURE.includes(room) && !PURE_NODE.includes(specifier) && !LOADS_ITS_FOLDER.has(path))
        breaches.push(`${path}: a pure room imports ${specifier}`);
      continue;
    }
    if (!specifier.startsWith('.')) continue;
    const target = roomOf(relative(root, resolve(root, dirname(path), specifier)).replace(/\.js$/, '.ts'));
    if (target === room || OPEN.includes(target) || path === 'src/index.ts') continue;
    if (!(MAY_IMPORT[room] ?? []).includes(target)) breaches.push(`${path}: room "${room}" imports room "${target}"`);
  }
}

/** Types, and lists that only re-export, need no test of their own. */
function hasBehaviour(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return /\b(function|class)\b|=>\s*[^;{]*[{(]|=>\s*\{/.test(code.replace(/^\s*(readonly )?\w+\??\s*(\(.*\))?:.*$/gm, ''));
}

function checkTest(path: string, text: string): void {
  if (path.startsWith('src/model/') || path.startsWith('src/live/page/') || path.endsWith('/index.ts') || !hasBehaviour(text)) return;
  const mirrored = TESTED_AT_THE_DOOR[path] ?? path.replace(/^src\//, 'test/').replace(/\.tsx?$/, '.test.ts');
  const folder = join(root, dirname(mirrored));
  const stem = mirrored.slice(mirrored.lastIndexOf('/') + 1).replace('.test.ts', '');
  const exists =
    existsSync(join(root, mirrored)) || (existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(`${stem}.`)));
  if (!exists) breaches.push(`${path}: no test at ${mirrored}`);
}

/** Components say what they are by their name and type, arrows of one line by themselves. */
function checkDocstrings(path: string, text: string): void {
  if (!path.endsWith('.ts')) return;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const name = /^export (?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (name === undefined || /\*\/\s*$/.test(lines[index - 1] ?? '')) continue;
    // The first of several signatures speaks for all.
    if (!new RegExp(`^export (?:async )?function\\*? ${name}\\b`).test(lines[index - 1] ?? ''))
      breaches.push(`${path}: ${name} is exported without a docstring`);
  }
}

/** What a file imports of this project when it is run: all but `import type`. */
function importsOf(path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/(?:^|\n)(?:import|export)\s+(?!type\b)[^'"\n;]*?(?:\{[^}]*\}\s*)?from\s+['"](\.[^'"]+)['"]/g)].map(
    ([, to = '']) => {
      const target = relative(root, resolve(root, dirname(path), to)).replace(/\.js$/, '.ts');
      return existsSync(join(root, target)) ? target : `${target}x`;
    },
  );
}

/** Whoever reads a folder of modules at start waits for each of them: one that imports it back waits for ever, and says nothing. */
function checkFolder(loader: string, text: string): void {
  const folder = /importFolder<\w+>\(new URL\('(\.\/[\w-]+\/)'/.exec(text)?.[1];
  if (folder === undefined) return;
  for (const path of files(join(dirname(loader), folder))) {
    const met = new Set([path]);
    for (const each of met) for (const next of importsOf(each)) met.add(next);
    if (met.has(loader)) breaches.push(`${path}: imports ${loader}, which waits for it; only its types may be imported`);
  }
}

/** Modules that import each other in a ring are read in an order that nobody chose, and none of them can be understood alone. */
function checkRing(path: string): void {
  const around = (at: string, way: readonly string[]): readonly string[] | null => {
    for (const next of imports.get(at) ?? []) {
      if (next === path) return way;
      if (met.has(next)) continue;
      met.add(next);
      const found = around(next, [...way, next]);
      if (found !== null) return found;
    }
    return null;
  };
  const met = new Set<string>();
  const way = around(path, [path]);
  // Told once, at the first of its files.
  if (way?.every((other) => path <= other)) breaches.push(`${way.join(' -> ')} -> ${path}: a ring of imports`);
}

/** A bound that nothing reads is one that somebody believes in. */
function checkLimits(texts: readonly string[]): void {
  const read = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
  for (const [, name = ''] of readFileSync(join(root, 'src/limits.ts'), 'utf8').matchAll(/^ {2}(\w+):/gm))
    if (!read.has(name)) breaches.push(`src/limits.ts: nothing reads ${name}`);
}

const sources = files('src');
const imports = new Map(sources.map((path) => [path, importsOf(path)]));
for (const path of sources) {
  const text = readFileSync(join(root, path), 'utf8');
  checkImports(path, text);
  checkTest(path, text);
  checkDocstrings(path, text);
  checkFolder(path, text);
  checkRing(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (DRAWERS.test(name)) breaches.push(`${path}: "${name}" is a drawer, not a name`);
}
checkLimits(sources.flatMap((path) => (path === 'src/limits.ts' ? [] : [readFileSync(join(root, path), 'utf8')])));
for (const entry of readdirSync(root)) {
  if (!entry.startsWith('.') && !TOP.includes(entry) && !TOP_MORE.includes(entry)) breaches.push(`${entry}: does not belong at the top`);
}

if (breaches.length > 0) {
  console.error(breaches.join('\n'));
  console.error(`\n${breaches.length} breaches of the house rules (CONTRIBUTING.md, "The house").`);
  process.exit(1);
}
console.log('House rules hold: imports, mirrored tests, docstrings, names, limits, top level.');
