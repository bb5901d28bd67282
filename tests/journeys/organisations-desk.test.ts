// A steward writes an organisation down, mends what she mistyped, is told when somebody saved meanwhile, and records a
// recognition; then a delegate of that member proposes another, and readers see who decided. Without script.
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

test.each(walked([
  { locale: 'es', viewport: PHONE, save: 'Guardar', lost: 'No conocemos ningún lugar', saved: 'Guardado', meanwhile: 'Alguien guardó otra cosa', yes: 'Dijo que sí', record: 'Anotar que está reconocida', recorded: 'Registrada por las personas responsables', make: 'Crear el enlace', propose: 'Proponer que se reconozca', decided: 'Lo decidieron', waits: 'Propuesta: reconocerla', answer: 'Leer y responder' },
  { locale: 'en', viewport: DESKTOP, save: 'Save', lost: 'We know no place', saved: 'Saved', meanwhile: 'Somebody saved something else', yes: 'It said yes', record: 'Write down that it is recognised', recorded: 'Recorded by the stewards', make: 'Make the link', propose: 'Propose to recognise it', decided: 'Decided by the sex-worker-led members', waits: 'Proposal: recognise it', answer: 'Read and answer' },
]))('an organisation is written down, recognised, and recognises another ($locale)', async ({ locale, viewport, save, lost, saved, meanwhile, yes, record, recorded, make, propose, decided, waits, answer }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `steward-${locale}`)
  const isFirst = locale === 'es'
  const press = (name: string) => page.getByRole('button', { name }).click()
  const added = async (name: string) => {
    await page.goto(`${house.origin}/desk/organisations/new`)
    await page.fill('#name', name)
    await page.locator('main form button').click()
    return page.url()
  }
  const mine = await added(`Organisation ${locale}`)
  await page.fill('#places', 'Eldorado de nadie')
  await page.fill(`#about-${locale}`, 'Acompaña.')
  await press(save)
  expect(await page.locator('#places-bad').innerText()).toContain(lost)
  expect([await page.inputValue('#places'), await page.inputValue(`#about-${locale}`)], 'what was typed is kept').toEqual(['Eldorado de nadie', 'Acompaña.'])
  await axeFindsNothing(page, 'organisation, with a mistake')
  await page.fill('#places', 'Uruguay')
  await page.fill('#links', 'https://a.example/')
  const beside = await page.context().newPage()
  await beside.goto(mine)
  await press(save)
  expect(await page.getByRole('status').innerText()).toContain(saved)
  await beside.fill(`#about-${locale}`, 'Otra cosa.')
  await beside.getByRole('button', { name: save }).click()
  expect(await beside.locator('[role=alert]').innerText()).toContain(meanwhile)
  expect(await beside.inputValue(`#about-${locale}`)).toBe('Otra cosa.')
  await axeFindsNothing(beside, 'organisation, saved by somebody else')
  await beside.close()
  await page.goto(mine)
  await press(yes)
  const slug = `organisation-${locale}`
  const shown = async (which: string) => (await fetch(`${house.origin}/${locale}/organisations/${which}`)).text()
  if (isFirst) {
    await page.fill('#why', 'Estatutos, artículo 4')
    await press(record)
    expect(await shown(slug)).toContain(recorded)
  }
  await axeFindsNothing(page, 'organisation')
  await page.goto(`${house.origin}/desk/organisations?q=ORGANISATION`)
  await axeFindsNothing(page, 'organisations')
  expect(await page.locator('main').innerText()).toContain(`Organisation ${locale}`)

  // A delegate of the recognised member: her voice alone is more than half of one, in English one of one too.
  await page.goto(`${house.origin}/desk/people`)
  await page.selectOption('#organisation', { label: 'Organisation es' })
  await press(make)
  const hers = await visit(browser, house.origin, { locale, viewport: PHONE })
  await enterByLink(hers.page, await page.locator('.made code').innerText(), `delegate-${locale}`)
  const other = await added(`Hermana ${locale}`)
  await press(yes)
  expect(await page.getByRole('button', { name: record }).count(), 'the stewards decide no more').toBe(0)
  await hers.page.goto(other)
  expect(await hers.page.locator('#places').count(), 'what is not hers she only reads').toBe(0)
  await hers.page.fill('#why', 'Dos entrevistas')
  await hers.page.getByRole('button', { name: propose }).click()
  if (isFirst) {
    expect(await shown(`hermana-${locale}`)).toContain(decided)
  } else {
    // Two members now: it waits for the other one, which is told at the desk.
    await hers.page.goto(other)
    await axeFindsNothing(hers.page, 'an open proposal')
    expect(await shown(`hermana-${locale}`)).not.toContain(decided)
    await page.goto(`${house.origin}/desk/people`)
    await page.selectOption('#organisation', { label: 'Hermana es' })
    await press(make)
    const second = await visit(browser, house.origin, { locale, viewport })
    await enterByLink(second.page, await page.locator('.made code').innerText(), `second-${locale}`)
    await second.page.goto(`${house.origin}/desk`)
    expect(await second.page.locator('main').innerText()).toContain(waits)
    await axeFindsNothing(second.page, 'waiting for me')
    await second.page.getByRole('link', { name: answer }).click()
    await second.page.locator('button[value=yes]').click()
    expect(await shown(`hermana-${locale}`)).toContain(decided)
    await second.close()
  }
  expect([...strays, ...hers.strays]).toEqual([])
  await hers.close()
  await close()
}, 180_000)
