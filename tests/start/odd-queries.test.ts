// A scanner throws 50,000 addresses with odd queries at the house. The page that everybody reads stays where it is, and
// the house grows by nothing.
import { Agent, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { freePort } from '#kernel/testing/free-port.ts'
import { copyHouse, newFolder } from './installation.ts'
import { start } from './starting.ts'

const TOKEN = 'a-token-for-the-odd-queries-test'
const QUERIES = 50_000
const AT_ONCE = 16
/** What a process's memory moves by without growing (7 at most was seen); keeping every address would take 23. */
const MARGIN_MB = 15

const HOT = '/en/media'
const ROUTES = [HOT, '/en/', '/es/media', '/fr/media/feed.atom', '/pt/about', '/sitemap.xml', '/robots.txt']

/** Every query holds this word and its own number, in digits or in letters: no two are alike, and no log line holds it. */
const mark = (n: number) => `oddity${n}`
const letters = (n: number) => `oddity_${[...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`

/** Answered from the page that is kept: what no route asks for is passed over. */
const passedOver: ((n: number) => string)[] = [
  (n) => `utm_source=${mark(n)}`,
  (n) => `${mark(n)}=${Math.random()}`,
  (n) => `${mark(n)}`,
  (n) => `Q=${mark(n)}&query=${n}&qq=${n}&q[]=${n}&q%00=${n}`,
  (n) => `kind=&page=1&from=&${mark(n)}=&kinds=news&KIND=news`,
  (n) => `%E0%A4%A=%zz&%=${mark(n)}&%ff%fe&%C3%28=%uD83D`,
  (n) => `&&==&=${mark(n)}&?&#`.replace('#', '%23'),
  (n) => `fbclid=${mark(n)}${'x'.repeat(3000 + (n % 900))}`,
  (n) => Array.from({ length: 60 }, (_, i) => `${mark(n)}${i}=${i}`).join('&'),
  (n) => `__proto__=${mark(n)}&constructor=1&x-sveltekit-invalidated=1&p=${n}&feed=rss2`,
]
/** Made for the one who asks, and never kept: searches, and values that no filter takes. Only the list reads them. */
const madeOnce: ((n: number) => string)[] = [
  (n) => `q=${mark(n)}`,
  (n) => `%71=${mark(n)}&kind=news`,
  (n) => `kind=${letters(n)}`,
  (n) => `kind=${mark(n)}!`,
  (n) => `region=${mark(n)}&region=419`,
  (n) => `from=${mark(n)}%E0%A4%A`,
  (n) => `to=${mark(n)}${'9'.repeat(300)}`,
  (n) => `page=-1&${mark(n)}`,
]
const tooLong = (n: number) => `${mark(n)}=${'x'.repeat(4096)}`

interface Odd { path: string; method?: 'HEAD' | undefined; status: number[]; is: 'passed over' | 'made' | 'refused' }

function oddQuery(n: number): Odd {
  if (n % 100 === 0) return { path: `${ROUTES[n % ROUTES.length]}?${tooLong(n)}`, status: [414], is: 'refused' }
  if (n % 50 === 1) return { path: `${HOT}?${madeOnce[Math.floor(n / 50) % madeOnce.length]!(n)}`, status: [200, 400], is: 'made' }
  return { path: `${ROUTES[n % ROUTES.length]}?${passedOver[n % passedOver.length]!(n)}`, method: n % 2 ? 'HEAD' : undefined, status: [200], is: 'passed over' }
}

test('50,000 odd queries leave the hot page kept and the memory flat', async () => {
  const house = start(copyHouse(), { env: { DATA_DIR: newFolder('data'), PORT: String(await freePort()), METRICS_TOKEN: TOKEN } })
  const { port } = new URL(await house.ready())
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

  const asking = (path: string, method = 'GET', headers: Record<string, string> = { 'accept-encoding': 'br' }) =>
    new Promise<IncomingMessage>((done, failed) => {
      request({ host: '127.0.0.1', port, path, method, agent, headers }, done).on('error', failed).end()
    })
  /** Its body is thrown away, which spares the machine more than the test. */
  async function ask(path: string, method?: string) {
    const answer = await asking(path, method)
    await new Promise((end) => answer.on('end', end).resume())
    return { status: answer.statusCode!, etag: answer.headers.etag }
  }

  async function meters() {
    const text = Buffer.concat(await (await asking('/metrics', 'GET', { authorization: `Bearer ${TOKEN}` })).toArray()).toString()
    const meter = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    return {
      hits: meter('altavoz_page_hits_total'), renders: meter('altavoz_page_renders_total'), kept: meter('altavoz_pages_kept'),
      bytes: meter('altavoz_pages_bytes'), mb: meter('process_resident_memory_bytes') / 2 ** 20,
    }
  }

  let hotEtag: string | undefined

  /** Asks these queries, some at once, with the hot page after every twentieth. @returns how many of each there were */
  async function askOdd(from: number, to: number) {
    const count = { 'passed over': 0, made: 0, refused: 0, hot: 0 }
    let next = from
    const worker = async () => {
      while (next < to) {
        const n = next++
        const { path, method, status, is } = oddQuery(n)
        const answer = await ask(path, method)
        if (!status.includes(answer.status)) throw new Error(`${answer.status} for ${path.slice(0, 200)}`)
        count[is]++
        if (n % 20 !== 0) continue
        const hot = await ask(HOT)
        if (hot.status !== 200 || hot.etag !== hotEtag) throw new Error(`the hot page is another one after ${n} queries`)
        count.hot++
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return count
  }

  for (const path of [...ROUTES, ...ROUTES]) expect((await ask(path)).status, path).toBe(200)
  // After its second hit a page is compressed harder, once, and gets another name.
  const firstEtag = (await ask(HOT)).etag
  await expect.poll(async () => (hotEtag = (await ask(HOT)).etag), { timeout: 30_000 }).not.toBe(firstEtag)

  const half = async (from: number, to: number) => {
    const before = await meters()
    const count = await askOdd(from, to)
    const after = await meters()
    expect(after.hits - before.hits, 'answers from kept pages').toBe(count['passed over'] + count.hot)
    expect(after.renders - before.renders, 'pages made: none of those that are kept').toBe(count.made)
    expect(after.kept, 'pages kept').toBe(ROUTES.length)
    expect(after.bytes, 'bytes kept').toBeLessThanOrEqual(before.bytes)
    return after.mb
  }
  const began = performance.now()
  const first = await half(0, QUERIES / 2)
  const second = await half(QUERIES / 2, QUERIES)
  // A heap may settle late, on a busy machine later; what keeps addresses grows by as much again.
  const third = second - first < MARGIN_MB ? second : await half(QUERIES, QUERIES * 1.5)
  agent.destroy()
  console.log(`${QUERIES} odd queries in ${((performance.now() - began) / 1000).toFixed(0)} s: ${first.toFixed(1)} MB after the first half, ${second.toFixed(1)} MB after the second${third === second ? '' : `, ${third.toFixed(1)} MB after as many again`}`)
  expect(Math.min(second - first, third - second || Infinity)).toBeLessThan(MARGIN_MB)
  expect(house.said().out + house.said().err).not.toContain('oddity')
}, 300_000)
