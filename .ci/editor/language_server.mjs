// What yaml-language-server, the engine behind YAML in VS Code, Neovim, Zed and others, shows for
// the sample files: no red line in good ones, and the messages of expectations.json in bad ones.
//
// usage: node language_server.mjs [DIR]
//   DIR has node_modules with yaml-language-server (package.json pins it); else $YAML_LS_DIR, else
//   this folder. Prints what differs, and exits with 1 if anything does.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(HERE, '../..');
const SCHEMA = pathToFileURL(path.join(ROOT, 'schemas/outcrop.schema.json')).href;
const CONFIGS = 'crates/outcrop-config/tests/configs';

const modules = path.resolve(process.argv[2] ?? process.env.YAML_LS_DIR ?? HERE);
const binary = createRequire(path.join(modules, 'x.js')).resolve('yaml-language-server/bin/yaml-language-server');
const expectations = JSON.parse(fs.readFileSync(path.join(HERE, 'expectations.json'), 'utf8'));

const server = connect(spawn(process.execPath, [binary, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] }));
const deadline = setTimeout(() => fail('yaml-language-server does not answer'), 120_000);

await start();
const wrong = [];
for (const file of [...yamlFiles('examples'), ...yamlFiles(`${CONFIGS}/valid`)]) {
  compare(file, [], await diagnose(file));
}
for (const [file, expected] of Object.entries(expectations.messages)) {
  compare(file, expected, await diagnose(`${CONFIGS}/${file}`));
}
for (const [number, { text, at, offers }] of expectations.completions.entries()) {
  const offered = await complete(`completion-${number}.yaml`, text.join('\n'), at);
  const missing = offers.filter(label => !offered.includes(label));
  if (missing.length > 0) wrong.push(`${JSON.stringify(text)} at ${at}: not offered: ${missing}; but ${offered}`);
}
clearTimeout(deadline);
server.process.kill();
wrong.forEach(line => console.log(line));
console.log(`yaml-language-server: ${wrong.length} differences`);
process.exit(wrong.length === 0 ? 0 : 1);

/** Names every YAML file of a folder, from the root. */
function yamlFiles(folder) {
  const names = fs.readdirSync(path.join(ROOT, folder)).filter(name => name.endsWith('.yaml')).sort();
  return names.map(name => `${folder}/${name}`);
}

/** Notes the difference between the expected and the shown messages, each as `LINE: MESSAGE`. */
function compare(file, expected, shown) {
  if (JSON.stringify(expected) !== JSON.stringify(shown)) {
    wrong.push(`${file}:\n  expected ${JSON.stringify(expected)}\n  shown    ${JSON.stringify(shown)}`);
  }
}

/** The errors and warnings of a file, in the order of its lines. */
async function diagnose(file) {
  const diagnostics = await open(file, fs.readFileSync(path.join(ROOT, file), 'utf8'));
  return diagnostics
    .filter(({ severity }) => severity <= 2)
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
    .map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

/** The labels offered in a text at `LINE:COLUMN`, both from 1. */
async function complete(file, text, at) {
  await open(file, text);
  const [line, character] = at.split(':').map(number => Number(number) - 1);
  const textDocument = { uri: uri(file) };
  const answer = await server.request('textDocument/completion', { textDocument, position: { line, character } });
  return (answer?.items ?? answer ?? []).map(item => item.label);
}

function uri(file) {
  return pathToFileURL(path.join(ROOT, file)).href;
}

/** Opens a document and waits for its diagnostics. */
function open(file, text) {
  const diagnostics = server.diagnostics(uri(file));
  server.notify('textDocument/didOpen', { textDocument: { uri: uri(file), languageId: 'yaml', version: 1, text } });
  return diagnostics;
}

async function start() {
  await server.request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(ROOT).href,
    workspaceFolders: [{ uri: pathToFileURL(ROOT).href, name: 'outcrop' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: {} },
    },
  });
  server.notify('initialized', {});
  server.notify('workspace/didChangeConfiguration', { settings: server.settings });
  await new Promise(resolve => setTimeout(resolve, 300));
}

/** Speaks JSON-RPC with the server's process. */
function connect(process) {
  const yaml = {
    validate: true, completion: true, hover: true,
    // The examples name the schema themselves; the other files are given it.
    schemas: { [SCHEMA]: [`${CONFIGS}/**/*.yaml`, 'completion-*.yaml'] },
    schemaStore: { enable: false, url: '' },
  };
  const settings = { yaml, http: {}, editor: { tabSize: 2 }, '[yaml]': {}, files: {} };
  const answers = new Map();
  const watchers = new Map();
  let received = Buffer.alloc(0);
  let lastId = 0;

  const send = message => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    process.stdin.write(body);
  };
  const handle = message => {
    if (message.method && message.id !== undefined) {
      const items = message.method === 'workspace/configuration' ? message.params.items : null;
      send({ id: message.id, result: items?.map(item => settings[item.section] ?? null) ?? null });
    } else if (message.method === 'textDocument/publishDiagnostics') {
      watchers.get(message.params.uri)?.(message.params.diagnostics);
      watchers.delete(message.params.uri);
    } else if (answers.has(message.id)) {
      answers.get(message.id)(message.result);
      answers.delete(message.id);
    }
  };
  process.stdout.on('data', chunk => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
      if (received.length < end + 4 + length) return;
      handle(JSON.parse(received.subarray(end + 4, end + 4 + length)));
      received = received.subarray(end + 4 + length);
    }
  });

  return {
    process,
    settings,
    notify: (method, params) => send({ method, params }),
    request: (method, params) => new Promise(resolve => {
      lastId += 1;
      answers.set(lastId, resolve);
      send({ id: lastId, method, params });
    }),
    diagnostics: uri => new Promise(resolve => watchers.set(uri, resolve)),
  };
}

function fail(message) {
  console.error(message);
  server.process.kill();
  process.exit(1);
}
