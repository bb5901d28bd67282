// What `import --fetch` asks for, and that nothing is asked for without it. The server is real; the network that may be reached is this machine.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import type { Network } from '#kernel/fetching/server/fetch-public.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-fetching-'))
const blobs = await openBlobs(db, join(folder, 'blobs'))
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const said: string[] = []
const here: Network = { resolve: async () => ['127.0.0.1'], mayReach: (address) => address === '127.0.0.1' }
const house = (network?: Network) => ({ db, blobs, dataDir: folder, clock: () => now, say: (line = '') => said.push(line), ...(network && { network }) }) as unknown as CommandHouse

const asked: string[] = []
const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c8141e' } }).png().toBuffer()
const server = createServer((request, answer) => {
  asked.push(request.url ?? '')
  const of = (type: string, bytes: string | Buffer) => answer.writeHead(200, { 'content-type': type }).end(bytes)
  if (request.url === '/feed') of('application/rss+xml', feed())
  else if (request.url === '/page') of('text/html', '<!doctype html><html lang="en"><body><nav>Menu</nav><article><h1>A fetched page</h1><p>The words of it.</p></article></body></html>')
  else if (request.url?.endsWith('.png')) of('image/png', picture)
  else if (request.url === '/a.pdf') of('application/pdf', '%PDF-1.4\ntrailer<<>>\n%%EOF\n')
  else answer.writeHead(404).end()
})
let origin = ''
const feed = () => `<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title><link>${origin}</link><language>en</language><item><title>A fetched text</title><link>${origin}/fetched-text</link><description><![CDATA[<p>Words. <img src="${origin}/one.png" alt="A door"><img src="${origin}/two.png"><a href="${origin}/a.pdf">The report</a> <img src="http://127.0.0.2/private.png"></p>]]></description></item></channel></rss>`

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://old.example:${(server.address() as AddressInfo).port}`
  await act({ db }, async (tx) => {
    await foundSite(tx, { zone: 'America/Bogota' }, now)
  })
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => void asked.splice(0))

async function run(words: string[], options: Record<string, unknown>, network?: Network) {
  said.length = 0
  now = now.add({ minutes: 1 })
  const code = (await importCommand.run(house(network), words, { publish: true, topics: join(folder, 'topics.yaml'), ...options })) ?? 0
  return { code, told: said.join('\n') }
}
const page = async (slug: string) => {
  const answer = (await findPublishedItem(db.read, 'en', slug, now.add({ minutes: 1 })))?.answer
  return answer?.found === 'item' ? answer.item : undefined
}

test('a feed comes with its first picture and its document, and nothing is asked for that is not needed or not public', async () => {
  const { told } = await run([`${origin}/feed`], { fetch: true }, here)
  expect(told).toMatch(/^ok \S+ \/en\/media\/fetched-text \(new, published\)/m)
  expect(asked).toEqual(['/feed', '/one.png', '/a.pdf'])
  expect(told).toContain('two.png was not fetched: a text has one picture')
  expect(await page('fetched-text')).toMatchObject({ title: 'A fetched text', picture: { alt: 'A door' }, files: [{ mediaType: 'application/pdf' }] })
  expect(readdirSync(join(folder, 'imports')).filter((name) => name.startsWith('fetched'))).toEqual([])
  expect((await run([`${origin}/feed`], { fetch: true }, here)).told).toContain('(nothing changed)')
})

test('when a file cannot be fetched any more, a text that was imported before stays as it is', async () => {
  const before = await page('fetched-text')
  const { told, code } = await run([writeFeed()], { fetch: true }, { ...here, resolve: async () => { throw new Error('down') } })
  expect(told).toMatch(/left out .*what was imported before stays, run the import again/)
  expect(code).toBe(1)
  expect(await page('fetched-text')).toEqual(before)
})

test('a page comes with the text that is its own', async () => {
  expect((await run([`${origin}/page`], { fetch: true }, here)).told).toMatch(/^ok .*\/en\/media\/a-fetched-page \(new, published\)/m)
})

test('what cannot be fetched is named, and the rest goes on', async () => {
  const { told, code } = await run([`${origin}/nothing`, 'http://127.0.0.2/x', `${origin}/one.png`, `${origin}/page`], { fetch: true }, here)
  expect(code).toBe(1)
  expect(told).toMatch(/left out \S+\/nothing: its server answers 404\nleft out http:\/\/127\.0\.0\.2\/x: 127\.0\.0\.2 is no address of the public network\nleft out \S+one\.png: it is of the type “image\/png”/)
  expect(told).toMatch(/^ok .*a-fetched-page/m)
})

function writeFeed() {
  const path = join(folder, 'feed.xml')
  writeFileSync(path, feed())
  return path
}

test('without --fetch nothing is asked for, whatever the texts name; with it this test sees what is', async () => {
  let began = 0
  const see = () => void began++
  const watch = async (options: Record<string, unknown>) => {
    began = 0
    subscribe('http.client.request.start', see)
    await run([writeFeed()], options, here).catch(String)
    unsubscribe('http.client.request.start', see)
    return [began, asked.length]
  }
  expect(await watch({})).toEqual([0, 0])
  await expect(run([`${origin}/feed`], {}, here)).rejects.toThrow('is an address of the network, which nothing asks for without --fetch; nothing was imported')
  expect(asked).toEqual([])
  expect((await watch({ fetch: true })).every((count) => count > 0)).toBe(true)
})

test('without a network of tests only the public one is reached: this machine is not', async () => {
  expect((await run([`${origin.replace('old.example', '127.0.0.1')}/page`], { fetch: true })).told).toContain('is no address of the public network')
  expect(asked).toEqual([])
})
