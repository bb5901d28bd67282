// The first week of a house, in one walk: a steward comes in by a passkey, opens it and invites; a delegate comes in, signs in on a
// shared phone, loses her way in, is let back in by two colleagues, and leaves in a hurry.
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { authenticator } from './authenticator.ts'
import { DESKTOP, openBrowser, PHONE, visit } from './browser.ts'
import { enterByLink, PASSWORD } from './enter-by-link.ts'
import { runHouse } from './running-house.ts'
import { walked } from './walked.ts'

const browser = await openBrowser()
afterAll(() => browser.close())
const now = () => Temporal.Now.instant()
const path = (page: Page) => new URL(page.url()).pathname

test.each(walked([
  { locale: 'es', viewport: PHONE, said: { makeIn: 'Crear una llave de acceso y entrar', keep: 'Guardar', make: 'Crear el enlace', out: 'Cerrar sesión', signIn: 'Iniciar sesión', ask: 'Pedir volver a entrar', confirm: 'Confirmar', look: 'Volver a mirar', back: 'Entrar de nuevo', panic: 'Cerrar sesión y limpiar este navegador', left: 'Tu sesión aquí está cerrada' } },
  { locale: 'en', viewport: DESKTOP, said: { makeIn: 'Make a passkey and come in', keep: 'Save', make: 'Make the link', out: 'Sign out', signIn: 'Sign in', ask: 'Ask to come back in', confirm: 'Confirm', look: 'Look again', back: 'Come in again', panic: 'Sign out and clear this browser', left: 'Your session here is closed' } },
]))('from the first start to leaving in a hurry ($locale)', async ({ locale, viewport, said }) => {
  // Its own port: a house that is given settings is started for the first time, and prints its steward's link.
  const house = await runHouse({ LANG: 'C.UTF-8' })
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  try {
    const context = await browser.newContext({ javaScriptEnabled: true, viewport, locale })
    const steward = await context.newPage()
    const cdp = await context.newCDPSession(steward)
    await cdp.send('WebAuthn.enable')
    await authenticator(cdp)
    await steward.goto(/^http\S+\/desk\/in\/\S+$/m.exec(house.printed())![0])
    await steward.fill('#called', 'Sol')
    await steward.fill('#name', 'sol')
    await press(steward, said.makeIn)
    await steward.locator('.codes li').first().waitFor()

    await steward.goto(`${house.origin}/desk/settings`)
    // Also in the first language of a new house, whatever hers is.
    for (const lang of new Set(['es', locale])) await steward.fill(`[name="name.${lang}"]`, 'Alianza de prueba')
    await press(steward, said.keep)
    await steward.getByRole('status').first().waitFor()
    await steward.goto(`${house.origin}/desk`)
    await steward.locator('main a[href="/desk/opening"]').click()
    await steward.locator('aside [name=sure]').check()
    await steward.locator('aside button').click()
    await steward.locator('form[action="?/close"]').waitFor()
    const front = await (await fetch(`${house.origin}/${locale}/`)).text()
    expect([front.includes('Alianza de prueba'), front.includes('class="shut"')], 'named and open, for everybody').toEqual([true, false])

    await house.altavoz('organisation', 'add', 'Organisation A')
    const links: Record<string, string> = {}
    for (const duty of ['editor', 'delegate', 'observer']) {
      await steward.goto(`${house.origin}/desk/people`)
      const form = steward.locator('form[action="?/invite"]')
      await form.locator('[name=duty]').selectOption(duty)
      await form.locator('[name=organisation]').selectOption({ label: 'Organisation A' })
      await press(steward, said.make)
      links[duty] = await steward.locator('.made code').innerText()
    }

    const colleagues: Awaited<ReturnType<typeof visit>>[] = []
    for (const duty of ['editor', 'observer']) {
      const visited = await visit(browser, house.origin, { locale, viewport })
      await enterByLink(visited.page, links[duty]!, `her-${duty}`)
      colleagues.push(visited)
    }
    const { page, close } = await visit(browser, house.origin, { locale, viewport: PHONE })
    const key = await enterByLink(page, links.delegate!, 'luz')
    await page.goto(`${house.origin}/desk/account`)
    await press(page, said.out)
    await page.fill('#name', 'luz')
    await page.fill('#password', PASSWORD)
    // The code that she came in with opens nothing more: she waits for the next one.
    await page.fill('#code', codeOf(key, now().add({ seconds: 30 })))
    await page.check('[name=shared]')
    await press(page, said.signIn)
    expect(path(page)).toBe('/desk')
    expect((await page.context().cookies())[0]?.expires, 'nothing is kept on a shared phone').toBe(-1)
    await page.context().clearCookies()

    await page.goto(`${house.origin}/desk/recover`)
    await page.fill('#name', 'luz')
    await press(page, said.ask)
    const spoken = (await page.locator('.spoken').innerText()).replace(' ', '')
    for (const colleague of colleagues) {
      await colleague.page.goto(`${house.origin}/desk`)
      await colleague.page.locator('.todo a[href^="/desk/colleagues/"]').click()
      await colleague.page.fill('#code', spoken)
      await press(colleague.page, said.confirm)
      await colleague.page.getByRole('status').waitFor()
      expect(colleague.strays).toEqual([])
      await colleague.close()
    }
    await page.getByRole('link', { name: said.look }).click()
    await page.fill('#password', `${PASSWORD} de nuevo`)
    await page.fill('#code', codeOf((await page.locator('.key').innerText()).replaceAll(' ', ''), now()))
    await press(page, said.back)
    expect(await page.locator('.codes li').count()).toBe(10)

    await page.goto(`${house.origin}/desk/account`)
    await press(page, said.panic)
    expect(await page.locator('main').innerText()).toContain(said.left)
    await page.goto(`${house.origin}/desk`)
    expect(path(page)).toBe('/desk/sign-in')
    await close()
    await context.close()
  } finally {
    await house.end()
  }
}, 300_000)
