// Debian's Chromium, driven by Playwright. Journeys run with scripts off, axe with scripts on (it hangs without timers).
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })

export const PHONE = { width: 360, height: 740 }
export const DESKTOP = { width: 1280, height: 900 }

export interface Visit { page: Page; strays: string[]; close(): Promise<void> }

/** A fresh visitor. `strays` collects every request that left the origin. */
export async function visit(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE, ...options })
  const page = await context.newPage()
  const strays: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) strays.push(request.url())
  })
  return { page, strays, close: () => context.close() }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page, as short lines. WCAG 2.2 A and AA. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const found = await (globalThis as unknown as { axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } })
      // Which selector leads to a node is most of its work, and nobody reads it here.
      .axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], selectors: false })
    return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => `${n.html.slice(0, 160)} (${n.failureSummary.slice(0, 160)})`).join(' | ')}`)
  })
}

/** The page as w3m prints it, whatever language the machine speaks. */
export const inTextBrowser = (html: string, columns: number): string =>
  execFileSync('w3m', ['-dump', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8', '-cols', String(columns)], { input: html }).toString()
