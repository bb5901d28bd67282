import type { Settled, Typed } from '#rooms/media/server/writing-actions.ts'

/** What stands in a field however long it is: what somebody typed is never thrown away. A database can hold no NUL. */
export const typedWhole = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.replaceAll('\0', '') : ''
}

export function readTyped(form: FormData): Typed {
  const base = typedWhole(form, 'base')
  return { baseId: base === '' ? null : base, title: typedWhole(form, 'title'), teaser: typedWhole(form, 'teaser'), bodyMarkdown: typedWhole(form, 'body') }
}

/** More at once nobody settles; what is beyond is asked again. */
const MOST_SETTLED = 500

/** How each conflict was settled: with one of the two as they stood, or with a third. Undefined where none was drawn. */
export function readSettled(form: FormData): Settled | undefined {
  const theirsId = typedWhole(form, 'theirs')
  const texts: string[] = []
  for (let n = 0; n < MOST_SETTLED && form.has(`choice.${n}`); n++) {
    const choice = typedWhole(form, `choice.${n}`)
    texts.push(typedWhole(form, choice === 'theirs' ? `theirs.${n}` : choice === 'mine' ? `mine.${n}` : `third.${n}`))
  }
  return theirsId === '' || texts.length === 0 ? undefined : { theirsId, texts }
}
