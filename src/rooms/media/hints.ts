import { notUsedIn } from '#kernel/language/glossary.ts'
import type { Lang } from '#kernel/language/language.ts'
import { graphemesOf } from '#kernel/language/graphemes.ts'
import type { Words } from '#rooms/media/frozen.ts'

/** What readers on telephones and search engines still show of them. */
export const BEST_TITLE = 65
export const BEST_TEASER = 160

/** What somebody who writes may want to know. A hint stops nobody. */
export type Hint =
  | { is: 'long-title' | 'long-teaser'; letters: number; best: number }
  | { is: 'no-teaser' }
  /** Words that the house does not use. `id` leads to their entry in the list of words. */
  | { is: 'not-used'; found: string; say: string; id: string }
  /** Spellings that screen readers stumble over: `todxs`, `tod@s`, `amig(a)s`, `travailleur·ses`. */
  | { is: 'unspoken'; found: string }
  /** A picture in the Markdown: pictures come by their own door, with alternative text and credit. */
  | { is: 'picture-in-text' }

const MOST_HINTS = 30

/** @param ownNames of organisations, which stand as they are */
export function hintsOf({ title, teaser, bodyMarkdown }: Words, lang: Lang, ownNames: readonly string[] = []): Hint[] {
  const hints: Hint[] = []
  if (graphemesOf(title).length > BEST_TITLE) hints.push({ is: 'long-title', letters: graphemesOf(title).length, best: BEST_TITLE })
  if (graphemesOf(teaser).length > BEST_TEASER) hints.push({ is: 'long-teaser', letters: graphemesOf(teaser).length, best: BEST_TEASER })
  if (teaser.trim() === '' && bodyMarkdown.trim() !== '') hints.push({ is: 'no-teaser' })
  if (/!\[[^\]\n]{0,300}\]\(/.test(bodyMarkdown)) hints.push({ is: 'picture-in-text' })
  const own = ownWords([title, teaser, bodyMarkdown].join('\n\n'), ownNames)
  for (const { id, say, pattern } of patternsOf(lang)) {
    const found = pattern.exec(own)?.[0]
    if (found !== undefined) hints.push({ is: 'not-used', found, say, id })
  }
  for (const found of new Set(own.match(UNSPOKEN) ?? [])) hints.push({ is: 'unspoken', found })
  return hints.slice(0, MOST_HINTS)
}

const UNSPOKEN = /(?<![\p{L}\p{N}@/.:])(?:\p{L}{2,}[@]s?|\p{L}{2,}xs|\p{L}{2,}\([ae]?s?\)s?|\p{L}{2,}\/[ae]s?|\p{L}{2,}·\p{Ll}+(?:·s)?)(?![\p{L}\p{N}@]|\.\p{L})/gu

/**
 * What the writer herself says: without quotations, titles (in italics), code, addresses, and names of organisations. Each is looked for
 * a few lines far: without an end, thousands of signs that open would cost the square of their number.
 */
function ownWords(text: string, names: readonly string[]): string {
  const plain = text
    .replace(/^ {0,3}>.*$/gm, ' ').replace(/`[^`\n]{0,300}`/g, ' ').replace(/\]\([^)\n]{0,300}\)/g, '] ').replace(/<[^<>\n]{0,300}>|https?:\/\/\S{0,300}|(?<!\S)[^\s@]{1,64}@[^\s@]{1,100}\.[a-z]{2,}/g, ' ')
    .replace(/“[^“”\n]{0,500}”|«[^«»\n]{0,500}»|"[^"\n]{0,500}"|„[^„“\n]{0,500}“/g, ' ').replace(/(?<![*\w])\*[^*\n]{1,300}\*(?!\*)|(?<![_\w])_[^_\n]{1,300}_(?![_\w])/g, ' ')
  return names.filter((name) => name.trim() !== '').reduce((left, name) => left.replaceAll(name, ' '), plain)
}

interface Pattern { id: string; say: string; pattern: RegExp }
const known = new Map<Lang, Pattern[]>()

function patternsOf(lang: Lang): Pattern[] {
  const found = known.get(lang)
  if (found) return found
  const patterns = notUsedIn(lang).flatMap(({ id, not, say }) => {
    const words = not.replace(/\([^)]*\)/g, '').split(',').map((one) => one.trim().replace(/[“”]/g, '')).filter((one, i) => one !== '' && !(i > 0 && /^(as|como|comme|kòm) /.test(one)))
    return [{ id, say, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join('|')})(?:s|es)?(?![\\p{L}\\p{N}])`, 'iu') }]
  })
  known.set(lang, patterns)
  return patterns
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, '\\s+')
