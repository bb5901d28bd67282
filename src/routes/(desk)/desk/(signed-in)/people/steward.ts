import { error } from '@sveltejs/kit'
import type { Person, Viewer } from '#kernel/viewer/viewer.ts'
import { isSteward } from '#rooms/people/person.ts'
import { signedIn } from '../../../signed-in.ts'

/** The pages about people and all their acts answer everybody else as an address that never was. */
export function steward(viewer: Viewer): Person {
  const person = signedIn(viewer)
  if (!isSteward(person)) error(404)
  return person
}
