// Promise: somebody who is new has her first statement public within five minutes, by the steps of the README, once `bin/start` has
// printed its link. She types five keys a second, reads each page that she has not seen for eight seconds and each question for two, and
// works with the keyboard of a telephone beside her for the one-time code (fifteen seconds). PACE=0.1 walks it ten times as fast, to look at the steps alone.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { openBrowser, visit } from '../tests/journeys/browser.ts'
import { runHouse } from '../tests/journeys/running-house.ts'
import { printMachine } from './house.ts'

const PACE = Number(process.env.PACE ?? 1)
const [KEY_MS, PAGE_MS, QUESTION_MS, CODE_MS, LIMIT_S] = [200 * PACE, 8000 * PACE, 2000 * PACE, 15_000 * PACE, 300]
const TITLE = 'Lo que pedimos a los Estados'
const TEASER = 'Antes de la audiencia decimos qué debe cambiar y quién tiene que estar en la mesa.'
const BODY = 'La criminalización no es la solución.\n\nPedimos leyes que protejan nuestros derechos y nuestra vida.\n\nNada sobre nosotras sin nosotras.'

printMachine()
const house = await runHouse({}, ['--bare'])
const link = /^http\S+\/desk\/in\/\S+$/m.exec(house.printed())?.[0] ?? /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0]
const browser = await openBrowser()
const { page, close } = await visit(browser, house.origin, { locale: 'es', javaScriptEnabled: true, viewport: { width: 1280, height: 900 } })
const began = performance.now()
const steps: string[] = []
const rest = (ms: number) => page.waitForTimeout(ms)
const told = (step: string) => { steps.push(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${step}`) }
const read = (step: string) => { told(step); return rest(PAGE_MS) }
async function type(at: string, words: string) {
  await rest(QUESTION_MS)
  await page.click(at)
  await page.keyboard.type(words, { delay: KEY_MS })
}
const press = async (of: Page, name: string | RegExp) => {
  await rest(QUESTION_MS)
  await of.getByRole('button', { name }).first().click()
}

await page.goto(link)
await read('the link of the first start')
if (!(await page.locator('#password').isVisible())) await page.locator('[data-passkey-other] summary').click()
await type('#called', 'Luz')
await type('#name', 'luz')
await type('#password', 'cuatro palabras bien seguidas')
await rest(CODE_MS)
await page.fill('#code', codeOf((await page.locator('.key').textContent())!.replaceAll(' ', ''), Temporal.Now.instant()))
await page.locator('[data-passkey-other] button').click()
await page.locator('.codes').waitFor()
await read('recovery codes, which she copies')
await page.goto(`${house.origin}/desk`)
await read('the desk')
await page.locator('nav a[href="/desk/media"]').click()
await read('the texts')
await page.locator('a[href="/desk/media/new"]').click()
await read('a new text')
await type('#title', TITLE)
await press(page, 'Empezar a escribir')
await page.locator('#writing').waitFor({ timeout: 8000 }).catch(async () => { console.log(page.url(), await page.locator('main').innerText()); process.exit(1) })
await read('where it is written')
await type('#teaser', TEASER)
const editor = page.locator('[contenteditable=true]')
await rest(QUESTION_MS)
await editor.click()
await page.keyboard.type(BODY, { delay: KEY_MS })
await page.locator('#writing button[data-key=e]').click()
await page.locator('[data-saved]').waitFor()
told('saved')
await type('#when', '2026-11-30')
await page.locator('form[action*="facts"] button').last().click()
told('what it is about is said')
await page.locator('nav.tabs a[href$="/publish"]').click()
await read('where it is published')
await press(page, 'Publicar ahora')
const seconds = (performance.now() - began) / 1000
const address = await page.locator('main a[href^="/es/media/"]').first().getAttribute('href')
const answer = await fetch(house.origin + address)
assert.equal(answer.status, 200)
assert.ok((await answer.text()).includes('Nada sobre nosotras sin nosotras.'))
told('public')
console.log(steps.join('\n'))
console.log(`a first statement after ${seconds.toFixed(0)} s of ${LIMIT_S}: ${seconds <= LIMIT_S ? 'holds' : 'MISSED'}`)
await close()
await browser.close()
await house.end()
process.exit(seconds <= LIMIT_S ? 0 : 1)
