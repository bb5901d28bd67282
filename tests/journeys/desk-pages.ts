// Every page of the desk that can be looked at, with something in it: what a steward finds in a house at work. Made from the
// routes, so that a new page without an address here is told.
import { join } from 'node:path'
import sharp from 'sharp'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { askSigner, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findNewestWords } from '#rooms/media/server/agreement-queries.ts'
import { answerAsk } from '#rooms/media/server/answer-actions.ts'
import { claimFor } from '#rooms/media/server/claim-actions.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import { keepSent } from '#rooms/media/server/sent-file.ts'
import { showFile } from '#rooms/media/server/showing-actions.ts'
import { makePressLink } from '#rooms/media/server/press-link-actions.ts'
import { addPlan } from '#rooms/media/server/plan-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import type { PageType } from './page-types.ts'
import type { Lang } from '#kernel/language/language.ts'
import { addDeskPerson } from './desk-people.ts'
import { addressOf, listRouteFiles } from './desk-routes.ts'
import { openHouseDatabase } from './house-database.ts'
import type { RunningHouse } from './running-house.ts'

export interface LookedAtDesk {
  /** Of a steward who speaks the language; doors are looked at without one. */
  cookies: Record<Lang, string>
  doors: PageType[]
  pages: PageType[]
}

/** Fills the house with people, two organisations, an invitation, and a colleague who asks to come back in. */
export async function furnishDesk(house: RunningHouse): Promise<LookedAtDesk> {
  const { db, close } = await openHouseDatabase(house.dataDir)
  const now = Temporal.Now.instant()
  try {
    const blobs = await openBlobs(db, join(house.dataDir, 'blobs'))
    const drawing = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#c8141e' } }).composite([{ input: await sharp({ create: { width: 200, height: 120, channels: 3, background: '#f4b52a' } }).png().toBuffer(), left: 220, top: 180 }]).png().toBuffer()
    const kept = await keepSent({ db, blobs, clock: () => now, jobs: { send: async () => {} } as never }, drawing, 'es')
    if ('refused' in kept) throw new Error(kept.refused)
    const made = await act({ db }, async (tx) => {
      const organisations: string[] = []
      for (const [slug, name] of [['flores-del-sur', 'Flores del Sur'], ['red-de-la-costa', 'Red de la Costa']] as const) {
        const added = await addOrganisation(tx, slug, { texts: { en: { name, shortName: null, about: '' }, es: { name, shortName: null, about: '' } }, places: ['419'], fields: [], links: [] }, 'operator', now)
        if (!added.added) throw new Error(added.obstacle)
        organisations.push(added.id)
      }
      const cookies: Record<Lang, string> = {}
      for (const [lang, name] of [['en', 'joy'], ['es', 'luz'], ['pt', 'lia'], ['fr', 'rose'], ['ht', 'fleur']] as const) {
        const steward = await addDeskPerson(tx, name, 'steward')
        await tx.updateTable('person').set({ lang }).where('id', '=', steward.id).execute()
        cookies[lang] = steward.cookie
      }
      const editor = await addDeskPerson(tx, 'ana', 'editor', { organisationId: organisations[0]! })
      const eva = await addDeskPerson(tx, 'eva', 'delegate', { organisationId: organisations[1]! })
      await addDeskPerson(tx, 'mirlande', 'translator', { organisationId: organisations[1]!, lang: 'ht' })
      // A statement that both are to sign: one agrees if a paragraph changes, the other is not asked yet.
      const statement = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: organisations[0]!, keptBy: editor.id }, editor.id, now)
      await saveRevision(tx, statement, 'es', { title: 'Lo que pedimos a los Estados', teaser: '', bodyMarkdown: 'Condenamos la trata de personas.\n\nLa criminalización no es la solución.' }, NOTHING_FROZEN, editor.id, now)
      const asks = { id: editor.id, duties: [{ duty: 'editor', organisationId: organisations[0]!, lang: null }] }
      const asked = { id: eva.id, duties: [{ duty: 'delegate', organisationId: organisations[1]!, lang: null }] }
      for (const organisationId of organisations) await wishSigner(tx, asks, statement, { organisationId, isShown: true }, now)
      const { hash: drawn } = (await findNewestWords(tx, statement))!
      await askSigner(tx, asks, statement, { organisationId: organisations[1]!, delegate: asked, drawn, tokenHash: hashToken('a link'), deadline: null, channel: 'WhatsApp' }, now)
      // The second approves the Kreyòl text too.
      await saveRevision(tx, statement, 'ht', { title: 'Sa nou mande Leta yo', teaser: '', bodyMarkdown: 'Nou kondane trafik moun.' }, NOTHING_FROZEN, editor.id, now)
      await claimFor(tx, asks, statement, { organisationId: organisations[1]!, lang: 'ht' }, now)
      await answerAsk(tx, hashToken('a link'), asked, { answer: 'agreed-if', reason: '', changes: [{ block: 1, was: 'Condenamos la trata de personas.', wanted: 'Condenamos la trata de personas y el trabajo forzado.' }] }, now)
      const plan = (await addPlan(tx, asks, { planned: { title: 'Lo que se dijo en la audiencia', kind: 'press_release', dueDay: Temporal.Now.plainDateISO().add({ days: 2 }), dueHour: '10:00', langs: ['es', 'pt', 'ht'], keptBy: editor.id, campaign: '17 de diciembre' }, keeper: asks }, organisations[0]!, now)) as { id: string }
      await addPlan(tx, asks, { planned: { title: 'Conferencia de prensa', kind: 'event', dueDay: Temporal.Now.plainDateISO().add({ days: 20 }), dueHour: null, langs: ['es', 'en'], keptBy: null, campaign: '17 de diciembre' }, keeper: null }, organisations[0]!, now)
      const link = await makeStewardLink(tx, 'operator', now)
      const item = await createItem(tx, { kind: 'statement', originalLang: 'es', keptBy: editor.id, writtenIn: organisations[0]! }, editor.id, now)
      const words = { title: 'Tres ciudades piden la misma ley', teaser: 'Tres ciudades escribieron a su congreso el mismo día.' }
      const saved = await saveRevision(tx, item, 'es', { ...words, bodyMarkdown: 'La primera ciudad escribió por la mañana.\n\nLa segunda ciudad escribió al mediodía.\n\nTodas piden la misma ley.' }, NOTHING_FROZEN, editor.id, now)
      await giveSlug(tx, item, 'es', 'tres-ciudades-piden-la-misma-ley', now)
      await publishRevision(tx, { itemId: item, lang: 'es', revisionId: saved.revisionId, from: now, zone: 'UTC' }, editor.id, now)
      await saveRevision(tx, item, 'es', { ...words, bodyMarkdown: 'La primera ciudad escribió por la mañana.\n\nLa segunda ciudad escribió por la tarde, y mandó copias.\n\nTodas piden la misma ley.\n\nNueva Zelanda la tiene desde 2003.' }, { ...NOTHING_FROZEN, topics: ['hiv'] }, editor.id, now)
      await saveRevision(tx, item, 'pt', { title: 'Três cidades pedem a mesma lei', teaser: '', bodyMarkdown: 'A primeira cidade escreveu de manhã.' }, NOTHING_FROZEN, editor.id, now)
      await saveRevision(tx, item, 'ht', { title: 'Twa vil mande menm lwa a', teaser: '', bodyMarkdown: '' }, NOTHING_FROZEN, editor.id, now)
      await makePressLink(tx, { itemId: item, lang: 'es', newsroom: 'La Redacción', token: 'an example' }, editor.id, now)
      const picture = await addFile(tx, { organisationId: organisations[0]!, name: 'paraguas.png', what: kept.what }, editor.id, now)
      await tx.insertInto('libraryAlt').values({ fileId: picture, lang: 'es', text: 'Un rectángulo amarillo sobre rojo' }).execute()
      await showFile(tx, item, ['es'], (await findFile(tx, picture))!, editor.id, now)
      return { picture, organisation: organisations[0]!, cookies, editor, token: link.token, item, statement, plan: plan.id }
    })
    const asked = await fetch(`${house.origin}/desk/recover`, { method: 'POST', body: new URLSearchParams({ name: 'ana' }), headers: { origin: house.origin, accept: 'text/html' }, redirect: 'manual' })
    const recover = asked.headers.get('location')
    if (!recover) throw new Error(`asking to come back in answered ${asked.status}`)
    const address: Record<string, string> = {
      '/desk/in/{token}': `/desk/in/${made.token}`, '/desk/recover/{token}': recover, '/desk/people/{id}': `/desk/people/${made.editor.id}`, '/desk/colleagues/{id}': `/desk/colleagues/${made.editor.id}`,
      '/desk/media/together': `/desk/media/together?do=publish&item=${made.item}&item=${made.statement}`, '/desk/media/plan/{id}': `/desk/media/plan/${made.plan}`, '/desk/media/pictures/{id}': `/desk/media/pictures/${made.picture}`, '/desk/media/{id}/agree': `/desk/media/${made.statement}/agree`, '/desk/organisations/{id}': `/desk/organisations/${made.organisation}`, '/desk/settings/pages/{key}/{lang}': '/desk/settings/pages/about/es', '/desk/topics/{key}': '/desk/topics/hiv', '/desk/media/{id}/{lang}/preview/page/{look}': `/desk/media/${made.item}/es/preview/page/light`, '/desk/account/mail/{token}': '/desk/account/mail/no-such-link',
    }
    const all = deskPages().map((route) => ({ name: route.path.slice(1).replaceAll(/\W+/g, '-').replace(/-$/, ''), path: address[route.path] ?? route.path.replace('/desk/media/{id}', `/desk/media/${made.item}`).replace('{lang}', /\/(translate|read)$/.test(route.path) ? 'pt' : 'es'), isOpen: route.isOpen }))
    const unnamed = all.find(({ path }) => path.includes('{'))
    if (unnamed) throw new Error(`name an address for ${unnamed.path} in tests/journeys/desk-pages.ts, so that it can be looked at`)
    // What redirects those who have not signed in leaves nothing to look at.
    return { cookies: made.cookies, doors: all.filter((page) => page.isOpen && page.path !== '/desk/leave'), pages: all.filter((page) => !page.isOpen) }
  } finally {
    await close()
  }
}

function deskPages(): { path: string; isOpen: boolean }[] {
  return listRouteFiles()
    .filter((file) => file.endsWith('+page.svelte'))
    .map((file) => ({ path: addressOf(file), isOpen: file.includes('(open)') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
