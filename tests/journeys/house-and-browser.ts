import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { openBrowser } from './browser.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

/** A house with its starter content and a browser to walk through it, ended when the test file ends. Call it once a file, at its top level. */
export async function houseAndBrowser(): Promise<{ house: RunningHouse; browser: Browser }> {
  const house = await runHouse()
  // No afterAll is heard when a file fails before its tests: the house would stay behind.
  const browser = await openBrowser().catch(async (error: unknown) => {
    await house.end()
    throw error
  })
  afterAll(async () => {
    await browser.close()
    await house.end()
  })
  return { house, browser }
}
