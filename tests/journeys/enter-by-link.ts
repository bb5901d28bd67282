import type { Page } from 'playwright-core'
import { codeOf } from '#rooms/people/server/testing/totp.ts'

export const PASSWORD = 'cuatro palabras bien seguidas'

/**
 * Comes in by a link with password and one-time code, up to the page of recovery codes. Her sign-in name is also what she is called.
 * A delegate chooses the digits that she answers by.
 * @returns the key of her app
 */
export async function enterByLink(page: Page, link: string, name: string, digits?: string): Promise<string> {
  await page.goto(link)
  const key = (await page.locator('.key').textContent())!.replaceAll(' ', '')
  await page.fill('#called', name)
  await page.fill('#name', name)
  if (digits) for (const field of ['#pin', '#pinAgain']) await page.fill(field, digits)
  // Where a script runs a passkey comes first, and this way is folded.
  if (!(await page.locator('#password').isVisible())) await page.locator('[data-passkey-other] summary').click()
  await page.fill('#password', PASSWORD)
  await page.fill('#code', codeOf(key, Temporal.Now.instant()))
  await page.locator('[data-passkey-other] button').click()
  await page.locator('.codes').waitFor()
  return key
}
