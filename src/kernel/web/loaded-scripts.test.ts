import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { serveLoadedScripts } from '#kernel/web/loaded-scripts.ts'

const folder = await mkdtemp(join(tmpdir(), 'altavoz-loaded-'))
await writeFile(join(folder, 'editor-abc.js'), 'export const a = 1')
const serve = await serveLoadedScripts(pathToFileURL(`${folder}/`), '/desk/script/', ['X-Content-Type-Options', 'nosniff'])
const server = createServer((req, res) => {
  if (!serve(req, res)) res.writeHead(404).end()
}).listen(0, '127.0.0.1')
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const ask = (path: string, method = 'GET', coding = '') => new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((done, failed) => {
  request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, method, headers: coding ? { 'accept-encoding': coding } : {} }, (res) => {
    const pieces: Buffer[] = []
    res.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done({ status: res.statusCode!, headers: res.headers, body: Buffer.concat(pieces) }))
  }).on('error', failed).end()
})

test('a script of the folder is answered small, as script, and may be kept for good', async () => {
  const { status, headers, body } = await ask('/desk/script/editor-abc.js', 'GET', 'br')
  expect([status, headers['content-type'], headers['x-content-type-options'], headers['content-encoding']]).toEqual([200, 'text/javascript; charset=utf-8', 'nosniff', 'br'])
  expect(headers['cache-control']).toContain('immutable')
  expect(brotliDecompressSync(body).toString()).toBe('export const a = 1')
  expect(gunzipSync((await ask('/desk/script/editor-abc.js', 'GET', 'gzip')).body).toString()).toBe('export const a = 1')
  expect((await ask('/desk/script/editor-abc.js')).body.toString()).toBe('export const a = 1')
  expect((await ask('/desk/script/editor-abc.js', 'HEAD')).body.length).toBe(0)
})

test('nothing else is: no other name, no way out of the folder, no act', async () => {
  for (const path of ['/desk/script/', '/desk/script/editor.js', '/desk/script/../../etc/passwd', '/desk/script/%65ditor-abc.js', '/desk/script/editor-abc.js/']) expect((await ask(path)).status, path).toBe(404)
  expect((await ask('/desk/script/editor-abc.js', 'POST')).status).toBe(404)
})
