import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { framedPage, framingPage, LOOKS } from '#framed-table.ts'
import { cachedRoutes, printedPath } from '#routes-table.ts'
import { loadedAt, loaders, type ScriptName, scriptedPages, shellScripts } from '#script-table.ts'
import type { House } from '#kernel/house.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import { RouteKeys } from '#kernel/page-cache/key.ts'
import { eitherOf, serveBuildFiles } from '#kernel/web/build-files.ts'
import { isDeskDoor } from '#kernel/web/desk-paths.ts'
import { openDoor } from '#kernel/web/door.ts'
import { HouseNames, TrustedProxies } from '#kernel/web/names.ts'
import { styleAs } from '#kernel/web/look-style.ts'
import { PageStyle } from '#kernel/web/page-style.ts'
import type { Dress } from '#kernel/web/render.ts'
import { serveLoadedScripts } from '#kernel/web/loaded-scripts.ts'
import { scriptedPagesOf } from '#kernel/web/scripted-pages.ts'
import { securityHeaders } from '#kernel/web/security-headers.ts'

/** One in the press while the next is asked of the database; so few behind them that the last comes within seconds. */
const DOCUMENTS_AT_ONCE = 2
const DOCUMENTS_WAITING = 16

/** SvelteKit's build is imported only now: its hooks take the house that was opened before. */
export async function openFront(house: House, program: URL): Promise<RequestListener> {
  const { settings } = house
  const css = await readFile(new URL('build/style.css', program), 'utf8')
  const style = new PageStyle(css)
  // The desk wears what public pages wear, and its own over it: these pay for none of that.
  const deskCss = css + await readFile(new URL('build/desk.css', program), 'utf8')
  const script = (name: string) => readFile(new URL(`build/scripts/${name}.js`, program), 'utf8')
  const { handler } = await import(new URL('build/kit/handler.js', program).href)
  const { server, assets, prerendered_assets: prerendered } = await import(new URL('build/kit/adapter-node.js', program).href)
  const names = new HouseNames(settings.origins, settings.port)
  const isHttps = names.canonical.startsWith('https:')
  const base = securityHeaders(style.hash, isHttps)
  const loadedFrom = names.forPolicies.map((address) => address + loadedAt)
  const dressOf = (style: PageStyle, loads = false, framing: 'none' | 'frames' | 'framed' = 'none'): Dress => ({ base: securityHeaders(style.hash, isHttps, style.scriptHashes, loads ? loadedFrom : [], framing), style })
  const deskDressWith = async (names: readonly ScriptName[], framing: 'none' | 'frames' = 'none') =>
    dressOf(new PageStyle(deskCss, await Promise.all(names.map(script))), names.some((name) => loaders.includes(name)), framing)
  const doorDress = await deskDressWith([])
  const shellDress = await deskDressWith(shellScripts)
  const scripted = await Promise.all(Object.entries(scriptedPages).map(async ([address, names]) =>
    [address, await deskDressWith(isDeskDoor(address) ? names : [...shellScripts, ...names])] as const))
  const framed = LOOKS.map((look) => [framedPage(look), dressOf(new PageStyle(styleAs(css, look)), false, 'framed')] as const)
  const wornAt = scriptedPagesOf(Object.fromEntries([...scripted, ...framed, [framingPage, await deskDressWith(shellScripts, 'frames')]]))
  return openDoor({
    house,
    kit: server,
    keys: new RouteKeys(cachedRoutes),
    names,
    proxies: new TrustedProxies(settings.trustedProxies),
    dress: { base, style },
    agreeDress: dressOf(new PageStyle(await readFile(new URL('build/agree.css', program), 'utf8'))),
    deskDressAt: (path) => wornAt(path) ?? (isDeskDoor(path) ? doorDress : shellDress),
    printed: { path: printedPath, gate: new Gate(DOCUMENTS_AT_ONCE, DOCUMENTS_WAITING) },
    answerFile: eitherOf(await serveLoadedScripts(new URL('build/loaded/', program), loadedAt, base), serveBuildFiles([assets, prerendered], handler, base)),
  })
}
