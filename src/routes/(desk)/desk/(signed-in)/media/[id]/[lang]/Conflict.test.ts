import { type ComponentProps } from 'svelte'
import { render } from 'svelte/server'
import { expect, test } from 'vitest'
import { readTranslating } from '../../../../../translation-typed.ts'
import Conflict from './Conflict.svelte'

/** What a browser would send of the form's hidden fields. */
function sent(translating?: ComponentProps<typeof Conflict>['translating']): FormData {
  const conflict = { theirsId: 'theirs', by: null, joined: { title: [{ text: 'Um' }], teaser: [], bodyMarkdown: [{ conflict: { before: 'Um.', theirs: 'Um!', mine: 'Um?' } }] } }
  const { body } = render(Conflict, { props: { conflict, typed: { baseId: 'base', title: 'Um', teaser: '', bodyMarkdown: 'Um?' }, translating, textLang: 'pt', lang: 'en' } })
  const form = new FormData()
  for (const [tag] of body.matchAll(/<input type="hidden"[^>]*>/g)) form.append(/ name="([^"]*)"/.exec(tag)![1]!, / value="([^"]*)"/.exec(tag)?.[1] ?? '')
  return form
}

test('what was said of a translation is said again when a conflict is settled: its source, a machine and a name', () => {
  for (const said of [
    { sourceId: 'source', isFollowing: true, byMachine: true, credit: 'Lía' },
    { sourceId: 'source', isFollowing: false, byMachine: true, credit: '' },
    { sourceId: 'source', isFollowing: true, byMachine: false },
  ]) expect(readTranslating(sent(said))).toEqual(said)
  expect(readTranslating(sent())).toBeUndefined()
})
