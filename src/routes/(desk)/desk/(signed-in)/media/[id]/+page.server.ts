import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { itemAt } from '../../../../item-desk.ts'

/** An item by itself is its first text. */
export const load = (async ({ locals, params }) => {
  const { id, originalLang } = await itemAt(locals, params.id)
  redirect(303, `/desk/media/${id}/${originalLang}`)
}) satisfies PageServerLoad
