// Arbitraries: what people may have done to texts, with titles and words that harm front matter.
import fc from 'fast-check'
import { writeWhen } from '#kernel/when/when.ts'
import { anyWhen } from '#kernel/when/any-when.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { KINDS, WITHDRAWAL_REASONS } from '#rooms/media/item.ts'

const AWKWARD = [
  '---', ': #', ' leading', 'trailing ', '"quoted"', "it's", '- a list', '[x](y)', '&anchor *alias !tag', '{{a}}', '# heading', '@x', '%y', '`z`', '? k', '| block', '> fold', 'null', 'true', '1.0', '2026-11-24',
  'مطالب العاملات في الجنس', '🏳️‍⚧️ emoji 🦄', 'line\nbreak', 'a\u2028b\u0085c\u00a0d', '\ufeffmark', 'tab\tstop', 'back\\slash \\u0041', 'car\rreturn', '...', '<<: *x', 'e\u0301 combining', '\u202eoverride', '\u0001\u007f', '=', '~',
]
const sign = fc.string({ unit: 'grapheme', maxLength: 40 })
export const anyWords = fc.oneof(fc.constantFrom(...AWKWARD), sign, fc.tuple(fc.constantFrom(...AWKWARD), sign).map(([a, b]) => a + b)).map((text) => text.replaceAll('\0', '').toWellFormed())
/** As `saveRevision` takes it: with something in it. */
const saying = anyWords.map((text) => (text.trim() === '' ? `x${text}` : text))

const BLOCKS = [
  'A demand.', 'With a note.[^1]\n\n[^1]: The *source*.', '## A heading', '| a | b |\n|---|---|\n| 1 | 2 |', '> Said.\n>\n> — Somebody', '- one\n- two', '---', '\n\n', '---\ntitle: x\n---', '  spaces  ', 'a\r\nb', '```\ncode\n```',
  '<i lang="en">English</i>', '[link](https://example.org/?a=1&b=2)', '<script>alert(1)</script>', 'نص عربي طويل', '\ufeff', 'end\n',
]
const anyBody = fc.array(fc.oneof(fc.constantFrom(...BLOCKS), anyWords), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('\n\n')).map((body) => (body.trim() === '' ? `${body}x` : body))

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
export const anyFrozen: fc.Arbitrary<Partial<Frozen>> = fc.record({
  when: anyWhen.map(writeWhen), dateOf: orNull(fc.constantFrom('happened', 'adopted', 'published', 'in_force')),
  regions: fc.array(fc.oneof(fc.record({ place: fc.constantFrom('UY', '419', 'MX-CHH', '001') }), fc.record({ place: fc.constantFrom('BB', 'HT'), printed: fc.record({ text: anyWords, lang: fc.constantFrom('en', 'ht') }) })), { maxLength: 3 }),
  topics: fc.uniqueArray(fc.constantFrom('hiv', 'migration', 'human-rights', 'old-topic'), { maxLength: 3 }),
  signers: fc.array(fc.record({ organisationId: fc.constant(null), name: anyWords }), { maxLength: 2 }),
  issuedBy: orNull(anyWords), doubt: orNull(anyWords), licence: fc.constantFrom('CC BY 4.0', 'all rights reserved'), whenNotStatedBySource: fc.boolean(),
  sources: fc.array(fc.record({ title: anyWords, publisher: orNull(anyWords), year: orNull(fc.integer({ min: 1, max: 2999 })), url: orNull(fc.webUrl({ withQueryParameters: true })), lang: orNull(fc.constantFrom('es', 'en')) }), { maxLength: 2 }),
})

export const LANGS = ['en', 'es', 'ht', 'ar'] as const
export const anyText = fc.record({ title: saying, teaser: anyWords, bodyMarkdown: anyBody, frozen: anyFrozen, byline: fc.option(saying), translator: fc.option(saying), byMachine: fc.boolean(), hasPicture: fc.boolean(), hasFile: fc.boolean(), isRelated: fc.boolean(), isInSeries: fc.boolean() })
export type AnyText = typeof anyText extends fc.Arbitrary<infer T> ? T : never

const anyStep = fc.oneof(
  fc.record({ does: fc.constant('save' as const), text: anyText }),
  fc.record({ does: fc.constant('save' as const), text: anyText }),
  fc.record({ does: fc.constant('publish' as const) }),
  fc.record({ does: fc.constant('plan' as const), minutes: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ does: fc.constant('correct' as const), note: saying }),
  fc.record({ does: fc.constant('withdraw' as const), why: saying, reason: fc.constantFrom(...WITHDRAWAL_REASONS) }),
  fc.record({ does: fc.constant('rename' as const) }),
  fc.record({ does: fc.constant('redirect' as const), p: fc.integer({ min: 1, max: 9999 }) }),
)
export type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never
export const anyItem = fc.record({
  kind: fc.constantFrom(...KINDS), originalLang: fc.constantFrom(...LANGS), hasOrigin: fc.boolean(),
  steps: fc.array(fc.tuple(fc.constantFrom(...LANGS), anyStep), { minLength: 2, maxLength: 10 }),
})
export type AnyItem = typeof anyItem extends fc.Arbitrary<infer T> ? T : never
