import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { personalRequest } from '#kernel/web/requests.ts'

const server = createServer((req, res) => {
  // Kit's own errors carry a status.
  const read = async () => String((await personalRequest('http://localhost', req, req.url!).arrayBuffer()).byteLength)
  read().then((text) => res.end(text), () => res.writeHead(413, { connection: 'close' }).end())
})
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
afterAll(() => server.close())

const MB = 1024 * 1024
/** What became of so many bytes, sent there. */
const send = async (path: string, bytes: number) => (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': 'application/octet-stream' } })).status

test('an address takes as much as the files weigh that are sent there, and no other takes more than a form', async () => {
  for (const path of ['/desk/media/new', '/desk/media/pictures', '/desk/media/1/pt/docx', '/desk/media/1/pt/translate?/bring']) expect(await send(path, 21 * MB), path).toBe(200)
  for (const path of ['/desk/media/1/pt', '/desk/media/1/pt/translate?/save', '/desk/media/1/docx', '/desk/account']) expect(await send(path, 3 * MB), path).toBe(413)
})
