// A yaml-language-server as editors use it, over stdio, with the schema for the files of this
// repository that do not name it themselves.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const SCHEMA = path.join(ROOT, 'schemas/outcrop.schema.json');

const settings = {
  yaml: {
    validate: true, completion: true, hover: true,
    schemas: { [pathToFileURL(SCHEMA).href]: ['crates/outcrop-config/tests/configs/**/*.yaml', '.ci/editor/cases/*.yaml'] },
    schemaStore: { enable: false, url: '' },
  },
  http: {}, editor: { tabSize: 2 }, '[yaml]': {}, files: {},
};

/** Starts the server that `modules` has in its node_modules. */
export async function start(modules) {
  const binary = createRequire(path.join(modules, 'x.js')).resolve('yaml-language-server/bin/yaml-language-server');
  const process = spawn(globalThis.process.execPath, [binary, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = connect(process);
  await connection.request('initialize', {
    processId: globalThis.process.pid,
    rootUri: pathToFileURL(ROOT).href,
    workspaceFolders: [{ uri: pathToFileURL(ROOT).href, name: 'outcrop' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
        publishDiagnostics: {},
      },
    },
  });
  connection.notify('initialized', {});
  connection.notify('workspace/didChangeConfiguration', { settings });
  await new Promise(resolve => setTimeout(resolve, 300));
  return { process, ...documents(connection) };
}

/** What an editor asks about documents. Positions are `LINE:COLUMN`, both from 1. */
function documents({ request, notify, diagnostics }) {
  const uri = file => pathToFileURL(path.join(ROOT, file)).href;
  const ask = (method, file, at) => {
    const [line, character] = at.split(':').map(number => Number(number) - 1);
    return request(`textDocument/${method}`, { textDocument: { uri: uri(file) }, position: { line, character } });
  };
  return {
    /** Opens a document; its errors and warnings as `LINE: MESSAGE`, in the order of the lines. */
    async open(file, text) {
      const published = diagnostics(uri(file));
      notify('textDocument/didOpen', { textDocument: { uri: uri(file), languageId: 'yaml', version: 1, text } });
      return (await published)
        .filter(({ severity }) => severity <= 2)
        .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
        .map(({ range, message }) => `${range.start.line + 1}: ${message}`);
    },
    /** What an open document is offered: from label to documentation. */
    async complete(file, at) {
      const answer = await ask('completion', file, at);
      const items = answer?.items ?? answer ?? [];
      return Object.fromEntries(items.map(item => [item.label, markdown(item.documentation)]));
    },
    /** What is shown over a place of an open document, without the line that names the schema. */
    async hover(file, at) {
      const answer = await ask('hover', file, at);
      return markdown(answer?.contents).replace(/\n+Source: \[.*$/, '');
    },
  };
}

function markdown(content) {
  return typeof content === 'string' ? content : content?.value ?? '';
}

/** Speaks JSON-RPC with the server's process. */
function connect(process) {
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
    notify: (method, params) => send({ method, params }),
    request: (method, params) => new Promise(resolve => {
      lastId += 1;
      answers.set(lastId, resolve);
      send({ id: lastId, method, params });
    }),
    diagnostics: uri => new Promise(resolve => watchers.set(uri, resolve)),
  };
}
