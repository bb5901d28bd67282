import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { listOf } from '#kernel/language/numbers.ts'
import { formatClock } from '#kernel/when/phrase.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { forgetTyping, keepTyping, noteAtText } from '#rooms/media/server/typing-actions.ts'
import { listOthersAt } from '#rooms/media/server/typing-queries.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { problemsOf } from '#rooms/media/writing-form.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { inItem } from '../../../../../../item-desk.ts'
import { languageOf } from '../../../../../../text-language.ts'
import { formOf } from '../../../../../../typed.ts'
import { readTyped } from '../../../../../../writing-typed.ts'

/** Keeps what somebody is typing, and says who else is there. Without a change it only says that she is. */
export const POST: RequestHandler = async ({ request, params, locals: { house, viewer, lang } }) => {
  const form = await formOf(request)
  await languageOf(house, params)
  const typed = form.has('body') ? readTyped(form) : undefined
  // A title may still be missing, but what is longer than a text can be is not kept by halves.
  if (typed && problemsOf(typed).some((problem) => problem.startsWith('long'))) error(413)
  const spoken = { locale: lang as 'en' }
  const { others, isBehind, now } = await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, params.lang!), async (tx, who, item, at) => {
    const newest = await findRevision(tx, item.id, params.lang!)
    if (typed && typed.baseId !== null && !(await findRevision(tx, item.id, params.lang!, typed.baseId))) error(400)
    if (typed) {
      // What is typed back to how it was needs no keeping.
      const isAsSaved = newest?.id === typed.baseId && newest !== undefined && newest.title === typed.title && newest.teaser === typed.teaser && newest.bodyMarkdown === typed.bodyMarkdown
      if (isAsSaved) await forgetTyping(tx, item.id, params.lang!, who.id)
      else await keepTyping(tx, item.id, params.lang!, who.id, typed, at)
    }
    await noteAtText(tx, item.id, params.lang!, who.id, at)
    return { others: await listOthersAt(tx, item.id, params.lang!, who.id, at), isBehind: typed !== undefined && (newest?.id ?? null) !== typed.baseId, now: at }
  })
  const names = await listNames(house.db.read, others)
  const { zone } = await house.site.get()
  return Response.json({
    kept: typed ? m.wrt_kept({ time: formatClock(now, zone) }, spoken) : '',
    there: others.length > 0 ? m.wrt_there({ names: listOf(others.map((id) => names.get(id) ?? '–'), lang) }, spoken) : '',
    behind: isBehind ? m.wrt_behind({}, spoken) : '',
  })
}
