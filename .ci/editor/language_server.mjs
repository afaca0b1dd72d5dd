// What yaml-language-server, the engine behind YAML in VS Code, Neovim, Zed and others, shows:
//
// - no red line in the examples, in good sample files and in doubtful ones;
// - in every bad sample file the messages of messages.json;
// - in every file of cases/ what stands beside it as JSON: the messages, what is shown over each
//   `<!>` and offered at each `<?>`, which are taken out before the file is opened;
// - of every key its documentation, its default and an example, and of every choice its meaning.
//
// usage: node language_server.mjs [--write] [DIR]
//   DIR has node_modules with yaml-language-server (package.json pins it); else $YAML_LS_DIR, else
//   this folder. Prints what differs, and exits with 1 if anything does; --write writes the
//   expectations anew instead.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ROOT, SCHEMA, start } from './server.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CONFIGS = 'crates/outcrop-config/tests/configs';
const CASES = '.ci/editor/cases';
const MESSAGES = '.ci/editor/messages.json';

const words = process.argv.slice(2);
const write = words[0] === '--write' && words.shift();
const server = await start(path.resolve(words[0] ?? process.env.YAML_LS_DIR ?? HERE));
const deadline = setTimeout(() => { throw new Error('yaml-language-server does not answer'); }, 300_000);

const wrong = [];
let judged = 0;
let asked = 0;
await goodFiles();
await badFiles();
await cases();
await everyKey();
await everyChoice();
clearTimeout(deadline);
server.process.kill();
wrong.forEach(line => console.log(line));
console.log(`yaml-language-server: ${judged} answers, ${wrong.length} differences`);
process.exit(wrong.length === 0 ? 0 : 1);

/** No red line where nothing is wrong. */
async function goodFiles() {
  for (const folder of ['examples', `${CONFIGS}/valid`, `${CONFIGS}/doubtful`]) {
    for (const file of yamlFiles(folder)) {
      // The server judges every document of a file, and `outcrop check` the first.
      const text = read(file).split(/^---$/m)[0];
      compare(file, [], await server.open(file, text));
    }
  }
}

async function badFiles() {
  const shown = {};
  for (const file of yamlFiles(`${CONFIGS}/invalid`)) {
    shown[path.basename(file)] = await server.open(file, read(file));
  }
  expect(MESSAGES, shown);
}

async function cases() {
  for (const file of yamlFiles(CASES)) {
    const { text, places } = unmark(read(file));
    const shown = { messages: await server.open(file, text), hovers: {}, completions: {} };
    for (const { mark, at } of places) {
      if (mark === '<!>') shown.hovers[at] = (await server.hover(file, at)).split('\n');
      if (mark === '<?>') shown.completions[at] = firstLines(await server.complete(file, at));
    }
    expect(file.replace(/yaml$/, 'json'), shown);
  }
}

/** The properties of an entry and of its provider_opts, each with the lines that lead to it. */
function properties() {
  const { properties } = JSON.parse(read(path.relative(ROOT, SCHEMA))).definitions.BedrockModel;
  const head = 'models:\n  m:\n    provider: amazon-bedrock\n    ';
  return [[head, properties], [`${head}provider_opts:\n      `, properties.provider_opts.properties]];
}

/** Every key is offered with its documentation, and shown with default and example. */
async function everyKey() {
  for (const [head, keys] of properties()) {
    const [offered] = await ask(`${head}<?>`);
    for (const [key, { markdownDescription, doNotSuggest }] of Object.entries(keys)) {
      const expected = doNotSuggest || head.includes(` ${key}:`) ? undefined : markdownDescription;
      compare(`the offer of ${key}`, expected, offered[key]);
    }
    const indent = head.slice(head.lastIndexOf('\n'));
    const present = Object.entries(keys).filter(([key]) => key !== 'provider');
    const lines = present.map(([key, { examples, defaultSnippets }]) => {
      const value = examples?.[0] ?? defaultSnippets?.[0].body ?? 'x';
      return `<!>${key}: ${JSON.stringify(value)}`;
    });
    const shown = await ask(head + lines.join(indent));
    for (const [position, [key, schema]] of present.entries()) {
      const parts = [schema.markdownDescription];
      if (schema.default !== undefined) parts.push(`Default: \`${schema.default}\``);
      if (schema.examples || schema.defaultSnippets) parts.push(schema.examples ? 'Example:' : 'Allowed Values:');
      const missing = parts.filter(part => !shown[position].includes(part));
      compare(`${key}: ${shown[position]}, where is missing`, [], missing);
    }
  }
}

/** Every choice is offered with its meaning, and no null. */
async function everyChoice() {
  for (const [head, keys] of properties()) {
    for (const [key, { defaultSnippets = [] }] of Object.entries(keys)) {
      if (defaultSnippets.length === 0) continue;
      const [offered] = await ask(`${head}${key}: <?>`);
      for (const { label, description } of [...defaultSnippets, { label: 'null' }]) {
        compare(`the offer of ${label} for ${key}`, description, offered[label]);
      }
    }
  }
}

/** What is shown or offered at each mark of a text. */
async function ask(marked) {
  asked += 1;
  const file = `${CASES}/asked-${asked}.yaml`;
  const { text, places } = unmark(marked);
  await server.open(file, text);
  const answers = places.map(({ mark, at }) => (mark === '<?>' ? server.complete(file, at) : server.hover(file, at)));
  return Promise.all(answers);
}

/** A text without its marks, and the mark and `LINE:COLUMN` of each. */
function unmark(marked) {
  const places = [];
  const lines = marked.split('\n').map((line, row) => {
    for (let mark; (mark = /<[!?]>/.exec(line)); line = line.replace(mark[0], '')) {
      places.push({ mark: mark[0], at: `${row + 1}:${mark.index + 1}` });
    }
    return line;
  });
  return { text: lines.join('\n'), places };
}

function firstLines(offered) {
  return Object.fromEntries(Object.entries(offered).map(([label, about]) => [label, about.split('\n')[0]]));
}

function read(file) {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Names every YAML file of a folder, from the root. */
function yamlFiles(folder) {
  const names = fs.readdirSync(path.join(ROOT, folder)).filter(name => name.endsWith('.yaml')).sort();
  return names.map(name => `${folder}/${name}`);
}

/** Compares with a file of expectations, or writes it. */
function expect(file, shown) {
  if (write) return fs.writeFileSync(path.join(ROOT, file), `${JSON.stringify(shown, null, 2)}\n`);
  const expected = JSON.parse(read(file));
  for (const name of new Set([...Object.keys(expected), ...Object.keys(shown)])) {
    compare(`${file}, ${name}`, expected[name], shown[name]);
  }
}

/** Notes the difference between what is expected and what is shown. */
function compare(what, expected, shown) {
  judged += 1;
  if (JSON.stringify(expected) !== JSON.stringify(shown)) {
    wrong.push(`${what}:\n  expected ${JSON.stringify(expected)}\n  shown    ${JSON.stringify(shown)}`);
  }
}
