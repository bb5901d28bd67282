// Compiles messages/<lang>/{site,media,people}.json into src/kernel/language/messages/ (not committed). Run before anything
// that imports m.ts: `node src/kernel/language/compile.mjs`. Does nothing when nothing changed.
//
// Paraglide writes one function a message and language. Three of its files are replaced by ours:
// - registry.js: plural rules that are memoised and that know ht (plural.ts);
// - messages.js: the choice of language goes through uiLangOf, so that `es-ar` reads Spanish, never a silent English;
// - messages.d.ts: the language is not optional, and a count cannot be left out.
// Its runtime (cookies, addresses, 65 KB) is not kept.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const out = join(root, 'src/kernel/language/messages')
const project = join(root, 'project.inlang')
const settingsFile = join(project, 'settings.json')
const settings = JSON.parse(await readFile(settingsFile, 'utf8'))
const { locales, baseLocale } = settings
const rooms = settings['plugin.inlang.messageFormat'].pathPattern.map((path) => path.match(/(\w+)\.json$/)[1])

/** The messages of one language, with the names of their inputs. */
async function readMessages(lang) {
  const files = await Promise.all(
    rooms.map((room) => readFile(join(root, 'messages', lang, room + '.json'), 'utf8')),
  )
  return { source: files.join('\n'), messages: Object.assign({}, ...files.map((file) => JSON.parse(file))) }
}

const read = Object.fromEntries(await Promise.all(locales.map(async (lang) => [lang, await readMessages(lang)])))
const keys = Object.keys(read[baseLocale].messages).filter((key) => !key.startsWith('$'))
const stamp = createHash('sha256')
stamp.update(await readFile(fileURLToPath(import.meta.url))).update(JSON.stringify(settings))
for (const lang of locales) stamp.update(read[lang].source)
const hash = stamp.digest('hex')

if ((await readFile(join(out, '.stamp'), 'utf8').catch(() => '')) !== hash) await compileAll()

async function compileAll() {
  if (keys.length === 0) fail(`no message in messages/${baseLocale}`)
  for (const lang of locales) {
    const lacking = keys.filter((key) => read[lang].messages[key] === undefined)
    if (lacking.length > 0) fail(`messages/${lang} lacks: ${lacking.join(', ')}`)
    const extra = Object.keys(read[lang].messages).filter((key) => !key.startsWith('$') && !keys.includes(key))
    if (extra.length > 0) fail(`messages/${lang} has keys that messages/${baseLocale} lacks: ${extra.join(', ')}`)
  }
  const written = await runParaglide()
  await mkdir(out, { recursive: true })
  for (const lang of locales) await place(lang + '.js', written[lang])
  await place('registry.js', `export { plural } from '../plural.ts'\n`)
  await place('messages.js', chooser())
  await place('messages.d.ts', declarations())
  await place('.stamp', hash)
  console.log(`compiled ${keys.length} messages in ${locales.length} languages`)
}

/** Paraglide exits 0 with nothing compiled when its plugin is not found; so what it wrote is counted. */
async function runParaglide() {
  const { compile } = await import('@inlang/paraglide-js')
  const place = await mkdtemp(join(root, 'node_modules/.messages-'))
  const { atime, mtime } = await stat(settingsFile)
  const [log, warn] = [console.log, console.warn]
  const said = []
  console.log = console.warn = (...words) => said.push(words.join(' '))
  try {
    await compile({ project, outdir: place, outputStructure: 'locale-modules', strategy: ['baseLocale'], emitTsDeclarations: false })
    const written = {}
    for (const lang of locales) {
      const code = await readFile(join(place, 'messages', lang + '.js'), 'utf8')
      const count = code.match(/^export const /gm)?.length ?? 0
      if (count !== keys.length) fail(`Paraglide wrote ${count} of ${keys.length} messages in ${lang}. ${said.join('\n')}`)
      written[lang] = code.replace('"../registry.js"', '"./registry.js"').replaceAll('../runtime.js', './messages.js')
    }
    return written
  } finally {
    Object.assign(console, { log, warn })
    // It writes the settings anew as they were; the build, begun before, would look older than one of its sources.
    await utimes(settingsFile, atime, mtime)
    await rm(place, { recursive: true, force: true })
  }
}

function chooser() {
  const lines = [`import { uiLangOf } from '../language.ts'`]
  for (const lang of locales) lines.push(`import * as ${lang} from './${lang}.js'`)
  lines.push(`const texts = { ${locales.join(', ')} }`)
  for (const key of keys) {
    lines.push(`export const ${key} = (inputs, { locale }) => texts[uiLangOf(locale)].${key}(inputs)`)
  }
  return lines.join('\n') + '\n'
}

function declarations() {
  return keys
    .map((key) => {
      const inputs = new Map()
      for (const lang of locales) describe(read[lang].messages[key], inputs)
      const type = inputs.size
        ? `{ ${[...inputs].map(([name, of]) => `${name}: ${of}`).join('; ')} }`
        : 'Record<string, never>'
      const text = read[baseLocale].messages[key]
      const shown = typeof text === 'string' ? text : Object.values(text[0].match).join(' | ')
      return `/** ${shown.replaceAll('*/', '')} */\nexport declare const ${key}: (inputs: ${type}, options: { locale: string }) => string\n`
    })
    .join('')
}

/** Names and types of a message's inputs: what is counted is a number, what is chosen by is one of its cases or any. */
function describe(message, inputs) {
  const texts = typeof message === 'string' ? [message] : Object.values(message[0].match)
  for (const text of texts) for (const [, name] of text.matchAll(/\{(\w+)\}/g)) if (!inputs.has(name)) inputs.set(name, 'string | number')
  if (typeof message === 'string') return
  for (const declaration of message[0].declarations) {
    const counted = declaration.match(/^local \w+ = (\w+): plural$/)?.[1]
    const input = declaration.match(/^input (\w+)$/)?.[1]
    if (counted) inputs.set(counted, 'number')
    else if (input && !inputs.has(input)) inputs.set(input, 'string')
  }
}

/** Writes beside and renames, so that two compilations at once never show a reader half a file. */
async function place(name, text) {
  const beside = join(out, `${name}.${process.pid}`)
  await writeFile(beside, text)
  await rename(beside, join(out, name))
}

function fail(reason) {
  throw new Error(`messages were not compiled: ${reason}`)
}
