// Somebody brings script into the house by every field that keeps words, some of it past the forms that would refuse it. It stands
// as words on every page, public or of the desk, and nothing runs.
import { sql } from 'kysely'
import { fromHtml } from 'hast-util-from-html'
import { SaxesParser } from 'saxes'
import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { makePressLink } from '#rooms/media/server/press-link-actions.ts'
import { noteCorrection, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { DESKTOP, visit } from './browser.ts'
import { furnishDesk, type LookedAtDesk } from './desk-pages.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'

/** Gets out of text, of an attribute in either quotes, of a title, a style, a comment and a script, and into a link. */
const HOSTILE = `</title></style></textarea>--><script>__ran=1</script><img src=x onerror=__ran=2>"' onfocus=__ran=3 autofocus x='<svg onload=__ran=4>`
const LINK = 'javascript:__ran=5//<script>__ran=6</script>'
const MARKDOWN = [
  HOSTILE, '# <img src=x onerror=__ran=1>', '[a link](javascript:__ran=2) and [another](JaVaScRiPt&colon;__ran=2) and [one more](data:text/html,<script>__ran=3</script>)', '<javascript:__ran=4>', '![alt" onerror="__ran=5](x"onerror="__ran=6)',
  '<svg><script>__ran=7</script></svg>', '<math><mtext><table><mglyph><style><img src=x onerror=__ran=8>', '<iframe srcdoc="<script>__ran=9</script>"></iframe>', '<a href="&#106;avascript:__ran=10">x</a>',
  'A note[^1] and[^"><img/src/onerror=__ran=11>].', '[^1]: <details open ontoggle=__ran=12>', '| <b onmouseover=__ran=13> | b |\n| - | - |\n| [x](vbscript:__ran=14) | ![](data:image/svg+xml,<svg/onload=__ran=15>) |', '```html\n</code></pre><script>__ran=16</script>\n```', '---\ntitle: <script>__ran=17</script>\n---', '[ref]: javascript:__ran=18\n\n[ref]',
].join('\n\n')

/** Of a press link and of an agreement link. */
const TOKEN = 'h'.repeat(43)

const { house, browser } = await houseAndBrowser()
let desk: LookedAtDesk
let address = ''

/** Where people's own words are kept besides texts: written past the rules, as if a rule had a hole. */
const FIELDS: Record<string, string[]> = {
  person: ['name'], organisation_text: ['name', 'short_name', 'about'], organisation_link: ['url'], topic_text: ['name'], site_text: ['name', 'short_name'], site_page: ['title'], press_link: ['newsroom'],
  agreement_answer: ['reason'], typing: ['title', 'teaser', 'body_markdown'], session: ['device'],
}

async function planted(tx: Tx) {
  const now = Temporal.Now.instant()
  const frozen = {
    ...NOTHING_FROZEN, topics: ['hiv'], when: '2020', regions: [{ place: 'UY', printed: { text: HOSTILE, lang: 'es' } }], issuedBy: HOSTILE, doubt: HOSTILE, byline: HOSTILE, translator: HOSTILE, licence: HOSTILE,
    signers: [{ organisationId: null, name: HOSTILE }], sources: [{ title: HOSTILE, publisher: HOSTILE, year: 2020, url: LINK, lang: 'es' }], series: { name: HOSTILE, items: [] },
    files: [{ hash: 'a'.repeat(64), name: '"><script>__ran=1</script>.pdf', title: HOSTILE, mediaType: `text/html"${HOSTILE}`, byteSize: 5, lang: 'es' }],
    picture: { alt: HOSTILE, credit: HOSTILE, licence: HOSTILE, ...(({ hash, format }) => ({ inPage: [{ hash, format, width: 10, height: 10, byteSize: 5 }], large: { hash, format, width: 10, height: 10, byteSize: 5 } }))({ hash: 'b'.repeat(64), format: 'jpeg' as const }) },
  } satisfies Frozen
  const item = await createItem(tx, { kind: 'statement', originalLang: 'es' }, 'operator', now)
  for (const lang of ['es', 'en', 'pt']) {
    await giveSlug(tx, item, lang, 'hostile', now)
    const { revisionId } = await saveRevision(tx, item, lang, { title: HOSTILE, teaser: HOSTILE, bodyMarkdown: MARKDOWN }, { ...frozen, files: [], picture: undefined } as Frozen, 'operator', now)
    const outcome = await publishRevision(tx, { itemId: item, lang, revisionId, from: lang === 'pt' ? now.add({ hours: 1 }) : now, zone: 'UTC' }, 'operator', now)
    if (!outcome.published) throw new Error(outcome.obstacle)
    // Its files are in nobody's hands: only what stands around them is asked here.
    await sql`update revision set frozen = ${JSON.stringify(frozen)}::jsonb where id = ${revisionId}`.execute(tx)
  }
  await makePressLink(tx, { itemId: item, lang: 'pt', newsroom: 'La Redacción', token: TOKEN }, 'operator', now)
  await noteCorrection(tx, item, 'es', HOSTILE, 'operator', now)
  return item
}

beforeAll(async () => {
  desk = await furnishDesk(house)
  const { db, close } = await openHouseDatabase(house.dataDir)
  try {
    await act({ db }, async (tx) => {
      // What is written once is written over here, without the rules that stand in the tables.
      await sql`set local session_replication_role = replica`.execute(tx)
      const item = await planted(tx)
      for (const [table, columns] of Object.entries(FIELDS)) {
        for (const column of columns) await sql`update ${sql.id(table)} set ${sql.id(column)} = ${column === 'url' ? LINK : HOSTILE}`.execute(tx)
      }
      await tx.updateTable('agreementAsk').set({ tokenHash: hashToken(TOKEN) }).execute()
      await sql`update agreement_answer set changes = replace(replace(changes::text, 'Condenamos', ${JSON.stringify(HOSTILE).slice(1, -1)}), 'trata', 'tráfico')::jsonb`.execute(tx)
      // The desk's own text becomes this one, so that its pages show it.
      address = item
    })
  } finally {
    await close()
  }
}, 180_000)

interface Found { ran: unknown; violations: string[]; live: string[] }

async function lookAt(paths: string[], cookie?: string): Promise<string[]> {
  const { page, strays, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport: DESKTOP })
  const found: string[] = []
  page.on('dialog', (dialog) => { found.push(`a dialog: ${dialog.message()}`); void dialog.dismiss() })
  await page.addInitScript(() => {
    const told = globalThis as unknown as { violations: string[] }
    told.violations = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => told.violations.push(`${violatedDirective} ${blockedURI} ${sample}`))
  })
  if (cookie) await page.context().setExtraHTTPHeaders({ cookie })
  for (const path of paths) {
    const answer = await page.goto(house.origin + path, { waitUntil: 'load' })
    if (!answer || answer.status() >= 500) found.push(`${path} answers ${answer?.status()}`)
    const seen = await page.evaluate((): Found => {
      const all = [...document.querySelectorAll('*')]
      const live = all.flatMap((node) => [
        ...(node.matches('iframe:not(.framed > iframe[src^="/desk/media/"]), object, embed, base[href], math, meta[http-equiv=refresh]') || (node instanceof HTMLScriptElement && /__ran/.test(node.text) && node.type !== 'application/ld+json') ? [node.outerHTML.slice(0, 120)] : []),
        ...[...node.attributes].filter(({ name, value }) => /^on/i.test(name) || (/^(href|src|action|formaction|srcdoc|xlink:href|poster|data)$/i.test(name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text|data:image\/svg)/i.test(value))).map(({ name, value }) => `${node.tagName} ${name}=${value.slice(0, 80)}`),
      ])
      const told = globalThis as unknown as { __ran?: unknown; violations: string[] }
      return { ran: told.__ran, violations: told.violations, live }
    })
    if (seen.ran !== undefined) found.push(`${path}: script ran (${String(seen.ran)})`)
    found.push(...seen.violations.map((one) => `${path}: ${one}`), ...seen.live.map((one) => `${path}: ${one}`))
  }
  found.push(...strays)
  await close()
  return found
}

test('on every page that readers may open it stands as words, and the page’s policy has nothing to report', async () => {
  const paths = ['/es/', '/en/', '/es/media', '/en/media', '/es/media/hostile', '/en/media/hostile', `/es/media?q=${encodeURIComponent(HOSTILE)}`, `/es/media?region=${encodeURIComponent(HOSTILE)}`, '/es/topics', '/es/topics/hiv', '/es/organisations', '/es/press', '/es/about', `/es/${encodeURIComponent(HOSTILE)}`, `/press-preview/${TOKEN}`, `/agree/${TOKEN}`]
  expect(await lookAt(paths)).toEqual([])
  for (const link of [`/press-preview/${TOKEN}`, `/agree/${TOKEN}`]) expect((await askRaw(house.origin, link, { accept: 'text/html' })).status, link).toBe(200)
  expect((await askRaw(house.origin, '/es/media/hostile')).body.toString(), 'its words are there').toContain('&lt;script>__ran=1&lt;/script>')
})

test('on every page of the desk too, in the hands of a steward', async () => {
  const texts = ['', '/agree', '/publish', '/es', '/en', '/es/compare', '/es/share', '/es/preview', '/es/preview/page/light'].map((below) => `/desk/media/${address}${below}`)
  const paths = [...desk.pages.map(({ path }) => path), ...texts, `/desk/media?q=${encodeURIComponent(HOSTILE)}`]
  expect(paths.length).toBeGreaterThan(30)
  expect(await lookAt(paths, desk.cookies.es)).toEqual([])
}, 300_000)

test('on no door of it either', async () => {
  expect(await lookAt(desk.doors.map(({ path }) => `${path}?lang=${encodeURIComponent(HOSTILE)}&next=${encodeURIComponent(LINK)}`))).toEqual([])
})

test.each(['/es/media/feed.atom', '/es/media/feed.rss', '/es/media/feed.json', '/api/v1/items?lang=es', '/es/calendar.ics'])('%s carries it escaped, in a form that no browser opens as a page', async (path) => {
  const answer = await askRaw(house.origin, path)
  expect(answer.status).toBe(200)
  expect(answer.header('content-type')).toMatch(/^(application\/(atom\+xml|rss\+xml|feed\+json|json|xml)|text\/calendar)/)
  expect([answer.header('x-content-type-options'), /default-src 'none'|sandbox/.test(answer.header('content-security-policy') ?? '')]).toEqual(['nosniff', true])
  if (path.endsWith('feed.json')) {
    const contents = JSON.parse(answer.body.toString()).items.map((one: { content_html: string }) => one.content_html)
    expect(contents.flatMap((content: string) => liveIn(fromHtml(content, { fragment: true })))).toEqual([])
  }
  if (!/xml/.test(answer.header('content-type')!)) return
  // What a reader of feeds takes for HTML: an element's own text, once out of its CDATA or its escapes.
  const html: string[] = []
  let text = ''
  const parser = new SaxesParser()
  const read = (part: string) => { text += part }
  parser.on('text', read)
  parser.on('cdata', read)
  parser.on('closetag', ({ name }) => {
    if (/^(content:encoded|content|description)$/.test(name)) html.push(text)
    text = ''
  })
  parser.write(answer.body.toString()).close()
  expect(html.length).toBeGreaterThan(0)
  expect(html.flatMap((content) => liveIn(fromHtml(content, { fragment: true })))).toEqual([])
})

type Node = ReturnType<typeof fromHtml>['children'][number]
/** What would act in a page that shows this HTML. */
function liveIn({ children }: { children: Node[] }): string[] {
  return children.flatMap((node): string[] => node.type !== 'element' ? [] : [
    ...(/^(script|iframe|svg|math|style|object|embed|form|base)$/.test(node.tagName) ? [node.tagName] : []),
    ...Object.entries(node.properties).filter(([name, value]) => /^on/i.test(name) || /^\s*(javascript|vbscript|data):/i.test(String(value))).map(([name, value]) => `${node.tagName} ${name}=${String(value)}`),
    ...liveIn(node),
  ])
}
